"""Striking somebody out of the sealed words of the trail: reasons and notes about other subjects in which she is named.

The trail stays append-only; the database lets nothing change but sealed words, and only meanwhile (ADR 0038).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from okoce.foundation.events.ciphers import seal, unseal, unwrap
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.personal.mentions import MENTIONS, TELLS_OF_ITSELF, rows_naming
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.traces import struck_out

MANY = 1_000


def strike_out_of_trail(person: Person) -> None:
    """Seal anew, under the same key, whatever named her. What tells of its subject alone is opened where she stands, or stood, in
    the subject's own record."""
    sealed = Event.objects.filter(changes__isnull=False)
    with _striking_out():
        struck = _strike_out_of(person, sealed.exclude(kind__in=list(TELLS_OF_ITSELF)))
        for table in sorted(set(TELLS_OF_ITSELF.values())):
            subject, texts = table.casefold(), frozenset(MENTIONS[table])
            ids = rows_naming(table, person) | {pk for kind, pk in struck if kind == subject}
            own = sealed.filter(subject_type=subject, subject_id__in=ids, kind__in=_kinds_of(table))
            _strike_out_of(person, own, texts)


def _kinds_of(table: str) -> list[str]:
    return [kind for kind, of in TELLS_OF_ITSELF.items() if of == table]


def _strike_out_of(
    person: Person, sealed: QuerySet[Event], fields: frozenset[str] | None = None
) -> set[tuple[str, int]]:
    """Strike her out of these events, or of these fields of theirs; answers in the history of which subjects she was named."""
    struck: set[tuple[str, int]] = set()
    told = sealed.order_by("pk").only("pk", "subject_type", "subject_id", "changes").iterator(MANY)
    while events := list(islice(told, MANY)):
        struck |= _strike_out(person, events, fields)
    return struck


def _strike_out(person: Person, events: list[Event], fields: frozenset[str] | None) -> set[tuple[str, int]]:
    struck = set()
    ids = {event.subject_id or 0 for event in events}
    keys = {
        (kind, subject): unwrap(wrapped)
        for kind, subject, wrapped in SubjectKey.objects.filter(subject_id__in=ids).values_list(
            "subject_type", "subject_id", "wrapped"
        )
    }
    for event in events:
        key = keys.get((event.subject_type, event.subject_id or 0))
        if key is None or event.changes is None:
            continue
        said = unseal(key, event.changes)
        less = {
            field: [_without(person, value) for value in values]
            if fields is None or field in fields
            else values
            for field, values in said.items()
        }
        if less != said:
            Event.objects.filter(pk=event.pk).update(changes=seal(key, less))
            struck.add((event.subject_type, event.subject_id or 0))
    return struck


def _without(person: Person, value: Any) -> Any:
    return struck_out(person, value) if isinstance(value, str) else value


@contextmanager
def _striking_out() -> Iterator[None]:
    _tell("on")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _tell("")


def _tell(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.striking_out', %s, true)", [state])
