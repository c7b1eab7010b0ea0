"""Whose tickets somebody reads: by the kecamatan that they are about; a sender her own. Who is accused is kept away by the queries."""

from django.db.models import Q

from okoce.community.members.policies import records_of_person
from okoce.community.tickets.models import Accused, Entry, Photo, Ticket
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope


def ticket_rows(scope: Scope, prefix: str = "") -> Q:
    """`prefix` is the path to the ticket from another table."""
    if scope.member_id is not None:
        return Q(**{f"{prefix}member_id__in": records_of_person(scope.member_id)})
    return anchored_rows(scope, region=f"{prefix}region")


@rows_of(Ticket)
def _(scope: Scope) -> Q:
    return ticket_rows(scope)


@rows_of(Entry)
@rows_of(Photo)
@rows_of(Accused)
def _(scope: Scope) -> Q:
    return ticket_rows(scope, "ticket__")
