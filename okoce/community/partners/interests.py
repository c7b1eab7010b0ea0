"""Who stands too near to a mitra, or to a person who is referred, to judge."""

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.partners.models import Contact, Partner, Proposal
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import Identity, identity_of
from okoce.foundation.shared.errors import Refused


def is_of(actor: Actor, partner: Partner) -> bool:
    """Whether the one who acts speaks for it in its proposal, or is, was or will be one of its contact persons. An account and
    a member's account of one person, or of one telephone, count as one."""
    if actor.user_id is None:
        return False
    one = identity_of(actor.user_id)
    if Contact.objects.filter(partner=partner, user_id__in=one.user_ids).exists():
        return True
    return Proposal.objects.filter(_spoken_by(one), partner=partner).exists()


def partners_near(one: Identity) -> set[int]:
    """The mitra of which that holds for somebody."""
    served = Contact.objects.filter(user_id__in=one.user_ids).values_list("partner_id", flat=True)
    proposed = Proposal.objects.filter(_spoken_by(one)).values_list("partner_id", flat=True)
    return {*served, *proposed}


def _spoken_by(one: Identity) -> Q:
    return Q(contact_user_id__in=one.user_ids) | Q(contact_phone__in=one.phones)


def require_stranger(actor: Actor, partner: Partner) -> None:
    """Refuses to let somebody judge her own mitra."""
    if is_of(actor, partner):
        raise Refused(_("Anda narahubung mitra ini. Minta orang lain di sekretariat memutuskannya."))


def is_herself(actor: Actor, member: Member) -> bool:
    """Whether the one who acts may be the person who is referred, under whichever account."""
    if actor.user_id is None:
        return False
    one = identity_of(actor.user_id)
    if actor.owns(member.pk) or (member.phone and member.phone in one.phones):
        return True
    return User.objects.filter(pk__in=one.user_ids, member_id=member.pk).exists()


def require_another(actor: Actor, member: Member) -> None:
    """Refuses to let somebody refer herself, or answer for an office when it is she who was sent."""
    if is_herself(actor, member):
        raise Refused(_("Rujukan ini tentang diri Anda sendiri. Minta rekan sekantor atau sekretariat."))
