"""Codes that people read and type."""

import math

import pytest

from okoce.foundation.verification.codes import (
    ALPHABET,
    CODE_LENGTH,
    FIRST_CODE_LENGTH,
    LOT_LENGTH,
    check_sign,
    compact,
    is_whole,
    new_code,
    show_code,
)

FIRST = "KAWPUGZZJKZN8H"  # by lot, once: tests are collected by two workers alike
CODE = "KAWPUGZZJKZN8H2M7RT" + check_sign("KAWPUGZZJKZN8H2M7RT")


def test_a_code_is_as_long_as_it_says_and_never_the_same() -> None:
    codes = {new_code("KA") for _ in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert all(is_whole(code) for code in codes)


def test_a_code_cannot_be_guessed() -> None:
    assert math.log2(len(ALPHABET)) * LOT_LENGTH >= 80


def test_the_shorter_codes_of_the_first_cards_stay_whole_and_are_shown_as_they_were_printed() -> None:
    assert len(FIRST) == FIRST_CODE_LENGTH
    assert is_whole(FIRST)
    assert show_code(FIRST) == "KA-WPUG-ZZJK-ZN8H"
    assert not is_whole(FIRST[:-1] + "2")


def test_no_sign_is_mistaken_for_another() -> None:
    assert not set("01ILO") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 31


@pytest.mark.parametrize(
    "written", [CODE, CODE.lower(), show_code(CODE), f" {show_code(CODE).lower()} ", "-".join(CODE)]
)
def test_case_dashes_and_spaces_do_not_matter(written: str) -> None:
    assert compact(written) == CODE


def test_every_single_wrong_sign_is_noticed() -> None:
    for at in range(CODE_LENGTH):
        for sign in ALPHABET:
            if sign != CODE[at]:
                assert not is_whole(CODE[:at] + sign + CODE[at + 1 :])


def test_every_two_exchanged_signs_are_noticed() -> None:
    for first in range(CODE_LENGTH):
        for second in range(first + 1, CODE_LENGTH):
            if CODE[first] != CODE[second]:
                signs = list(CODE)
                signs[first], signs[second] = signs[second], signs[first]
                assert not is_whole("".join(signs))


@pytest.mark.parametrize(
    "wrong", ["", "KA", CODE[:-1], CODE + "2", "KA-0000-0000-0000", "☺" * 20, "ك" * 14, "A" * 5000]
)
def test_what_is_no_code_is_no_code(wrong: str) -> None:
    assert not is_whole(compact(wrong))
