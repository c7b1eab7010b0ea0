"""Member numbers: `OK-` + eight digits of the record + a check digit, so that a mistyped number finds nobody."""


def member_number(record_id: int) -> str:
    """The number of a record, e.g. 123 -> `OK-00000123-0`."""
    digits = f"{record_id:08d}"
    return f"OK-{digits}-{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """Luhn's digit (ISO/IEC 7812-1): catches each single wrong digit and nearly each swap of neighbours."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return (10 - total % 10) % 10
