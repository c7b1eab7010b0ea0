"""Who stands too near to a ticket to handle it: its sender, and whoever it names. Denied wherever it is not certain."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.groups.interests import groups_near
from okoce.community.members.names import name_key
from okoce.community.members.policies import records_of_person
from okoce.community.partners.interests import partners_near
from okoce.community.tickets.models import Accused, Entry, Ticket
from okoce.community.tickets.offices import office_name, stands_at
from okoce.community.tickets.sealing import ABOUT, PHONE, WORDS, unseal
from okoce.community.tickets.states import Voice
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.policies import nothing
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import identity_of
from okoce.foundation.shared.errors import Refused

SHORTEST_WORD = 3


def accused_rows(actor: Actor) -> Q:
    """Tickets that name the actor, or a komunitas or mitra of hers: also by another account or the telephone of the same person,
    and by an office that has ended. The one rule for the list, the figures and each ticket: a line of the list tells words too.
    """
    return Q(pk__in=Accused.objects.filter(_naming(actor)).values("ticket_id"))


def is_accused(actor: Actor, ticket: Ticket) -> bool:
    """Likewise of one ticket."""
    return Accused.objects.filter(_naming(actor), ticket=ticket).exists()


def _naming(actor: Actor) -> Q:
    groups = {grant.scope.group_id for grant in actor.grants} - {None}
    partners = {grant.scope.partner_id for grant in actor.grants} - {None}
    naming = Q(group_id__in=groups) | Q(partner_id__in=partners)
    if actor.user_id is not None:
        one = identity_of(actor.user_id)
        naming |= Q(user_id__in=one.user_ids)
        naming |= Q(group_id__in=groups_near(one)) | Q(partner_id__in=partners_near(one))
    return reduce(or_, (Q(member_id__in=records_of_person(pk)) for pk in _members_of(actor)), naming)


def _members_of(actor: Actor) -> set[int]:
    """The records that are or may be hers, each with those that were merged into it (`records_of_person`)."""
    own = {grant.scope.member_id for grant in actor.grants if grant.scope.member_id is not None}
    if actor.user_id is None:
        return own
    accounts = User.objects.filter(pk__in=identity_of(actor.user_id).user_ids, member_id__isnull=False)
    return own | {pk for pk in accounts.values_list("member_id", flat=True) if pk is not None}


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
    if ticket.sender_user_id in one.user_ids:
        return True
    hers = (Q(member_id__in=records_of_person(pk)) for pk in _members_of(actor))
    if ticket.member_id and Ticket.objects.filter(reduce(or_, hers, nothing()), pk=ticket.pk).exists():
        return True
    return unseal(PHONE, ticket.phone_encrypted) in one.phones


def _is_called_alike(actor: Actor, ticket: Ticket) -> bool:
    """A word of whom it is about is a word of one of the actor's names (people seldom write whole ones), or all that the sender
    tells holds a whole name of hers: not everybody fills in whom it is about."""
    names = [_words(name) for name in _names_of(actor)]
    about = _words(unseal(ABOUT, ticket.about_encrypted))
    if any(about & name for name in names):
        return True
    lines = Entry.objects.filter(ticket=ticket, voice=Voice.SENDER).values_list("words_encrypted", flat=True)
    told = {word for line in lines for word in _words(unseal(WORDS, line))}
    return any(name and name <= told for name in names)


def _names_of(actor: Actor) -> list[str]:
    """What she is called under every account that may be hers."""
    accounts = identity_of(actor.user_id or 0).user_ids
    return list(User.objects.filter(pk__in=accounts).values_list("name", flat=True))


def _words(text: str) -> set[str]:
    return {word for word in name_key(text).split() if len(word) >= SHORTEST_WORD}
