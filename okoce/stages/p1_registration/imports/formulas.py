"""Cells that a spreadsheet would run as a formula: marked on the way out, restored on the way in.

The rule, both ways: a cell whose first character is one of `DANGEROUS` (or the mark itself) is written with
one apostrophe before it; on reading, one apostrophe before such a character is taken away. So
`unguard(guard(x)) == x` for every text, and an ordinary leading apostrophe ('Aisyah) is left alone.
"""

MARK = "'"
DANGEROUS = frozenset("=+-@\t\r\n")
_MARKED = DANGEROUS | {MARK}


def guard(text: str) -> str:
    """The text as it may be exported."""
    return MARK + text if text[:1] in _MARKED and text else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text[:1] == MARK and len(text) > 1 and text[1] in _MARKED else text
