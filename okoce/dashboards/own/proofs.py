"""The evidence behind each stamp, as its member reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.accounts.queries import author_names
from okoce.foundation.web.numbers import day_text
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.journeys import StageStep, givers_of
from okoce.pipeline.states import EvidenceState, Stage

_TONES = {
    EvidenceState.VERIFIED.value: "verified",
    EvidenceState.CLAIMED.value: "waiting",
    EvidenceState.REFUSED.value: "stuck",
}


@dataclass(frozen=True, slots=True)
class DrawnProof:
    """One piece of evidence: what, when, from which mitra, whether it was checked, by whom, and why not."""

    what: str
    state: str
    tone: str
    giver: str
    checked: str
    reason: str


@dataclass(frozen=True, slots=True)
class StageProofs:
    """What was handed in for one stage."""

    name: str
    proofs: list[DrawnProof]
    missing: tuple[str, ...]


def proofs_of(steps: Sequence[StageStep]) -> list[StageProofs]:
    """Every stage with its evidence; the names of those who checked in one query, those of the mitra that gave it in another."""
    names = author_names(proof.decided_by for step in steps for proof in step.evidence if proof.decided_by)
    givers = givers_of(steps)
    return [
        StageProofs(
            name=f"{step.stage.code} {step.stage.label}",
            proofs=[*_registration(step), *(_drawn(proof, names, givers) for proof in step.evidence)],
            missing=step.missing,
        )
        for step in steps
    ]


def _registration(step: StageStep) -> list[DrawnProof]:
    """Nothing is handed in for the first stage: the registration itself stands behind its stamp."""
    if step.stage is not Stage.P1_REGISTRATION or step.completed_on is None:
        return []
    what = _("Pendaftaran Anda, %(day)s") % {"day": day_text(step.completed_on)}
    return [DrawnProof(what, str(EvidenceState.VERIFIED.label), "verified", giver="", checked="", reason="")]


def _drawn(proof: Evidence, names: Mapping[str, str], givers: Mapping[int, str]) -> DrawnProof:
    what = " ".join(part for part in (proof.kind_label, proof.number) if part) or _("Bukti")
    return DrawnProof(
        what=f"{what}, {day_text(proof.happened_on)}",
        state=str(EvidenceState(proof.state).label),
        tone=_TONES.get(proof.state, ""),
        giver=givers.get(proof.partner_id or 0, ""),
        checked=_checked(proof, names),
        reason=proof.reason,
    )


def _checked(proof: Evidence, names: Mapping[str, str]) -> str:
    if not proof.decided_by or proof.decided_at is None:
        return ""
    by = names.get(proof.decided_by, "")
    who = by if by and not proof.decided_by.startswith("system:") else _("sistem")
    return _("Diperiksa %(who)s, %(day)s") % {"who": who, "day": day_text(proof.decided_at, "medium")}
