"""What a member agrees to now, and adding to it: for the deeds that hold her row."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from okoce.community.members.events import ConsentGiven
from okoce.community.members.models import Consent, Member
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.events.trail import record


def add_consents(member: Member, purposes: Sequence[str], text_version: str, given_on: date) -> list[Consent]:
    """Write what a member agrees to now, and tell it. For deeds that hold her row and know that none of it stands already."""
    given = [
        Consent.objects.create(member=member, purpose=purpose, text_version=text_version, given_on=given_on)
        for purpose in purposes
    ]
    if given:
        told = ConsentGiven(member_id=member.pk, purposes=in_words(purposes), text_version=text_version)
        record(told, subject=member)
    return given


def standing_of(member: Member) -> QuerySet[Consent]:
    """What a member agrees to now."""
    return Consent.objects.filter(member=member, withdrawn_on__isnull=True)


def in_words(purposes: Iterable[str]) -> str:
    return ", ".join(str(ConsentPurpose(purpose).label) for purpose in purposes)
