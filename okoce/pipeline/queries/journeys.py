"""A person's way through the seven stages: where she stands, what is missing, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.partners.queries.partners import partner_names
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory.queries import zone_of
from okoce.pipeline.models import Evidence, Standstill
from okoce.pipeline.requirements import missing_for
from okoce.pipeline.rules import Rule, sequence_problem
from okoce.pipeline.settling import Standing
from okoce.pipeline.states import EvidenceState, Stage, StageState, StandstillReason

NOT_STARTED = "not_started"
NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class StageStep:
    """One stage of one person. `state`: not_started, in_progress, claimed, completed or not_offered."""

    stage: Stage
    state: str
    completed_on: date | None
    started_on: date | None
    rule_code: str
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]
    stuck_reason: str
    stuck_since: date | None
    stuck_by: str = ""  # who noted it, as the trail names her
    awaits_check: bool = False  # nothing is missing but that somebody checks what was handed in

    @property
    def stuck_label(self) -> str:
        """The reason in words, "" when there is none."""
        return str(StandstillReason(self.stuck_reason).label) if self.stuck_reason else ""

    @property
    def is_completed(self) -> bool:
        return self.completed_on is not None


def journey_of(actor: Actor, member: Member) -> list[StageStep]:
    """The seven steps of a member; NotFound outside of the actor's scope."""
    if not Member.objects.visible_to(actor, Permission.MEMBERS_READ).filter(pk=member.pk).exists():
        raise NotFound(_("Anggota itu tidak ada dalam wilayah tugas Anda."))
    return journey_as_read(member)


def journey_as_read(member: Member) -> list[StageStep]:
    """The same of a member whom the actor has just read within her scope. Public: it looks at the member that it is given."""
    standing = Standing.of(member)
    standstills = {
        row.stage: row
        for row in Standstill.objects.filter(member=member, until_on__isnull=True).order_by("id")
    }
    today = day_in(zone_of(member.region))
    rule = standing.rule_on(today)
    return [_step(standing, stage, standstills.get(stage.value), rule, today) for stage in Stage]


def givers_of(steps: Iterable[StageStep]) -> dict[int, str]:
    """The mitra that gave any of the evidence, by id, in one query; none where none is named. Public: it looks at the steps that it is
    given, and a mitra's name is nobody's secret."""
    named = {proof.partner_id for step in steps for proof in step.evidence if proof.partner_id is not None}
    return partner_names(named) if named else {}


def next_step(steps: list[StageStep]) -> StageStep | None:
    """The first stage that is offered and not completed: what a member does next. None at the end of the way.

    Public: it looks at the steps that it is given."""
    return next((step for step in steps if not step.is_completed and step.state != NOT_OFFERED), None)


def furthest_stage(steps: list[StageStep]) -> Stage | None:
    """The furthest completed stage. Public: it looks at the steps that it is given."""
    return max((step.stage for step in steps if step.is_completed), default=None)


def _step(
    standing: Standing, stage: Stage, standstill: Standstill | None, rule: Rule, today: date
) -> StageStep:
    record = standing.records.get(stage)
    state = record.state if record else NOT_STARTED
    if record is None and stage not in rule.offered:
        state = NOT_OFFERED
    is_open = state not in (StageState.COMPLETED, NOT_OFFERED)
    return StageStep(
        stage=stage,
        state=str(state),
        completed_on=record.completed_on if record else None,
        started_on=record.started_on if record else None,
        rule_code=record.rule_code if record else rule.code,
        evidence=tuple(proof for proof in standing.evidence if proof.stage == stage),
        missing=tuple(_missing(standing, stage, rule, today)) if is_open else (),
        stuck_reason=standstill.reason if standstill and is_open else "",
        stuck_since=standstill.from_on if standstill and is_open else None,
        stuck_by=standstill.set_by if standstill and is_open else "",
        awaits_check=state == StageState.CLAIMED and not _missing_once_checked(standing, stage, rule),
    )


def _missing(standing: Standing, stage: Stage, rule: Rule, today: date) -> list[str]:
    problem = sequence_problem(rule, standing.completed, stage, today)
    return [*([problem] if problem else []), *missing_for(standing.evidence, stage, standing.rule_on, rule)]


@dataclass(slots=True)
class _Checked:
    """Claimed evidence as if it had been found true."""

    stage: int
    requirement: str
    happened_on: date
    kind: str
    state: str = EvidenceState.VERIFIED.value


def _missing_once_checked(standing: Standing, stage: Stage, rule: Rule) -> list[str]:
    """What would still be missing if all that waits were verified."""
    standing_states = (EvidenceState.CLAIMED, EvidenceState.VERIFIED)
    proofs = [
        _Checked(proof.stage, proof.requirement, proof.happened_on, proof.kind)
        for proof in standing.evidence
        if proof.stage == stage and proof.state in standing_states
    ]
    return missing_for(proofs, stage, standing.rule_on, rule)
