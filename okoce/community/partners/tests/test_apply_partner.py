"""A would-be mitra applies: the deed, the public form without script, and what comes of it."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.community.partners.actions.partners import (
    ask_partner,
    check_partner,
    correct_partner,
    refuse_partner,
    validate_partner,
)
from okoce.community.partners.actions.proposals import (
    APPLICANT,
    apply_partner,
    change_proposal,
    withdraw_proposal,
)
from okoce.community.partners.models import Contact, Partner, PartnerArea, PartnerCheck, Proposal
from okoce.community.partners.queries.partners import places_of
from okoce.community.partners.tests.applicants import (
    DETAILS,
    PHONE,
    application,
    applied,
    filled,
    proven,
    version,
)
from okoce.community.partners.tests.factories import active_partner, items, proposed
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, Refused
from tests.cast import SYSTEM, account_of
from tests.outbox import Outbox
from tests.pages import page, refused, words

pytestmark = pytest.mark.django_db


def validated(citra: Actor, partner: Partner) -> Partner:
    check_partner(citra, partner, items())
    return validate_partner(citra, partner, today_wib())


class TestTheDeed:
    def test_takes_everything_down_with_a_dated_consent(self) -> None:
        partner = applied(areas=("31", "32.73"))
        assert (partner.state, partner.kind, partner.region, partner.offered_stages) == (
            "proposed",
            "company",
            "",
            [5],
        )
        assert partner.website == "https://www.kemasan.example"
        proposal = Proposal.objects.get(partner=partner)
        assert (proposal.contact_name, proposal.contact_phone, proposal.contact_duty) == (
            "Rina Hartati",
            PHONE,
            "Kepala kemitraan",
        )
        assert proposal.contact_email == "rina@kemasan.example"
        assert (proposal.consent_text.version, proposal.consented_since is not None) == (version(), True)
        assert places_of(partner) == ["31", "32.73"]

    @pytest.mark.parametrize(
        ("told", "fields"),
        [
            ({"name": " "}, {"name"}),
            ({"kind": "toko"}, {"kind"}),
            ({"areas": ()}, {"areas"}),
            ({"areas": ("99",)}, {"areas"}),
            ({"offer": ""}, {"offer"}),
            ({"offered_stages": ()}, {"offered_stages"}),
            ({"offered_stages": (8,)}, {"offered_stages"}),
            ({"website": "javascript:alert(1)"}, {"website"}),
            ({"website": "bukan situs"}, {"website"}),
            ({"contact_email": "rina"}, {"contact_email"}),
            ({"contact_duty": " ", "contact_name": "1"}, {"contact_duty", "contact_name"}),
            ({"name": "", "areas": (), "offer": "\x00"}, {"name", "areas", "offer"}),
        ],
    )
    def test_what_is_missing_is_named_all_at_once(self, told: dict[str, Any], fields: set[str]) -> None:
        with pytest.raises(Invalid) as refusal:
            applied(**told)
        assert {error.field for error in refusal.value.errors} == fields
        assert not Partner.objects.exists()

    @pytest.mark.parametrize("agreed", ["", "0"])
    def test_nobody_is_kept_who_did_not_agree_to_the_words_of_today(self, agreed: str) -> None:
        with pytest.raises(Invalid) as refusal:
            apply_partner(APPLICANT, replace(application(), consent_version=agreed))
        assert {error.field for error in refusal.value.errors} == {"consent"}
        assert not Proposal.objects.exists()

    def test_sent_twice_is_one_and_a_change_asks_the_checklist_again(self, citra: Actor) -> None:
        first = applied()
        check_partner(citra, first, items())
        assert applied().pk == first.pk
        assert PartnerCheck.objects.exists()
        assert not Event.objects.filter(kind="partners.proposal_changed").exists()
        assert applied(offer="Kemasan dan label.").pk == first.pk
        assert (Partner.objects.get().offer, PartnerCheck.objects.count()) == ("Kemasan dan label.", 0)

    def test_a_name_of_another_is_refused_in_the_same_words_whatever_became_of_that_one(
        self, citra: Actor
    ) -> None:
        sentences = set()
        for made in (proposed("PT Kemasan Nusantara"), active_partner("Bank Maju")):
            with pytest.raises(Conflict) as refusal:
                applied(name=made.name)
            sentences.add(refusal.value.sentence.replace(made.name, ""))
        assert len(sentences) == 1
        assert Partner.objects.count() == 2
        refuse_partner(citra, Partner.objects.get(name="PT Kemasan Nusantara"), "Bukan mereka.")
        assert applied().state == "proposed"

    def test_what_is_decided_about_changes_no_more(self, citra: Actor) -> None:
        partner = applied()
        refuse_partner(citra, partner, "Tidak cocok.")
        with pytest.raises(Refused):
            change_proposal(APPLICANT, partner, application(offer="Lain"))
        assert Partner.objects.get().offer == DETAILS["offer"]

    def test_officers_may_not(self, ani: Actor) -> None:
        with pytest.raises(NotAllowed):
            apply_partner(ani, application())
        assert not Partner.objects.exists()


class TestTheDecision:
    def test_whoever_applied_acts_for_it_from_the_validation_on_and_is_told(self, citra: Actor) -> None:
        partner = applied()
        validated(citra, partner)
        validate_partner(citra, partner, today_wib())  # a double click
        user = User.objects.get(phone=PHONE)
        contact = Contact.objects.get()
        assert (contact.user_id, contact.duty, contact.from_on) == (
            user.pk,
            "Kepala kemitraan",
            today_wib(),
        )
        assert RoleAssignment.objects.get(user=user).role == "kontak_mitra"
        message = Message.objects.get(code="partner_validated")
        assert message.user_id == user.pk

    def test_of_a_bank_she_becomes_its_officer(self, citra: Actor) -> None:
        validated(citra, applied(kind="bank"))
        assert RoleAssignment.objects.get(user__phone=PHONE).role == "petugas_bank"

    def test_a_number_that_several_members_share_says_not_who_acts_and_hinders_no_validation(
        self, citra: Actor
    ) -> None:
        for name in ("Siti", "Wati"):
            member_with(name=name, phone=PHONE)
        assert validated(citra, applied()).state == "active"
        assert not Contact.objects.exists()
        assert not Message.objects.filter(code="partner_validated").exists()

    def test_whom_the_secretariat_named_itself_acts_only_when_appointed(self, citra: Actor) -> None:
        validated(citra, proposed())
        assert not Contact.objects.exists()

    def test_another_number_put_in_by_the_secretariat_is_proven_by_nobody(self, citra: Actor) -> None:
        partner = applied()
        other = replace(application().about, contact_phone="+6281300001111")
        correct_partner(citra, partner, other)
        proposal = Proposal.objects.get()
        assert (proposal.phone_proven_since, proposal.consented_since, proposal.consent_text) == (
            None,
            None,
            None,
        )
        validated(citra, partner)
        assert not Contact.objects.exists()

    def test_nobody_decides_about_her_own_application(self) -> None:
        user = account_of(Actor(label="rina"))
        User.objects.filter(pk=user.pk).update(phone="+6281399998888")
        grant_role(SYSTEM, user, "sekretariat", Anchors())
        rina = actor_for_user(User.objects.get(pk=user.pk))
        partner = apply_partner(APPLICANT, replace(application(), contact_user_id=user.pk))
        check_partner(SYSTEM, partner, items())
        for deed in (
            lambda: check_partner(rina, partner, set()),
            lambda: validate_partner(rina, partner, today_wib()),
            lambda: ask_partner(rina, partner, "Lengkapi."),
            lambda: refuse_partner(rina, partner, "Tidak."),
        ):
            with pytest.raises(Refused):
                deed()
        assert Partner.objects.get().state == "proposed"

    def test_what_is_asked_needs_its_reason(self, citra: Actor) -> None:
        partner = applied()
        with pytest.raises(Invalid):
            ask_partner(citra, partner, " ")
        assert Partner.objects.get().state == "proposed"
        assert ask_partner(citra, partner, "Mana aktanya?").state == "asked"
        assert validated(citra, partner).state == "active"

    def test_nobody_is_asked_who_would_not_read_it(self, citra: Actor) -> None:
        with pytest.raises(Refused):
            ask_partner(citra, proposed(), "Mana aktanya?")
        assert Partner.objects.get().state == "proposed"


class TestTheForm:
    def test_leads_from_the_number_to_the_queue(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        filled(client)
        assert not Partner.objects.exists()
        shown = page(client.get("/mitra/daftar/wilayah"))
        told = {"kirim": "1", "consent": "1", "version": shown.select_one("[name=version]")["value"]}
        assert client.post("/mitra/daftar/wilayah", told)["Location"] == "/mitra/daftar/selesai"
        partner = Partner.objects.get()
        assert (partner.name, partner.region, partner.state) == (DETAILS["name"], "31", "proposed")
        assert Proposal.objects.get().phone_proven_since is not None
        assert DETAILS["name"] in words(page(client.get("/mitra/daftar/selesai")).main)

    def test_without_the_tick_nothing_is_kept_and_nothing_typed_is_lost(
        self, client: Client, outbox: Outbox
    ) -> None:
        proven(client, outbox)
        filled(client)
        found = refused(client.post("/mitra/daftar/wilayah", {"kirim": "1", "version": version()}))
        assert "Centang persetujuan" in words(found.select_one("[role=alert]"))
        assert not Partner.objects.exists()
        again = page(client.get("/mitra/daftar/isi"))
        assert again.select_one("#id_name")["value"] == DETAILS["name"]
        assert again.select_one("input[name=offered_stages][value='5']").has_attr("checked")

    def test_keeps_what_was_typed_also_when_it_is_wrong(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        found = refused(client.post("/mitra/daftar/isi", {**DETAILS, "website": "bukan situs"}))
        assert words(found.select_one("#id_website_error"))
        again = page(client.get("/mitra/daftar/isi"))
        assert again.select_one("#id_website")["value"] == "bukan situs"
        assert client.post("/mitra/daftar/wilayah", {"tambah": "31"}).status_code == 302
        told = {"kirim": "1", "consent": "1", "version": version()}
        assert (
            client.post("/mitra/daftar/wilayah", told)["Location"] == "/mitra/daftar/isi"
        )  # past what was wrong
        assert not Partner.objects.exists()

    def test_says_beside_the_name_that_it_is_taken(self, client: Client, outbox: Outbox) -> None:
        active_partner(DETAILS["name"], "company")
        proven(client, outbox)
        found = refused(client.post("/mitra/daftar/isi", DETAILS))
        assert "sudah tercatat" in words(found.select_one("#id_name_error"))

    def test_an_address_without_a_proven_number_leads_to_the_number(self, client: Client) -> None:
        for address in ("isi", "wilayah", "selesai", "kode"):
            assert client.get(f"/mitra/daftar/{address}")["Location"] == "/mitra/daftar"

    def test_a_code_for_a_komunitas_opens_no_mitra(self, client: Client, outbox: Outbox) -> None:
        client.post("/komunitas/daftar", {"phone": PHONE})
        other = outbox.code(PHONE)
        client.post("/mitra/daftar", {"phone": PHONE})
        if other != outbox.code(PHONE):
            refused(client.post("/mitra/daftar/kode", {"code": other}))
            assert client.get("/mitra/daftar/isi")["Location"] == "/mitra/daftar"

    def test_reads_what_is_asked_and_answers(self, client: Client, outbox: Outbox, citra: Actor) -> None:
        partner = applied()
        ask_partner(citra, partner, "Mana aktanya?")
        proven(client, outbox)
        assert client.get("/mitra/daftar")["Location"] == "/mitra/daftar/selesai"
        assert "Mana aktanya?" in words(page(client.get("/mitra/daftar/selesai")).main)
        client.get("/mitra/daftar/isi", {"ubah": partner.pk})
        told = page(client.get("/mitra/daftar/isi"))
        assert told.select_one("#id_contact_duty")["value"] == DETAILS["contact_duty"]
        client.post("/mitra/daftar/isi", {**DETAILS, "name": "PT Kemasan Nusantara Tbk"})
        client.post("/mitra/daftar/wilayah", {"kirim": "1", "consent": "1", "version": version()})
        stored = Partner.objects.get()
        assert (stored.name, stored.state, stored.state_reason) == (
            "PT Kemasan Nusantara Tbk",
            "proposed",
            "",
        )
        assert PartnerArea.objects.count() == 1

    def test_shows_the_refusal_with_its_reason_and_nobody_elses_applications(
        self, client: Client, outbox: Outbox, citra: Actor
    ) -> None:
        refuse_partner(citra, applied(), "Aktanya sudah tidak berlaku.")
        stranger = applied(name="Rahasia", contact_phone="+6281300001111")
        proposed("Dicatat sekretariat", contact_phone=PHONE)
        proven(client, outbox)
        shown = words(page(client.get("/mitra/daftar/selesai")).main)
        assert "Aktanya sudah tidak berlaku." in shown
        assert "Rahasia" not in shown
        assert "Dicatat sekretariat" not in shown
        assert client.get("/mitra/daftar/isi", {"ubah": stranger.pk})["Location"].endswith("/selesai")


class TestTakingTheConsentBack:
    def test_takes_the_contact_and_ends_what_waits(self, client: Client, outbox: Outbox) -> None:
        partner = applied()
        proven(client, outbox)
        for _time in range(2):
            answer = client.post("/mitra/daftar/tarik", {"mitra": partner.pk})
            assert answer["Location"] == "/mitra/daftar/selesai"
        proposal = Proposal.objects.get()
        assert (proposal.contact_phone, proposal.contact_email, proposal.contact_duty) == ("-", "", "")
        assert "Rina" not in proposal.contact_name
        assert (proposal.phone_proven_since, proposal.consent_text) == (None, None)
        assert Partner.objects.get().state == "refused"
        assert Event.objects.filter(kind="partners.proposal_withdrawn").count() == 1
        assert applied().state == "proposed"  # its name is free

    def test_leaves_a_validated_mitra_and_who_acts_for_it(self, citra: Actor) -> None:
        partner = validated(citra, applied())
        withdraw_proposal(APPLICANT, partner, PHONE)
        assert Partner.objects.get().state == "active"
        assert Contact.objects.get().until_on is None
        assert Proposal.objects.get().contact_phone == "-"

    def test_reaches_nobody_elses(self, client: Client, outbox: Outbox) -> None:
        stranger = applied(contact_phone="+6281300001111")
        proven(client, outbox)
        client.post("/mitra/daftar/tarik", {"mitra": stranger.pk})
        withdraw_proposal(APPLICANT, stranger, PHONE)
        assert Proposal.objects.get().contact_phone == "+6281300001111"
        assert Partner.objects.get().state == "proposed"


@pytest.mark.django_db(transaction=True)
def test_no_more_than_three_wait_also_when_six_are_sent_at_once() -> None:
    results = together(6, lambda place: apply_partner(APPLICANT, application(name=f"Yayasan {place}")))
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Partner.objects.count() == Proposal.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_numbers_that_claim_one_name_at_once_one_has_it() -> None:
    numbers = ("+6281300001111", "+6281300002222")
    results = together(2, lambda place: apply_partner(APPLICANT, application(contact_phone=numbers[place])))
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Partner.objects.count() == 1
