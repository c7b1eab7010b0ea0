import pytest

from okoce.foundation.shared.typed_numbers import BIGGEST_ID, LAST_PAGE, number_typed


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("7", 7), ("007", 7), ("20260101", 20260101), (str(BIGGEST_ID), BIGGEST_ID)],
)
def test_digits_are_a_number(text: str, number: int) -> None:
    assert number_typed(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", " 7", "7 ", "+7", "-7", "7.0", "1_000", "0x7", "tujuh", "7\x00", "７", "٧", "²", "7\n"]
)
def test_anything_else_is_none(text: str) -> None:
    assert number_typed(text) is None


def test_a_number_that_no_row_could_have_is_none() -> None:
    assert number_typed(str(BIGGEST_ID + 1)) is None
    assert number_typed("9" * 5000) is None, "int() would refuse so many digits"


def test_a_narrower_bound_holds() -> None:
    assert number_typed("9999", LAST_PAGE) == LAST_PAGE
    assert number_typed("10000", LAST_PAGE) is None
