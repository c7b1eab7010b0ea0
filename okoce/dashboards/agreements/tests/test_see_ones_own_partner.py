"""A petugas of a mitra sees how it stands, what was agreed and delivered, who waits for it; and keeps its contact right."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.agreements import NewObligation, add_obligation
from okoce.community.partners.actions.contacts import NewSpeaker, appoint_contact, correct_own_contact
from okoce.community.partners.actions.partners import check_partner, close_partner, validate_partner
from okoce.community.partners.actions.referrals import accept_referral, close_referral
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.models import Proposal
from okoce.community.partners.terms import ContactTerm
from okoce.community.partners.tests.applicants import applied
from okoce.community.partners.tests.factories import SYSTEM, items
from okoce.community.partners.tests.referring import World, make_world
from okoce.community.partners.tests.signing import JANUARY, LAST, signed
from okoce.community.trust.actions.names import give_partner_name
from okoce.community.trust.rules import NewName
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.cast import SENEN
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NEW = NewSpeaker(
    contact_name="Dian Lestari",
    contact_phone="0812 9999 8888",
    contact_duty="Kepala cabang",
    contact_email="dian@bank.example",
)
TYPED = {"contact_name": "Dian Lestari", "contact_phone": "0812 9999 8888"}


@pytest.fixture
def world() -> World:
    return make_world()


def shown(client: Client, address: str = "/mitra/saya") -> str:
    return words(page(client.get(address)).main)


def test_shows_state_agreements_promises_and_what_waits(world: World, citra: Actor, desk: Desk) -> None:
    agreement = signed(citra, world.bank, last_on=today_wib() + timedelta(days=60))
    for told in ({"metric": "people", "amount": 4}, {}):
        new = NewObligation(ower="partner", text=f"Janji {told}", from_on=JANUARY, last_on=LAST, **told)
        add_obligation(citra, agreement, new)
    first = world.sent()
    accept_referral(world.banker, first)
    close_referral(world.banker, first, "served")
    world.sent(need="Modal toko", number=member_with(name="Wati", region=SENEN).number)
    found = page(desk(world.banker).get("/mitra/saya"))
    text = words(found.main)
    assert world.bank.name in text
    assert "1 rujukan menunggu" in text
    assert agreement.number in text
    assert "25,0%" in text
    assert "tanpa ukuran" in text
    assert "Wati" not in text  # who waits is read in the referral, where a look is noted
    assert "Rujukan yang diterima mitra, dari semua yang dikirim." in text
    assert found.select("a[aria-current=page][href='/mitra/saya']")


def test_shows_the_name_that_it_may_use(world: World, citra: Actor, desk: Desk) -> None:
    give_partner_name(
        citra, world.bank, NewName(name="OK OCE Bank", conditions="Hanya di brosur.", from_on=today_wib())
    )
    assert "OK OCE Bank" in shown(desk(world.banker))


def test_another_mitra_reads_as_not_found(world: World, desk: Desk) -> None:
    client = desk(world.banker)
    other = f"/mitra/{world.other.pk}/kantor"
    assert client.get(other).status_code == 404
    assert client.post(f"{other}/kontak", TYPED).status_code == 404
    with pytest.raises(NotFound):
        correct_own_contact(world.banker, world.other, NEW)
    assert not Event.objects.filter(kind="partners.contact_corrected").exists()


def test_who_acts_for_two_chooses_one(world: World, client: Client) -> None:
    user = User.objects.get(pk=world.banker.user_id)
    appoint_contact(SYSTEM, world.other, user.email or "", ContactTerm("", today_wib()))
    client.force_login(user)
    text = shown(client)
    assert world.bank.name in text
    assert world.other.name in text


def test_as_many_questions_for_many_agreements_as_for_few(world: World, citra: Actor, desk: Desk) -> None:
    client = desk(world.banker)

    def grow(count: int) -> None:
        for _one in range(count):
            number = f"{Agreement.objects.count()}/PKS"
            agreement = signed(citra, world.bank, number=number, last_on=today_wib() + timedelta(days=60))
            new = NewObligation(
                ower="partner", text="Janji", metric="people", amount=5, from_on=JANUARY, last_on=LAST
            )
            add_obligation(citra, agreement, new)
        world.sent(need=f"Modal {count}", number=member_with(name=f"Wati {count}", region=SENEN).number)

    assert_constant_queries(lambda: client.get("/mitra/saya"), grow)


class TestTheContact:
    def test_is_corrected_and_recorded_without_the_person(self, world: World, desk: Desk) -> None:
        answer = desk(world.banker).post(
            f"/mitra/{world.bank.pk}/kantor/kontak", {**TYPED, "contact_duty": "Kepala cabang"}
        )
        assert answer["Location"] == f"/mitra/{world.bank.pk}/kantor"
        proposal = Proposal.objects.get(partner=world.bank)
        assert (proposal.contact_name, proposal.contact_phone) == ("Dian Lestari", "+6281299998888")
        event = Event.objects.get(kind="partners.contact_corrected")
        assert "nama" in event.payload["what"]
        assert "Dian" not in str(event.payload)

    def test_written_twice_is_once(self, world: World) -> None:
        for _time in range(2):
            correct_own_contact(world.banker, world.bank, NEW)
        assert Event.objects.filter(kind="partners.contact_corrected").count() == 1

    def test_another_number_takes_proof_and_consent_away(self, citra: Actor) -> None:
        partner = applied()
        check_partner(citra, partner, items())
        validate_partner(citra, partner, today_wib())
        rina = actor_for_user(User.objects.get(phone="+6281234567890"))
        correct_own_contact(rina, partner, NEW)
        proposal = Proposal.objects.get()
        assert (proposal.phone_proven_since, proposal.consent_text) == (None, None)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"contact_name": ""}, "contact_name"),
            ({"contact_phone": "12"}, "contact_phone"),
            ({"contact_email": "x"}, "contact_email"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_changes(
        self, world: World, desk: Desk, wrong: dict[str, Any], field: str
    ) -> None:
        before = Proposal.objects.get(partner=world.bank).contact_name
        address = f"/mitra/{world.bank.pk}/kantor/kontak"
        found = page(desk(world.banker).post(address, {**TYPED, **wrong}), 422)
        assert words(found.select_one(f"#id_{field}_error"))
        assert found.select_one("#id_contact_duty") is not None
        assert Proposal.objects.get(partner=world.bank).contact_name == before

    def test_officers_of_a_territory_and_the_secretariat_have_other_ways(
        self, world: World, ani: Actor, citra: Actor
    ) -> None:
        for actor in (ani, citra):
            with pytest.raises(NotAllowed):
                correct_own_contact(actor, world.bank, NEW)
        with pytest.raises(Invalid):
            correct_own_contact(world.banker, world.bank, NewSpeaker(contact_name="", contact_phone=""))
        assert not Event.objects.filter(kind="partners.contact_corrected").exists()


def test_a_mitra_that_ended_is_corrected_no_more(world: World, citra: Actor) -> None:
    close_partner(citra, world.bank, "Tidak diteruskan.")
    with pytest.raises(Refused):
        correct_own_contact(world.banker, world.bank, NEW)
