"""`record` and its set-based sister: the audit row, and one deferred job per subscribed reaction (or a place among those that are
reacted to together), in one transaction."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from okoce.foundation.access.door import current_actor
from okoce.foundation.events.ciphers import as_json, new_key, seal, unwrap
from okoce.foundation.events.facts import GATHERED, KINDS, REACTIONS, payload_of
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.shared.copying import NULL, copy_ready, ready_bytes, ready_text
from okoce.foundation.shared.jobs import defer, find_jobs
from okoce.foundation.shared.statements import run_prepared

Changes = dict[str, list[Any]]

_COLUMNS = (
    "kind", "author", "author_user_id", "on_behalf_of", "happened_at", "subject_type", "subject_id", "region", "payload", "changes",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO events_event ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join(f'%({name})s' for name in _COLUMNS)}) RETURNING id"
)
_INSERT_AND_GATHER = f"""
WITH told AS ({_INSERT}), gathered AS (
  INSERT INTO events_gatheredfact (reaction, event_id) SELECT unnest(%(reactions)s::text[]), id FROM told
)
SELECT id FROM told
"""


def subject_type_of(subject: models.Model) -> str:
    return subject._meta.label_lower


def record(
    happened: object, *, subject: models.Model, changes: Changes | None = None, region: str = ""
) -> Event:
    """Write the fact and defer its reactions. Raises RuntimeError when no door is open.

    `changes` maps field to [before, after] and is stored encrypted under the subject's own key.
    """
    actor = current_actor()
    kind: str = happened.kind  # type: ignore[attr-defined]  # set by @fact
    if kind not in KINDS:
        raise LookupError(f"{kind} is not a declared fact")
    event = Event(
        kind=kind,
        author=actor.label,
        author_user_id=actor.user_id,
        subject_type=subject_type_of(subject),
        subject_id=subject.pk,
        region=region or getattr(subject, "region", "") or "",
        payload=payload_of(happened),
        changes=seal(_key_of(subject), changes) if changes else None,
        happened_at=timezone.now(),
    )
    find_jobs()
    _insert(event)
    for reaction in REACTIONS.get(kind, ()):
        defer(reaction, event_id=event.pk)
    return event


def _insert(event: Event) -> None:
    row = {name: getattr(event, name) for name in _COLUMNS}
    row["payload"] = as_json(event.payload).decode()
    gathered = GATHERED.get(event.kind)
    if gathered:
        [(event.id,)] = run_prepared(_INSERT_AND_GATHER, row | {"reactions": gathered})
    else:
        [(event.id,)] = run_prepared(_INSERT, row)
    event._state.adding = False  # noqa: SLF001  (Django knows no other way to say it)


def _key_of(subject: models.Model) -> bytes:
    """The subject's key, made on first use; two at once get the same one."""
    place = {"subject_type": subject_type_of(subject), "subject_id": subject.pk}
    stored = SubjectKey.objects.filter(**place).first()
    if stored is None:
        _key, wrapped = new_key()
        SubjectKey.objects.bulk_create([SubjectKey(**place, wrapped=wrapped)], ignore_conflicts=True)
        stored = SubjectKey.objects.get(**place)
    return unwrap(stored.wrapped)


class BulkEvent(NamedTuple):
    """One person's audit row of a mass deed. `wrapped` is set for a subject that gets its key now."""

    kind: str
    subject_id: int
    region: str
    payload: str  # JSON text
    changes: bytes | None
    wrapped: bytes | None = None


def record_many(subject_type: str, events: Sequence[BulkEvent]) -> None:
    """Write the audit rows of a mass deed by COPY. Reactions are not deferred per person: the mass deed has its own fact."""
    actor = current_actor()
    keys = [f"{e.subject_id}\t{ready_bytes(e.wrapped)}" for e in events if e.wrapped is not None]
    copy_ready("events_subjectkey", "subject_id, wrapped", keys, {"subject_type": subject_type})
    lines = [
        f"{e.kind}\t{e.subject_id}\t{e.region}\t{ready_text(e.payload)}\t"
        f"{NULL if e.changes is None else ready_bytes(e.changes)}"
        for e in events
    ]
    same = {
        "author": actor.label,
        "author_user_id": actor.user_id,
        "on_behalf_of": "",
        "subject_type": subject_type,
    }
    copy_ready("events_event", "kind, subject_id, region, payload, changes", lines, same)
