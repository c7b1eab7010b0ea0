"""Reading the trail: the history of one subject, in sentences."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.events.ciphers import unseal, unwrap
from okoce.foundation.events.facts import KINDS
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.events.trail import subject_type_of
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import NotFound

_NOUN_AND_NAME = re.compile(r"(\w+) \{(\w+)\}")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a history page."""

    at: datetime
    author: str
    kind: str
    sentence: str
    changes: dict[str, list[Any]]
    is_erased: bool
    payload: Mapping[str, Any]


def history_of(
    actor: Actor, subject: models.Model, *, also: Sequence[int] = (), limit: int = 200
) -> list[HistoryLine]:
    """The newest facts about a subject, newest first; NotFound where no grant that reads histories reaches the subject.

    Another grant may show the subject itself: each counts for itself. `also` are older records of the same subject (merged
    into it), whose facts were its own all along.
    """
    if not is_reached(subject, actor, Permission.EVENTS_READ):
        raise NotFound(_("Riwayat itu tidak ada dalam wilayah tugas Anda."))
    return trail_of(subject_type_of(subject), [subject.pk, *also], limit=limit)


def trail_of(subject_type: str, ids: Sequence[int], *, limit: int | None = None) -> list[HistoryLine]:
    """The facts about these subjects, newest first. Public: asked for a person about herself, and behind `history_of`."""
    events = list(Event.objects.about(subject_type, *ids).order_by("-id")[:limit])
    stored = SubjectKey.objects.filter(subject_type=subject_type, subject_id__in=ids)
    keys = {subject_id: unwrap(key) for subject_id, key in stored.values_list("subject_id", "wrapped")}
    return [_line(event, keys.get(event.subject_id or 0)) for event in events]


def deeds_in_emergency(author: str, limit: int) -> list[HistoryLine]:
    """What somebody did within an emergency, in its order; without the values, which belong to whom it was done to. Public: asked
    behind a register that says whose deeds these are."""
    # the second condition is the index's own
    rows = Event.objects.filter(author=author, author__contains="/darurat:")
    return [_line(event, None) for event in rows.order_by("id")[:limit]]


def payload_of_event(event_id: int) -> dict[str, Any]:
    """The ids and plain values of an event. Public: asked by reactions, which act for the house."""
    payload: dict[str, Any] = Event.objects.values_list("payload", flat=True).get(pk=event_id)
    return payload


def payloads_of_events(event_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The same of many events, in their order. Public: asked by reactions, which act for the house."""
    rows = Event.objects.filter(pk__in=event_ids).order_by("pk")
    return list(rows.values_list("payload", flat=True))


def changes_of(event_id: int) -> tuple[int, dict[str, list[Any]]]:
    """The subject of an event and what changed, field → [before, after]; nothing once its key was destroyed. Public: asked
    by reactions, which act for the house."""
    event = Event.objects.get(pk=event_id)
    subject_id = event.subject_id or 0
    stored = SubjectKey.objects.filter(subject_type=event.subject_type, subject_id=subject_id).first()
    if stored is None or event.changes is None:
        return subject_id, {}
    return subject_id, unseal(unwrap(stored.wrapped), event.changes)


def _line(event: Event, key: bytes | None) -> HistoryLine:
    declared = KINDS.get(event.kind)
    sentence = in_words(_(declared.sentence), _readable(event.payload)) if declared else event.kind
    changes = unseal(key, event.changes) if key and event.changes else {}
    return HistoryLine(
        at=event.happened_at,
        author=event.author,
        kind=event.kind,
        sentence=sentence,
        changes=changes,
        is_erased=event.changes is not None and key is None,
        payload=event.payload,
    )


def in_words(sentence: str, payload: dict[str, Any]) -> str:
    """The sentence of a fact, filled in. A name that brings the noun that the sentence says before it, as in "komunitas Komunitas
    Mawar", is told once: whole names are stored, so that what was recorded long ago reads well too. Public: it looks at
    what it is given."""
    filled = dict(payload)
    for noun, name in _NOUN_AND_NAME.findall(sentence):
        first, _space, rest = str(payload.get(name, "")).strip().partition(" ")
        if first.casefold() == noun.casefold() and rest.strip():
            filled[name] = rest.strip()
    return sentence.format_map(_Blank(filled))


def _readable(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with its days in words; they are stored as a program reads them."""
    return {
        name: day_in_words(date.fromisoformat(value))
        if isinstance(value, str) and _DAY.fullmatch(value)
        else value
        for name, value in payload.items()
    }


class _Blank(dict[str, Any]):
    """A payload whose missing names read as a dash: an old event may lack a newer field."""

    def __missing__(self, name: str) -> str:
        return "–"
