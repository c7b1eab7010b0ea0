"""A history in sentences; its personal part goes with the person's key."""

import json

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.access.tests.things import Thing, holder
from okoce.foundation.events.ciphers import new_key, seal, unseal, unwrap
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.events.queries import history_of
from okoce.foundation.events.tests.deeds import ANI, AUDITOR, note, rename
from okoce.foundation.events.trail import BulkEvent, record_many
from okoce.foundation.shared.errors import NotFound

SYSTEM = Actor.system("impor")


@pytest.fixture
def thing(things: type[Thing]) -> Thing:
    return things.objects.create(region="31.71.04")


def whole_table(table: str) -> str:
    """Every byte of a table as text, so that a plain name would show."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg(encode(row_bytes, 'escape'), '') FROM (SELECT t::text::bytea AS row_bytes FROM {table} t) AS r"
        )
        return str(cursor.fetchone()[0])


def bulk(subject_id: int, **given: object) -> BulkEvent:
    told = {
        "kind": "tests.thing_renamed",
        "region": "31.71.04",
        "payload": json.dumps({"thing_id": subject_id, "number": 9}),
        "changes": None,
    }
    return BulkEvent(subject_id=subject_id, **{**told, **given})  # type: ignore[arg-type]  # the columns above


def test_the_newest_fact_comes_first_in_a_sentence_with_its_author(thing: Thing) -> None:
    note(SYSTEM, thing)
    rename(ANI, thing, 3, {"name": ["Siti", "Siti Aminah"]})
    newest, oldest = history_of(AUDITOR, thing)
    assert (newest.sentence, newest.author) == ("Nama diganti menjadi nama ke-3.", "user:7")
    assert newest.changes == {"name": ["Siti", "Siti Aminah"]}
    assert (oldest.sentence, oldest.author, oldest.changes) == ("Catatan dibuat.", "system:impor", {})
    assert not newest.is_erased
    assert not oldest.is_erased


def test_a_history_is_of_one_subject_only(things: type[Thing], thing: Thing) -> None:
    rename(ANI, things.objects.create(region="31.71.04"), 1)
    assert history_of(AUDITOR, thing) == []


def test_a_history_ends_at_its_limit(thing: Thing) -> None:
    for number in range(4):
        rename(ANI, thing, number)
    assert [line.sentence[-2:] for line in history_of(AUDITOR, thing, limit=2)] == ["3.", "2."]


def test_the_bytes_in_the_table_do_not_tell_a_name(thing: Thing) -> None:
    rename(ANI, thing, 1, {"name": ["Siti", "Siti Aminah"], "phone": ["", "+6281234567890"]})
    stored = whole_table("events_event") + whole_table("events_subjectkey")
    raw = bytes(Event.objects.get().changes or b"")
    for secret in ("Siti", "Aminah", "6281234567890", "phone"):
        assert secret not in stored
        assert secret.encode() not in raw


def test_each_person_has_a_key_of_their_own(things: type[Thing], thing: Thing) -> None:
    other = things.objects.create(region="31.71.04")
    for subject in (thing, other, thing):
        rename(ANI, subject, 1, {"name": ["a", "b"]})
    first, second = (unwrap(row.wrapped) for row in SubjectKey.objects.order_by("id"))
    assert first != second
    assert SubjectKey.objects.count() == 2
    with pytest.raises(InvalidTag):
        unseal(second, Event.objects.order_by("id")[0].changes or b"")


def test_without_the_key_the_changes_are_gone_and_the_lines_stand(thing: Thing) -> None:
    rename(ANI, thing, 3, {"name": ["Siti", "Siti Aminah"]})
    note(ANI, thing)
    SubjectKey.objects.all().delete()
    newest, oldest = history_of(AUDITOR, thing)
    assert (oldest.sentence, oldest.changes, oldest.is_erased) == (
        "Nama diganti menjadi nama ke-3.",
        {},
        True,
    )
    assert not newest.is_erased


def test_sealed_changes_open_only_under_their_key() -> None:
    key, wrapped = new_key()
    assert unwrap(wrapped) == key
    assert unseal(key, seal(key, {"name": ["Ñ", None]})) == {"name": ["Ñ", None]}
    assert seal(key, {"name": ["a", "b"]}) != seal(key, {"name": ["a", "b"]})


@pytest.mark.parametrize(
    "reader",
    [
        holder(),
        Actor.anonymous(),
        holder(("petugas_kecamatan", Scope(region="32.73.02"))),
        # sees people everywhere as a bank, histories as a trainer in Coblong only
        holder(("petugas_bank", EVERYWHERE), ("pelatih", Scope(region="32.73.02"))),
    ],
)
def test_a_history_out_of_reach_reads_as_not_found(thing: Thing, reader: Actor) -> None:
    rename(ANI, thing, 1)
    with pytest.raises(NotFound):
        history_of(reader, thing)


def test_an_older_fact_without_a_newer_field_shows_a_dash(thing: Thing) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        record_many("access.thing", [bulk(thing.pk, payload="{}")])
    assert history_of(AUDITOR, thing)[0].sentence == "Nama diganti menjadi nama ke-–."


def test_a_fact_that_the_program_has_forgotten_shows_its_kind(thing: Thing) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        record_many("access.thing", [bulk(thing.pk, kind="tests.long_ago")])
    assert history_of(AUDITOR, thing)[0].sentence == "tests.long_ago"


def test_a_mass_deed_writes_each_persons_line_under_each_persons_key(
    things: type[Thing], thing: Thing
) -> None:
    other = things.objects.create(region="31.71.04")
    (key, wrapped), (other_key, other_wrapped) = new_key(), new_key()
    with transaction.atomic(), opened_by(SYSTEM):
        record_many(
            "access.thing",
            [
                bulk(thing.pk, changes=seal(key, {"name": [None, "Siti"]}), wrapped=wrapped),
                bulk(other.pk, changes=seal(other_key, {"name": [None, "Tono"]}), wrapped=other_wrapped),
            ],
        )
    [line] = history_of(AUDITOR, thing)
    assert (line.sentence, line.author) == ("Nama diganti menjadi nama ke-9.", "system:impor")
    assert line.changes == {"name": [None, "Siti"]}
    assert history_of(AUDITOR, other)[0].changes == {"name": [None, "Tono"]}
    # and the next single deed goes on under the same key
    rename(ANI, thing, 1, {"name": ["Siti", "Siti A."]})
    assert SubjectKey.objects.count() == 2
    assert history_of(AUDITOR, thing)[0].changes == {"name": ["Siti", "Siti A."]}


def test_a_mass_deed_outside_of_a_door_writes_nothing(thing: Thing) -> None:
    with pytest.raises(RuntimeError, match="no door is open"):
        record_many("access.thing", [bulk(thing.pk)])
    assert not Event.objects.exists()
