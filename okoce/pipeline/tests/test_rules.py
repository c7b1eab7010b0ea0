from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.foundation.shared.days import latest_today
from okoce.pipeline.rules import Rule, choose_rule, forget_rules, rule_on, sequence_problem
from okoce.pipeline.tests.rulings import as_if_always

JANUARY, FEBRUARY, MARCH = date(2018, 1, 1), date(2018, 2, 1), date(2018, 3, 1)


def rule(
    *, is_sequential: bool = True, offered: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7), **given: object
) -> Rule:
    told = {
        "code": "x",
        "name": "X",
        "region": "",
        "from_on": None,
        "until_on": None,
        "binding": frozenset(),
        "licences": frozenset(),
    }
    return Rule(**{**told, **given}, is_sequential=is_sequential, offered=frozenset(offered))  # type: ignore[arg-type]  # the test names fields only


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("region", "day", "code"),
    [
        ("31.71.04", date(2018, 5, 1), "7pas-2018"),
        ("31.71.04", date(2019, 12, 31), "7pas-2018"),
        ("31.71.04", date(2020, 1, 1), "jaringan"),
        ("32.73.02", date(2018, 5, 1), "jaringan"),
        ("", date(2018, 5, 1), "jaringan"),
    ],
)
def test_the_most_specific_rule_of_the_day_holds(region: str, day: date, code: str) -> None:
    assert rule_on(region, day).code == code


@pytest.mark.django_db
def test_an_edited_rule_is_seen_at_once_by_whoever_forgets() -> None:
    assert rule_on("31.71.04", date(2019, 6, 1)).is_sequential
    as_if_always("7pas-2018", until_on=date(2019, 1, 1))
    try:
        assert not rule_on("31.71.04", date(2019, 6, 1)).is_sequential
    finally:
        forget_rules()


def test_a_rule_of_a_region_does_not_reach_a_code_that_only_begins_alike() -> None:
    jakarta, nation = rule(region="31.7", code="a"), rule(code="b")
    assert choose_rule([jakarta, nation], "31.71.04", JANUARY).code == "b"


def test_a_gap_in_the_rules_is_told() -> None:
    with pytest.raises(LookupError):
        choose_rule([], "31", JANUARY)


def test_a_missing_earlier_stage_refuses_under_a_sequential_rule_and_names_it() -> None:
    problem = sequence_problem(rule(), {1: JANUARY}, 3, MARCH)
    assert problem is not None
    assert "P2 (Pelatihan) belum selesai" in problem


def test_equal_days_are_allowed_and_an_earlier_one_is_not() -> None:
    done = {1: JANUARY, 2: FEBRUARY}
    assert sequence_problem(rule(), done, 3, FEBRUARY) is None
    problem = sequence_problem(rule(), done, 3, FEBRUARY - timedelta(days=1))
    assert problem is not None
    assert "1 Februari 2018" in problem


def test_a_day_before_registration_is_refused_under_a_sequential_rule_only() -> None:
    before = JANUARY - timedelta(days=1)
    assert sequence_problem(rule(), {1: JANUARY}, 2, before) is not None
    assert sequence_problem(rule(is_sequential=False), {1: JANUARY}, 4, before) is None


def test_registration_binds_under_every_rule() -> None:
    assert sequence_problem(rule(is_sequential=False), {}, 4, MARCH) is not None
    assert sequence_problem(rule(is_sequential=False), {1: JANUARY}, 7, MARCH) is None


def test_a_stage_that_is_not_offered_is_refused_and_does_not_bind() -> None:
    without_p3 = rule(offered=(1, 2, 4))
    assert "tidak ditawarkan" in str(sequence_problem(without_p3, {1: JANUARY, 2: JANUARY}, 3, MARCH))
    assert sequence_problem(without_p3, {1: JANUARY, 2: JANUARY}, 4, MARCH) is None


def test_the_future_is_refused() -> None:
    tomorrow = latest_today() + timedelta(days=1)
    assert "belum tiba" in str(sequence_problem(rule(is_sequential=False), {1: JANUARY}, 2, tomorrow))
    assert sequence_problem(rule(is_sequential=False), {1: JANUARY}, 2, latest_today()) is None


days = st.dates(date(2017, 1, 1), date(2019, 12, 31))


@settings(deadline=None)  # what is slow is the machine
@given(st.dictionaries(st.integers(1, 7), days), st.integers(2, 7), days)
def test_under_a_sequential_rule_exactly_the_ordered_ways_are_allowed(
    done: dict[int, date], stage: int, day: date
) -> None:
    earlier = [done.get(n) for n in range(1, stage)]
    is_ordered = all(d is not None and d <= day for d in earlier)
    assert (sequence_problem(rule(), done, stage, day) is None) == is_ordered
