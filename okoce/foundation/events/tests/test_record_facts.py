"""One line writes the audit row and the outbox, in the transaction of the deed."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.tests.things import Thing
from okoce.foundation.events.facts import fact
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.events.tests.deeds import ANI, ThingRenamed, note, rename, rename_and_stumble
from okoce.foundation.events.trail import record

JOB = "react.tests.thing_renamed.listen"


@pytest.fixture
def thing(things: type[Thing]) -> Thing:
    return things.objects.create(region="31.71.04")


def jobs() -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=JOB).order_by("id")]


def test_a_fact_outside_of_a_door_is_refused(thing: Thing) -> None:
    with pytest.raises(RuntimeError, match="no door is open"):
        record(ThingRenamed(thing_id=1, number=1), subject=thing)
    assert not Event.objects.exists()


def test_a_fact_says_who_did_what_to_whom_and_where(thing: Thing) -> None:
    event = rename(ANI, thing, 3)
    event.refresh_from_db()
    assert (event.kind, event.author, event.author_user_id) == ("tests.thing_renamed", "user:7", 7)
    assert (event.subject_type, event.subject_id, event.region) == ("access.thing", thing.pk, "31.71.04")
    assert event.payload == {"thing_id": thing.pk, "number": 3}
    assert event.changes is None


def test_a_fact_without_changes_makes_no_key(thing: Thing) -> None:
    note(ANI, thing)
    assert not SubjectKey.objects.exists()


def test_each_reaction_gets_one_job_and_a_fact_without_reactions_none(thing: Thing) -> None:
    event = rename(ANI, thing, 1)
    note(ANI, thing)
    assert jobs() == [{"event_id": event.pk}]


def test_a_rollback_leaves_neither_fact_nor_key_nor_job(thing: Thing) -> None:
    with pytest.raises(ArithmeticError):
        rename_and_stumble(ANI, thing)
    assert (Event.objects.count(), SubjectKey.objects.count(), jobs()) == (0, 0, [])


def test_only_declared_facts_are_recorded(thing: Thing) -> None:
    class Gossip:
        kind = "tests.gossip"

    with (
        transaction.atomic(),
        opened_by(Actor.system("uji")),
        pytest.raises(LookupError, match="not a declared fact"),
    ):
        record(Gossip(), subject=thing)
    with transaction.atomic(), opened_by(Actor.system("uji")), pytest.raises(TypeError):
        record(ThingRenamed, subject=thing)
    assert not Event.objects.exists()


def test_two_facts_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two facts are of kind"):

        @fact("tests.thing_renamed", "Lagi.")
        class Again:
            thing_id: int


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_event SET author = 'orang lain'",
        "UPDATE events_event SET changes = NULL",
        "DELETE FROM events_event",
    ],
)
def test_the_database_refuses_to_change_the_trail(thing: Thing, statement: str) -> None:
    event = rename(ANI, thing, 1, {"name": ["lama", "baru"]})
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        opened_by(Actor.system("uji")),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    stored = Event.objects.get()
    assert (stored.author, bytes(stored.changes or b"")) == (event.author, bytes(event.changes or b""))


def test_the_database_refuses_to_empty_the_trail(thing: Thing) -> None:
    """The tests' own database has this trigger off, so that transactional tests can clean up."""
    rename(ANI, thing, 1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_event ENABLE TRIGGER events_event_never_emptied")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE events_event")
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_facts_at_once_share_one_key() -> None:
    subject = Thing(pk=41, region="31.71.04")
    barrier = threading.Barrier(2)

    def write() -> None:
        try:
            with transaction.atomic(), opened_by(Actor.system("uji")):
                barrier.wait(timeout=20)
                record(ThingRenamed(thing_id=41, number=1), subject=subject, changes={"name": ["a", "b"]})
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Event.objects.count(), SubjectKey.objects.count()) == (2, 1)
