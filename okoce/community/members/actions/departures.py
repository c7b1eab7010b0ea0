"""Leaving the movement and coming back; neither changes what was counted."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.events import MemberLeft, MemberReturned
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid


@action(Permission.MEMBERS_CORRECT)
def note_departure(actor: Actor, member: Member, left_on: date) -> Member:
    """Note that a member left on a day; completed stages stay counted. Refuses a merged record, and a day
    before registration or in the future."""
    problem = day_problem(left_on)
    if problem:
        raise Invalid([FieldError("left_on", problem)])
    locked = Member.objects.locked_standing(member.pk)
    if left_on < locked.registered_on:
        raise Invalid(
            [FieldError("left_on", _("Anggota ini baru terdaftar %s.") % day_in_words(locked.registered_on))]
        )
    if locked.left_on == left_on:
        return locked
    locked.left_on = left_on
    locked.save(update_fields=["left_on", "updated_at"])
    record(MemberLeft(member_id=locked.pk, left_on=left_on.isoformat()), subject=locked)
    return locked


@action(Permission.MEMBERS_CORRECT)
def note_return(actor: Actor, member: Member) -> Member:
    """Note that somebody who had left is back; who never left stays as is. Refuses a merged record."""
    locked = Member.objects.locked_standing(member.pk)
    if locked.left_on is None:
        return locked
    locked.left_on = None
    locked.save(update_fields=["left_on", "updated_at"])
    record(MemberReturned(member_id=locked.pk), subject=locked)
    return locked
