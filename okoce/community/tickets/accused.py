"""Whom a ticket names: the code of a card, a certificate or a permission; a komunitas, a mitra, a permitted name; somebody in
office who is called so. Found when it comes in, so that whoever is named is kept away from the first moment on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from okoce.community.groups.models import Group
from okoce.community.members.models import Card
from okoce.community.members.names import name_key
from okoce.community.partners.models import Partner
from okoce.community.tickets.models import Accused, Ticket
from okoce.community.tickets.offices import SECRETARIAT, above
from okoce.community.trust.models import Certificate, NamePermission
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user_id
from okoce.foundation.verification.codes import compact, is_whole


@dataclass(frozen=True, slots=True)
class Named:
    """One who is named, by what she is known under."""

    user_id: int | None = None
    group_id: int | None = None
    partner_id: int | None = None
    member_id: int | None = None


def named_by(about: str) -> list[Named]:
    """All who may be meant, each once; nobody where nothing fits."""
    if not about:
        return []
    code = compact(about)
    found = _by_code(code) if is_whole(code) else _by_name(about)
    return list(dict.fromkeys(found))


def keep_away(ticket: Ticket, named: list[Named]) -> None:
    Accused.objects.bulk_create(
        Accused(
            ticket=ticket,
            user_id=one.user_id,
            group_id=one.group_id,
            partner_id=one.partner_id,
            member_id=one.member_id,
        )
        for one in named
    )


def first_office(region: str, named: list[Named]) -> str:
    """The kecamatan; or the first level above every place that an accused officer serves, so that her own office does not
    judge her."""
    offices = [region]
    for user_id in filter(None, (one.user_id for one in named)):
        officer = actor_for_user_id(user_id)
        for scope in officer.scopes_with(Permission.TICKETS_HANDLE) if officer else ():
            if scope.everywhere:
                offices.append(SECRETARIAT)
            elif region_within(region, scope.region):
                offices.append(above(scope.region))
    return min(offices, key=len)


def _by_code(code: str) -> Iterator[Named]:
    for member_id in Card.objects.filter(code=code).values_list("member_id", flat=True):
        yield Named(member_id=member_id)
        for user_id in User.objects.filter(member_id=member_id).values_list("pk", flat=True):
            yield Named(user_id=user_id)
    for group_id in Certificate.objects.filter(code=code).values_list("group_id", flat=True):
        yield Named(group_id=group_id)
    yield from _holders(Q(code=code))


def _by_name(about: str) -> Iterator[Named]:
    key, written = name_key(about), " ".join(about.split())
    for group_id in Group.objects.filter(Q(name_key=key) | Q(code__iexact=written)).values_list(
        "pk", flat=True
    ):
        yield Named(group_id=group_id)
    for partner_id in Partner.objects.filter(name_key=key).values_list("pk", flat=True):
        yield Named(partner_id=partner_id)
    yield from _holders(Q(name_key=key))
    yield from _officers(key, written)


def _officers(key: str, written: str) -> Iterator[Named]:
    """Whoever is or was in office under a name, whatever titles, degrees and spaces somebody wrote with it."""
    longest = max(key.split(), key=len, default="")
    if not longest:
        return
    alike = User.objects.filter(Q(name__icontains=longest) | Q(name__iexact=written))
    alike = alike.filter(assignments__isnull=False).distinct()
    for user_id, name in alike.values_list("pk", "name"):
        if name_key(name) == key:
            yield Named(user_id=user_id)


def _holders(which: Q) -> Iterator[Named]:
    for group_id, partner_id in NamePermission.objects.filter(which).values_list("group_id", "partner_id"):
        yield Named(group_id=group_id, partner_id=partner_id)
