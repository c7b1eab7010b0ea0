"""Why synthetic people stop: some of it, never all, the same every time, and only reasons that fit the step."""

from collections import Counter
from datetime import date, timedelta

import pytest

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.demo.history import END_OF_2018, END_OF_2020, Journey
from okoce.demo.standstills import ASKED_AFTER, MADE_UP_SHARES, answers, note_reasons
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.pipeline.models import Standstill
from okoce.pipeline.tests.factories import registered

NEW_YEAR = date(2018, 1, 1)
SEED = 7


def way(reached: int, day: date = NEW_YEAR) -> Journey:
    """Somebody who completed everything up to a stage on one day."""
    return Journey("31.71.04", day, dict.fromkeys(range(2, reached + 1), day))


def test_every_step_has_reasons_and_leaves_a_considerable_rest() -> None:
    assert list(MADE_UP_SHARES) == [2, 3, 4, 5, 6, 7]
    for shares in MADE_UP_SHARES.values():
        assert 25 <= sum(shares.values()) <= 60


@pytest.mark.parametrize("reached", [1, 2, 3, 4, 5, 6])
def test_the_shares_of_many_are_those_that_are_written_down(reached: int) -> None:
    many = 20_000
    found = Counter(answer[1] for _number, answer in answers([way(reached)] * many, SEED))
    assert set(found) == set(MADE_UP_SHARES[reached + 1])
    for reason, share in MADE_UP_SHARES[reached + 1].items():
        assert 100 * found[reason] / many == pytest.approx(share, abs=1.5)


def test_who_has_come_to_the_end_stands_still_nowhere() -> None:
    assert list(answers([way(7)] * 100, SEED)) == []


def test_the_same_people_give_the_same_answers_however_many_follow() -> None:
    first = [way(1 + number % 4) for number in range(300)]
    alone = list(answers(first, SEED))
    assert alone == list(answers(first, SEED))
    together = list(answers([*first, *[way(2, date(2019, 5, 1))] * 50], SEED))
    assert together[: len(alone)] == alone


def test_somebody_asks_some_days_or_weeks_after_the_last_stage() -> None:
    days = [day for _number, (_step, _reason, day) in answers([way(3)] * 1_000, SEED)]
    least, most, _usual = ASKED_AFTER
    assert NEW_YEAR + timedelta(days=least) <= min(days)
    assert max(days) <= NEW_YEAR + timedelta(days=most)


@pytest.mark.parametrize("last", [END_OF_2018, END_OF_2020])
def test_nobody_is_asked_after_the_end_of_the_history(last: date) -> None:
    late = [way(1, last - timedelta(days=20))] * 1_000
    days = [day for _number, (_step, _reason, day) in answers(late, SEED)]
    assert days
    assert max(days) <= last


@pytest.mark.django_db
@pytest.mark.parametrize(("is_synthetic", "noted"), [(True, 1), (False, 0)])
def test_only_made_up_people_get_made_up_reasons(is_synthetic: bool, noted: int) -> None:
    people = [way(1)] * 20
    number = next(answers(people, SEED))[0]
    registered(phone=f"+62890{number:08d}", is_synthetic=is_synthetic)
    before = Event.objects.count()
    assert note_reasons(Actor.system("demo"), people, SEED) == noted
    assert (Standstill.objects.count(), Event.objects.count()) == (noted, before + noted)
