"""A member's journey as the passport draws it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.passport import Stamp, StampState
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.journeys import NOT_OFFERED, StageStep
from okoce.pipeline.states import EvidenceState, StageState

STATES = {
    StageState.COMPLETED.value: StampState.VERIFIED,
    StageState.CLAIMED.value: StampState.CLAIMED,
    StageState.IN_PROGRESS.value: StampState.CURRENT,
}


NOBODY_NAMED: Mapping[int, str] = {}


def stamps_of(steps: Sequence[StageStep], givers: Mapping[int, str] = NOBODY_NAMED) -> list[Stamp]:
    """Seven stamps: what was seen, when, by whom, given by which mitra where `givers` names it; or what opens the stage."""
    return [
        Stamp(
            number=step.stage.value,
            name=str(step.stage.label),
            state=STATES.get(step.state, StampState.TODO),
            evidence=_evidence_line(step, givers),
            on=step.completed_on,
            label=_("Tidak dibuka di wilayah ini") if step.state == NOT_OFFERED else "",
        )
        for step in steps
    ]


def _decisive(proofs: Sequence[Evidence], completed_on: date | None) -> Evidence:
    """The one by which the stage was completed: the last of that day, where there are several (the third visit)."""
    return next((proof for proof in reversed(proofs) if proof.happened_on == completed_on), proofs[0])


def _evidence_line(step: StageStep, givers: Mapping[int, str]) -> str:
    shown = [proof for proof in step.evidence if proof.state == EvidenceState.VERIFIED] or [
        proof for proof in step.evidence if proof.state == EvidenceState.CLAIMED
    ]
    if shown:
        proof = _decisive(shown, step.completed_on)
        what = " ".join(part for part in (proof.kind_label, proof.number) if part) or _("Bukti")
        giver = givers.get(proof.partner_id or 0, "")
        return ", ".join(filter(None, (what, giver, day_text(proof.happened_on, "medium"))))
    if step.is_completed:
        return _("Tercatat %s") % day_text(step.completed_on, "medium")
    missing = " ".join(step.missing)
    return (
        _("%(missing)s Berhenti: %(reason)s.") % {"missing": missing, "reason": step.stuck_label}
        if step.stuck_reason
        else missing
    )
