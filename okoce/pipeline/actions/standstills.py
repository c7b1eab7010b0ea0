"""Why a person does not go on: one main reason per step, with its period."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.territory.queries import zone_of
from okoce.pipeline.events import StandstillCleared, StandstillSet
from okoce.pipeline.models import StageRecord, Standstill
from okoce.pipeline.states import Stage, StageState, StandstillReason


@action(Permission.PIPELINE_SET_STANDSTILL)
def set_standstill(
    actor: Actor, member: Member, stage: int, reason: str, from_on: date | None = None
) -> Standstill:
    """Note the main reason why a member has not completed `stage`; it replaces the one that was open.

    Refuses a stage that is completed, and one whose stage before is not.
    """
    locked = Member.objects.locked_standing(member.pk)
    day = _checked(locked, stage, reason, from_on)
    _require_step(locked, stage)
    current = Standstill.objects.filter(member=locked, stage=stage, until_on__isnull=True).first()
    if current is not None and current.reason == reason:
        return current
    standstill = _replace(actor, locked, stage, reason, day, current)
    told = {"stage": Stage(stage).code, "reason": reason, "label": str(StandstillReason(reason).label)}
    record(StandstillSet(member_id=locked.pk, **told), subject=locked)
    return standstill


@action(Permission.PIPELINE_SET_STANDSTILL)
def clear_standstill(actor: Actor, member: Member, stage: int) -> None:
    """The reason no longer holds; without an open one nothing happens."""
    locked = Member.objects.locked_standing(member.pk)
    current = Standstill.objects.filter(member=locked, stage=stage, until_on__isnull=True).first()
    if current is None:
        return
    _end(current, _today_of(locked))
    record(StandstillCleared(member_id=locked.pk, stage=Stage(stage).code), subject=locked)


def _checked(member: Member, stage: int, reason: str, from_on: date | None) -> date:
    errors = []
    if stage not in Stage.values or stage == Stage.P1_REGISTRATION:
        errors.append(
            FieldError("stage", _("Alasan dicatat untuk langkah ke P2 sampai P7. Pilih salah satunya."))
        )
    if reason not in StandstillReason.values:
        errors.append(
            FieldError("reason", _("Alasan ini tidak ada di daftar. Pilih salah satu dari daftarnya."))
        )
    problem = day_problem(from_on) if from_on else None
    if problem:
        errors.append(FieldError("from_on", problem))
    if errors:
        raise Invalid(errors)
    return from_on or _today_of(member)


def _require_step(member: Member, stage: int) -> None:
    done = set(
        StageRecord.objects.filter(
            member=member, stage__in=(stage - 1, stage), state=StageState.COMPLETED
        ).values_list("stage", flat=True)
    )
    if stage in done:
        raise Refused(
            _("%s sudah selesai, jadi tidak ada yang tertahan di sana. Muat ulang halaman.")
            % Stage(stage).code
        )
    if stage - 1 not in done:
        names = {"stage": Stage(stage).code, "before": Stage(stage - 1).code}
        raise Refused(
            _("%(before)s belum selesai; catat alasannya di langkah itu dulu, bukan di %(stage)s.") % names
        )


def _replace(
    actor: Actor, member: Member, stage: int, reason: str, day: date, current: Standstill | None
) -> Standstill:
    if current is not None and current.from_on >= day:
        current.reason, current.set_by = reason, actor.label
        current.save(update_fields=["reason", "set_by"])
        return current
    if current is not None:
        _end(current, day)
    last = Standstill.objects.filter(member=member, stage=stage).order_by("-until_on").first()
    starts = max(day, last.until_on) if last is not None and last.until_on else day
    return Standstill.objects.create(
        member=member, stage=stage, reason=reason, from_on=starts, set_by=actor.label
    )


def _end(standstill: Standstill, day: date) -> None:
    """A reason that was set today and is taken back today was never one."""
    if day <= standstill.from_on:
        standstill.delete()
        return
    standstill.until_on = day
    standstill.save(update_fields=["until_on"])


def _today_of(member: Member) -> date:
    return day_in(zone_of(member.region))
