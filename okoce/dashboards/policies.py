"""The file of an export is its maker's alone; no grant of a place reaches that somebody else made one.

A message is read like the member whom it is for."""

from django.db.models import Q

from okoce.community.members.models import Member
from okoce.community.members.policies import member_rows, records_of_person
from okoce.dashboards.models import Export
from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.foundation.notifications.models import Message


@rows_of(Export)
def _(scope: Scope) -> Q:
    return nothing()


@rows_of(Message)
def _(scope: Scope) -> Q:
    """Read like the member it is for; she herself reads also those to a record that was merged into hers. What is for an
    officer is reached by those alone who see everything; her own she reads by her account."""
    if scope.member_id is not None:
        return Q(member_id__in=records_of_person(scope.member_id))
    return Q(member_id__in=Member.objects.filter(member_rows(scope)).values("pk"))
