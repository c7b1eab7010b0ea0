"""Joining and leaving a komunitas."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.events import MemberJoined, MemberLeftGroup
from okoce.community.groups.models import Group, Membership
from okoce.community.groups.states import GroupState
from okoce.community.members.lasting import nothing_lasts
from okoce.community.members.models import Member
from okoce.community.organisations.rules import require_past
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import FieldError, Invalid, Refused


@action(Permission.MEMBERS_CORRECT)
def join_group(actor: Actor, member: Member, group_id: int, from_on: date) -> Membership:
    """Make a member part of a komunitas from a day on; the membership before ends there.

    Refuses a komunitas that is not active, a future day, a day before the last change, and what would outlast an emergency.
    """
    require_past("from_on", from_on)
    group = _active(group_id)
    with nothing_lasts(actor, member):
        return _join(member, group, from_on)


@action(Permission.MEMBERS_CORRECT)
def leave_group(actor: Actor, member: Member, until_on: date) -> None:
    """End the membership on a day; who is in no komunitas stays so. Counts of earlier days keep the member."""
    require_past("until_on", until_on)
    locked = Member.objects.locked_standing(member.pk)
    current = _current(locked)
    if current is None:
        return
    _require_after_last_change(locked, until_on)
    _end(current, until_on)
    _set_group(locked, None)
    name = current.group.name
    record(
        MemberLeftGroup(
            member_id=locked.pk, group_id=current.group_id, name=name, until_on=until_on.isoformat()
        ),
        subject=locked,
    )


def _join(member: Member, group: Group, from_on: date) -> Membership:
    locked = Member.objects.locked_standing(member.pk)
    current = _current(locked)
    if current is not None and current.group_id == group.pk:
        return current
    _require_after_last_change(locked, from_on)
    if current is not None:
        _end(current, from_on)
    membership = Membership.objects.create(member=locked, group=group, from_on=from_on)
    _set_group(locked, group.pk)
    record(
        MemberJoined(member_id=locked.pk, group_id=group.pk, name=group.name, from_on=from_on.isoformat()),
        subject=locked,
    )
    return membership


def _active(group_id: int) -> Group:
    group = Group.objects.filter(pk=group_id, state=GroupState.ACTIVE).first()
    if group is None:
        raise Invalid(
            [
                FieldError(
                    "group_id",
                    _("Komunitas itu tidak ada atau tidak aktif. Pilih komunitas yang sudah divalidasi."),
                )
            ]
        )
    return group


def _current(member: Member) -> Membership | None:
    return Membership.objects.select_related("group").filter(member=member, until_on__isnull=True).first()


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
