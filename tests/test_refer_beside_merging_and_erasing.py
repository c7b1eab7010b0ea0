"""Referrals when two records become one person, or when a person is erased."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.actions.contacts import appoint_contact
from okoce.community.partners.actions.referrals import NewReferral, accept_referral, send_referral
from okoce.community.partners.models import Contact
from okoce.community.partners.personal import NO_WORDS
from okoce.community.partners.queries.referrals import list_referrals, person_to_send
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.terms import ContactTerm
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.community.privacy.actions.erasures import ask_written_erasure
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.persons import person_of
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.personal.registry import all_told
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, NotFound
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of

pytestmark = pytest.mark.django_db
NEED = "Modal untuk oven milik Rukmini"


def sent(actor: Actor, number: str, to_partner_id: int) -> Referral:
    new = NewReferral(
        number=number,
        from_partner_id=None,
        to_partner_id=to_partner_id,
        stage=7,
        need=NEED,
        consent_on=date(2026, 1, 2),
        consent_way="phone",
    )
    return send_referral(actor, new)


def test_a_merge_takes_referrals_along_and_its_undoing_brings_them_back(citra: Actor) -> None:
    bank = active_partner()
    keep, absorb = registered(name="Rukmini"), registered(name="Rukmini W")
    both = [sent(citra, one.number, bank.pk) for one in (keep, absorb)]
    accept_referral(contact_of(bank)[1], both[1])
    merge_members(citra, keep, absorb)
    assert set(Referral.objects.values_list("member_id", flat=True)) == {keep.pk}
    told = list_referrals(citra, "", 0)
    assert (told.count, told.people) == (2, 1)
    undo_merge(citra, Merge.objects.get())
    assert [Referral.objects.get(pk=one.pk).member_id for one in both] == [keep.pk, absorb.pk]


def test_whoever_was_merged_away_is_sent_under_her_valid_number(citra: Actor) -> None:
    bank = active_partner()
    keep, absorb = registered(name="Rukmini"), registered(name="Rukmini W")
    merge_members(citra, keep, absorb)
    with pytest.raises((Conflict, NotFound)):
        sent(citra, absorb.number, bank.pk)
    assert not Referral.objects.exists()


def test_an_erasure_leaves_that_there_was_one_and_nobody_waits_for_her(citra: Actor) -> None:
    bank = active_partner()
    member = registered(name="Rukmini")
    referral = sent(citra, member.number, bank.pk)
    banker = contact_of(bank)[1]
    accept_referral(banker, referral)
    assert NEED in str(all_told(person_of(member))["referrals"])
    ask_written_erasure(citra, member, "Surat 1")
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert carry_out_due() == 1
    stored = Referral.objects.get()
    assert (stored.state, stored.need, stored.reason) == ("withdrawn", NO_WORDS, NO_WORDS)
    assert stored.closed_at is not None
    with pytest.raises(NotFound):
        person_to_send(banker, member.number, [bank.pk])


def test_an_erasure_takes_along_what_she_was_at_a_mitra(citra: Actor) -> None:
    member = registered(name="Rukmini")
    user = account_of(Actor(label="rukmini", grants=(Grant("anggota", Scope(member_id=member.pk)),)))
    term = ContactTerm("Kepala seksi Rukmini", today_wib())
    appoint_contact(citra, active_partner(), user.email or "", term)
    ask_written_erasure(citra, member, "Surat 1")
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert carry_out_due() == 1
    contact = Contact.objects.get()
    assert (contact.duty, contact.from_on) == ("", term.from_on)
