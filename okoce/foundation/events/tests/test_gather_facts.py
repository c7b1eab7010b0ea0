"""Facts that come by the hundred are reacted to together: none lost, none twice, and one that fails stops no other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from okoce.foundation.access.door import opened_by
from okoce.foundation.access.tests.things import Thing
from okoce.foundation.events import gathering
from okoce.foundation.events.models import Event, GatheredFact
from okoce.foundation.events.tests.deeds import (
    ANI,
    HEARD_TOGETHER,
    ThingCounted,
    count,
    count_and_stumble,
    note,
)
from okoce.foundation.events.trail import record
from okoce.foundation.shared.jobs import JOBS
from tests.cast import SYSTEM
from tests.query_counts import statements
from tests.together import together

REACTION = "react.tests.thing_counted.listen_together"


@pytest.fixture
def thing(things: type[Thing]) -> Thing:
    return things.objects.create(region="31.71.04")


@pytest.fixture(autouse=True)
def deaf() -> Iterator[None]:
    """Nobody has heard of anything yet."""
    HEARD_TOGETHER.clear()
    yield
    HEARD_TOGETHER.clear()


def hears(monkeypatch: pytest.MonkeyPatch, react: Callable[[Sequence[int]], None]) -> None:
    def run(event_ids: Sequence[int]) -> None:
        react(event_ids)

    monkeypatch.setitem(JOBS, REACTION, replace(JOBS[REACTION], run=run))


def jobs() -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=REACTION).order_by("id")]


def test_a_reaction_to_many_hears_of_all_at_once_and_once(thing: Thing) -> None:
    events = [count(ANI, thing).pk for _each in range(3)]
    assert jobs() == []
    assert (gathering.react_to_gathered(), gathering.react_to_gathered()) == (3, 0)
    assert events == HEARD_TOGETHER[0]
    assert len(HEARD_TOGETHER) == 1


def test_to_gather_a_fact_costs_no_statement(thing: Thing) -> None:
    count(ANI, thing)
    gathered = statements(lambda: count(ANI, thing))
    note(ANI, thing)
    assert len(gathered) == len(statements(lambda: note(ANI, thing)))


def test_a_deed_that_fails_leaves_nothing_to_hear_of(thing: Thing) -> None:
    with pytest.raises(ArithmeticError):
        count_and_stumble(ANI, thing)
    assert not GatheredFact.objects.exists()


def test_more_than_are_taken_at_once_are_all_heard_of(thing: Thing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "AT_ONCE", 2)
    events = [count(ANI, thing).pk for _each in range(5)]
    assert gathering.react_to_gathered() == 5
    assert list(chain(*HEARD_TOGETHER)) == events
    assert [len(heard) for heard in HEARD_TOGETHER] == [2, 2, 1]


def test_those_that_failed_in_company_are_tried_by_themselves(
    thing: Thing, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = count(ANI, thing).pk, count(ANI, thing).pk

    def stumble(event_ids: Sequence[int]) -> None:
        Event.objects.filter(pk__in=event_ids).count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")  # the transaction is broken, too

    hears(monkeypatch, stumble)
    assert gathering.react_to_gathered() == 2
    assert jobs() == [{"event_ids": [first]}, {"event_ids": [second]}]
    assert not GatheredFact.objects.exists()


def test_what_nobody_answers_to_any_more_is_let_go(thing: Thing, monkeypatch: pytest.MonkeyPatch) -> None:
    count(ANI, thing)
    GatheredFact.objects.update(reaction="react.tests.of_before")
    assert gathering.react_to_gathered() == 1
    assert (GatheredFact.objects.count(), jobs(), HEARD_TOGETHER) == (0, [], [])


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    thing = Thing(pk=41, region="31.71.04")
    with transaction.atomic(), opened_by(SYSTEM):
        event = record(ThingCounted(thing_id=41), subject=thing).pk

    def die(event_ids: Sequence[int]) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        hears(killed, die)
        with pytest.raises(SystemExit):
            gathering.react_to_gathered()
    assert gathering.react_to_gathered() == 1
    assert [[event]] == HEARD_TOGETHER


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_what_waits() -> None:
    thing = Thing(pk=41, region="31.71.04")
    with transaction.atomic(), opened_by(SYSTEM):
        events = [record(ThingCounted(thing_id=41), subject=thing).pk for _each in range(40)]
    together(4, lambda _worker: gathering.react_to_gathered())
    assert sorted(chain(*HEARD_TOGETHER)) == events
