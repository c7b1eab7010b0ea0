"""Forgetting tickets whose time is over, and from which network one came as soon as it counts no more."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from okoce.community.tickets.models import Photo, Ticket, TicketQuerySet
from okoce.community.tickets.photos import forget_photos
from okoce.community.tickets.states import TermCode, TicketState
from okoce.community.tickets.terms import term
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.shared.days import today_wib

NETWORKS_KEPT = timedelta(days=1)  # as long as the limits look back
RETENTION = Actor.system("retention")


def kept_for() -> timedelta:
    return timedelta(days=term(TermCode.KEPT_DAYS, today_wib()))


def tickets_over() -> TicketQuerySet:
    """Closed for longer than the term of today."""
    before = timezone.now() - kept_for()
    return Ticket.objects.filter(state=TicketState.CLOSED, closed_since__lt=before)


def networks_over() -> TicketQuerySet:
    """Those that no limit looks back to."""
    before = timezone.now() - NETWORKS_KEPT
    return Ticket.objects.filter(sent_from__isnull=False, sent_since__lt=before)


def forget_old() -> int:
    """Delete the tickets that are over, with all their lines and photos, and the networks that count no more. Answers how many."""
    with transaction.atomic(), opened_by(RETENTION):
        networks_over().update(sent_from=None)
        forget_photos(Photo.objects.filter(ticket__in=tickets_over()))
        return tickets_over().delete()[1].get("tickets.Ticket", 0)
