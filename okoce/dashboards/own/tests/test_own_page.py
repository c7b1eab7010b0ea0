"""The member's first page: one next step, seven stamps, and nobody else's."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.centres.tests.factories import opened_centre
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.models import Helper, Member
from okoce.community.partners.tests.factories import active_partner
from okoce.community.privacy.actions.erasures import ask_own_erasure
from okoce.dashboards.messages.tests.letters import welcomed
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.tests.factories import SYSTEM, proof, registered, walked_to
from tests.cast import SENEN, officer
from tests.pages import page, words
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]


def helped_by(name: str, member: Member) -> User:
    """Somebody of that name who has been mentoring the member for long."""
    user = create_user(SYSTEM, NewUser(name=name, email=f"{name.split(maxsplit=1)[0]}@okoce.contoh"))
    grant_role(SYSTEM, user, "pendamping", Anchors(), date(2018, 1, 1))
    Helper.objects.create(member=member, user_id=user.pk, purpose="mentoring", from_on=date(2018, 1, 1))
    return user


def test_a_member_sees_where_she_is_what_is_next_who_helps_and_by_when(phone_of: Phone) -> None:
    siti = walked_to(2, name="Siti Aminah")
    helped_by("Ratna Wulandari", siti)
    shown = page(phone_of(siti).get("/saya"))
    [card] = shown.select(".next-step")
    text = words(card)
    for part in ("Anda di tahap 3 dari 7: Pendampingan", "Terima 3 kunjungan pendamping", "Ratna Wulandari"):
        assert part in text
    assert card.select_one("time")
    assert len(card.select(".trail li")) == 7
    assert [str(stamp["data-state"]) for stamp in shown.select(".stamps > li")] == [
        "verified", "verified", *["todo"] * 5,
    ]  # fmt: skip


def test_a_helper_whose_office_has_ended_is_nobody_to_wait_for(phone_of: Phone) -> None:
    siti = walked_to(2, name="Siti Aminah")
    browser = phone_of(siti)
    ratna, wati = helped_by("Ratna Wulandari", siti), helped_by("Wati Lestari", siti)
    with transaction.atomic(), opened_by(SYSTEM):
        ratna.assignments.update(until_on=date(2018, 6, 1))
    text = words(page(browser.get("/saya")).select_one(".next-step"))
    assert "Ratna" not in text
    assert "Wati Lestari" in text
    User.objects.filter(pk=wati.pk).update(is_active=False)
    text = words(page(browser.get("/saya")).select_one(".next-step"))
    assert "Wati" not in text
    assert "Petugas Kecamatan Senen" in text


def test_claimed_evidence_makes_the_card_wait_for_others(phone_of: Phone) -> None:
    siti = walked_to(3)
    ani = officer("x", "penggerak", Scope(region=SENEN, group_id=None), 77)
    give_evidence(ani, siti, proof(4, date(2018, 9, 1)))
    card = page(phone_of(siti).get("/saya")).select_one(".next-step-waiting")
    assert "Tunggu P4 diperiksa" in words(card)
    assert "Petugas kecamatan" in words(card)


def test_an_officer_without_a_record_of_her_own_is_told_so(
    desk: Callable[[Actor], Client], ani: Actor
) -> None:
    assert "Ini halaman milik anggota" in words(page(desk(ani).get("/saya"), 403))


def test_whoever_has_not_signed_in_is_led_to_the_sign_in() -> None:
    answer = Client().get("/saya")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk?next=/saya")


@pytest.mark.parametrize("path", ["/saya", "/saya/paspor", "/saya/kartu", "/saya/data", "/saya/data/riwayat"])
def test_her_pages_are_kept_by_her_own_device_alone(phone_of: Phone, path: str) -> None:
    """`no-store` would keep the service worker from showing them without network."""
    assert phone_of(registered()).get(path)["Cache-Control"] == "private, no-cache"


def test_whoever_serves_her_komunitas_is_named_to_her_who_belongs_to_it(phone_of: Phone) -> None:
    siti, rose = walked_to(2, name="Siti Aminah"), active_group("Mawar")
    joined(siti, rose, date(2018, 1, 2))
    browser = phone_of(siti)

    def shown() -> str:
        return words(page(browser.get("/saya")).select_one(".next-step"))

    assert "Pengurus komunitas Mawar" in shown(), "nobody is known yet"
    wati, dian = (create_user(SYSTEM, NewUser(name=name, email=f"{name[:4]}@okoce.contoh")) for name in NAMES)
    appoint_officer(SYSTEM, rose, wati.email or "", Term("mobiliser", date(2026, 1, 3)))
    assert "Wati Lestari" in shown()
    appoint_officer(SYSTEM, rose, dian.email or "", Term("chair", date(2026, 1, 4)))
    assert "Dian Pratiwi" in shown(), "the chair before a mobiliser"
    assert "pengurus komunitas Mawar" in shown()
    User.objects.filter(pk=dian.pk).update(is_active=False)
    assert "Wati Lestari" in shown(), "whoever serves no more is nobody to go to"
    User.objects.filter(pk=wati.pk).update(member_id=restricted().pk)
    assert "Pengurus komunitas Mawar" in shown(), "who restricted her data is named to nobody"
    helped_by("Ratna Wulandari", siti)
    assert "Ratna Wulandari" in shown()


NAMES = ("Wati Lestari", "Dian Pratiwi")


def restricted() -> Member:
    member = registered(name="Wati Lestari")
    with transaction.atomic(), opened_by(SYSTEM):
        Member.objects.filter(pk=member.pk).update(is_restricted=True)
    return member


VARIANTS = ("new", "late", "waiting", "stuck", "done")


@pytest.mark.parametrize("is_helped", [False, True])
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_page_asks_the_database_little(phone_of: Phone, variant: str, *, is_helped: bool) -> None:
    """However many help her, whatever stands on the card, and with an open centre and news besides."""
    siti = walked_to({"new": 1, "waiting": 3, "done": 7}.get(variant, 2), name="Siti Aminah")
    rose = active_group("Mawar", SENEN)
    joined(siti, rose, date(2018, 1, 2))
    opened_centre(rose)
    ask_own_erasure(herself(siti), siti)
    welcomed(siti)
    if variant == "waiting":
        give_evidence(officer("x", "penggerak", Scope(region=SENEN), 77), siti, proof(4, date(2018, 9, 1)))
    if variant == "stuck":
        set_standstill(SYSTEM, siti, 3, "no_time", today_wib())
    if is_helped:
        dian = create_user(SYSTEM, NewUser(name="Dian Pratiwi", email="dian@okoce.contoh"))
        appoint_officer(SYSTEM, rose, dian.email or "", Term("chair", date(2026, 1, 4)))
        for name in ("Ratna Wulandari", "Tono Susilo", "Umi Kalsum"):
            helped_by(name, siti)
        bank = active_partner("Bank Maju")
        Helper.objects.create(member=siti, partner_id=bank.pk, purpose="financing", from_on=date(2018, 1, 1))
    browser = phone_of(siti)
    shown = words(page(browser.get("/saya")).main)
    assert ("1 pesan baru" in shown, "pukul" in shown, "Pusat terdekat" in shown) == (True, True, True)
    assert len(statements(lambda: browser.get("/saya"))) <= 12


def test_what_has_not_begun_is_drawn_in_dots_also_beside_its_word(phone_of: Phone) -> None:
    shown = page(phone_of(walked_to(1)).get("/saya"))
    badges = {words(badge): badge["class"] for badge in shown.select(".stamps .badge")}
    assert "badge-todo" in badges["Belum"]
    assert "badge-todo" not in badges["Dicap"]
