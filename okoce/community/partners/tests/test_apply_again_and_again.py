"""Nobody fills the queue by applying, taking it back and applying again: a number may send so many new ones in a term."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.organisations.forgetting import forget_filed
from okoce.community.organisations.limits import filed_over, phone_key
from okoce.community.organisations.models import ApplicationTerm, Filed
from okoce.community.partners.actions.proposals import APPLICANT, withdraw_proposal
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.applicants import (
    DETAILS,
    PHONE,
    applied,
    filled,
    proven,
    version,
)
from okoce.foundation.access.door import opened_by
from okoce.foundation.personal import registry
from okoce.foundation.personal.person import Person
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Refused
from tests.cast import SYSTEM
from tests.outbox import Outbox
from tests.pages import page, refused, words
from tests.together import together

pytestmark = pytest.mark.django_db
MOST = 5


def to_and_fro(times: int, **otherwise: str) -> None:
    """Apply and take it back, so many times."""
    for _time in range(times):
        partner = applied(**otherwise)
        withdraw_proposal(APPLICANT, partner, otherwise.get("contact_phone", PHONE))


def earlier(days: int) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        Filed.objects.update(filed_since=timezone.now() - timedelta(days=days))


def test_the_sixth_within_a_month_is_refused_until_a_day_that_is_named() -> None:
    to_and_fro(MOST)
    with pytest.raises(Refused) as refusal:
        applied()
    assert "sudah mengirim 5 pengajuan dalam 30 hari terakhir" in refusal.value.sentence
    assert day_in_words(today_wib() + timedelta(days=31)) in refusal.value.sentence
    assert "sekretariat" in refusal.value.sentence
    assert (Partner.objects.count(), Filed.objects.count()) == (MOST, MOST)
    assert applied(contact_phone="+6281300001111").state == "proposed"  # another number's are its own


def test_on_the_day_that_was_named_it_is_taken() -> None:
    to_and_fro(MOST)
    earlier(30)
    assert applied().state == "proposed"


def test_changing_one_and_sending_it_twice_count_as_one() -> None:
    for offer in ("Label.", "Label.", "Kemasan.", "Stiker.", "Label.", "Botol."):
        assert applied(offer=offer).state == "proposed"
    assert Filed.objects.count() == 1


def test_who_has_sent_enough_still_corrects_what_waits() -> None:
    to_and_fro(MOST - 1)
    partner = applied()
    assert applied(offer="Label.").pk == partner.pk
    assert Partner.objects.get(pk=partner.pk).offer == "Label."


def test_the_form_says_so_and_nothing_that_was_typed_is_lost(client: Client, outbox: Outbox) -> None:
    to_and_fro(MOST, name="PT Lain")
    proven(client, outbox)
    filled(client)
    told = {"kirim": "1", "consent": "1", "version": version()}
    found = refused(client.post("/mitra/daftar/wilayah", told))
    assert "sudah mengirim 5 pengajuan" in words(found.select_one("[role=alert]"))
    assert Partner.objects.count() == MOST
    again = page(client.get("/mitra/daftar/isi"))
    assert again.select_one("#id_name")["value"] == DETAILS["name"]
    earlier(31)
    assert client.post("/mitra/daftar/wilayah", told)["Location"] == "/mitra/daftar/selesai"
    assert Partner.objects.filter(name=DETAILS["name"], state="proposed").exists()


def test_another_limit_holds_from_its_day_on() -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        ApplicationTerm.objects.create(code="most_filed", value=1, from_on=today_wib(), source="Rapat")
    to_and_fro(1)
    with pytest.raises(Refused):
        applied()


def test_that_somebody_applied_is_forgotten_once_it_counts_no_more_and_with_her() -> None:
    to_and_fro(1)
    applied(contact_phone="+6281300001111", name="PT Lain")
    assert (filed_over().count(), forget_filed()) == (0, 0)
    earlier(31)
    assert (filed_over().count(), forget_filed()) == (2, 2)
    to_and_fro(1)
    applied(contact_phone="+6281300001111", name="PT Lain Lagi")
    with transaction.atomic(), opened_by(SYSTEM):
        registry.forget_everywhere(Person(member_ids=(), phones=(PHONE,)))
    assert [bytes(one.phone_hash) for one in Filed.objects.all()] == [phone_key("+6281300001111")]


@pytest.mark.django_db(transaction=True)
def test_the_last_one_is_taken_once_also_when_three_are_sent_at_once() -> None:
    to_and_fro(MOST - 1)
    results = together(3, lambda place: applied(name=f"PT {place}"))
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert Filed.objects.count() == MOST
