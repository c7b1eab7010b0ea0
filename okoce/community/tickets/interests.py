"""What an officer is told of who stands too near to a ticket (`nearness`), and which tickets she is not shown at all."""

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.tickets.models import Accused, Ticket
from okoce.community.tickets.nearness import Why, case_of, handler_of, rows_naming, why_away
from okoce.community.tickets.offices import office_name, stands_at
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Refused


def accused_rows(actor: Actor) -> Q:
    """Tickets that name the actor, or a komunitas or mitra of hers. The one rule for the list, the figures and each ticket: a line
    of the list tells words too."""
    return Q(pk__in=Accused.objects.filter(rows_naming(handler_of(actor))).values("ticket_id"))


def is_accused(actor: Actor, ticket: Ticket) -> bool:
    """Likewise of one ticket."""
    return Ticket.objects.filter(accused_rows(actor), pk=ticket.pk).exists()


def reason_to_keep_away(actor: Actor, ticket: Ticket) -> str:
    """Why the actor does not handle this ticket, in one sentence; "" where she may."""
    if actor.is_system:
        return ""
    if not stands_at(actor, ticket):
        return _("Laporan ini ada di %s. Petugas di sana yang menjawabnya.") % office_name(ticket.office)
    if actor.user_id is None:  # nobody knows who acts
        return _sentence(Why.SENT)
    why = why_away(handler_of(actor), case_of(ticket))
    return _sentence(why) if why else ""


def require_handler(actor: Actor, ticket: Ticket) -> None:
    """Refuses whoever does not answer at this level, the sender, and whoever the ticket names or may name."""
    reason = reason_to_keep_away(actor, ticket)
    if reason:
        raise Refused(reason)


def _sentence(why: Why) -> str:
    if why is Why.SENT:
        return _("Ini laporan Anda sendiri. Rekan lain yang menanganinya.")
    if why is Why.NAMED:
        return _("Laporan ini menyebut Anda atau organisasi Anda. Rekan lain yang menanganinya.")
    return _("Laporan ini menyebut nama yang mirip dengan nama Anda. Rekan lain yang menanganinya.")
