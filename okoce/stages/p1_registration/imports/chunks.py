"""One chunk of rows, in one transaction: either all that it brings is written, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from okoce.community.members.duplicates import queue_duplicates
from okoce.community.members.numbers import member_number
from okoce.community.members.states import DuplicateReason, DuplicateState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.copying import copying_in_background
from okoce.stages.p1_registration.imports.auditing import record_additions, record_new
from okoce.stages.p1_registration.imports.candidates import Candidate, Gate, ReadRows
from okoce.stages.p1_registration.imports.order import Place
from okoce.stages.p1_registration.imports.people import Person
from okoce.stages.p1_registration.imports.reading import Refusal
from okoce.stages.p1_registration.imports.refusals import Warned
from okoce.stages.p1_registration.imports.roll import Roll
from okoce.stages.p1_registration.imports.roster import call_roll
from okoce.stages.p1_registration.imports.supplementing import (
    complete_stages,
    fill_blanks,
    lock,
    versions_left,
)
from okoce.stages.p1_registration.imports.writing import Writer, free_ids

# What bears on whether two records are one person.
_TELLING = frozenset({"phone", "birth_on"})

_QUEUE = """
INSERT INTO members_duplicatecandidate (first_id, second_id, reason, field, state, found_at)
SELECT n.first_id, n.second_id, n.reason, n.field, %s, now()
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) AS n(first_id, second_id, reason, field)
ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class ChunkResult:
    """What became of the rows of a chunk."""

    rows: int = 0
    new: int = 0
    known: int = 0
    queued: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    @property
    def warned(self) -> int:
        """How many rows were taken that are worth a look."""
        return len(self.warnings)


@action(Permission.MEMBERS_IMPORT)
def take_chunk(
    actor: Actor, gate: Gate, rows: ReadRows, place: Place, *, is_synthetic: bool = False
) -> ChunkResult:
    """Bring the people of these rows in; answers how many, and the rows that were refused."""
    candidates = rows.candidates
    result = ChunkResult(rows=len(rows.raws), refused=list(rows.refused))
    roll = Roll(gate.reach, gate.ages)
    with copying_in_background(), place.thinking() as before:
        call_roll(roll, candidates)
        if before is not None:
            roll.follow(before, candidates)
        roll.take_all(candidates)
        writer = _write_new(roll, is_synthetic=is_synthetic)
        place.settle(roll)
    result.queued = _write_rest(roll, writer, place)
    result.new, result.known = roll.new_rows, roll.known_rows
    result.refused.extend(roll.refused)
    result.refused.sort(key=lambda refusal: refusal[0].line)
    result.warnings = _warnings_of_taken(candidates, roll.refused)
    return result


def _warnings_of_taken(candidates: Sequence[Candidate], refused: Sequence[Refusal]) -> list[Warned]:
    lines = {raw.line for raw, _errors in refused}
    return [(one.raw.line, one.warnings) for one in candidates if one.warnings and one.raw.line not in lines]


def _write_new(roll: Roll, *, is_synthetic: bool) -> Writer:
    """Send everything about new people on its way."""
    new = [person for person in roll.touched.values() if person.is_new]
    for person, record_id in zip(new, free_ids("members_member", len(new)), strict=True):
        person.id, person.number = record_id, member_number(record_id)
    evidence_count = sum(len(person.stages) for person in roll.touched.values())
    writer = Writer(timezone.now(), roll.rules, evidence_count, is_synthetic=is_synthetic)
    writer.write_new(new)
    record_new(new)
    writer.write_records(writer.write_stages(new))
    return writer


def _write_rest(roll: Roll, writer: Writer, place: Place) -> int:
    """Once the chunk before is committed: what known people get, and who is to be reviewed. Answers how many that are."""
    versions = place.await_commit()
    touched = list(roll.touched.values())
    known = [person for person in touched if not person.came_now]
    altered = [person for person in known if person.is_altered]
    contradicted = [person for person in touched if person.contradictions]
    for person in altered:
        person.version = person.version or versions.get(person.id or 0, "")
    _add(altered, contradicted, writer)
    arrived = [person.id for person in touched if person.came_now]
    telling = [person.id for person in altered if person.filled.keys() & _TELLING]
    close = queue_duplicates([record_id for record_id in [*arrived, *telling] if record_id])
    queued = close + _queue(contradicted, list(roll.disagreements.values()))
    if place.order.lanes > 1:
        place.versions = versions_left(touched, versions)
    return queued


def _add(altered: Sequence[Person], contradicted: Sequence[Person], writer: Writer) -> None:
    """What known people get, and what contradicts anybody."""
    if altered:
        lock(altered)
        fill_blanks(altered)
        complete_stages(writer.write_stages(altered))
    if altered or contradicted:
        record_additions(altered, contradicted)


def _queue(contradicted: Sequence[Person], disagreements: Sequence[tuple[Person, Person]]) -> int:
    contradiction, disagree = (
        DuplicateReason.CONTRADICTION.value,
        DuplicateReason.NIK_AND_PHONE_DISAGREE.value,
    )
    rows: list[tuple[int | None, int | None, str, str]] = [
        (p.id, None, contradiction, column) for p in contradicted for column in p.contradictions
    ]
    for one, other in disagreements:
        first, second = sorted([one.id or 0, other.id or 0])
        rows.append((first, second, disagree, ""))
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _QUEUE, [DuplicateState.OPEN.value, *(list(column) for column in zip(*rows, strict=True))]
        )
        return int(cursor.rowcount)
