"""The member's first page: one next step, seven stamps, and nobody else's."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.models import Helper, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.tests.factories import SYSTEM, proof, registered, walked_to
from tests.cast import SENEN, officer
from tests.pages import page, refusal, words
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]


def test_a_member_sees_where_she_is_what_is_next_who_helps_and_by_when(phone_of: Phone) -> None:
    siti = walked_to(2, name="Siti Aminah")
    ratna = create_user(SYSTEM, NewUser(name="Ratna Wulandari", email="ratna@okoce.contoh"))
    Helper.objects.create(member=siti, user_id=ratna.pk, purpose="mentoring", from_on=date(2018, 1, 1))
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
    assert "milik anggota" in refusal(desk(ani).get("/saya"), 403)


def test_whoever_has_not_signed_in_is_led_to_the_sign_in() -> None:
    answer = Client().get("/saya")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk?next=/saya")


def test_the_page_is_kept_by_no_cache(phone_of: Phone) -> None:
    assert phone_of(registered()).get("/saya")["Cache-Control"] == "private, no-store"


def test_the_page_asks_the_database_little(phone_of: Phone) -> None:
    browser = phone_of(walked_to(7))
    browser.get("/saya")
    assert len(statements(lambda: browser.get("/saya"))) <= 12
