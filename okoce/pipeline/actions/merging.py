"""Two records of one person become one. It lies in the pipeline because it moves stage records, and they lie above members."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.groups.models import Membership
from okoce.community.members.models import Business, Consent, DuplicateCandidate, Helper, Member
from okoce.community.members.states import DuplicateState, EntryState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused
from okoce.pipeline.events import MembersMerged
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standstill
from okoce.pipeline.rules import sequence_problem
from okoce.pipeline.settling import Standing, close_standstill, settle
from okoce.pipeline.states import Stage

_FILLABLE = ("phone", "email", "birth_on", "sex", "work_status", "address", "source", "village")
_NIK = ("nik_encrypted", "nik_hash", "nik_masked")
_OF_BUSINESS = ("name", "sector", "since_on", "workers", "monthly_turnover", "nib", "npwp")


@action(Permission.MEMBERS_MERGE)
def merge_members(actor: Actor, keep: Member, absorb: Member) -> Member:
    """Merge `absorb` into `keep`: evidence, jobs, reasons, consents, helpers move; of each stage the earliest completion
    wins; blanks of `keep` are filled and nothing of it is overwritten, its residences stay. Twice is once.

    Refuses a record with itself, one that was merged elsewhere, two different NIK, and a stage that would break a sequence.
    """
    keep, absorb = _lock_both(keep, absorb)
    if absorb.merged_into_id == keep.pk:
        return keep
    _require_mergeable(keep, absorb)
    Member.objects.filter(pk=absorb.pk).update(merged_into=keep, updated_at=timezone.now())
    _fill_blanks(keep, absorb)
    _move_pipeline(keep, absorb)
    _move_company(keep, absorb)
    _close_candidates(actor, keep, absorb)
    for subject in (keep, absorb):
        record(_merged(keep, absorb), subject=subject)
    return keep


def _merged(keep: Member, absorb: Member) -> MembersMerged:
    return MembersMerged(
        kept_id=keep.pk, kept_number=keep.number, absorbed_id=absorb.pk, absorbed_number=absorb.number
    )


def _lock_both(keep: Member, absorb: Member) -> tuple[Member, Member]:
    """Both rows, locked in the order of their ids, so that two merges never wait for each other."""
    if keep.pk == absorb.pk:
        raise Invalid([FieldError("absorb", _("Pilih dua catatan yang berbeda."))])
    locked = {pk: Member.objects.locked(pk) for pk in sorted((keep.pk, absorb.pk))}
    return locked[keep.pk], locked[absorb.pk]


def _require_mergeable(keep: Member, absorb: Member) -> None:
    if keep.merged_into_id is not None or absorb.merged_into_id is not None:
        raise Conflict(_("Salah satu catatan sudah digabung. Buka catatan yang berlaku, lalu coba lagi."))
    if keep.nik_hash and absorb.nik_hash and bytes(keep.nik_hash) != bytes(absorb.nik_hash):
        raise Refused(
            _(
                "Kedua catatan punya NIK yang berbeda. Perbaiki dulu NIK yang keliru, atau tandai sebagai orang berbeda."
            )
        )


def _fill_blanks(keep: Member, absorb: Member) -> None:
    filled = {
        name: getattr(absorb, name) for name in _FILLABLE if not getattr(keep, name) and getattr(absorb, name)
    }
    if "village" in filled and absorb.region != keep.region:
        del filled["village"]
    if not keep.nik_hash and absorb.nik_hash:
        filled |= {name: getattr(absorb, name) for name in _NIK}
    filled["registered_on"] = min(keep.registered_on, absorb.registered_on)
    filled["consent_on"] = _earliest(keep.consent_on, absorb.consent_on)
    for name, value in filled.items():
        setattr(keep, name, value)
    keep.save(update_fields=[*filled, "updated_at"])
    _fill_business(keep, absorb)


def _fill_business(keep: Member, absorb: Member) -> None:
    theirs = Business.objects.filter(member=absorb).first()
    if theirs is None:
        return
    mine = Business.objects.filter(member=keep).first() or Business(member=keep)
    for name in _OF_BUSINESS:
        if getattr(mine, name) in ("", None):
            setattr(mine, name, getattr(theirs, name))
    if mine.entry_state == EntryState.NONE:
        mine.entry_state = theirs.entry_state
    mine.save()


def _move_pipeline(keep: Member, absorb: Member) -> None:
    Evidence.objects.filter(member=absorb).update(member=keep)
    _move_records(keep, absorb)
    _move_jobs(keep, absorb)
    _move_standstills(keep, absorb)
    standing = Standing.of(keep)
    _require_sequence(standing)
    for stage in sorted({proof.stage for proof in standing.evidence} - set(standing.completed)):
        settle(standing, stage)
    for stage, day in standing.completed.items():
        close_standstill(keep, stage, day)


def _move_records(keep: Member, absorb: Member) -> None:
    mine = {record.stage: record for record in StageRecord.objects.filter(member=keep)}
    for theirs in StageRecord.objects.filter(member=absorb).order_by("stage"):
        own = mine.get(theirs.stage)
        if own is not None and not _is_earlier(theirs.completed_on, own.completed_on):
            theirs.delete()
            continue
        if own is not None:
            own.delete()
        theirs.member = keep
        theirs.save(update_fields=["member", "updated_at"])


def _is_earlier(theirs: date | None, own: date | None) -> bool:
    return theirs is not None and (own is None or theirs < own)


def _require_sequence(standing: Standing) -> None:
    """Every completed stage must still be allowed by the rule of its day, where the person who stays lived."""
    completed = standing.completed
    for stage, day in sorted(completed.items()):
        problem = sequence_problem(standing.rule_on(day), completed, stage, day)
        if problem:
            raise Refused(
                _(
                    "Kedua catatan tidak bisa digabung begini. %(problem)s Cabut atau lengkapi dulu bukti %(stage)s."
                )
                % {"problem": problem, "stage": Stage(stage).code}
            )


def _move_jobs(keep: Member, absorb: Member) -> None:
    mine = set(JobStatement.objects.filter(member=keep).values_list("stated_on", "level"))
    for theirs in JobStatement.objects.filter(member=absorb).order_by("id"):
        if (theirs.stated_on, theirs.level) in mine:
            theirs.delete()
        else:
            theirs.member = keep
            theirs.save(update_fields=["member"])


def _move_standstills(keep: Member, absorb: Member) -> None:
    """A reason moves unless it overlaps one of the record that stays: there is one main reason per step."""
    for theirs in Standstill.objects.filter(member=absorb).order_by("from_on"):
        if _overlapping(Standstill.objects.filter(member=keep, stage=theirs.stage), theirs):
            theirs.delete()
        else:
            theirs.member = keep
            theirs.save(update_fields=["member"])


def _overlapping(rows: Any, period: Any) -> bool:
    if period.until_on is not None:
        rows = rows.filter(Q(from_on__isnull=True) | Q(from_on__lt=period.until_on))
    if period.from_on is not None:
        rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=period.from_on))
    return bool(rows.exists())


def _move_company(keep: Member, absorb: Member) -> None:
    Consent.objects.filter(member=absorb).update(member=keep)
    Helper.objects.filter(member=absorb).update(member=keep)
    for theirs in Membership.objects.filter(member=absorb).order_by("id"):
        if _overlapping(Membership.objects.filter(member=keep), theirs):
            theirs.delete()
        else:
            theirs.member = keep
            theirs.save(update_fields=["member"])
    current = (
        Membership.objects.filter(member=keep, until_on__isnull=True)
        .values_list("group_id", flat=True)
        .first()
    )
    if current != keep.group_id:
        keep.group_id = current
        keep.save(update_fields=["group_id", "updated_at"])


def _close_candidates(actor: Actor, keep: Member, absorb: Member) -> None:
    """The pair is decided; what is still open about the absorbed record concerns the one that stays from now on."""
    decided = {"state": DuplicateState.MERGED, "decided_at": timezone.now(), "decided_by": actor.user_id or 0}
    first, second = sorted((keep.pk, absorb.pk))
    open_ones = DuplicateCandidate.objects.filter(state=DuplicateState.OPEN)
    open_ones.filter(first_id=first, second_id=second).update(**decided)
    for other in open_ones.filter(Q(first_id=absorb.pk) | Q(second_id=absorb.pk)).order_by("id"):
        partner = other.second_id if other.first_id == absorb.pk else other.first_id
        DuplicateCandidate.objects.queue(other.reason, keep.pk, partner, other.field)
    open_ones.filter(Q(first_id=absorb.pk) | Q(second_id=absorb.pk)).update(**decided)


def _earliest(first: date | None, second: date | None) -> date | None:
    return min((day for day in (first, second) if day is not None), default=None)
