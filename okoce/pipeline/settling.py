"""Brings a person's stage records in line with the evidence: exactly when the requirements are met, a stage is completed.

Called with the member's row locked and a door open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.members.models import Member, Residence
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.events import StageCompleted, StageReopened
from okoce.pipeline.models import Evidence, StageRecord, Standstill
from okoce.pipeline.requirements import completed_on_by
from okoce.pipeline.rules import Rule, all_rules, choose_rule, sequence_problem
from okoce.pipeline.states import EvidenceState, Stage, StageState


@dataclass(slots=True)
class Standing:
    """All that the pipeline knows of one person."""

    member: Member
    records: dict[int, StageRecord]
    evidence: list[Evidence]
    residences: list[Residence]

    @classmethod
    def of(cls, member: Member) -> "Standing":
        return cls(
            member,
            {record.stage: record for record in StageRecord.objects.filter(member=member).order_by("stage")},
            list(Evidence.objects.filter(member=member).order_by("happened_on", "id")),
            list(Residence.objects.filter(member=member).order_by("id")),
        )

    @classmethod
    def of_many(cls, members: Sequence[Member]) -> "list[Standing]":
        """The same of many people, in three questions however many they are."""
        standings = {member.pk: cls(member, {}, [], []) for member in members}
        theirs = Q(member_id__in=list(standings))
        for row in StageRecord.objects.filter(theirs).order_by("stage"):
            standings[row.member_id].records[row.stage] = row
        for proof in Evidence.objects.filter(theirs).order_by("happened_on", "id"):
            standings[proof.member_id].evidence.append(proof)
        for residence in Residence.objects.filter(theirs).order_by("id"):
            standings[residence.member_id].residences.append(residence)
        return list(standings.values())

    @property
    def completed(self) -> dict[int, date]:
        done = ((stage, record.completed_on) for stage, record in self.records.items())
        return {stage: day for stage, day in done if day is not None}

    def region_on(self, day: date) -> str:
        """The kecamatan of residence on a day."""
        for residence in self.residences:
            begun = residence.from_on is None or residence.from_on <= day
            if begun and (residence.until_on is None or day < residence.until_on):
                return residence.region
        return self.member.region

    def rule_on(self, day: date) -> Rule:
        """The rule that holds for this person on a day: where she lived then."""
        return choose_rule(all_rules(), self.region_on(day), day)

    def problem_with(self, stage: int, day: date) -> str | None:
        """Why this person cannot complete the stage on that day."""
        return sequence_problem(self.rule_on(day), self.completed, stage, day)

    def met_on(self, stage: int) -> date | None:
        """The day on which the verified evidence met what binds for the stage."""
        verified = [
            proof for proof in self.evidence if proof.stage == stage and proof.state == EvidenceState.VERIFIED
        ]
        days = sorted({proof.happened_on for proof in verified})
        for day in days:
            until_then = [proof for proof in verified if proof.happened_on <= day]
            met = completed_on_by(until_then, stage, self.rule_on, self.rule_on(day))
            if met is not None:
                return met
        return None


def settle(standing: Standing, stage: int) -> None:
    """Write the stage's record as the evidence has it; refuses where a sequential rule would break."""
    before = standing.records.get(stage)
    if before is not None and before.completed_on is not None and before.evidence_id is None:
        return  # completed by registration or by a historic row: no evidence to judge it by
    met_on = standing.met_on(stage)
    done_on = before.completed_on if before else None
    if met_on == done_on:
        _note_progress(standing, stage, before)
        return
    require_settleable(standing, stage, met_on)
    _write(standing, stage, met_on)
    _tell(standing, stage, done_on, met_on)


def require_settleable(standing: Standing, stage: int, met_on: date | None) -> None:
    """Refuses a completion on that day (or none) that a sequential rule does not allow."""
    if met_on is not None:
        _require_order(standing, stage, met_on)
    _require_later_stages(standing, stage, met_on)


def _require_order(standing: Standing, stage: int, day: date) -> None:
    problem = standing.problem_with(stage, day)
    if problem:
        raise Refused(problem, field="happened_on")


def _require_later_stages(standing: Standing, stage: int, met_on: date | None) -> None:
    """A stage that a later one was completed upon, under a sequential rule, cannot fall away or move past it."""
    for later, day in sorted(standing.completed.items()):
        if (
            later <= stage
            or not standing.rule_on(day).is_sequential
            or (met_on is not None and met_on <= day)
        ):
            continue
        raise Refused(
            _(
                "%(stage)s tidak bisa diubah: %(later)s (%(label)s) selesai %(day)s di atasnya, dan aturannya berurutan."
                " Cabut dulu bukti %(later)s."
            )
            % {
                "stage": Stage(stage).code,
                "later": Stage(later).code,
                "label": Stage(later).label,
                "day": day_in_words(day),
            }
        )


def _write(standing: Standing, stage: int, met_on: date | None) -> None:
    mine = _of_stage(standing, stage)
    record = standing.records.get(stage) or StageRecord(member=standing.member, stage=stage)
    if met_on is None:
        record.state, record.completed_on, record.evidence, record.rule_code = (
            _open_state(mine),
            None,
            None,
            "",
        )
    else:
        proof = next(p for p in mine if p.happened_on == met_on and p.state == EvidenceState.VERIFIED)
        record.state, record.completed_on, record.evidence = StageState.COMPLETED, met_on, proof
        record.rule_code = standing.rule_on(met_on).code
    record.started_on = min((proof.happened_on for proof in mine), default=record.started_on)
    record.save()
    standing.records[stage] = record
    if met_on is not None:
        close_standstill(standing.member, stage, met_on)


def _note_progress(standing: Standing, stage: int, before: StageRecord | None) -> None:
    """Not completed before nor now: say whether something waits to be verified."""
    mine = _of_stage(standing, stage)
    if before is not None and before.completed_on is not None:
        return
    if before is None and not mine:
        return
    state = _open_state(mine)
    if before is None or before.state != state:
        _write(standing, stage, None)


def _of_stage(standing: Standing, stage: int) -> list[Evidence]:
    """Evidence of the stage that stands: neither refused nor withdrawn."""
    standing_states = (EvidenceState.CLAIMED, EvidenceState.VERIFIED)
    return [proof for proof in standing.evidence if proof.stage == stage and proof.state in standing_states]


def _open_state(mine: list[Evidence]) -> StageState:
    is_claimed = any(proof.state == EvidenceState.CLAIMED for proof in mine)
    return StageState.CLAIMED if is_claimed else StageState.IN_PROGRESS


def close_standstill(member: Member, stage: int, day: date) -> None:
    """Whoever has completed the stage stands still no more; a period is at least one day long."""
    for standstill in Standstill.objects.filter(member=member, stage=stage, until_on__isnull=True):
        standstill.until_on = max(day, standstill.from_on + timedelta(days=1))
        standstill.save(update_fields=["until_on"])


def _tell(standing: Standing, stage: int, done_on: date | None, met_on: date | None) -> None:
    member, code = standing.member, Stage(stage).code
    if met_on is not None:
        rule = standing.rule_on(met_on).name
        happened: object = StageCompleted(
            member_id=member.pk, stage=code, completed_on=met_on.isoformat(), rule=rule
        )
    elif done_on is not None:
        happened = StageReopened(member_id=member.pk, stage=code, completed_on=done_on.isoformat())
    else:
        return
    record(happened, subject=member)
