"""The audit rows of a chunk: one per person, what is personal sealed under the person's own key."""

import json
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from okoce.community.members.events import ContradictionQueued
from okoce.community.members.models import Member
from okoce.community.members.nik import mask_nik
from okoce.foundation.events.ciphers import new_key, new_keys, seal, sealer, unwrap
from okoce.foundation.events.facts import payload_of
from okoce.foundation.events.models import SubjectKey
from okoce.foundation.events.trail import BulkEvent, record_many
from okoce.foundation.shared.copying import ready_day
from okoce.pipeline.states import Stage
from okoce.stages.p1_registration.events import MemberImported, MemberSupplemented
from okoce.stages.p1_registration.imports.people import Person

Said = tuple[object, dict[str, list[Any]]]
_SUBJECT = Member._meta.label_lower
_PERSONAL = (
    "name",
    "phone",
    "email",
    "birth_on",
    "sex",
    "work_status",
    "region",
    "village",
    "address",
    "group_id",
    "consent_on",
    "business_name",
    "sector",
    "business_since",
    "workers",
    "turnover",
    "nib",
    "npwp",
)
_values_of = attrgetter(*_PERSONAL)
_FIRST = Stage.P1_REGISTRATION.value
_DAY_OF = {stage.value: f"p{stage.value}_tanggal" for stage in Stage}
_NUMBER_OF = {stage.value: f"p{stage.value}_nomor" for stage in Stage}

# The fact MemberImported as it is stored; hundreds of thousands of them are written at once.
_IMPORTED = '{"member_id": %s, "number": "%s", "registered_on": "%s"}'
_IMPORTED_KIND: str = MemberImported.kind  # type: ignore[attr-defined]  # set by @fact


def record_new(people: Sequence[Person]) -> None:
    """Who came in, with what was said of her."""
    events = []
    seal_one = sealer(len(people))
    for person, (key, wrapped) in zip(people, new_keys(len(people)), strict=True):
        facts = person.facts
        changes: dict[str, list[Any]] = {
            name: [None, value]
            for name, value in zip(_PERSONAL, _values_of(facts), strict=True)
            if value or value == 0
        }
        if facts.nik:
            changes["nik"] = [None, mask_nik(facts.nik)]
        _add_stages(changes, person)
        payload = _IMPORTED % (person.id, person.number, ready_day[facts.registered_on])
        events.append(
            BulkEvent(_IMPORTED_KIND, _id(person), facts.region, payload, seal_one(key, changes), wrapped)
        )
    record_many(_SUBJECT, events)


def record_additions(known: Sequence[Person], contradicted: Sequence[Person]) -> None:
    """What was added to people who were known, and what contradicts anybody."""
    people = {_id(person): person for person in [*known, *contradicted]}
    keys = _keys_of(list(people.values()))
    added = {_id(person) for person in known}
    events = []
    for member_id, person in people.items():
        key, wrapped = keys[member_id]
        for happened, changes in [
            *(_additions(person) if member_id in added else ()),
            *contradictions_told(person),
        ]:
            events.append(_event(happened, person, seal(key, changes), wrapped))
            wrapped = None
    record_many(_SUBJECT, events)


def _additions(person: Person) -> Iterator[Said]:
    changes = {name: [None, value] for name, value in person.filled.items() if name != "nik_hash"}
    if "nik_hash" in person.filled and person.facts.nik:
        changes["nik"] = [None, mask_nik(person.facts.nik)]
    _add_stages(changes, person)
    yield MemberSupplemented(member_id=_id(person), fields=", ".join(changes)), changes


def _add_stages(changes: dict[str, list[Any]], person: Person) -> None:
    """What the file says she has completed; the day of P1 stands in the fact itself."""
    for stage, news in person.stages.items():
        if stage != _FIRST:
            changes[_DAY_OF[stage]] = [None, news.day]
            if news.number:
                changes[_NUMBER_OF[stage]] = [None, news.number]
    for workers in person.jobs.values():
        changes["pekerja_saat_izin"] = [None, workers]


def contradictions_told(person: Person) -> Iterator[Said]:
    """Of each column that contradicts: the fact, and the two values under its name."""
    for column, (have, came) in person.contradictions.items():
        pair = [None, mask_nik(came)] if column == "nik" else [have, came]
        yield ContradictionQueued(member_id=_id(person), field=column), {column: pair}


def _keys_of(people: Sequence[Person]) -> dict[int, tuple[bytes, bytes | None]]:
    """Each person's key; a new one with its wrapped form where she has none yet."""
    ids = [_id(person) for person in people]
    stored = SubjectKey.objects.filter(subject_type=_SUBJECT, subject_id__in=ids).values_list(
        "subject_id", "wrapped"
    )
    keys: dict[int, tuple[bytes, bytes | None]] = {
        member_id: (unwrap(wrapped), None) for member_id, wrapped in stored
    }
    for member_id in ids:
        if member_id not in keys:
            keys[member_id] = new_key()
    return keys


def _event(happened: object, person: Person, changes: bytes, wrapped: bytes | None) -> BulkEvent:
    kind: str = happened.kind  # type: ignore[attr-defined]  # set by @fact
    return BulkEvent(
        kind, _id(person), person.facts.region, json.dumps(payload_of(happened)), changes, wrapped
    )


def _id(person: Person) -> int:
    if person.id is None:
        raise ValueError("a person is recorded after she got her id")
    return person.id
