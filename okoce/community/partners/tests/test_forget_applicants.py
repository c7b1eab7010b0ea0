"""Proposals of mitra that came to nothing: those that nobody completes end, and the contact goes by the term; that somebody applied,
and what became of it, stays."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.partners.actions.partners import ask_partner, refuse_partner
from okoce.community.partners.actions.proposals import APPLICANT, withdraw_proposal
from okoce.community.partners.forgetting import end_unfinished, forget_contacts, unfinished
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.queries.partners import partners_by_state, proposal_of
from okoce.community.partners.tests.applicants import PHONE, applied, proven
from okoce.community.partners.tests.factories import active_partner, proposed
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.models import Event
from okoce.foundation.personal.retention import all_rules
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db
KEPT, UNFINISHED = 180, 60


def since(partner: Partner, days: int) -> Partner:
    """As if it had stood so since so many days."""
    with transaction.atomic(), opened_by(SYSTEM):
        Partner.objects.filter(pk=partner.pk).update(state_on=today_wib() - timedelta(days=days))
    return Partner.objects.get(pk=partner.pk)


def test_the_contact_of_a_refused_proposal_is_kept_to_the_last_day_and_no_longer(citra: Actor) -> None:
    partner = since(refuse_partner(citra, applied(), "Aktanya tidak berlaku."), KEPT)
    assert forget_contacts() == 0
    since(partner, KEPT + 1)
    [rule] = [rule for rule in all_rules() if rule.code == "partners.contacts"]
    assert rule.over().count() == 1
    counts = partners_by_state(citra)
    assert forget_contacts() == 1
    kept = Proposal.objects.get()
    assert (kept.contact_name, kept.contact_phone, kept.contact_email, kept.contact_duty) == (
        "Data dihapus",
        "-",
        "",
        "",
    )
    assert (kept.consent_text, kept.phone_proven_since, kept.answer) == (None, None, "")
    assert (partners_by_state(citra), proposal_of(citra, partner)) == (counts, None)
    assert Partner.objects.get().state_reason == "Aktanya tidak berlaku."
    assert Event.objects.filter(kind="partners.speaker_forgotten").count() == 1
    assert (rule.over().count(), forget_contacts()) == (0, 0)


def test_whom_the_secretariat_named_for_one_that_it_refused_goes_too(citra: Actor) -> None:
    since(refuse_partner(citra, proposed(contact_phone=PHONE), "Tidak jadi."), KEPT + 1)
    assert forget_contacts() == 1
    assert Proposal.objects.get().contact_phone == "-"


def test_who_took_her_consent_back_is_gone_at_once_and_touched_no_more(citra: Actor) -> None:
    partner = applied()
    withdraw_proposal(APPLICANT, partner, PHONE)
    assert Proposal.objects.get().contact_phone == "-"
    since(partner, KEPT + 1)
    assert forget_contacts() == 0


def test_of_an_active_mitra_and_of_one_that_waits_everything_stays() -> None:
    for partner in (active_partner("Bank Maju"), applied()):
        since(partner, 10 * KEPT)
    assert (forget_contacts(), end_unfinished()) == (0, 0)
    assert Proposal.objects.get(partner__name="PT Kemasan Nusantara").contact_phone == PHONE


def test_what_nobody_completes_ends_and_whoever_applied_reads_why(
    client: Client, outbox: Outbox, citra: Actor
) -> None:
    partner = since(ask_partner(citra, applied(), "Mana aktanya?"), UNFINISHED)
    assert end_unfinished() == 0
    since(partner, UNFINISHED + 1)
    assert unfinished().count() == end_unfinished() == 1
    assert (Partner.objects.get().state, end_unfinished()) == ("refused", 0)
    proven(client, outbox)
    shown = words(page(client.get("/mitra/daftar/selesai")).main)
    assert "tidak dilengkapi dalam 60 hari" in shown
    assert applied().state == "proposed"  # its name is free
