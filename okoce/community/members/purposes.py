"""Which purposes hold, whether a consent for one stands, and which data is shown to nobody without one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language

from okoce.community.members.models import Consent, Helper, Member, Purpose, helping_on
from okoce.community.members.policies import reaches
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib

READ = Permission.MEMBERS_READ


@dataclass(frozen=True, slots=True)
class Aim:
    """A purpose as people read it, in their language."""

    code: str
    name: str
    data: str
    basis: str
    recipient: str
    is_specific: bool
    below_age: int | None
    from_on: date
    source: str

    @property
    def needs_consent(self) -> bool:
        return self.basis == "consent"


def purposes_on(day: date) -> dict[str, Aim]:
    """The purposes that hold on a day, in their order. Public reference data."""
    return {one.code: _read(one) for one in Purpose.objects.valid_on(day)}


def all_purposes() -> dict[str, Aim]:
    """Also those that have ended: what somebody agreed to then has a name still. Public reference data."""
    return {one.code: _read(one) for one in Purpose.objects.order_by("place", "code")}


def _read(one: Purpose) -> Aim:
    is_english = (get_language() or "id").startswith("en")
    name, data = (one.name_en, one.data_en) if is_english else (one.name, one.data)
    return Aim(
        one.code,
        name,
        data,
        one.basis,
        one.recipient,
        one.is_specific,
        one.below_age,
        one.from_on,
        one.source,
    )


def consents_told(actor: Actor, member: Member) -> list[Consent]:
    """Every consent of a member within the actor's reach, also those that were withdrawn, the newest first."""
    return list(Consent.objects.visible_to(actor, READ).filter(member=member).order_by("-id"))


def consent_for(actor: Actor, member: Member, consent_id: int) -> Consent | None:
    """One of her consents that stands, within the actor's reach."""
    rows = Consent.objects.visible_to(actor, READ).filter(member=member, withdrawn_on__isnull=True)
    return rows.filter(pk=consent_id).first()


def may_see_finances(actor: Actor, member: Member) -> bool:
    """Whether the actor is shown a member's financial data: her own, by a role whose task it is within its place, or by her consent,
    to the one who helps her or to a mitra that it names. While she restricts what her data is used for, no consent counts."""
    if actor.owns(member.pk) or _keeps_finances(actor, member):
        return True
    if member.is_restricted:
        return False
    partner_ids = {one.partner_id for one in actor.scopes_with(READ) if one.partner_id is not None}
    standing = set(_of_finances(member).values_list("purpose", "partner_id"))
    if standing & {(ConsentPurpose.FINANCES_BANK.value, partner_id) for partner_id in partner_ids}:
        return True
    return (ConsentPurpose.FINANCES_MENTOR.value, None) in standing and _helps(actor, member)


def _keeps_finances(actor: Actor, member: Member) -> bool:
    scopes = actor.scopes_with(Permission.MEMBERS_READ_FINANCES)
    return any(reaches(one, member.region, member.group_id) for one in scopes)


def _helps(actor: Actor, member: Member) -> bool:
    """Whether this very account helps her today: to be the mentor of others gives no look at her finances."""
    if actor.user_id is None or not actor.may(READ):
        return False
    rows = Helper.objects.filter(helping_on(today_wib()), member=member, user_id=actor.user_id)
    return rows.exists()


def _of_finances(member: Member) -> QuerySet[Consent]:
    purposes = (ConsentPurpose.FINANCES_MENTOR, ConsentPurpose.FINANCES_BANK)
    return Consent.objects.filter(member=member, withdrawn_on__isnull=True, purpose__in=purposes)


def is_child(birth_on: date | None, day: date) -> bool:
    """Whether somebody born then is a child on a day, as the register of purposes says. Public."""
    below = (
        Purpose.objects.valid_on(day).filter(code=ConsentPurpose.CHILD).values_list("below_age", flat=True)
    )
    return _is_below(birth_on, day, below.first())


def children_among(members: Iterable[Member], day: date | None = None) -> set[int]:
    """Those of these members who are children on a day (today). Public: it tells of members in hand."""
    on = day or today_wib()
    below = Purpose.objects.valid_on(on).filter(code=ConsentPurpose.CHILD).values_list("below_age", flat=True)
    age = below.first()
    return {member.pk for member in members if _is_below(member.birth_on, on, age)}


def _is_below(birth_on: date | None, day: date, age: int | None) -> bool:
    if birth_on is None or age is None:
        return False
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day)) < age
