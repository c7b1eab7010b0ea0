"""A demo has something to show on the pages of centres, mitra, agreements and referrals."""

from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.centres.models import Centre
from okoce.community.groups.queries import active_group_named
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.agreement_models import Agreement, Obligation
from okoce.community.partners.models import Partner
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.states import AgreementState
from okoce.dashboards.messages.occasions import tell_of_agreements
from okoce.demo import organisation
from okoce.demo.officers import contact_of, make_officers
from okoce.demo.organisation import make_organisation
from okoce.demo.people import phone_of
from okoce.demo.replay import FLOWERS, _make_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.accounts.queries import one_with_contact
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN
from tests.pages import page, words

pytestmark = pytest.mark.django_db
DEMO = Actor.system("demo")


@pytest.fixture(autouse=True)
def people(territory_in_memory: None) -> list[Member]:  # noqa: F811  (the fixture)
    for number in range(organisation.CENTRES):
        _make_group(DEMO, number, f"Contoh {FLOWERS[number % len(FLOWERS)]} {number}", "other")
    return [registered(name="Siti", phone=phone_of(number), region=SENEN) for number in range(8)]


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Centre, Partner, Agreement, Obligation, Referral, Event))


def test_centres_stand_in_every_state_each_in_the_area_of_its_komunitas() -> None:
    make_organisation(DEMO)
    states = list(Centre.objects.values_list("state", flat=True))
    assert len(states) == organisation.CENTRES
    assert set(states) == {"planned", "open", "paused", "closed"}
    assert len(set(Centre.objects.values_list("region", flat=True))) == len(states)
    first = active_group_named("CONTOH-001")
    assert first is not None
    assert first.region == Centre.objects.get(group=first).region == SENEN
    assert len({code[:5] for code in Centre.objects.values_list("region", flat=True)}) >= 5  # every kota


def test_agreements_run_run_out_soon_and_have_ended() -> None:
    make_organisation(DEMO)
    today = today_wib()
    running = Agreement.objects.standing(AgreementState.RUNNING, today)
    assert running.filter(until_on__lt=today + timedelta(days=7)).exists()
    assert running.filter(until_on__gt=today + timedelta(days=90)).exists()
    assert Agreement.objects.filter(until_on__lt=today).exists()
    assert Agreement.objects.exclude(ended_on=None).exists()


def test_the_secretariat_has_one_message_for_each_agreement_that_runs_out() -> None:
    make_officers(DEMO)
    secretary = one_with_contact(contact_of("sekretariat"))
    assert secretary is not None
    client = Client()
    client.force_login(secretary)
    for _time in range(2):
        make_organisation(DEMO)
        tell_of_agreements()  # as the job does the next morning
    told = Message.objects.filter(user_id=secretary.pk, code="agreement_ending")
    days = [unseal(sealed)["days"] for sealed in told.values_list("variables_encrypted", flat=True)]
    soon = Agreement.objects.standing(AgreementState.RUNNING, today_wib())
    soon = soon.filter(until_on__lte=today_wib() + timedelta(days=90)).order_by("until_on")
    assert sorted(days, key=int) == [str((one.until_on - today_wib()).days - 1) for one in soon]
    assert len(days) >= 2
    shown = words(page(client.get("/pesan")).main)
    for one in soon:
        assert one.number in shown


def test_the_bank_has_people_to_answer_and_one_whom_it_took_on() -> None:
    make_organisation(DEMO)
    to_the_bank = Referral.objects.filter(to_partner__name="Bank Contoh").order_by("id")
    assert list(to_the_bank.values_list("state", flat=True)) == ["accepted", "sent", "sent"]


def test_the_contact_of_a_mitra_has_an_agreement_that_holds_and_people_to_answer() -> None:
    make_officers(DEMO)
    make_organisation(DEMO)
    contact = one_with_contact(contact_of("kontak_mitra"))
    assert contact is not None
    client = Client()
    client.force_login(contact)
    partner_id = RoleAssignment.objects.get(user_id=contact.pk).partner_id
    found = Referral.objects.filter(to_partner_id=partner_id).order_by("id")
    assert list(found.values_list("state", "outcome")) == [("closed", "served"), ("sent", ""), ("sent", "")]
    late = found.get(escalated_since__isnull=False)
    assert late.due_on is not None
    assert late.due_on < today_wib()
    assert Message.objects.filter(user_id=contact.pk, code="referral_late").count() == 1
    [agreement] = Agreement.objects.standing(AgreementState.RUNNING, today_wib()).filter(
        parties__partner_id=partner_id
    )
    assert agreement.obligations.count() == 3
    own = words(page(client.get(f"/mitra/{partner_id}/kantor")).main)
    assert agreement.number in own
    assert "Lewat batas" in own
    assert "Contoh: 40 tempat di rak bersama" in own
    assert Member.objects.filter(pk__in=found.values("member_id")).distinct().count() == 3


def test_a_second_time_nothing_is_added() -> None:
    make_organisation(DEMO)
    before = everything()
    make_organisation(DEMO)
    assert everything() == before


def test_all_of_it_says_that_it_is_a_sample() -> None:
    make_organisation(DEMO)
    assert all("Contoh" in name for name in Centre.objects.values_list("name", flat=True))
    assert not Partner.objects.filter(is_synthetic=False).exists()
    assert all("Contoh" in subject for subject in Agreement.objects.values_list("subject", flat=True))
