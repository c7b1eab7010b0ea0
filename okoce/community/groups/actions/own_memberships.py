"""A member joins a komunitas, moves to another, and leaves: by herself, from today on where she lives."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.belonging import current_of, join, leave, required_active
from okoce.community.groups.models import Membership
from okoce.community.groups.once_a_day import why_not_again
from okoce.community.groups.rules import LONGEST_REASON
from okoce.community.members.consenting import guardian_agrees, standing_of
from okoce.community.members.models import Member
from okoce.community.members.queries import is_child
from okoce.community.members.states import ConsentPurpose
from okoce.community.organisations.rules import readable_text
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.territory.queries import zone_of


@action(Permission.MEMBERS_CORRECT_OWN)
def join_own_group(actor: Actor, member: Member, group_id: int) -> Membership:
    """Belong to a komunitas from today on; the one before ends there, and what is open moves along. Twice is once.

    Refuses anybody else's record, one that was merged, erased or restricted or whose person has left, whoever lacks what a
    registration asks for (her consent, under age a guardian's), a komunitas that takes nobody, and a second change on one day.
    """
    locked = _own_locked(actor, member)
    today = day_in(zone_of(locked.region))
    current = current_of(locked)
    if current is not None and current.group_id == group_id:
        return current
    group = required_active(group_id)
    _require_standing(locked)
    _require_consent(locked, today)
    _require_another_day(locked, today)
    return join(locked, group, today)


@action(Permission.MEMBERS_CORRECT_OWN)
def leave_own_group(actor: Actor, member: Member, reason: str = "") -> bool:
    """Belong to none from today on; False where that is so already. The reason is her own choice. Refuses anybody else's record,
    and a second change on one day; nothing else keeps her."""
    locked = _own_locked(actor, member)
    today = day_in(zone_of(locked.region))
    why = readable_text("reason", reason, LONGEST_REASON)
    if current_of(locked) is None:
        return False
    _require_another_day(locked, today)
    return leave(locked, today, why)


def _own_locked(actor: Actor, member: Member) -> Member:
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    return Member.objects.locked_standing(member.pk)


def _require_standing(member: Member) -> None:
    if member.left_on is not None:
        raise Refused(
            _("Anda tercatat sudah keluar dari OK OCE. Datang ke kantor kecamatan dengan KTP untuk kembali.")
        )
    if member.is_restricted:
        raise Refused(_("Anda membatasi pemakaian data Anda. Cabut dulu pembatasannya di halaman Data saya."))


def _require_consent(member: Member, today: date) -> None:
    """Officers of the komunitas will read her: by her consent to the programme; of a child, by her guardian's beside it."""
    given = standing_of(member).filter(purpose=ConsentPurpose.PROGRAMME)
    if not given.exists():
        raise Refused(
            _("Persetujuan Anda mengikuti program belum tercatat. Datang ke kantor kecamatan dengan KTP.")
        )
    if is_child(member.birth_on, today) and not guardian_agrees(member):
        raise Refused(
            _(
                "Anda belum cukup umur, dan persetujuan orang tua atau wali belum tercatat. Datang bersama mereka ke kantor kecamatan."
            )
        )


def _require_another_day(member: Member, today: date) -> None:
    why = why_not_again(Membership.objects.filter(member=member).select_related("group"), today)
    if why:
        raise Refused(why)
