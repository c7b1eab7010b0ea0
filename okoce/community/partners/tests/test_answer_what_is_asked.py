"""Whoever applied for a mitra answers what the secretariat asked, on the form without script."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from okoce.community.partners.actions.partners import ask_partner, correct_partner
from okoce.community.partners.actions.proposals import APPLICANT, change_proposal, withdraw_proposal
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.tests.applicants import (
    DETAILS,
    PHONE,
    application,
    applied,
    proven,
    version,
)
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Invalid
from tests.outbox import Outbox
from tests.pages import page, refused, words

pytestmark = pytest.mark.django_db
FORM, PLACES = "/mitra/daftar/isi", "/mitra/daftar/wilayah"
ASKED, ANSWERED = "Mana aktanya?", "Aktanya kami kirim lewat pos kemarin."


def asked(citra: Actor) -> Partner:
    return ask_partner(citra, applied(), ASKED)


def test_the_question_stands_above_the_form_and_its_answer_before_the_secretariat(
    client: Client, outbox: Outbox, citra: Actor, desk: Callable[[Actor], Client]
) -> None:
    partner = applied()
    proven(client, outbox)
    client.get(FORM, {"ubah": partner.pk})
    assert page(client.get(FORM)).select_one("#id_answer") is None  # nothing was asked
    ask_partner(citra, partner, ASKED)
    told = page(client.get(FORM))
    assert ASKED in words(told.select_one("#h-question").parent)
    client.post(FORM, {**DETAILS, "answer": ANSWERED})
    client.post(PLACES, {"kirim": "1", "consent": "1", "version": version()})
    stored = Partner.objects.get()
    assert (stored.state, stored.name) == ("proposed", DETAILS["name"])
    shown = words(page(desk(citra).get(f"/mitra/{partner.pk}")).main)
    assert f"Jawaban yang mengajukan {ANSWERED}" in shown


def test_an_answer_that_is_too_long_is_refused_beside_its_field_and_stays_typed(
    client: Client, outbox: Outbox, citra: Actor
) -> None:
    partner = asked(citra)
    proven(client, outbox)
    client.get(FORM, {"ubah": partner.pk})
    found = refused(client.post(FORM, {**DETAILS, "answer": "x" * 501}))
    assert words(found.select_one("#id_answer_error"))
    assert ASKED in words(found.main)
    assert words(page(client.get(FORM)).select_one("#id_answer")) == "x" * 501
    assert (Partner.objects.get().state, Proposal.objects.get().answer) == ("asked", "")


def test_the_deed_refuses_what_cannot_be_read(citra: Actor) -> None:
    partner = asked(citra)
    with pytest.raises(Invalid) as refusal:
        change_proposal(APPLICANT, partner, replace(application(), answer="x" * 501))
    assert {error.field for error in refusal.value.errors} == {"answer"}
    assert Partner.objects.get().state == "asked"


def test_where_nothing_was_asked_nothing_is_answered(citra: Actor) -> None:
    partner = applied()
    change_proposal(APPLICANT, partner, replace(application(offer="Label."), answer=ANSWERED))
    assert Proposal.objects.get().answer == ""


def test_it_goes_with_whoever_wrote_it(citra: Actor) -> None:
    partner = asked(citra)
    change_proposal(APPLICANT, partner, replace(application(), answer=ANSWERED))
    assert Proposal.objects.get().answer == ANSWERED
    correct_partner(citra, partner, replace(application().about, contact_phone="+6281300001111"))
    assert Proposal.objects.get().answer == ""
    other = ask_partner(citra, applied(name="PT Lain"), ASKED)
    change_proposal(APPLICANT, other, replace(application(name="PT Lain"), answer=ANSWERED))
    withdraw_proposal(APPLICANT, other, PHONE)
    assert Proposal.objects.get(partner=other).answer == ""
