"""Leaving the movement and coming back; neither changes what was counted.

Who leaves takes back whatever she agreed to: nothing is done with her data any more but to keep them and to count her past (UU
27/2022, 9 and 40). Who comes back agrees anew.
"""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.consenting import end_consents, standing_of
from okoce.community.members.events import MemberLeft, MemberReturned
from okoce.community.members.help_ending import stop_helping
from okoce.community.members.models import Helper, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in, day_in_words, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.territory.queries import zone_of


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
    return locked if locked.left_on == left_on else _leave(actor, locked, left_on)


@action(Permission.MEMBERS_CORRECT_OWN)
def leave_by_oneself(actor: Actor, member: Member) -> Member:
    """Leave today, by one's own word. Twice is once: the first day stays. NotFound for anybody else's record."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    locked = Member.objects.locked_standing(member.pk)
    return locked if locked.left_on is not None else _leave(actor, locked, day_in(zone_of(locked.region)))


def _leave(actor: Actor, locked: Member, left_on: date) -> Member:
    locked.left_on = left_on
    locked.save(update_fields=["left_on", "updated_at"])
    record(MemberLeft(member_id=locked.pk, left_on=left_on.isoformat()), subject=locked)
    end_consents(actor, locked, standing_of(locked))
    today = day_in(zone_of(locked.region))
    helping = Helper.objects.select_for_update(of=("self",), no_key=True).select_related("member")
    for helper in helping.filter(member=locked, until_on__isnull=True).order_by("id"):
        stop_helping(helper, today)
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
