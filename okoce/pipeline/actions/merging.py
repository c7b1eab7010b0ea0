"""Two records of one person become one. It lies in the pipeline because it moves stage records, and they lie above members.

How a merge is undone stands beside, in `unmerging`.
"""

from datetime import timedelta
from typing import TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.groups.models import Membership
from okoce.community.members.actions.naming import HOUSE, let_accounts_follow
from okoce.community.members.consent_days import restate_consent_days
from okoce.community.members.models import Business, Consent, DuplicateCandidate, Helper, Member
from okoce.community.members.states import DuplicateState
from okoce.community.privacy.models import ErasureRequest
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused
from okoce.pipeline.combining import (
    Shares,
    filled_blanks,
    filled_business,
    nik_differs,
    phone_taken,
    share_helpers,
    share_jobs,
    share_periods,
    share_records,
    taken_back,
)
from okoce.pipeline.events import MembersMerged
from okoce.pipeline.merges import Journal, Merge, undoable_days
from okoce.pipeline.models import JobStatement, StageRecord, Standstill
from okoce.pipeline.row_images import images_of
from okoce.pipeline.rules import sequence_problem
from okoce.pipeline.settling import Standing, close_standstill, settle
from okoce.pipeline.states import Stage

Row = TypeVar("Row", bound=models.Model)

# Rows that come along as they are, whatever the kept record has of its kind; the column that names the person.
COMING_ALONG = {
    "pipeline.Evidence": "member_id",
    "members.Consent": "member_id",
    "partners.Referral": "member_id",
    "association.Tenure": "member_id",
}


@action(Permission.MEMBERS_MERGE)
def merge_members(actor: Actor, keep: Member, absorb: Member) -> Member:
    """Merge `absorb` into `keep`: evidence, jobs, reasons, consents, referrals, helpers move; of each stage the earliest completion
    wins; blanks of `keep` are filled and nothing of it is overwritten, its residences stay. Twice is once.

    Refuses a record with itself, one that was merged elsewhere, one that waits to be erased, two different NIK, two who were
    found to be different people, a phone that a third record of the name has, and a stage that would break a sequence. Until
    its term is over it can be undone.
    """
    return _merge(actor, keep, absorb)


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def merge_duplicate(actor: Actor, candidate: DuplicateCandidate, *, keep_id: int) -> Member:
    """Decide that a queued pair is one person: the other record is merged into the one of `keep_id`. Refuses as
    `merge_members` does, a contradiction about one record, and a record that is not of the pair."""
    pair = {candidate.first_id: candidate.first, candidate.second_id: candidate.second}
    keep = pair.pop(keep_id, None)
    absorb = next(iter(pair.values()))
    if keep is None or absorb is None:
        sentence = _("Pilih catatan yang dipertahankan: salah satu dari pasangan ini.")
        raise Invalid([FieldError("keep", sentence)])
    return _merge(actor, keep, absorb)


def _merge(actor: Actor, keep: Member, absorb: Member) -> Member:
    keep, absorb = _lock_both(keep, absorb)
    if absorb.merged_into_id == keep.pk:
        return keep
    candidates = DuplicateCandidate.objects.pairs_of(keep.pk, absorb.pk).locked_in_order()
    _require_mergeable(keep, absorb, candidates)
    before = images_of(keep.pk, absorb.pk)
    Member.objects.filter(pk=absorb.pk).update(merged_into=keep, updated_at=timezone.now())
    _fill_blanks(keep, absorb)
    _move_all(keep, absorb)
    _follow_candidates(actor, keep, absorb, candidates)
    _note(actor, keep, absorb, Journal(before, images_of(keep.pk, absorb.pk)))
    for subject in (keep, absorb):
        record(_merged(keep, absorb), subject=subject)
    return keep


def _merged(keep: Member, absorb: Member) -> MembersMerged:
    return MembersMerged(
        kept_id=keep.pk, kept_number=keep.number, absorbed_id=absorb.pk, absorbed_number=absorb.number
    )


def _note(actor: Actor, keep: Member, absorb: Member, journal: Journal) -> None:
    """Until when a merge can be undone is settled when it is made: a later term does not take that away."""
    now = timezone.now()
    Merge.objects.create(
        kept=keep,
        absorbed=absorb,
        merged_at=now,
        merged_by=actor.user_id or 0,
        undoable_until=now + timedelta(days=undoable_days(today_wib())),
        journal=journal.sealed(),
    )


def _lock_both(keep: Member, absorb: Member) -> tuple[Member, Member]:
    """Both rows, locked in the order of their ids, so that two merges never wait for each other."""
    if keep.pk == absorb.pk:
        raise Invalid([FieldError("absorb", _("Pilih dua catatan yang berbeda."))])
    locked = {pk: Member.objects.locked(pk) for pk in sorted((keep.pk, absorb.pk))}
    return locked[keep.pk], locked[absorb.pk]


def _require_mergeable(keep: Member, absorb: Member, candidates: list[DuplicateCandidate]) -> None:
    if keep.erased_at is not None or absorb.erased_at is not None:
        raise Conflict(_("Data salah satu orang ini sudah dihapus. Catatannya tinggal untuk hitungan."))
    if keep.merged_into_id is not None or absorb.merged_into_id is not None:
        raise Conflict(_("Salah satu catatan sudah digabung. Buka catatan yang berlaku, lalu coba lagi."))
    _require_none_waits_to_be_erased(keep, absorb)
    if nik_differs(keep, absorb):
        raise Refused(
            _(
                "Kedua catatan punya NIK yang berbeda. Perbaiki dulu NIK yang keliru, atau tandai sebagai orang berbeda."
            )
        )
    pair = _pair_in(candidates, keep.pk, absorb.pk)
    if pair is not None and pair.state == DuplicateState.DIFFERENT:
        raise Refused(
            _(
                "Kedua catatan sudah diputuskan sebagai orang yang berbeda. Bila itu keliru, buka lagi pasangannya di"
                " daftar ganda dengan alasan, lalu gabungkan."
            )
        )


def _require_none_waits_to_be_erased(*people: Member) -> None:
    """By a merge in those days somebody would be erased who did not ask for it, and could not be put back."""
    if ErasureRequest.objects.waiting().filter(member__in=people).exists():
        raise Conflict(
            _(
                "Salah satu catatan ini menunggu dihapus. Sesudah dihapus, tidak ada yang digabung; kalau permintaannya keliru,"
                " batalkan dulu di halaman orangnya."
            )
        )


def _pair_in(
    candidates: list[DuplicateCandidate], one_id: int, other_id: int | None
) -> DuplicateCandidate | None:
    wanted = {one_id, other_id}
    return next((row for row in candidates if {row.first_id, row.second_id} == wanted), None)


def _fill_blanks(keep: Member, absorb: Member) -> None:
    filled = filled_blanks(keep, absorb)
    for name, value in filled.items():
        setattr(keep, name, value)
    try:
        with transaction.atomic():
            keep.save(update_fields=[*filled, "updated_at"])
    except IntegrityError as error:
        raise Refused(phone_taken()) from error
    mine, theirs = (Business.objects.filter(member=member).first() for member in (keep, absorb))
    of_business = filled_business(mine, theirs)
    if theirs is None or (mine is not None and not of_business):
        return
    mine = mine or Business(member=keep)
    for name, value in of_business.items():
        setattr(mine, name, value)
    mine.save()


def _heed_withdrawals(keep: Member, absorb: Member) -> None:
    """What she took back under one record does not stand because of the other, where she had agreed earlier."""
    mine, theirs = (list(Consent.objects.filter(member=one).order_by("pk")) for one in (keep, absorb))
    for consent, day in [*taken_back(mine, theirs), *taken_back(theirs, mine)]:
        Consent.objects.filter(pk=consent.pk).update(withdrawn_on=day)


def _move_all(keep: Member, absorb: Member) -> None:
    _heed_withdrawals(keep, absorb)
    for label, column in COMING_ALONG.items():
        apps.get_model(label)._default_manager.filter(**{column: absorb.pk}).update(**{column: keep.pk})
    restate_consent_days([keep.pk])
    _move(share_records(_rows(StageRecord, keep), _rows(StageRecord, absorb)), keep)
    _move(share_jobs(_rows(JobStatement, keep), _rows(JobStatement, absorb)), keep)
    _move(share_helpers(_rows(Helper, keep), _rows(Helper, absorb)), keep)
    _move(share_periods(_rows(Standstill, keep), _rows(Standstill, absorb)), keep)
    _move(share_periods(_rows(Membership, keep), _rows(Membership, absorb)), keep)
    _move_account(keep, absorb)
    _settle_together(keep)
    _follow_group(keep)


def _rows(table: type[Row], member: Member) -> list[Row]:
    return list(table._default_manager.filter(member_id=member.pk).order_by("pk"))


def _move(shares: Shares[Row], keep: Member) -> None:
    for row in [*shares.dropped, *shares.replaced]:
        row.delete()
    for row in shares.moved:
        row.member = keep  # type: ignore[attr-defined]  # every table that is shared out has a member
        row.save(update_fields=["member"])


def _move_account(keep: Member, absorb: Member) -> None:
    """Whoever signed in as the absorbed record is the kept one's from now on, unless that has an account of its own; both are
    called as the kept record."""
    accounts = apps.get_model("accounts.User")._default_manager
    if not accounts.filter(member_id=keep.pk).exists():
        accounts.filter(member_id=absorb.pk).update(member_id=keep.pk)
    let_accounts_follow(HOUSE, keep)


def _settle_together(keep: Member) -> None:
    """What both together prove, and what nobody waits for any more."""
    standing = Standing.of(keep)
    _require_sequence(standing)
    for stage in sorted({proof.stage for proof in standing.evidence} - set(standing.completed)):
        settle(standing, stage)
    for stage, day in standing.completed.items():
        close_standstill(keep, stage, day)


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


def _follow_group(keep: Member) -> None:
    """The member's own column says the komunitas that is open today."""
    current = (
        Membership.objects.filter(member=keep, until_on__isnull=True)
        .values_list("group_id", flat=True)
        .first()
    )
    if current != keep.group_id:
        keep.group_id = current
        keep.save(update_fields=["group_id", "updated_at"])


def _follow_candidates(
    actor: Actor, keep: Member, absorb: Member, candidates: list[DuplicateCandidate]
) -> None:
    """The pair is decided; whatever is suspected or known about the absorbed record concerns the one that stays."""
    decided = {"state": DuplicateState.MERGED, "decided_at": timezone.now(), "decided_by": actor.user_id or 0}
    closed: list[int] = []
    for row in candidates:
        if {row.first_id, row.second_id} == {keep.pk, absorb.pk}:
            closed.append(row.pk)
        elif absorb.pk in (row.first_id, row.second_id) and row.state != DuplicateState.MERGED:
            other_id = row.second_id if row.first_id == absorb.pk else row.first_id
            _carry_over(row, _pair_in(candidates, keep.pk, other_id), keep.pk, other_id)
            closed += [row.pk] if row.state == DuplicateState.OPEN else []
    alone = DuplicateCandidate.objects.filter(first=absorb, second__isnull=True)
    for contradiction in alone.exclude(state=DuplicateState.MERGED).order_by("id"):
        _carry_contradiction(contradiction, keep.pk)
        closed += [contradiction.pk] if contradiction.state == DuplicateState.OPEN else []
    DuplicateCandidate.objects.filter(pk__in=closed).update(**decided)


def _carry_contradiction(theirs: DuplicateCandidate, keep_id: int) -> None:
    """What waits goes on waiting and what was settled stays settled: the same file read again means the kept record now."""
    own = DuplicateCandidate.objects.filter(
        first=keep_id, second__isnull=True, reason=theirs.reason, field=theirs.field
    )
    if own.exists():
        return
    decision = {"state": theirs.state, "decided_at": theirs.decided_at, "decided_by": theirs.decided_by}
    row = DuplicateCandidate(first_id=keep_id, reason=theirs.reason, field=theirs.field, **decision)
    DuplicateCandidate.objects.bulk_create([row], ignore_conflicts=True)


def _carry_over(
    theirs: DuplicateCandidate, mine: DuplicateCandidate | None, keep_id: int, other_id: int | None
) -> None:
    """Who was suspected of being the absorbed record is suspected of being the kept one; who was found to be somebody else
    is somebody else than the kept one too."""
    decision = {"state": theirs.state, "decided_at": theirs.decided_at, "decided_by": theirs.decided_by}
    if mine is None:
        first_id, second_id = sorted((keep_id, other_id or 0))
        row = DuplicateCandidate(first_id=first_id, second_id=second_id, reason=theirs.reason, **decision)
        DuplicateCandidate.objects.bulk_create([row], ignore_conflicts=True)
    elif mine.state == DuplicateState.OPEN and theirs.state == DuplicateState.DIFFERENT:
        DuplicateCandidate.objects.filter(pk=mine.pk).update(**decision)
