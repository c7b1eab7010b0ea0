"""A member sees where she was sent and takes her consent back: the offices read nothing of it from then on, and she what was told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.community.partners.actions.own_referrals import withdraw_own_referral
from okoce.community.partners.actions.referrals import (
    accept_referral,
    close_referral,
    decline_referral,
    withdraw_referral,
)
from okoce.community.partners.queries.referrals import (
    list_referrals,
    person_to_send,
    referrals_of,
    referrals_waiting,
)
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.referring import REASON, SHOWN, World, make_world, stored
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import NotAllowed, NotFound
from tests.cast import SYSTEM, account_of

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]
Desk = Callable[[Actor], Client]


@pytest.fixture
def world() -> World:
    return make_world()


def told() -> int:
    return Event.objects.filter(kind="partners.referral_consent_withdrawn").count()


def test_she_reads_to_whom_she_was_sent_and_what_was_shared(world: World, phone_of: Browser) -> None:
    browser = phone_of(world.siti)
    assert "Belum pernah dirujuk" in drawn(browser.get("/saya/rujukan"))
    referral = world.sent()
    shown = drawn(browser.get("/saya/rujukan"))
    for said in ("Bank Maju", "Menunggu jawaban", "Modal kerja untuk oven", "Dikirim Dinas UMKM"):
        assert said in shown
    assert "nomor HP Anda" not in shown
    accept_referral(world.banker, referral)
    assert "juga nomor HP Anda, kepada Bank Maju" in drawn(browser.get("/saya/rujukan"))


def test_she_reads_where_it_lies_since_when_and_until_when(world: World, phone_of: Browser) -> None:
    browser = phone_of(world.siti)
    assert "Rujukan saya" not in drawn(browser.get("/saya"))
    referral = world.sent()
    assert "Rujukan saya" in drawn(browser.get("/saya"))
    today, week = day_in_words(today_wib()), day_in_words(today_wib() + timedelta(days=7))
    assert f"Sejak {today} menunggu jawaban Bank Maju, paling lambat {week}." in drawn(
        browser.get("/saya/rujukan")
    )
    with transaction.atomic(), opened_by(SYSTEM):
        Referral.objects.update(due_on=today_wib() - timedelta(days=1))
    assert "Seharusnya dijawab" in drawn(browser.get("/saya/rujukan"))
    accept_referral(world.banker, referral)
    assert f"Sejak {today} ditangani Bank Maju." in drawn(browser.get("/saya/rujukan"))
    close_referral(world.banker, referral, "served", "Dilayani Senin")
    over = drawn(browser.get("/saya/rujukan"))
    assert "Hasilnya menurut Bank Maju: Sudah dilayani. Dilayani Senin" in over
    assert "Sejak hari ini" not in over
    assert "Rujukan saya" not in drawn(browser.get("/saya"))


def test_she_reads_why_she_was_not_taken(world: World, phone_of: Browser) -> None:
    decline_referral(world.banker, world.sent(), REASON)
    assert f"Alasannya: {REASON}" in drawn(phone_of(world.siti).get("/saya/rujukan"))


def move_on(world: World, referral: Referral, step: str) -> None:
    """To where it stands when she thinks otherwise."""
    if step in {"accepted", "closed"}:
        accept_referral(world.banker, referral)
    if step == "closed":
        close_referral(world.banker, referral, "served", "Dilayani Senin")
    if step == "declined":
        decline_referral(world.banker, referral, REASON)
    if step == "withdrawn":
        withdraw_referral(world.coach, referral, REASON)


@pytest.mark.parametrize("step", ["sent", "accepted", "closed", "declined", "withdrawn"])
def test_from_then_on_neither_office_reads_of_it_whatever_had_become_of_it(
    world: World, phone_of: Browser, desk: Desk, citra: Actor, step: str
) -> None:
    referral = world.sent()
    move_on(world, referral, step)
    browser = phone_of(world.siti)
    address = f"/saya/rujukan/{referral.pk}/tarik"
    assert "tidak bisa kami hapus" in drawn(browser.get(address))
    assert stored(referral)[0] == step
    browser.post(address)
    browser.post(address)  # twice is once
    assert told() == 1
    assert stored(referral)[0] == ("declined" if step == "declined" else "withdrawn")
    for office in (world.coach, world.banker):
        assert list_referrals(office, "", 0).count == 0
        assert not referrals_waiting(office).exists()
        signed_in = desk(office)
        assert signed_in.get(f"/rujukan/{referral.pk}").status_code == 404
        for deed in ("terima", "tolak", "tarik", "selesai"):
            assert signed_in.post(f"/rujukan/{referral.pk}/{deed}").status_code in {403, 404}
    with pytest.raises(NotFound):
        person_to_send(world.banker, world.siti.number, [world.bank.pk])
    watching = desk(citra).get(f"/rujukan/{referral.pk}").content.decode()
    assert "Siti Aminah" not in watching
    assert SHOWN not in watching
    assert "oven" not in watching
    assert referrals_of(citra, world.siti) == []
    hers = drawn(browser.get("/saya/rujukan"))
    assert "Sejak itu kedua kantor tidak membaca rujukan ini" in hers
    assert "Anda menarik persetujuan atas rujukan ke Bank Maju" in drawn(browser.get("/saya/data/riwayat"))


def test_a_new_consent_sends_her_anew(world: World) -> None:
    first = world.sent()
    withdraw_own_referral(herself(world.siti), first)
    again = world.sent()
    assert again.pk != first.pk
    assert [one.pk for one in referrals_of(world.banker, world.siti)] == [again.pk]


def test_nobody_elses_is_hers_not_even_for_whoever_reaches_everything(
    world: World, phone_of: Browser, fitri: Actor
) -> None:
    referral = world.sent()
    wati = phone_of(member_with(name="Wati", region=world.siti.region))
    assert wati.get(f"/saya/rujukan/{referral.pk}/tarik").status_code == 404
    assert wati.post(f"/saya/rujukan/{referral.pk}/tarik").status_code == 404
    for actor in (fitri, world.coach, world.banker):
        with pytest.raises((NotFound, NotAllowed)):
            withdraw_own_referral(actor, referral)
    assert stored(referral)[0] == "sent"
    assert told() == 0


@pytest.mark.django_db(transaction=True)
def test_beside_the_offices_acceptance_one_of_the_two_comes_first_and_both_hold() -> None:
    world = make_world()
    referral = world.sent()
    account_of(herself(world.siti))
    deeds = (
        lambda: withdraw_own_referral(herself(world.siti), referral),
        lambda: accept_referral(world.banker, referral),
    )
    together(2, lambda place: deeds[place]())
    found = Referral.objects.get(pk=referral.pk)
    assert found.state == "withdrawn"
    assert found.consent_withdrawn_since is not None
    assert told() == 1
