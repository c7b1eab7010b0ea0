"""Rupiah and counts as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.foundation.shared.money import MOST_RUPIAH, parse_count, parse_rupiah
from okoce.foundation.shared.unreadable import Unreadable


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("1500000", 1_500_000),
        ("Rp 1.500.000", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("Rp. 1.500.000,00", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1,5 jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("500rb", 500_000),
        ("500 ribu", 500_000),
        ("2 M", 2_000_000_000),
        ("1,25 miliar", 1_250_000_000),
        ("2 T", 2_000_000_000_000),
        ("2 jt/bulan", 2_000_000),
        ("2 juta per bulan", 2_000_000),
        ("1.500", 1_500),
        ("0", 0),
        ("1500000.00", 1_500_000),
        ("1.234.567,89", 1_234_568),
        ("1,5E+06", 1_500_000),
        (1500000.0, 1_500_000),
        (1500000, 1_500_000),
    ],
)
def test_rupiah_in_every_usual_spelling(written: object, rupiah: int) -> None:
    assert parse_rupiah(written) == rupiah


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Rp",
        "1,500",
        "1,500 jt",
        "1.5",
        "5-6 jt",
        "-5",
        "1.000.0",
        "banyak",
        "9" * 30,
        None,
        True,
        float("nan"),
        float("inf"),
        -1,
        "1.50.000",
    ],
)
def test_what_leaves_two_readings_is_refused(written: object) -> None:
    refused = parse_rupiah(written)
    assert isinstance(refused, Unreadable)
    assert refused.reason.endswith(".")
    assert refused.suggestion


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("3", 3),
        ("3 orang", 3),
        ("3org", 3),
        (3.0, 3),
        ("3,0", 3),
        ("tiga orang", 3),
        ("1.000 karyawan", 1000),
        ("0", 0),
        (0, 0),
    ],
)
def test_people_in_every_usual_spelling(written: object, count: int) -> None:
    assert parse_count(written) == count


@pytest.mark.parametrize(
    "written", ["", "2-3", "3,5", 3.5, "-1", -1, "banyak", None, True, float("nan"), "9" * 20]
)
def test_what_is_no_whole_number_gets_a_sentence(written: object) -> None:
    assert isinstance(parse_count(written), Unreadable)


@given(st.integers(0, MOST_RUPIAH), st.sampled_from(["{}", "Rp {}", "Rp{},-", "{},00", "{} rupiah"]))
@settings(deadline=None)
def test_any_amount_survives_its_dots(rupiah: int, written_as: str) -> None:
    assert parse_rupiah(written_as.format(f"{rupiah:,}".replace(",", "."))) == rupiah


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.none(),
        st.text(st.sampled_from("0123456789 .,-jtrbRpeEM"), max_size=30),
    )
)
@settings(deadline=None, max_examples=400)
def test_nothing_makes_it_fall_over(anything: object) -> None:
    assert isinstance(parse_rupiah(anything), int | Unreadable)
    assert isinstance(parse_count(anything), int | Unreadable)
