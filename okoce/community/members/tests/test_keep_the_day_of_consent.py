"""The day of consent on a record says what she agrees to now: the first day of the consent to the programme that stands."""

from datetime import date

import pytest
from django.db import connection, transaction

from okoce.community.members.actions.consents import give_consents
from okoce.community.members.consenting import end_consents, standing_of
from okoce.community.members.migrations import __name__ as migrations
from okoce.community.members.models import Consent, Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.door import opened_by
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db
LATER = date(2020, 5, 1)


def day_of(member: Member) -> date | None:
    return Member.objects.get(pk=member.pk).consent_on


def withdrawn(member: Member, purpose: str = "programme") -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        end_consents(SYSTEM, member, standing_of(member).filter(purpose=purpose))


def test_whoever_has_withdrawn_has_no_day_of_consent_and_the_proof_stays() -> None:
    siti = member_with(purposes=("programme", "contact"))
    withdrawn(siti, "contact")
    assert day_of(siti) == date(2018, 1, 1)
    withdrawn(siti)
    assert (day_of(siti), siti.consent_on) == (None, None)
    assert Consent.objects.filter(member=siti, purpose="programme", given_on=date(2018, 1, 1)).exists()


def test_who_agrees_again_has_the_day_on_which_she_did() -> None:
    siti = member_with()
    withdrawn(siti)
    give_consents(SYSTEM, siti, purposes=("contact",), text_version="2026-1", given_on=LATER)
    assert day_of(siti) is None, "to something else"
    give_consents(SYSTEM, siti, purposes=("programme",), text_version="2026-1", given_on=LATER)
    assert day_of(siti) == LATER


def test_a_day_without_any_consent_on_record_stays() -> None:
    siti = member_with(purposes=("contact",))
    withdrawn(siti, "contact")
    assert day_of(siti) == date(2018, 1, 1)


def test_records_from_before_are_brought_in_line() -> None:
    withdrew, agrees, merged = member_with(), member_with(), member_with()
    for member in (withdrew, merged):
        withdrawn(member)
    with transaction.atomic(), opened_by(SYSTEM):
        Member.objects.filter(pk__in=[withdrew.pk, merged.pk]).update(consent_on=LATER)
        Member.objects.filter(pk=merged.pk).update(merged_into=agrees)
        Member.objects.filter(pk=agrees.pk).update(consent_on=None)
    restated = __import__(f"{migrations}.0018_consent_days_of_what_stands", fromlist=["RESTATED"]).RESTATED
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(restated)
    assert [day_of(one) for one in (withdrew, agrees, merged)] == [None, date(2018, 1, 1), LATER]
