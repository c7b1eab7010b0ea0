"""Who stands too near to a ticket to handle it: its sender, and whoever it names. Denied wherever it is not certain."""

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.groups.interests import is_of as is_of_group
from okoce.community.members.names import name_key
from okoce.community.partners.interests import is_of as is_of_partner
from okoce.community.tickets.models import Accused, Ticket
from okoce.community.tickets.offices import office_name, stands_at
from okoce.community.tickets.sealing import ABOUT, PHONE, unseal
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import Identity, identity_of
from okoce.foundation.shared.errors import Refused

SHORTEST_WORD = 3


def accused_rows(actor: Actor) -> Q:
    """Tickets that name the actor, or a komunitas or mitra for which a grant makes her act."""
    groups = {grant.scope.group_id for grant in actor.grants} - {None}
    partners = {grant.scope.partner_id for grant in actor.grants} - {None}
    members = {grant.scope.member_id for grant in actor.grants} - {None}
    naming = Q(user_id=actor.user_id or 0) | Q(group_id__in=groups) | Q(partner_id__in=partners)
    naming |= Q(member_id__in=members) | Q(member__merged_into_id__in=members)
    return Q(pk__in=Accused.objects.filter(naming).values("ticket_id"))


def is_accused(actor: Actor, ticket: Ticket) -> bool:
    """Likewise of one ticket, also by another account or the telephone of the same person, and by an office that has ended."""
    if actor.user_id is None:
        return False
    if Ticket.objects.filter(accused_rows(actor), pk=ticket.pk).exists():
        return True
    person = identity_of(actor.user_id)
    members = set(User.objects.filter(pk__in=person.user_ids).values_list("member_id", flat=True)) - {None}
    named = Accused.objects.filter(ticket=ticket).select_related("group", "partner", "member")
    return any(_is_meant(actor, one, person, members) for one in named)


def _is_meant(actor: Actor, named: Accused, person: Identity, members: set[int | None]) -> bool:
    if named.member is not None:
        return bool({named.member_id, named.member.merged_into_id} & members)
    if named.group is not None:
        return is_of_group(actor, named.group)
    if named.partner is not None:
        return is_of_partner(actor, named.partner)
    return named.user_id in person.user_ids


def reason_to_keep_away(actor: Actor, ticket: Ticket) -> str:
    """Why the actor does not handle this ticket, in one sentence; "" where she may."""
    if actor.is_system:
        return ""
    if not stands_at(actor, ticket):
        return _("Laporan ini ada di %s. Petugas di sana yang menjawabnya.") % office_name(ticket.office)
    if _is_sender(actor, ticket):
        return _("Ini laporan Anda sendiri. Rekan lain yang menanganinya.")
    if is_accused(actor, ticket):
        return _("Laporan ini menyebut Anda atau organisasi Anda. Rekan lain yang menanganinya.")
    if _is_called_alike(actor, ticket):
        return _("Laporan ini menyebut nama yang mirip dengan nama Anda. Rekan lain yang menanganinya.")
    return ""


def require_handler(actor: Actor, ticket: Ticket) -> None:
    """Refuses whoever does not answer at this level, the sender, and whoever the ticket names or may name."""
    reason = reason_to_keep_away(actor, ticket)
    if reason:
        raise Refused(reason)


def _is_sender(actor: Actor, ticket: Ticket) -> bool:
    if actor.user_id is None:
        return True  # nobody knows who acts
    one = identity_of(actor.user_id)
    if ticket.sender_user_id in one.user_ids or (ticket.member_id and actor.owns(ticket.member_id)):
        return True
    if ticket.member_id and User.objects.filter(pk__in=one.user_ids, member_id=ticket.member_id).exists():
        return True
    return unseal(PHONE, ticket.phone_encrypted) in one.phones


def _is_called_alike(actor: Actor, ticket: Ticket) -> bool:
    """A word of whom it is about is a word of the actor's name: people seldom write whole names."""
    about = _words(unseal(ABOUT, ticket.about_encrypted))
    name = User.objects.filter(pk=actor.user_id or 0).values_list("name", flat=True).first() or ""
    return bool(about & _words(name))


def _words(text: str) -> set[str]:
    return {word for word in name_key(text).split() if len(word) >= SHORTEST_WORD}
