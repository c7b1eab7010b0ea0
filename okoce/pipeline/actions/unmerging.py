"""Undoing a merge (ADR 0014): each row goes back as it stood; what has happened since stays where it happened."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.groups.models import Membership
from okoce.community.members.actions.naming import HOUSE, let_accounts_follow
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, Refused
from okoce.pipeline.combining import overlaps
from okoce.pipeline.events import MergeUndone
from okoce.pipeline.merges import Journal, Merge
from okoce.pipeline.models import Standstill
from okoce.pipeline.row_images import Images, Step, differing, images_of, put_back, steps_back
from okoce.pipeline.rules import sequence_problem
from okoce.pipeline.settling import Standing, settle
from okoce.pipeline.states import StageState

_MEMBER, _CANDIDATE, _PROOF, _RECORD, _STANDSTILL = (
    "members.Member",
    "members.DuplicateCandidate",
    "pipeline.Evidence",
    "pipeline.StageRecord",
    "pipeline.Standstill",
)


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def undo_merge(actor: Actor, merge: Merge) -> Merge:
    """Two records again: each row goes back to whom it was, as it stood; what has happened since stays with the kept one.

    Refuses when the term is over, when one of the two was merged again since (that one first), when what was done since
    stands on what would go or where it would go back to, and when the absorbed one's NIK or phone has become somebody
    else's. Twice is once.
    """
    kept, absorbed = (Member.objects.locked(pk) for pk in sorted((merge.kept_id, merge.absorbed_id)))
    if kept.pk != merge.kept_id:
        kept, absorbed = absorbed, kept
    locked = Merge.objects.locked(merge.pk)
    if locked.undone_at is not None:
        return locked
    _require_undoable(locked)
    DuplicateCandidate.objects.pairs_of(kept.pk, absorbed.pk).locked_in_order()
    _bring_back(kept, absorbed, Journal.opened(locked.journal or b""))
    _close(actor, locked)
    undone = MergeUndone(
        kept_id=kept.pk, kept_number=kept.number, absorbed_id=absorbed.pk, absorbed_number=absorbed.number
    )
    for subject in (kept, absorbed):
        record(undone, subject=subject)
    return locked


@action(Permission.MEMBERS_MERGE)
def purge_old_merges(actor: Actor) -> int:
    """Forget what would undo merges whose term is over; that they were made stays. Answers how many were forgotten."""
    return Merge.objects.over().update(journal=None, purged_at=timezone.now())


def _close(actor: Actor, merge: Merge) -> None:
    now = timezone.now()
    merge.undone_at, merge.undone_by = now, actor.user_id or 0
    merge.journal, merge.purged_at = None, now
    merge.save(update_fields=["undone_at", "undone_by", "journal", "purged_at"])


def _require_undoable(merge: Merge) -> None:
    if merge.purged_at is not None or merge.undoable_until <= timezone.now():
        raise Refused(
            _("Masa pembatalan penggabungan ini sudah lewat. Minta sekretariat mendaftarkan ulang orangnya.")
        )
    both = (merge.kept_id, merge.absorbed_id)
    since = Merge.objects.standing().filter(pk__gt=merge.pk)
    later = (since.filter(kept__in=both) | since.filter(absorbed__in=both)).order_by("-id").first()
    if later is not None:
        raise Conflict(
            _(
                "Catatan ini digabung lagi sesudahnya (%(absorbed)s ke %(kept)s). Batalkan dulu penggabungan yang lebih baru itu."
            )
            % {"absorbed": later.absorbed.number, "kept": later.kept.number}
        )


def _bring_back(kept: Member, absorbed: Member, journal: Journal) -> None:
    now = images_of(kept.pk, absorbed.pk)
    steps = [
        step
        for step in _kept_first(steps_back(journal.before, journal.after, now), kept.pk)
        if not _is_taken(step)
    ]
    try:
        with transaction.atomic():
            for step in steps:
                put_back(step)
    except IntegrityError as error:
        raise Conflict(_what_stands_in_the_way(error, kept)) from error
    _stay_settled(absorbed, journal, now)
    Member.objects.filter(pk__in=(kept.pk, absorbed.pk)).update(updated_at=timezone.now())
    _require_reachable(kept.pk)
    for member in (kept, absorbed):
        member.refresh_from_db()
        let_accounts_follow(HOUSE, member)
        _follow_group(member)
        _settle_what_changed(member, journal, now)


def _stay_settled(absorbed: Member, journal: Journal, now: Images) -> None:
    """A contradiction about the absorbed record that was settled while it waited with the kept one is not asked again."""
    for place in now.keys() & journal.after.keys() - journal.before.keys():
        became, stands = journal.after[place], now[place]
        if place[0] != _CANDIDATE or stands["second_id"] is not None or stands["state"] == became["state"]:
            continue
        decision = {name: stands[name] for name in ("state", "decided_at", "decided_by")}
        hers = DuplicateCandidate.objects.waiting().filter(first=absorbed, second__isnull=True)
        hers.filter(reason=stands["reason"], field=stands["field"]).update(**decision)


def _what_stands_in_the_way(error: IntegrityError, kept: Member) -> str:
    """What has come since to where a row stood, by the rule of the database that it would break."""
    rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if rule == "members_helper_once":
        return _(
            "Orang yang membantu %(number)s sebelum digabung ditugaskan lagi sesudahnya, untuk hal yang sama. Akhiri dulu"
            " bantuan yang baru itu di halaman orangnya, lalu batalkan lagi: bantuan yang lama berlaku kembali."
        ) % {"number": kept.number}
    if rule in ("members_member_nik", "members_member_phone_name"):
        return _(
            "NIK, atau telepon dan nama, dari catatan yang digabung kini dipakai catatan lain. Perbaiki dulu data itu,"
            " lalu batalkan lagi."
        )
    return _(
        "Yang dicatat tentang %(number)s sesudah digabung menempati tempat data yang lama. Minta sekretariat"
        " memeriksa riwayatnya, lalu batalkan lagi."
    ) % {"number": kept.number}


def _kept_first(steps: Iterable[Step], kept_id: int) -> list[Step]:
    """What the kept person had from the other is given back before the other has it again: a NIK is one person's."""
    return sorted(steps, key=lambda step: (step.label == _MEMBER and step.key != kept_id and 1) or 0)


def _is_taken(step: Step) -> bool:
    """A reason that the merge ended is not opened again where a newer one holds."""
    if step.label != _STANDSTILL or not step.is_update or step.image is None:
        return False
    row = Standstill.objects.filter(pk=step.key).first()
    if row is None or row.member_id != step.image["member_id"]:
        return False
    until_on = step.image["until_on"]
    row.until_on = date.fromisoformat(until_on) if until_on else None
    others = Standstill.objects.filter(member=row.member_id, stage=row.stage).exclude(pk=row.pk)
    return any(overlaps(other, row) for other in others.order_by("id"))


def _require_reachable(member_id: int) -> None:
    kept = Member.objects.get(pk=member_id)
    if not kept.phone and not kept.nik_hash:
        raise Refused(
            _(
                "Catatan yang dipertahankan akan tinggal tanpa telepon dan tanpa NIK. Isi dulu teleponnya, lalu batalkan lagi."
            )
        )


def _follow_group(member: Member) -> None:
    """Where memberships are known, the open one is the member's komunitas."""
    memberships = Membership.objects.filter(member=member)
    if not memberships.exists():
        return
    current = memberships.filter(until_on__isnull=True).values_list("group_id", flat=True).first()
    if current != member.group_id:
        member.group_id = current
        member.save(update_fields=["group_id", "updated_at"])


def _settle_what_changed(member: Member, journal: Journal, now: Images) -> None:
    """Stages of which nothing was said since are as they were. The others follow from whose evidence is whose; what cannot
    stand so is refused."""
    standing = Standing.of(member)
    before = _completed_before(member.pk, journal.before)
    try:
        for stage in sorted(_stages_since(journal.after, now)):
            settle(standing, stage)
    except Refused as refusal:
        raise _impossible(refusal.sentence) from refusal
    completed = standing.completed
    if {stage: day.isoformat() for stage, day in completed.items()} == before:
        return
    for stage, day in sorted(completed.items()):
        problem = sequence_problem(standing.rule_on(day), completed, stage, day)
        if problem:
            raise _impossible(problem)


def _impossible(problem: str) -> Refused:
    return Refused(
        _("Penggabungan ini belum bisa dibatalkan. %(problem)s Cabut dulu bukti yang diserahkan sesudahnya.")
        % {"problem": problem}
    )


def _completed_before(member_id: int, before: Images) -> dict[int, str]:
    return {
        image["stage"]: image["completed_on"]
        for (label, _key), image in before.items()
        if label == _RECORD
        and image["member_id"] == member_id
        and image["state"] == StageState.COMPLETED.value
    }


def _stages_since(after: Images, now: Images) -> set[int]:
    """Stages of whose evidence or records anything has changed since the merge."""
    return {
        image["stage"]
        for place, image in now.items()
        if place[0] in (_PROOF, _RECORD) and (place not in after or differing(after[place], image))
    }
