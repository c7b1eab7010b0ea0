"""What a stage asks for, and the one interpreter that says what is missing and when it was met. Nobody else asks.

*What a requirement means* is code and stands here; *which of them bind* is data of the programme's rule.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okoce.pipeline.rules import Rule
from okoce.pipeline.states import VISIT, EvidenceState, LicenceKind, Stage

VISITS_NEEDED = 3


class Proof(Protocol):
    """What the interpreter reads of an evidence row."""

    stage: int
    requirement: str
    happened_on: date
    kind: str
    state: str


RuleOn = Callable[[date], Rule]
Meeting = Callable[[Sequence[Proof], RuleOn], "date | None"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a stage asks for; `sentence` is what is still to do, `met_on` the day it became true."""

    code: str
    stage: Stage
    sentence: str | Promise
    met_on: Meeting


def _first_day(proofs: Sequence[Proof], rule_on: RuleOn) -> date | None:
    return min((proof.happened_on for proof in proofs), default=None)


def _third_visit(proofs: Sequence[Proof], rule_on: RuleOn) -> date | None:
    """Three visits on different days, or an officer's one statement that mentoring is done."""
    visits = sorted({proof.happened_on for proof in proofs if proof.kind == VISIT})
    stated = _first_day([proof for proof in proofs if proof.kind != VISIT], rule_on)
    days = [visits[VISITS_NEEDED - 1]] if len(visits) >= VISITS_NEEDED else []
    return min([*days, *([stated] if stated else [])], default=None)


def _counted_licence(proofs: Sequence[Proof], rule_on: RuleOn) -> date | None:
    """The first permit of a kind that the rule of that day counts; a historic row may not know its kind."""
    counted = (p for p in proofs if not p.kind or p.kind in rule_on(p.happened_on).licences)
    return min((proof.happened_on for proof in counted), default=None)


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        "registration.consent",
        Stage.P1_REGISTRATION,
        _("Persetujuan anggota dan kecamatan tempat tinggal."),
        _first_day,
    ),
    Requirement(
        "training.certificate",
        Stage.P2_TRAINING,
        _("Sertifikat pelatihan dari program yang diakui untuk P2."),
        _first_day,
    ),
    Requirement(
        "mentoring.visits",
        Stage.P3_MENTORING,
        _("Tiga kunjungan pendamping yang dikonfirmasi, pada hari yang berbeda."),
        _third_visit,
    ),
    Requirement(
        "permits.licence",
        Stage.P4_PERMITS,
        _("Izin usaha pertama yang sudah diperiksa: IUMK, SKU atau NIB."),
        _counted_licence,
    ),
    Requirement(
        "marketing.first_sale",
        Stage.P5_MARKETING,
        _("Toko yang lolos kurasi dan satu penjualan yang dikonfirmasi."),
        _first_day,
    ),
    Requirement(
        "bookkeeping.three_months",
        Stage.P6_BOOKKEEPING,
        _("Tiga bulan pembukuan yang ditutup dan dilaporkan."),
        _first_day,
    ),
    Requirement(
        "financing.disbursement",
        Stage.P7_FINANCING,
        _("Pencairan pertama oleh pemberi pinjaman."),
        _first_day,
    ),
)
# What a stage asks for under a rule that binds none of the above.
ANY_EVIDENCE = _("Satu bukti apa pun dari tahap ini, yang diperiksa petugas.")
BY_CODE = {requirement.code: requirement for requirement in REQUIREMENTS}
DEFAULT_OF_STAGE = {int(requirement.stage): requirement.code for requirement in reversed(REQUIREMENTS)}
# Which kinds an evidence may be of; "" where the stage knows no kinds.
KINDS_OF_STAGE: dict[int, tuple[str, ...]] = {
    Stage.P3_MENTORING: (VISIT, ""),
    Stage.P4_PERMITS: tuple(LicenceKind.values),
}


def requirements_of(stage: int, rule: Rule) -> list[Requirement]:
    """The binding requirements of a stage; where the rule names none, any verified evidence of the stage meets it."""
    known = [requirement for requirement in REQUIREMENTS if requirement.stage == stage]
    return [requirement for requirement in known if requirement.code in rule.binding]


def completed_on_by(evidence: Iterable[Proof], stage: int, rule_on: RuleOn, rule: Rule) -> date | None:
    """The day on which verified evidence met every binding requirement of the stage, or None."""
    proofs = _verified(evidence, stage)
    binding = requirements_of(stage, rule)
    if not binding:
        return _first_free_day(proofs, stage, rule_on)
    days = [_met_on(requirement, proofs, rule_on) for requirement in binding]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def missing_for(evidence: Iterable[Proof], stage: int, rule_on: RuleOn, rule: Rule) -> list[str]:
    """What is still to be shown for the stage, in sentences."""
    proofs = _verified(evidence, stage)
    binding = requirements_of(stage, rule)
    if not binding:
        return [] if _first_free_day(proofs, stage, rule_on) else [str(ANY_EVIDENCE)]
    return [
        str(requirement.sentence) for requirement in binding if _met_on(requirement, proofs, rule_on) is None
    ]


def _first_free_day(proofs: Sequence[Proof], stage: int, rule_on: RuleOn) -> date | None:
    """The first evidence of a day on which nothing bound for the stage: what was handed in while something did was judged by
    that, and a later rule completes no stage on a day before itself."""
    free = [proof for proof in proofs if not requirements_of(stage, rule_on(proof.happened_on))]
    return _first_day(free, rule_on)


def _verified(evidence: Iterable[Proof], stage: int) -> list[Proof]:
    return [proof for proof in evidence if proof.stage == stage and proof.state == EvidenceState.VERIFIED]


def _met_on(requirement: Requirement, proofs: Sequence[Proof], rule_on: RuleOn) -> date | None:
    return requirement.met_on([proof for proof in proofs if proof.requirement == requirement.code], rule_on)
