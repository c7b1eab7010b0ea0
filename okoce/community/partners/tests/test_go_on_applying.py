"""Somebody goes on with what she applied for: changes it, begins another one, takes her consent back, on the form without script."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.partners.actions.partners import NewPartner, ask_partner, correct_partner, refuse_partner
from okoce.community.partners.actions.proposals import APPLICANT, apply_partner, withdraw_proposal
from okoce.community.partners.interests import is_of
from okoce.community.partners.models import ContactText, Partner, Proposal
from okoce.community.partners.queries.partners import proposal_of, proposals_waiting
from okoce.community.partners.tests.applicants import (
    DETAILS,
    PHONE,
    application,
    applied,
    filled,
    proven,
    version,
)
from okoce.community.partners.tests.factories import proposed
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from tests.cast import SYSTEM, account_of
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db
FORM, PLACES, DONE = "/mitra/daftar/isi", "/mitra/daftar/wilayah", "/mitra/daftar/selesai"


def taken_up(client: Client, outbox: Outbox) -> Partner:
    """An application that waits, put back into the form."""
    partner = applied()
    proven(client, outbox)
    client.get(FORM, {"ubah": partner.pk})
    return partner


def agree(client: Client) -> str:
    return client.post(PLACES, {"kirim": "1", "consent": "1", "version": version()})["Location"]


def test_another_mitra_never_takes_the_place_of_the_one_that_was_to_be_changed(
    client: Client, outbox: Outbox
) -> None:
    taken_up(client, outbox)
    [other] = [link for link in page(client.get(DONE)).main.find_all("a") if "lain" in words(link)]
    client.get(str(other["href"]), follow=True)
    client.post(FORM, {**DETAILS, "name": "Koperasi Lain"})
    client.post(PLACES, {"tambah": "31"})
    assert agree(client) == DONE
    assert set(Partner.objects.values_list("name", flat=True)) == {DETAILS["name"], "Koperasi Lain"}


def test_a_new_one_that_is_half_told_stays(client: Client, outbox: Outbox) -> None:
    proven(client, outbox)
    filled(client)
    shown = client.get(FORM, {"baru": "1"}, follow=True).content.decode()
    assert str(DETAILS["name"]) in shown


def test_what_was_decided_meanwhile_is_read_at_once_and_what_was_typed_can_be_sent_as_another(
    client: Client, outbox: Outbox, citra: Actor
) -> None:
    partner = taken_up(client, outbox)
    refuse_partner(citra, partner, "Aktanya sudah tidak berlaku.")
    assert agree(client) == DONE
    shown = words(page(client.get(DONE)))
    assert "Pengajuan ini sudah diputuskan." in shown
    assert "Aktanya sudah tidak berlaku." in shown
    assert Partner.objects.get().state == "refused"
    assert str(DETAILS["offer"]) in client.get(FORM, {"baru": "1"}, follow=True).content.decode()
    assert agree(client) == DONE
    assert sorted(Partner.objects.values_list("state", flat=True)) == ["proposed", "refused"]


def test_a_consent_that_is_taken_back_leaves_nothing_of_her_in_the_form(
    client: Client, outbox: Outbox
) -> None:
    partner = taken_up(client, outbox)
    assert "Rina Hartati" in client.get(FORM).content.decode()
    client.post("/mitra/daftar/tarik", {"mitra": partner.pk})
    assert "rina" not in str(dict(client.session.items())).lower()
    assert "Rina Hartati" not in client.get(FORM).content.decode()


def test_whom_one_cannot_ask_any_more_is_nobody(citra: Actor) -> None:
    """Neither a dash to call nor an erased name in the secretariat's form, which could then not be saved."""
    partner = applied()
    assert proposal_of(citra, partner) is not None
    withdraw_proposal(APPLICANT, partner, PHONE)
    assert proposal_of(citra, partner) is None
    assert Proposal.objects.filter(partner=partner).exists()
    assert proposal_of(citra, proposed()) is not None


def applying_officer() -> Actor:
    """Somebody of the secretariat who applies in her account, for a mitra of her own, under a number of her company."""
    rina = actor_for_user(
        account_of(Actor(label="rina", grants=(Grant("sekretariat", Scope(everywhere=True)),)))
    )
    assert rina is not None
    apply_partner(APPLICANT, replace(application(), contact_user_id=rina.user_id))
    return rina


def test_whoever_applied_in_her_account_stays_near_to_it_when_she_goes_on_without_signing_in() -> None:
    rina = applying_officer()
    partner = applied(offer="Kemasan dan label.")
    assert Proposal.objects.get().contact_user_id == rina.user_id
    assert is_of(rina, partner)


def test_nobody_puts_another_in_her_place_from_the_desk_to_judge_her_own(citra: Actor) -> None:
    rina, partner = applying_officer(), Partner.objects.get()
    other: NewPartner = replace(application().about, contact_phone="+6281300001111")
    with pytest.raises(Refused) as refusal:
        correct_partner(rina, partner, other)
    assert "Minta orang lain" in refusal.value.sentence
    assert Proposal.objects.get().contact_phone == PHONE
    correct_partner(citra, partner, other)
    assert Proposal.objects.get().contact_phone == "+6281300001111"


def test_who_sends_the_same_again_under_newer_words_has_agreed_to_these() -> None:
    partner = applied()
    with transaction.atomic(), opened_by(SYSTEM):
        newer = ContactText.objects.create(
            version="2", from_on=today_wib(), text="Saya setuju.", text_en="I agree."
        )
    assert applied().pk == partner.pk
    assert Proposal.objects.get().consent_text_id == newer.pk


def test_a_question_that_nobody_reads_any_more_comes_back_to_the_queue(citra: Actor) -> None:
    partner = applied()
    ask_partner(citra, partner, "Kirim akta terbaru.")
    assert not proposals_waiting(citra).exists()
    correct_partner(citra, partner, replace(application().about, contact_phone="+6281300001111"))
    assert Partner.objects.get().state == "asked"
    assert proposals_waiting(citra).get() == partner
