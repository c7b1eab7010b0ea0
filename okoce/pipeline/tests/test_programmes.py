"""A programme counts whoever lives where its rules hold, and all programmes together count everybody once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.community.members.actions.residences import move_member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import region_within
from okoce.pipeline import tallies
from okoce.pipeline.programmes import course_of, last_day_held, name_on, places_of
from okoce.pipeline.queries.programmes import programme_on, programme_tally, programmes_on
from okoce.pipeline.rules import Rule, choose_rule, forget_rules, rules_as_stored
from okoce.pipeline.states import StandstillReason
from okoce.pipeline.tests.factories import registered, walked_to
from okoce.pipeline.tests.rulings import as_if_always, as_if_decided
from okoce.pipeline.tests.test_rules import rule
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN

START = date(2020, 1, 1)
DISTRICTS = ("31.71.04", "31.71.05", "31.74.07", "32.73.02", "32.74.01", "11.01.01")
PLACES = ("31", "31.71", "31.71.04", "31.74", "32", "32.73", "32.73.02", "11.01.01")
PROGRAMMES = ("a", "b", "c")


@pytest.fixture(autouse=True)
def rules_read_anew() -> Iterator[None]:
    """What a test decided about rules is gone with it, also from this process."""
    forget_rules()
    yield
    forget_rules()


def day_after(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def rule_books(draw: st.DrawFn) -> list[Rule]:
    """Rules at several levels that follow on each other at random days, the most specific first; the nation always has one."""
    book: list[Rule] = []
    for region in ("", *draw(st.sets(st.sampled_from(PLACES)))):
        cuts = sorted(draw(st.sets(st.integers(0, 20), max_size=3)))
        edges = [None, *map(day_after, cuts), None]
        for first, last in pairwise(edges):
            held = draw(st.sampled_from(PROGRAMMES if not region else (*PROGRAMMES, None)))
            if held:
                told = {"code": f"{region}:{first}", "programme": held, "from_on": first, "until_on": last}
                book.append(rule(region=region, **told))
    return sorted(book, key=lambda one: -len(one.region))


@settings(deadline=None, max_examples=300)  # what is slow is the machine
@given(rule_books(), st.lists(st.integers(0, 50), min_size=6, max_size=6), st.integers(-1, 21))
def test_each_programme_counts_exactly_those_whose_own_rule_is_its_and_all_together_everybody(
    book: Sequence[Rule], people: Sequence[int], number: int
) -> None:
    day = day_after(number)
    homes = dict(zip(DISTRICTS, people, strict=True))

    def counted(places: Mapping[str, int]) -> int:
        return sum(
            part
            * sum(how_many for home, how_many in homes.items() if not place or region_within(home, place))
            for place, part in places.items()
        )

    found = {programme: counted(places_of(book, programme, day)) for programme in PROGRAMMES}
    asked = dict.fromkeys(PROGRAMMES, 0)
    for home, how_many in homes.items():
        asked[choose_rule(book, home, day).programme] += how_many
    assert found == asked
    assert sum(found.values()) == sum(people)


@settings(deadline=None)
@given(rule_books(), st.integers(-1, 21))
def test_the_last_day_held_is_the_last_on_which_a_rule_of_it_runs(book: Sequence[Rule], number: int) -> None:
    days = [day_after(past) for past in range(number, -3, -1)]
    for programme in PROGRAMMES:
        held = [day for day in days if any(one.runs_on(day) for one in book if one.programme == programme)]
        assert last_day_held(book, programme, day_after(number)) == (held[0] if held else None)


def assert_whole(day: date) -> None:
    """Every measure and reason of all programmes together is that of the nation."""
    nation = tallies.counts("", day)
    parts = [programme_tally(key, day) for key in programmes_on(day)]
    for stage, count in nation.stages.items():
        for measure in (field.name for field in fields(count)):
            total = sum(getattr(part.stages[stage], measure) for part in parts)
            assert total == getattr(count, measure), (day, stage, measure)
    for stage, reasons in nation.reasons.items():
        for reason in StandstillReason.values:
            assert sum(part.reasons[stage].get(reason, 0) for part in parts) == reasons.get(reason, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_on_any_day_the_programmes_add_up_to_the_nation(citra: Actor, seed: int) -> None:
    random = Random(seed)
    people = [
        walked_to(random.randint(1, 5), region=home)
        for home in (SENEN, COBLONG, KEBAYORAN_BARU)
        for _ in range(3)
    ]
    move_member(citra, people[0], region=COBLONG, moved_on=date(2018, 7, 1))
    for region in random.sample(("32", "31.71", "31.71.04", "32.73", "31.74.07"), 3):
        first = date(2018, random.randint(1, 9), random.randint(1, 28))
        last = first + timedelta(days=random.randint(1, 120))
        as_if_decided(
            programme=random.choice(("uji", "jaringan")), region=region, from_on=first, until_on=last
        )
    for month in range(1, 13):
        assert_whole(date(2018, month, random.randint(1, 28)))


@pytest.mark.django_db
def test_a_person_who_moves_is_counted_under_the_programme_of_where_she_lives(citra: Actor) -> None:
    siti = registered()
    move_member(citra, siti, region=COBLONG, moved_on=date(2018, 7, 1))
    for day, under_7pas, under_jaringan in ((date(2018, 6, 30), 1, 0), (date(2018, 7, 1), 0, 1)):
        assert programme_tally("7-pas", day).stages[1].people == under_7pas
        assert programme_tally("jaringan", day).stages[1].people == under_jaringan


@pytest.mark.django_db
def test_a_programme_costs_one_query_of_tallies_however_many_people(django_assert_num_queries) -> None:
    registered()
    rules_as_stored()
    programmes_on(START)
    with django_assert_num_queries(1):
        programme_tally("jaringan", date(2019, 1, 1))


@pytest.mark.django_db
def test_a_programme_that_nobody_decided_on_is_none_and_one_that_is_over_tells_its_last_day() -> None:
    assert programme_on("tidak-ada", START) is None
    jakarta = programme_on("7-pas", START)
    assert jakarta is not None
    assert (jakarta.places, jakarta.last_on) == ({}, date(2019, 12, 31))
    assert programmes_on(date(2019, 12, 31)).keys() == {"7-pas", "jaringan"}
    assert programmes_on(START).keys() == {"jaringan"}


@pytest.mark.django_db
def test_a_programme_is_called_as_the_version_that_began_last() -> None:
    as_if_decided(programme="7-pas", name="7 TOP", region="31", from_on=START)
    rules = rules_as_stored()
    assert name_on(rules, "7-pas", date(2019, 12, 31)) == "7 PAS 2018"
    assert name_on(rules, "7-pas", START) == "7 TOP"
    as_if_always("7pas-2018", name="7 PAS")
    forget_rules()
    assert name_on(rules_as_stored(), "7-pas", date(2010, 1, 1)) == "7 PAS"


def test_the_course_of_a_programme_that_paused_before_the_target_began_counts_nothing_until_it_is_back() -> (
    None
):
    book = [
        rule(programme="a", region="31", code="1", until_on=day_after(5)),
        rule(programme="a", region="31", code="2", from_on=day_after(15)),
        rule(programme="b", code="3"),
    ]
    course = course_of(book, "a", day_after(8), day_after(20), day_after(10))
    assert (course.as_of, course.places, course.never_holds) == (day_after(10), {}, False)
    back = course_of(book, "a", day_after(8), day_after(20), day_after(16))
    assert (back.as_of, back.places, back.has_moved) == (day_after(16), {"31": 1}, True)
