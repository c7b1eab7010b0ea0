"""Whoever holds an office of the association takes back by herself that everybody reads her name: at once, and it is recorded."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.association.actions.own_naming import withdraw_own_naming
from okoce.community.association.models import Tenure
from okoce.community.association.tests.factories import branch_at, holding, someone
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import NotAllowed, NotFound
from tests.cast import account_of
from tests.together import together

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


def told() -> int:
    return Event.objects.filter(kind="association.naming_withdrawn").count()


def test_a_member_masks_her_name_on_the_public_page_at_once(phone_of: Browser, client: Client) -> None:
    siti = member_with(name="Siti Aminah")
    tenure = holding(branch_at(), siti.number, is_named=True)
    assert "Siti Aminah" in drawn(client.get("/perkumpulan"))
    browser = phone_of(siti)
    page = drawn(browser.get("/saya/jabatan"))
    assert "Ketua umum" in page
    assert "Nama Anda dibaca umum sejak" in page
    for _time in range(2):
        assert browser.post(f"/saya/jabatan/{tenure.pk}/nama").status_code == 302
    assert "Siti Aminah" not in drawn(client.get("/perkumpulan"))
    assert "Nama Anda disamarkan" in drawn(browser.get("/saya/jabatan"))
    assert told() == 1
    assert Tenure.objects.get(pk=tenure.pk).until_on is None, "the term itself goes on"


def test_an_officer_without_a_record_does_so_from_her_account(citra: Actor) -> None:
    user = account_of(citra)
    tenure = holding(branch_at(), user.email or "", is_named=True)
    browser = Client()
    browser.force_login(user)
    assert "Ketua umum" in drawn(browser.get("/saya/jabatan"))
    browser.post(f"/saya/jabatan/{tenure.pk}/nama")
    assert Tenure.objects.get(pk=tenure.pk).named_on is None
    [event] = Event.objects.filter(kind="association.naming_withdrawn")
    assert event.author == f"user:{user.pk}"


def test_nobody_takes_it_back_for_somebody_else_not_even_the_secretariat(citra: Actor, fitri: Actor) -> None:
    tenure = holding(branch_at(), someone("dian"), is_named=True)
    for actor in (citra, fitri, herself(member_with())):
        with pytest.raises(NotFound):
            withdraw_own_naming(actor, tenure.pk)
    with pytest.raises(NotAllowed):
        withdraw_own_naming(Actor.anonymous(), tenure.pk)
    assert Tenure.objects.get(pk=tenure.pk).named_on is not None
    assert told() == 0


def test_her_term_under_a_record_that_was_merged_is_hers(phone_of: Browser) -> None:
    old, siti = member_with(name="Siti"), member_with(name="Siti Aminah")
    tenure = holding(branch_at(), old.number, is_named=True)
    Member.objects.filter(pk=old.pk).update(merged_into=siti)
    assert "Ketua umum" in drawn(phone_of(siti).get("/saya/jabatan"))
    withdraw_own_naming(herself(siti), tenure.pk)
    assert Tenure.objects.get(pk=tenure.pk).named_on is None


def test_who_holds_no_office_reads_so_and_a_stranger_signs_in_first(
    phone_of: Browser, client: Client
) -> None:
    assert "Tidak ada jabatan" in drawn(phone_of(member_with()).get("/saya/jabatan"))
    assert client.get("/saya/jabatan")["Location"].startswith("/masuk")


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_recorded_once() -> None:
    siti = member_with(name="Siti Aminah")
    tenure = holding(branch_at(), siti.number, is_named=True)

    def withdraw(_place: int) -> date | None:
        return withdraw_own_naming(herself(siti), tenure.pk).named_on

    assert together(2, withdraw) == [None, None]
    assert told() == 1
    assert not User.objects.filter(member_id=siti.pk).exists()
