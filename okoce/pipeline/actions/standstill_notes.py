"""Reasons for standing still, of many people at once: what `set_standstill` does for one, in a few statements for all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.facts import payload_of
from okoce.foundation.events.trail import BulkEvent, record_many
from okoce.foundation.shared.copying import copy_rows
from okoce.foundation.shared.days import day_problem
from okoce.pipeline.events import StandstillSet
from okoce.pipeline.states import Stage, StandstillReason

RIGHT = Permission.PIPELINE_SET_STANDSTILL
_SUBJECT = Member._meta.label_lower
_KIND: str = StandstillSet.kind  # type: ignore[attr-defined]  # set by @fact
_STEPS = frozenset(Stage.values) - {Stage.P1_REGISTRATION}
_REASONS = frozenset(StandstillReason.values)

_LOCK = """
SELECT id FROM members_member WHERE id = ANY(string_to_array(%s, ',')::bigint[]) AND merged_into_id IS NULL
ORDER BY id FOR NO KEY UPDATE
"""
# A period that is told already is the answer of somebody who knew the person: a mass note never replaces it.
_JUDGE = """
SELECT CASE
  WHEN here.id IS NOT NULL THEN 'step_completed'
  WHEN before.id IS NULL THEN 'step_before_open'
  WHEN told.id IS NULL THEN ''
  WHEN told.until_on IS NOT NULL THEN 'days_told'
  WHEN told.reason = n.reason THEN 'noted_already'
  ELSE 'another_reason'
END
FROM unnest(
  string_to_array(%s, ',')::bigint[], string_to_array(%s, ',')::smallint[], string_to_array(%s, ','),
  string_to_array(%s, ',')::date[]
) WITH ORDINALITY
  AS n(member_id, stage, reason, from_on, place)
LEFT JOIN pipeline_stagerecord here
  ON here.member_id = n.member_id AND here.stage = n.stage AND here.state = 'completed'
LEFT JOIN pipeline_stagerecord before
  ON before.member_id = n.member_id AND before.stage = n.stage - 1 AND before.state = 'completed'
LEFT JOIN LATERAL (
  SELECT s.id, s.reason, s.until_on FROM pipeline_standstill s
  WHERE s.member_id = n.member_id AND s.stage = n.stage AND (s.until_on IS NULL OR s.until_on > n.from_on)
  ORDER BY s.until_on DESC NULLS FIRST LIMIT 1
) told ON true
ORDER BY n.place
"""


class WhyNot(StrEnum):
    """Why a note was not taken."""

    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_REASON = "unknown_reason"
    IMPOSSIBLE_DAY = "impossible_day"
    REPEATED = "repeated"  # an earlier note of the same call is about the same person and step
    NOT_FOUND = "not_found"  # nobody, outside the actor's scope, or merged into another record
    STEP_COMPLETED = "step_completed"
    STEP_BEFORE_OPEN = "step_before_open"
    NOTED_ALREADY = "noted_already"
    ANOTHER_REASON = "another_reason"
    DAYS_TOLD = "days_told"  # a reason that has ended covers the day or one after it


@dataclass(frozen=True, slots=True)
class StandstillNote:
    """The main reason why a member has not completed `stage`, from a day on."""

    member_id: int
    stage: int
    reason: str
    from_on: date


@dataclass(frozen=True, slots=True)
class NotTaken:
    note: StandstillNote
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Noted:
    """How many notes were taken, and every one that was not."""

    taken: int
    not_taken: tuple[NotTaken, ...]


@action(RIGHT)
def note_standstills(actor: Actor, notes: Sequence[StandstillNote]) -> Noted:
    """Note why many people stand still, each at most once per step, with the trail; all in one transaction.

    Takes what is possible and answers what is not. Unlike `set_standstill` it replaces no reason that is there.
    """
    sound, not_taken = _sifted(notes)
    regions = _held(actor, sound)
    found = [note for note in sound if note.member_id in regions]
    not_taken += [NotTaken(note, WhyNot.NOT_FOUND) for note in sound if note.member_id not in regions]
    taken = []
    for note, why in zip(found, _judged(found), strict=True):
        if why:
            not_taken.append(NotTaken(note, WhyNot(why)))
        else:
            taken.append(note)
    _write(actor, taken, regions)
    return Noted(len(taken), tuple(not_taken))


def _sifted(notes: Sequence[StandstillNote]) -> tuple[list[StandstillNote], list[NotTaken]]:
    """Notes that could be true of somebody, one per person and step; and the others."""
    sound, not_taken = [], []
    seen: set[tuple[int, int]] = set()
    is_impossible = cache(lambda day: day_problem(day) is not None)
    for note in notes:
        step = note.member_id, note.stage
        if note.stage not in _STEPS:
            not_taken.append(NotTaken(note, WhyNot.UNKNOWN_STEP))
        elif note.reason not in _REASONS:
            not_taken.append(NotTaken(note, WhyNot.UNKNOWN_REASON))
        elif is_impossible(note.from_on):
            not_taken.append(NotTaken(note, WhyNot.IMPOSSIBLE_DAY))
        elif step in seen:
            not_taken.append(NotTaken(note, WhyNot.REPEATED))
        else:
            seen.add(step)
            sound.append(note)
    return sound, not_taken


def _held(actor: Actor, notes: Sequence[StandstillNote]) -> dict[int, str]:
    """The kecamatan of everybody within the actor's reach, whose rows are held until the end of the transaction."""
    ids = RawSQL(
        "SELECT unnest(string_to_array(%s, ',')::bigint[])", [_listed(note.member_id for note in notes)]
    )
    reached = Member.objects.visible_to(actor, RIGHT).filter(pk__in=ids)
    regions = dict(reached.values_list("pk", "region"))
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [_listed(regions)])
        return {member_id: regions[member_id] for (member_id,) in cursor.fetchall()}


def _listed(values: Iterable[object]) -> str:
    """Numbers, codes and days as one text: ten thousand separate values take longer to write down than to look up."""
    return ",".join(map(str, values))


def _judged(notes: Sequence[StandstillNote]) -> list[str]:
    """Why each cannot be taken, in order; an empty text where it can."""
    columns = [
        _listed(note.member_id for note in notes),
        _listed(int(note.stage) for note in notes),
        _listed(note.reason for note in notes),
        _listed(note.from_on for note in notes),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_JUDGE, columns)
        return [row[0] for row in cursor.fetchall()]


def _write(actor: Actor, notes: Sequence[StandstillNote], regions: dict[int, str]) -> None:
    rows = [(note.member_id, int(note.stage), str(note.reason), note.from_on) for note in notes]
    same = {"until_on": None, "set_by": actor.label}
    copy_rows("pipeline_standstill", "member_id, stage, reason, from_on", rows, same)
    said = {kind: _told(*kind) for kind in {(note.stage, note.reason) for note in notes}}
    record_many(
        _SUBJECT,
        [
            BulkEvent(
                _KIND,
                note.member_id,
                regions[note.member_id],
                json.dumps(said[note.stage, note.reason] | {"member_id": note.member_id}),
                changes=None,
            )
            for note in notes
        ],
    )


def _told(stage: int, reason: str) -> dict[str, Any]:
    """The fact as it is stored, but for the member: the same for everybody with that reason."""
    told = StandstillSet(
        member_id=0, stage=Stage(stage).code, reason=str(reason), label=str(StandstillReason(reason).label)
    )
    return payload_of(told)
