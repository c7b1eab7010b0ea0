"""Handing in evidence, verifying, refusing and withdrawing it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.partners.queries.serving import has_worked_in
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import VERIFY_STAGE, Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound, Refused
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.pipeline.events import EvidenceGiven, EvidenceRefused, EvidenceVerified, EvidenceWithdrawn
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.giving import GivenEvidence, checked_evidence, far_partner, same_evidence
from okoce.pipeline.queries.waiting import may_verify
from okoce.pipeline.settling import Standing, settle
from okoce.pipeline.states import EvidenceState, JobLevel, Stage
from okoce.pipeline.stating import note_jobs


@action(Permission.PIPELINE_GIVE_EVIDENCE)
def give_evidence(actor: Actor, member: Member, given: GivenEvidence) -> Evidence:
    """Hand in evidence; whoever may verify the stage for this member verifies it at once, else it waits as claimed.

    Refuses a future day, a stage that is not offered, a mitra that has never worked where the member lives, and under a
    sequential rule a missing or later earlier stage. The same evidence handed in twice is one row.
    """
    checked = checked_evidence(given)
    locked = Member.objects.locked_standing(member.pk)
    _require_near(checked.partner, locked)
    standing = Standing.of(locked)
    evidence = same_evidence(standing, checked)
    if evidence is None:
        _require_order(standing, checked)
        evidence = _hand_in(actor, standing, checked)
    if evidence.state == EvidenceState.CLAIMED and may_verify(actor, locked, evidence.stage):
        _verify(actor, standing, evidence)
    elif evidence.state == EvidenceState.CLAIMED:
        settle(standing, evidence.stage)
    if checked.workers is not None:
        note_jobs(actor, locked, checked.workers, checked.happened_on, JobLevel.CLAIMED.value)
    return evidence


@action(Permission.PIPELINE_GIVE_EVIDENCE)
def verify_evidence(actor: Actor, evidence: Evidence) -> Evidence:
    """Declare claimed evidence true; the stage is completed when its requirements are met. Twice is once."""
    standing, found = _open(actor, evidence)
    if found.state == EvidenceState.VERIFIED:
        return found
    if found.state != EvidenceState.CLAIMED:
        raise _already_decided(found)
    _verify(actor, standing, found)
    return found


@action(Permission.PIPELINE_GIVE_EVIDENCE)
def refuse_evidence(actor: Actor, evidence: Evidence, reason: str) -> Evidence:
    """Refuse claimed evidence, with the reason that its giver will read. Verified evidence is withdrawn instead."""
    standing, found = _open(actor, evidence)
    if found.state == EvidenceState.REFUSED:
        return found
    if found.state != EvidenceState.CLAIMED:
        raise _already_decided(found)
    _decide(actor, found, EvidenceState.REFUSED, _required_reason(reason))
    settle(standing, found.stage)
    record(EvidenceRefused(**_told(found)), subject=standing.member)
    return found


@action(Permission.PIPELINE_WITHDRAW_EVIDENCE)
def withdraw_evidence(actor: Actor, evidence: Evidence, reason: str) -> Evidence:
    """Take evidence back that turned out wrong; its stage falls back unless other evidence carries it.

    Refuses where a later stage was completed upon it under a sequential rule.
    """
    standing, found = _standing_of(evidence)
    if found.state == EvidenceState.WITHDRAWN:
        return found
    if found.state == EvidenceState.REFUSED:
        raise _already_decided(found)
    _decide(actor, found, EvidenceState.WITHDRAWN, _required_reason(reason))
    settle(standing, found.stage)
    record(EvidenceWithdrawn(**_told(found)), subject=standing.member)
    return found


def _require_near(partner_id: int | None, member: Member) -> None:
    if partner_id is not None and not has_worked_in(partner_id, member.region):
        raise far_partner()


def _require_order(standing: Standing, given: GivenEvidence) -> None:
    problem = standing.problem_with(given.stage, given.happened_on)
    if problem:
        raise Refused(problem, field="happened_on")


def _hand_in(actor: Actor, standing: Standing, given: GivenEvidence) -> Evidence:
    evidence = Evidence.objects.create(
        member=standing.member,
        stage=given.stage,
        requirement=given.requirement,
        happened_on=given.happened_on,
        kind=given.kind,
        number=given.number,
        note=given.note,
        state=EvidenceState.CLAIMED,
        origin=given.origin,
        given_by=actor.label,
        partner_id=given.partner,
    )
    standing.evidence.append(evidence)
    standing.evidence.sort(key=lambda proof: (proof.happened_on, proof.pk))
    if not may_verify(actor, standing.member, given.stage):
        record(EvidenceGiven(**_told(evidence)), subject=standing.member)
    return evidence


def _open(actor: Actor, evidence: Evidence) -> tuple[Standing, Evidence]:
    """The locked person and the evidence as it stands now, for somebody who may judge it."""
    right = VERIFY_STAGE[evidence.stage]
    if not actor.may(right):
        stage = Stage(evidence.stage).code
        raise NotAllowed(
            _("Peran Anda tidak memeriksa bukti %s. Serahkan kepada petugas yang berwenang.") % stage
        )
    standing, found = _standing_of(evidence)
    if not may_verify(actor, standing.member, found.stage):
        raise NotFound(_("Data itu tidak ada dalam wilayah tugas Anda."))
    return standing, found


def _standing_of(evidence: Evidence) -> tuple[Standing, Evidence]:
    standing = Standing.of(Member.objects.locked_standing(evidence.member_id))
    found = next((proof for proof in standing.evidence if proof.pk == evidence.pk), None)
    if found is None:
        raise NotFound(_("Bukti itu tidak ada lagi pada catatan ini. Muat ulang halaman."))
    return standing, found


def _verify(actor: Actor, standing: Standing, evidence: Evidence) -> None:
    _decide(actor, evidence, EvidenceState.VERIFIED, "")
    record(EvidenceVerified(**_told(evidence)), subject=standing.member)
    settle(standing, evidence.stage)


def _decide(actor: Actor, evidence: Evidence, state: EvidenceState, reason: str) -> None:
    evidence.state, evidence.reason = state, reason
    evidence.decided_by, evidence.decided_at = actor.label, timezone.now()
    evidence.save(update_fields=["state", "reason", "decided_by", "decided_at", "updated_at"])


def _required_reason(reason: str) -> str:
    read = clean_text(reason, 500)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("reason", f"{read.reason} {read.suggestion}")])
    if not read:
        raise Invalid(
            [FieldError("reason", _("Tulis alasannya dalam satu kalimat; anggota akan membacanya."))]
        )
    return read


def _already_decided(evidence: Evidence) -> Conflict:
    return Conflict(
        _("Bukti ini sudah diputus: %s. Muat ulang halaman untuk melihat keadaan terakhir.")
        % evidence.get_state_display()
    )


def _told(evidence: Evidence) -> dict[str, Any]:
    return {
        "evidence_id": evidence.pk,
        "stage": Stage(evidence.stage).code,
        "happened_on": evidence.happened_on.isoformat(),
    }
