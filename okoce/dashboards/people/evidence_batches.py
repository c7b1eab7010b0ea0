"""Evidence for many, as pages show it: what it would do, what became of it, and which are one's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.dashboards.people.batch_forms import MOST_NUMBERED, HandInForMany
from okoce.foundation.access.actor import Actor
from okoce.foundation.web.numbers import count_text, day_text, moment_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column
from okoce.pipeline.actions.evidence_batches import EvidenceForMany, start_evidence_batch
from okoce.pipeline.handing_in import PASSING, carry_out
from okoce.pipeline.models import EvidenceBatch, EvidenceLine
from okoce.pipeline.queries.evidence_batches import LeftOver
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.queries.outlooks import Outlook
from okoce.pipeline.states import BUSY, BatchState, LineState, Stage

# So few are seen to before the page answers; more are left to the job that was deferred with them.
AT_ONCE = 20
MOST_SHOWN = 100
BATCH_TONES = {
    BatchState.DONE.value: "verified",
    BatchState.STOPPED.value: "stuck",
    BatchState.FAILED.value: "stuck",
}


def hand_in(actor: Actor, key: str, given: GivenEvidence, numbers: Mapping[int, str]) -> EvidenceBatch:
    """Have it handed in; of few people it is done when this returns, unless the database failed meanwhile: then it is left to
    the job as well."""
    batch = start_evidence_batch(actor, EvidenceForMany(key=key, given=given, numbers=numbers))
    if len(numbers) <= AT_ONCE and batch.state in BUSY:
        with suppress(*PASSING):
            carry_out(batch.pk)
    return batch


@dataclass(frozen=True, slots=True)
class Preview:
    """What handing in would do, in figures and person by person where she would be left out."""

    taken: int
    verified: int
    left_out: list[list[CellValue]]
    more: int
    why: list[tuple[str, int]]
    names: list[str]

    @classmethod
    def of(cls, outlooks: Sequence[Outlook]) -> "Preview":
        taken = [one for one in outlooks if one.state == LineState.TAKEN]
        others = [one for one in outlooks if one.state != LineState.TAKEN]
        return cls(
            taken=len(taken),
            verified=sum(one.is_verified for one in taken),
            left_out=[_row(one.member, one.sentence) for one in others[:MOST_SHOWN]],
            more=max(0, len(others) - MOST_SHOWN),
            why=Counter(one.sentence for one in others).most_common(),
            names=[one.member.name for one in taken],
        )

    @property
    def waiting(self) -> int:
        return self.taken - self.verified

    @property
    def columns(self) -> list[Column]:
        return line_columns()


def line_columns() -> list[Column]:
    return [Column(_("Nama")), Column(_("Mengapa"), is_evident=True)]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as a page draws it."""

    columns: list[Column]
    rows: list[list[CellValue]]


def line_rows(lines: Sequence[EvidenceLine], known: Mapping[int, Member]) -> Rows:
    """Who was left out and why, or only who; of somebody who is out of sight by now no name is told."""
    rows = [_row(known.get(line.member_id), line.sentence) for line in lines]
    if any(line.sentence for line in lines):
        return Rows(line_columns(), rows)
    return Rows(line_columns()[:1], [row[:1] for row in rows])


def _row(member: Member | None, sentence: str) -> list[CellValue]:
    href = reverse("member_detail", args=[member.number]) if member is not None else ""
    name = (
        Cell(member.name, href, detail=member.number)
        if member is not None
        else _("Di luar wilayah tugas Anda")
    )
    return [name, sentence or NOTHING]


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the lists of a batch: which states it shows, and what it is called."""

    key: str
    label: str
    states: tuple[str, ...]

    def count(self, counts: Mapping[str, int]) -> int:
        return sum(counts[state] for state in self.states)


def shown_lists(batch: EvidenceBatch) -> list[Shown]:
    """The lists of a batch, which somebody reads first at the top."""
    waiting = _("Menunggu giliran") if batch.state in BUSY else _("Tidak sempat diserahkan")
    return [
        Shown("tidak-ikut", _("Tidak ikut"), (LineState.REFUSED.value, LineState.KNOWN.value)),
        Shown("belum", waiting, (LineState.WAITING.value,)),
        Shown("diserahkan", _("Diserahkan"), (LineState.TAKEN.value,)),
    ]


def shown_list(lists: Sequence[Shown], asked: str, counts: Mapping[str, int]) -> Shown:
    """The list that was asked for, else the first that names anybody."""
    return next(
        (one for one in lists if one.key == asked),
        next((one for one in lists if one.count(counts)), lists[0]),
    )


def carried_on(batch: EvidenceBatch, left: Sequence[LeftOver]) -> list[tuple[str, str]]:
    """The fields with which the same is handed in for those who had no turn: the form comes back filled in."""
    told = [
        ("langkah", "ubah"),
        ("orang", " ".join(str(one.member_id) for one in left)),
        ("stage", str(batch.stage)),
        ("happened_on", batch.happened_on.isoformat()),
        ("kind", batch.kind),
        ("note", batch.note),
        ("partner", str(batch.partner_id or "")),
    ]
    if len(left) <= MOST_NUMBERED:
        return told + [(f"{HandInForMany.PREFIX}{one.member_id}", one.number) for one in left if one.number]
    return [*told, ("number", left[0].number)]  # of so many, all have the one that was typed for everybody


def summary_rows(batches: Sequence[EvidenceBatch], counts: Mapping[int, Mapping[str, int]]) -> Rows:
    """One's own batches, newest first."""
    columns = [
        Column(_("Diserahkan")),
        Column(_("Bukti")),
        Column(_("Keadaan"), is_evident=True),
        Column(_("Orang yang diserahkan"), is_number=True),
        Column(_("Tidak ikut"), is_number=True),
    ]
    rows: list[list[CellValue]] = [
        [
            Cell(moment_text(batch.created_at, "medium"), reverse("evidence_batch", args=[batch.pk])),
            f"{Stage(batch.stage).code} · {day_text(batch.happened_on, 'medium')}",
            Cell(batch.get_state_display(), tone=BATCH_TONES.get(batch.state, "waiting")),
            _("%(taken)s dari %(all)s")
            % {
                "taken": count_text(counts[batch.pk][LineState.TAKEN]),
                "all": count_text(sum(counts[batch.pk].values())),
            },
            counts[batch.pk][LineState.REFUSED],
        ]
        for batch in batches
    ]
    return Rows(columns, rows)
