"""Having one's data used for nothing (UU 27/2022, article 41): at once, by her own word or by a letter; and lifting that."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.events import DataRestricted, RestrictionLifted
from okoce.community.privacy.models import Restriction
from okoce.community.privacy.states import RequestOrigin
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_LETTER = 200


@action(Permission.MEMBERS_RESTRICT_OWN)
def restrict_own(actor: Actor, member: Member) -> Restriction:
    """From now on one's data is kept and counted, and used for nothing else. Twice is once. Refuses anybody else's record."""
    _require_own(actor, member)
    return _restrict(actor, member, RequestOrigin.OWN, "")


@action(Permission.MEMBERS_RESTRICT_OWN)
def lift_own(actor: Actor, member: Member) -> bool:
    """One's data is used again; False where nothing was restricted. Refuses anybody else's record."""
    _require_own(actor, member)
    return _lift(actor, member)


@action(Permission.MEMBERS_RESTRICT)
def restrict_for(actor: Actor, member: Member, letter: str) -> Restriction:
    """The same for a member who asks for it on paper; `letter` says where that is filed. Refuses a missing letter and one's
    own record."""
    _require_anothers(actor, member)
    return _restrict(actor, member, RequestOrigin.WRITTEN, _written(letter))


@action(Permission.MEMBERS_RESTRICT)
def lift_for(actor: Actor, member: Member) -> bool:
    """Lift it for a member who asks for that; False where nothing was restricted. Refuses one's own record."""
    _require_anothers(actor, member)
    return _lift(actor, member)


def _require_own(actor: Actor, member: Member) -> None:
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))


def _require_anothers(actor: Actor, member: Member) -> None:
    if actor.owns(member.pk):
        raise Refused(_("Ini catatan Anda sendiri. Pakai halaman data Anda."))


def _written(letter: str) -> str:
    read = clean_text(letter, LONGEST_LETTER)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("letter", f"{read.reason} {read.suggestion}".strip())])
    if not read:
        raise Invalid([FieldError("letter", _("Tulis nomor surat atau tempat menyimpannya."))])
    return read


def _restrict(actor: Actor, member: Member, origin: RequestOrigin, letter: str) -> Restriction:
    locked = Member.objects.locked_standing(member.pk)
    standing = Restriction.objects.standing().filter(member=locked).first()
    if standing is not None and locked.is_restricted:
        return standing
    if (
        standing is not None
    ):  # what a merge brought along went with it when that was undone; her own word stands
        _mark(locked, is_restricted=True)
        return standing
    begun = Restriction.objects.create(
        member=locked,
        origin=origin,
        letter=letter,
        restricted_at=timezone.now(),
        restricted_by=actor.user_id or 0,
    )
    _mark(locked, is_restricted=True)
    record(DataRestricted(member_id=locked.pk, origin=origin.value), subject=locked)
    return begun


def _lift(actor: Actor, member: Member) -> bool:
    """Also what came along with a record that was merged into hers."""
    locked = Member.objects.locked_standing(member.pk)
    if not locked.is_restricted:
        return False
    hers = Restriction.objects.standing().filter(Q(member=locked) | Q(member__merged_into=locked))
    hers.update(lifted_at=timezone.now(), lifted_by=actor.user_id or 0)
    _mark(locked, is_restricted=False)
    record(RestrictionLifted(member_id=locked.pk), subject=locked)
    return True


def _mark(member: Member, *, is_restricted: bool) -> None:
    member.is_restricted = is_restricted
    member.save(update_fields=["is_restricted", "updated_at"])
