"""Whole numbers as they stand in addresses and forms: ids of rows and pages of lists."""

BIGGEST_ID = 2**63 - 1  # of a bigint
LAST_PAGE = 9_999  # further on nobody pages, and the database would count past every row
_MOST_DIGITS = len(str(BIGGEST_ID))


def number_typed(text: str, biggest: int = BIGGEST_ID) -> int | None:
    """The number that a text of ASCII digits means; None for anything else, and for one that no row could have."""
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS:
        return None
    number = int(text)
    return number if number <= biggest else None
