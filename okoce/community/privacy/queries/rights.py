"""Who looked at a person's data, told to herself; the terms of these rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.models import DataRequest, ErasureRequest, Look, PrivacyTerm, Restriction
from okoce.community.privacy.states import AccountLookedAt, LookedAt
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import NotFound

PER_PAGE = 50
MOST_COUNTED = 100
_LABELS = dict(LookedAt.choices) | dict(AccountLookedAt.choices)


def term(code: str, day: date) -> int:
    """The value of a term on a day. Public. LookupError where the data has a gap."""
    rows = PrivacyTerm.objects.filter(code=code, from_on__lte=day).order_by("-from_on")
    value = rows.values_list("value", flat=True).first()
    if value is None:
        raise LookupError(f"no term {code} holds on {day}")
    return value


def before_any_term(code: str, day: date) -> str | None:
    """Why no clock can run since a day, in one sentence: no value of the term held yet. None where one does. Public."""
    if PrivacyTerm.objects.filter(code=code, from_on__lte=day).exists():
        return None
    return _("Tanggal %s terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.") % day_in_words(day)


@dataclass(frozen=True, slots=True)
class Looked:
    """One look, without the officer: in which role, for which office, at what, when and why."""

    id: int
    role: str
    region: str
    group_id: int | None
    partner_id: int | None
    page: str
    reason: str
    at: datetime
    emergency_id: int | None = None

    @property
    def page_label(self) -> str:
        return str(_LABELS[self.page])


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks, and behind which the next one begins."""

    looks: Sequence[Looked]
    next: int | None


def looks_at(actor: Actor, *, before: int | None = None) -> Looks:
    """Who looked at the actor's own data, newest first; also at records that were merged into hers."""
    rows = Look.objects.visible_to(actor, Permission.MEMBERS_READ).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    told = [Looked(*row) for row in rows.values_list(*Looked.__slots__)[: PER_PAGE + 1]]
    page = told[:PER_PAGE]
    return Looks(page, page[-1].id if len(told) > PER_PAGE else None)


def waiting_erasure(actor: Actor, member: Member) -> ErasureRequest | None:
    """The request of a member to be erased that waits for its day, within the actor's reach."""
    rows = ErasureRequest.objects.visible_to(actor, Permission.MEMBERS_READ).waiting()
    return rows.filter(member=member).first()


def erasure_of_outer_member(actor: Actor) -> QuerySet[ErasureRequest, Any]:
    """From when on the member of the outer row is to be erased, likewise; for a subquery."""
    rows = ErasureRequest.objects.visible_to(actor, Permission.MEMBERS_READ).waiting()
    return rows.filter(member=OuterRef("pk")).order_by("id").values("not_before")[:1]


ANSWER, READ = Permission.MEMBERS_ANSWER_DATA_REQUEST, Permission.PRIVACY_READ


def own_requests(actor: Actor, member: Member) -> Sequence[DataRequest]:
    """What a member has asked about her data and what she was answered, newest first; also under a record that was merged
    into hers."""
    rows = DataRequest.objects.visible_to(actor, Permission.MEMBERS_READ)
    hers = Q(member=member) | Q(member__merged_into=member)
    return list(rows.filter(hers).order_by("-id")[:PER_PAGE])


def requests_to_answer(actor: Actor) -> QuerySet[DataRequest]:
    """Those that wait to be answered by this actor."""
    return DataRequest.objects.visible_to(actor, ANSWER).waiting()


def request_for(actor: Actor, request_id: int) -> DataRequest:
    """A request within the actor's reach."""
    rows = DataRequest.objects.visible_to(actor, READ).select_related("member")
    found = rows.filter(pk=request_id).first()
    if found is None:
        raise NotFound(_("Permintaan itu tidak ada dalam wilayah tugas Anda."))
    return found


def standing_restriction(actor: Actor, member: Member) -> Restriction | None:
    """Since when a member's data is used for nothing, within the actor's reach; also under a record that was merged into hers."""
    rows = Restriction.objects.visible_to(actor, Permission.MEMBERS_READ).standing()
    hers = Q(member=member) | Q(member__merged_into=member)
    return rows.filter(hers).order_by("id").first() if member.is_restricted else None
