"""Whoever applied for a mitra herself is written to when she is asked something or refused, as a komunitas' founder is."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.partners.actions.partners import ask_partner, refuse_partner
from okoce.community.partners.actions.proposals import APPLICANT, withdraw_proposal
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.applicants import PHONE, applied
from okoce.community.partners.tests.factories import proposed
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.errors import Refused, TransitionRefused
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
ASKED, WHY = "Mana aktanya?", "Belum ada izin usahanya."


def told(code: str) -> list[tuple[str, dict[str, str]]]:
    """To which number, and what."""
    rows = Message.objects.filter(code=code).order_by("id")
    phones = dict(User.objects.values_list("pk", "phone"))
    return [(phones[one.user_id] or "", unseal(one.variables_encrypted)) for one in rows]


def test_she_is_told_that_she_was_asked_each_question_once(citra: Actor) -> None:
    partner = applied()
    for _click in range(2):
        ask_partner(citra, partner, ASKED)
    assert told("partner_asked") == [(PHONE, {"partner": partner.name})]
    assert told("partner_refused") == []


def test_she_is_told_the_written_reason_why_she_was_refused(citra: Actor) -> None:
    partner = applied()
    for _click in range(2):
        refuse_partner(citra, partner, WHY)
    assert told("partner_refused") == [(PHONE, {"partner": partner.name, "reason": WHY})]


def test_the_secretariat_reads_whether_she_could_be_told(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)
    asked = secretariat.post(f"/mitra/{applied().pk}/tanya", {"reason": ASKED}, follow=True)
    assert "Yang mengajukan dikirimi pesan." in words(page(asked))
    nobody = proposed("Bank Sepi")
    refused = secretariat.post(f"/mitra/{nobody.pk}/tolak", {"reason": WHY}, follow=True)
    assert "Yang mengajukan tidak bisa dikirimi pesan; hubungi sendiri." in words(page(refused))
    assert told("partner_refused") == []


def test_whoever_took_her_contact_back_is_told_nothing(citra: Actor) -> None:
    partner = applied()
    withdraw_proposal(APPLICANT, partner, PHONE)
    with pytest.raises((Refused, TransitionRefused)):
        refuse_partner(citra, partner, WHY)
    assert Partner.objects.get(pk=partner.pk).state == "refused"
    assert not Message.objects.exists()


def test_a_refusal_of_the_deed_tells_nobody(citra: Actor) -> None:
    partner = proposed("Bank Sepi")
    with pytest.raises(Refused):
        ask_partner(citra, partner, ASKED)
    assert not Message.objects.filter(code__in=("partner_asked", "partner_refused")).exists()
