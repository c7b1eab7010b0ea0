"""Proposals of mitra that came to nothing: those that nobody completes end, and the contact goes by the term; that somebody applied,
and what became of it, stays."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.groups.actions.groups import ask_group, refuse_group
from okoce.community.groups.forgetting import forget_contacts as forget_founders
from okoce.community.groups.models import Group
from okoce.community.groups.tests import founders
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.partners import (
    NewPartner,
    ask_partner,
    check_partner,
    close_partner,
    correct_partner,
    refuse_partner,
    validate_partner,
)
from okoce.community.partners.actions.proposals import APPLICANT, withdraw_proposal
from okoce.community.partners.forgetting import end_unfinished, forget_contacts, unfinished
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.queries.partners import partners_by_state, proposal_of
from okoce.community.partners.tests.applicants import PHONE, applied, proven
from okoce.community.partners.tests.factories import active_partner, items, proposed
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import Message
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forget_everywhere
from okoce.foundation.personal.retention import all_rules
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM, account_of
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db
KEPT, ENDED, UNFINISHED = 180, 365, 60


def since(partner: Partner, days: int) -> Partner:
    """As if it had stood so since so many days."""
    with transaction.atomic(), opened_by(SYSTEM):
        Partner.objects.filter(pk=partner.pk).update(state_on=today_wib() - timedelta(days=days))
    return Partner.objects.get(pk=partner.pk)


def test_of_a_mitra_that_ended_it_is_kept_longer_and_not_for_ever(citra: Actor) -> None:
    partner = applied()
    check_partner(citra, partner, items())
    closed = close_partner(citra, validate_partner(citra, partner, today_wib()), "Perjanjiannya selesai.")
    since(closed, ENDED)
    assert forget_contacts() == 0
    since(closed, ENDED + 1)
    [rule] = [rule for rule in all_rules() if rule.code == "partners.ended_contacts"]
    assert (rule.over().count(), rule.kept_for()) == (1, timedelta(days=ENDED))
    assert forget_contacts() == 1
    assert (rule.over().count(), forget_contacts()) == (0, 0)
    kept = Proposal.objects.get()
    assert (kept.contact_name, kept.contact_phone, kept.contact_duty) == ("Data dihapus", "-", "")
    assert Event.objects.filter(kind="partners.speaker_forgotten").count() == 1


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


def kept_of_her() -> tuple[int, int]:
    """Accounts of her number, and messages."""
    return User.objects.filter(phone=PHONE).count(), Message.objects.count()


class TestTheAccountThatWasOpenedToWriteToHer:
    def test_goes_with_the_consent_that_she_takes_back(self, citra: Actor) -> None:
        partner = ask_partner(citra, applied(), "Mana aktanya?")
        assert kept_of_her() == (1, 1)
        for _time in range(2):
            withdraw_proposal(APPLICANT, partner, PHONE)
        assert kept_of_her() == (0, 0)

    def test_goes_with_the_contact_when_its_term_is_over(self, citra: Actor) -> None:
        since(ask_partner(citra, applied(), "Mana aktanya?"), UNFINISHED + 1)
        assert end_unfinished() == 1
        since(Partner.objects.get(), KEPT)
        forget_contacts()
        assert kept_of_her() == (1, 2)  # asked, and refused
        since(Partner.objects.get(), KEPT + 1)
        assert forget_contacts() == 1
        assert kept_of_her() == (0, 0)

    def test_goes_when_the_secretariat_lets_another_speak_for_it(self, citra: Actor) -> None:
        partner = ask_partner(citra, applied(), "Mana aktanya?")
        new = NewPartner(name=partner.name, kind="company", contact_name="Dewi", contact_phone="081300001111")
        correct_partner(citra, partner, new)
        assert Proposal.objects.get().contact_name == "Dewi"
        assert kept_of_her() == (0, 0)

    def test_stays_while_the_same_person_is_only_corrected(self, citra: Actor) -> None:
        partner = ask_partner(citra, applied(), "Mana aktanya?")
        new = NewPartner(name=partner.name, kind="company", contact_name="Rina H.", contact_phone=PHONE)
        correct_partner(citra, partner, new)
        assert Proposal.objects.get().contact_name == "Rina H."
        assert kept_of_her() == (1, 1)

    def test_stays_until_the_last_mitra_that_she_applied_for_lets_it_go(self, citra: Actor) -> None:
        first = ask_partner(citra, applied(), "Mana aktanya?")
        second = applied(name="PT Kedua")
        withdraw_proposal(APPLICANT, first, PHONE)
        assert kept_of_her() == (1, 1)
        withdraw_proposal(APPLICANT, second, PHONE)
        assert kept_of_her() == (0, 0)

    def test_stays_while_a_komunitas_that_she_founds_waits_and_goes_with_that(self, citra: Actor) -> None:
        group = ask_group(citra, founders.applied(founder_phone=PHONE), "Di mana?")
        partner = refuse_partner(citra, applied(), "Aktanya tidak berlaku.")
        withdraw_proposal(APPLICANT, partner, PHONE)
        assert Proposal.objects.get().contact_phone == "-"
        assert kept_of_her() == (1, 2)
        refuse_group(citra, group, "Tidak ditemukan.")
        with transaction.atomic(), opened_by(SYSTEM):
            Group.objects.update(state_on=today_wib() - timedelta(days=KEPT + 1))
        assert forget_founders() == 1
        assert kept_of_her() == (0, 0)

    def test_stays_while_a_mitra_that_she_applied_for_waits_though_the_komunitas_is_forgotten(
        self, citra: Actor
    ) -> None:
        refuse_group(citra, founders.applied(founder_phone=PHONE), "Tidak ditemukan.")
        with transaction.atomic(), opened_by(SYSTEM):
            Group.objects.update(state_on=today_wib() - timedelta(days=KEPT + 1))
        partner = ask_partner(citra, applied(), "Mana aktanya?")
        assert forget_founders() == 1
        assert kept_of_her() == (1, 2)
        withdraw_proposal(APPLICANT, partner, PHONE)
        assert kept_of_her() == (0, 0)

    def test_stays_where_she_acts_for_the_mitra_or_has_signed_in(self, citra: Actor) -> None:
        partner = applied()
        check_partner(citra, partner, items())
        validate_partner(citra, partner, today_wib())
        withdraw_proposal(APPLICANT, partner, PHONE)
        assert User.objects.filter(phone=PHONE).count() == 1
        user = account_of(Actor(label="guest"))
        user.phone, user.last_login = "+6281300002222", user.created_at
        user.save()
        again = refuse_partner(citra, applied(name="PT Lain", contact_phone=user.phone), "Tidak jadi.")
        since(again, KEPT + 1)
        assert forget_contacts() == 1
        assert User.objects.get(pk=user.pk).phone == "+6281300002222"

    def test_goes_where_she_is_erased_who_became_a_member_since(self, citra: Actor) -> None:
        ask_partner(citra, applied(), "Mana aktanya?")
        siti = member_with(name="Rina Hartati", phone=PHONE)
        with transaction.atomic(), opened_by(SYSTEM):
            forget_everywhere(Person((siti.pk,), names=("Rina Hartati",), phones=(PHONE,)))
        assert Proposal.objects.get().contact_phone == "-"
        assert kept_of_her() == (0, 0)
