"""How somebody comes to belong to a komunitas and how that ends: alike in each deed that does so. A deed holds her row first, so of
many at once one writes and the others find it written."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.events import MemberJoined, MemberLeftGroup
from okoce.community.groups.models import Group, Membership
from okoce.community.groups.moving_along import let_go_of_helpers
from okoce.community.groups.states import GroupState
from okoce.community.members.models import Member
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import FieldError, Invalid, Refused


def join(locked: Member, group: Group, from_on: date) -> Membership:
    """From a day on she belongs to this one, and no more to the one before; what is open for her moves along. Twice is once."""
    current = current_of(locked)
    if current is not None and current.group_id == group.pk:
        return current
    _require_after_last_change(locked, from_on)
    before = ""
    if current is not None:
        before = current.group.name
        _end(current, from_on)
    membership = Membership.objects.create(member=locked, group=group, from_on=from_on)
    _set_group(locked, group.pk)
    told = MemberJoined(member_id=locked.pk, group_id=group.pk, name=group.name, from_on=from_on.isoformat())
    record(told, subject=locked, changes={"komunitas": [before, group.name]} if before else None)
    if before:
        let_go_of_helpers(locked)
    return membership


def leave(locked: Member, until_on: date, reason: str = "") -> bool:
    """From a day on she belongs to none; False where she belongs to none already. `reason` stands in her trail."""
    current = current_of(locked)
    if current is None:
        return False
    _require_after_last_change(locked, until_on)
    _end(current, until_on)
    _set_group(locked, None)
    told = MemberLeftGroup(
        member_id=locked.pk,
        group_id=current.group_id,
        name=current.group.name,
        until_on=until_on.isoformat(),
    )
    record(told, subject=locked, changes={"reason": ["", reason]} if reason else None)
    let_go_of_helpers(locked)
    return True


def current_of(member: Member) -> Membership | None:
    """Where she belongs now, with the komunitas; None for nowhere. Public: asked of a member whom the deed holds."""
    return Membership.objects.select_related("group").filter(member=member, until_on__isnull=True).first()


def required_active(group_id: int) -> Group:
    """The komunitas, where it takes members now."""
    group = Group.objects.filter(pk=group_id, state=GroupState.ACTIVE).first()
    if group is None:
        sentence = _("Komunitas itu tidak ada atau tidak aktif. Pilih komunitas yang sudah divalidasi.")
        raise Invalid([FieldError("group_id", sentence)])
    return group


def _require_after_last_change(member: Member, day: date) -> None:
    last = Membership.objects.filter(member=member).order_by("-until_on", "-from_on")
    for membership in last:
        changed_on = membership.until_on or membership.from_on
        if changed_on is not None and (
            day < changed_on or (membership.until_on is None and day == changed_on)
        ):
            raise Refused(
                _("Keanggotaan komunitas terakhir berubah pada %s. Pilih tanggal sesudahnya.")
                % day_in_words(changed_on),
                field="from_on",
            )


def _end(membership: Membership, day: date) -> None:
    membership.until_on = day
    membership.save(update_fields=["until_on"])


def _set_group(member: Member, group_id: int | None) -> None:
    member.group_id = group_id
    member.save(update_fields=["group_id", "updated_at"])
