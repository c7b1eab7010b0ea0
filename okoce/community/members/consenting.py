"""What a member agrees to now, and adding to it: for the deeds that hold her row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from okoce.community.members.consent_days import restate_consent_days
from okoce.community.members.events import ConsentGiven, ConsentWithdrawn
from okoce.community.members.help_ending import stop_help_of_people
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.purposes import is_child
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in
from okoce.foundation.territory.queries import zone_of


@dataclass(frozen=True, slots=True)
class Named:
    """The mitra that a consent names."""

    partner_id: int
    name: str


def add_consents(
    member: Member,
    purposes: Sequence[str],
    text_version: str,
    given_on: date,
    *,
    named: Named | None = None,
    witnessed_by: int | None = None,
) -> list[Consent]:
    """Write what a member agrees to now, and tell it. For deeds that hold her row and know that none of it stands already."""
    given = [
        Consent.objects.create(
            member=member,
            purpose=purpose,
            text_version=text_version,
            given_on=given_on,
            partner_id=named.partner_id if named else None,
            witnessed_by=witnessed_by,
        )
        for purpose in purposes
    ]
    if given:
        _restate(member)
        told = ConsentGiven(
            member_id=member.pk, purposes=in_words(purposes, named), text_version=text_version
        )
        record(told, subject=member)
    return given


def standing_of(member: Member) -> QuerySet[Consent]:
    """What a member agrees to now."""
    return Consent.objects.filter(member=member, withdrawn_on__isnull=True)


def guardian_agrees(member: Member) -> bool:
    """Whether somebody who answers for her agreed to the programme, beside her own consent that stands."""
    given = standing_of(member).filter(purpose=ConsentPurpose.PROGRAMME)
    return GuardianConsent.objects.filter(consent__in=given).exists()


def guardian_in_words(member: Member) -> GuardianConsent | None:
    """Who answers for a minor, by name and telephone, beside a consent to the programme that stands; None where nobody does, or
    who did had her own data erased."""
    given = standing_of(member).filter(purpose=ConsentPurpose.PROGRAMME)
    return GuardianConsent.objects.filter(consent__in=given, erased_at__isnull=True).order_by("pk").first()


def same_of(given: Consent) -> QuerySet[Consent]:
    """Every consent to the same that stands: after a merge both records may have brought one, and a withdrawal ends them all."""
    rows = Consent.objects.filter(member_id=given.member_id, withdrawn_on__isnull=True)
    return rows.filter(purpose=given.purpose, partner_id=given.partner_id)


def end_consents(actor: Actor, member: Member, rows: QuerySet[Consent], named: Named | None = None) -> None:
    """Withdraw consents that stand, from today on, and tell it; a child's helpers, who see her by one of them alone, end with it.
    For deeds that hold her row."""
    purposes = list(dict.fromkeys(rows.order_by("id").values_list("purpose", flat=True)))
    if not purposes:
        return
    today = day_in(zone_of(member.region))
    rows.update(
        withdrawn_on=today,
        withdrawn_at=timezone.now(),
        withdrawn_by=actor.user_id or 0,
    )
    _restate(member)
    record(ConsentWithdrawn(member_id=member.pk, purposes=in_words(purposes, named)), subject=member)
    if ConsentPurpose.CHILD in purposes and is_child(member.birth_on, today):
        stop_help_of_people(member, today)


def _restate(member: Member) -> None:
    restate_consent_days([member.pk])
    member.refresh_from_db(fields=["consent_on"])


def in_words(purposes: Iterable[str], named: Named | None = None) -> str:
    words = ", ".join(str(ConsentPurpose(purpose).label) for purpose in purposes)
    return f"{words} ({named.name})" if named else words
