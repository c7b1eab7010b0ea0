"""Whose rows an actor reaches: by residence, komunitas, or as the one who helps."""

from collections.abc import Iterable
from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from okoce.community.members.models import (
    Business,
    Card,
    Consent,
    DuplicateCandidate,
    GuardianConsent,
    Helper,
    Member,
    Residence,
    SecondLook,
    helping_on,
)
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.policies import nothing, region_rows, rows_of
from okoce.foundation.access.scope import Scope, region_within
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory.states import LENGTH_OF, Level

_OF_PERSON = """
WITH RECURSIVE hers AS (
  SELECT %s::bigint AS id
  UNION ALL
  SELECT m.id FROM hers JOIN members_member m ON m.merged_into_id = hers.id
)
SELECT id FROM hers
"""
_OF_PEOPLE = """
WITH RECURSIVE hers AS (
  SELECT whose, whose AS id FROM unnest(%s::bigint[]) AS whose
  UNION
  SELECT hers.whose, m.id FROM hers JOIN members_member m ON m.merged_into_id = hers.id
)
SELECT whose, id FROM hers
"""
SHARING = (ConsentPurpose.SHARE_BANK.value, ConsentPurpose.SHARE_OFFICE.value)


def member_rows(scope: Scope, prefix: str = "") -> Q:
    """The one rule for members; `prefix` is the path from another table to its member (`member__`)."""
    if scope.member_id is not None:
        return Q(**{f"{prefix}id": scope.member_id})
    if scope.helper_user_id is not None:
        return Q(**{f"{prefix}id__in": _helped(user_id=scope.helper_user_id)})
    reach = _anchored(scope, prefix)
    if scope.partner_id is None:
        return reach
    helped = Q(**{f"{prefix}id__in": _helped(partner_id=scope.partner_id)})
    helped |= Q(**{f"{prefix}id__in": _shared(scope.partner_id)})
    return helped & reach if scope.region or scope.group_id is not None else helped


def records_of_person(record_id: int) -> RawSQL:
    """A record and those that were merged into it, as a sub-select that an index is looked up with, one after the other."""
    return RawSQL(_OF_PERSON, [record_id])  # noqa: S611  (a constant, with its parameter bound)


def records_of_people(record_ids: Iterable[int]) -> dict[int, set[int]]:
    """The same for each of many records, in one statement."""
    found = {one: {one} for one in record_ids}
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_OF_PEOPLE, [list(found)])
            for whose, record_id in cursor.fetchall():
                found[whose].add(record_id)
    return found


def _anchored(scope: Scope, prefix: str) -> Q:
    """By residence, by komunitas, or by both where a grant names both; a grant that names neither reaches nobody."""
    anchors = []
    if scope.region:
        anchors.append(lives_in(scope.region, f"{prefix}region"))
    if scope.group_id is not None:
        anchors.append(Q(**{f"{prefix}group_id": scope.group_id}))
    return reduce(and_, anchors) if anchors else nothing()


def lives_in(region: str, field: str = "region") -> Q:
    """Residence within a region, said as the indexes of members know it: a kecamatan whole, wider ones by first letters."""
    length = len(region)
    if length == LENGTH_OF[Level.DISTRICT]:
        return Q(**{field: region})
    if length in (LENGTH_OF[Level.PROVINCE], LENGTH_OF[Level.REGENCY]):
        return Q(Exact(Left(field, length), Value(region)))
    return nothing()


def _helped(**helper: int):  # type: ignore[no-untyped-def]  # a values queryset; its generic type adds nothing
    return Helper.objects.filter(helping_on(today_wib()), **helper).order_by().values("member_id")


def _shared(partner_id: int):  # type: ignore[no-untyped-def]  # likewise
    """Who allows this mitra to see her; nobody who restricts that, or has left."""
    given = Consent.objects.filter(partner_id=partner_id, withdrawn_on__isnull=True, purpose__in=SHARING)
    given = given.filter(member__is_restricted=False, member__left_on__isnull=True)
    return given.order_by().values("member_id")


@rows_of(Member)
def _(scope: Scope) -> Q:
    return member_rows(scope)


@rows_of(Business)
@rows_of(Residence)
@rows_of(Consent)
@rows_of(Helper)
@rows_of(Card)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")


@rows_of(GuardianConsent)
def _(scope: Scope) -> Q:
    return member_rows(scope, "consent__member__")


@rows_of(DuplicateCandidate)
def _(scope: Scope) -> Q:
    """Both records, each by the one rule: of somebody outside the scope not even the suspicion is shown. The place of the
    pair says the same of a territory without a join, so that what waits there is found through an index."""
    both = member_rows(scope, "first__") & (Q(second__isnull=True) | member_rows(scope, "second__"))
    return region_rows(scope, "place") & both if scope.region else both


def reaches(scope: Scope, region: str, group_id: int | None) -> bool:
    """The same rule for somebody who has no row yet: would a person who lives there, in that komunitas, be reached?"""
    if scope.everywhere:
        return True
    named = bool(scope.region) or scope.group_id is not None
    is_of_another_kind = (
        scope.partner_id is not None or scope.helper_user_id is not None or scope.member_id is not None
    )
    if not named or is_of_another_kind:
        return False
    return (not scope.region or region_within(region, scope.region)) and scope.group_id in (None, group_id)


@rows_of(SecondLook)
def _(scope: Scope) -> Q:
    """It holds no persons."""
    return nothing()
