"""Card and passport on paper: for every name, on demand, and never stored."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.actions.cards import issue_card
from okoce.community.members.models import Card, Member
from okoce.dashboards.own.papers import card_pdf, passport_pdf
from okoce.dashboards.passports import stamps_of
from okoce.foundation.web.documents import breakable
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.square_codes import qr_svg, square_code
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.tests.factories import SYSTEM, registered, walked_to
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
NAMES = [
    "S",
    "Siti Nur Aminah",
    "Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo " * 3,
    "W" * 200,
    "علي بن حسن",
    "Siti 😀 🇮🇩",
    "\u202eitiS",
    '#import "x"; $ x^2 $ *tebal* \\ [a] <b> @ref // komentar',
    '"}, {"name": "palsu',
    "李小龙",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_gives_a_card_and_a_passport(name: str) -> None:
    siti = walked_to(7)
    siti.name = name
    card = issue_card(SYSTEM, siti)
    address = "https://okoce.contoh/verifikasi/KA"
    stamps = stamps_of(journey_of(SYSTEM, siti))
    for content in (
        card_pdf(siti, card, address, "card"),
        card_pdf(siti, card, address, "sheet"),
        passport_pdf(siti, stamps, address),
    ):
        assert content.startswith(b"%PDF-")
        assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page/") <= 1


def test_a_very_long_word_may_be_broken_and_others_stay() -> None:
    assert breakable("Siti Aminah") == "Siti Aminah"
    assert breakable("W" * 45).replace("\u200b", "") == "W" * 45
    assert max(map(len, breakable("W" * 45).split("\u200b"))) == 5


def test_the_card_page_makes_a_card_by_its_button_and_replaces_it_by_its_form(phone_of: Phone) -> None:
    siti = registered()
    browser = phone_of(siti)
    assert "Anda belum punya kartu" in words(page(browser.get("/saya/kartu")).main)
    assert browser.get("/saya/kartu.pdf")["Location"] == "/saya/kartu"
    assert Card.objects.count() == 0  # looking makes nothing
    browser.post("/saya/kartu/buat")
    shown = page(browser.get("/saya/kartu"))
    assert shown.select_one(".member-card svg.qr")
    first = Card.objects.get()
    refused = browser.post("/saya/kartu/ganti", {"reason": "mistake"})  # an officer's reason
    assert page(refused, 422).select_one("#id_reason_error")
    browser.post("/saya/kartu/ganti", {"reason": "lost"})
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert Card.objects.filter(revoked_at__isnull=True).count() == 1


@pytest.mark.parametrize("path", ["/saya/paspor.pdf", "/saya/kartu.pdf", "/saya/kartu.pdf?ukuran=lembar"])
def test_a_document_is_kept_by_no_cache(phone_of: Phone, path: str) -> None:
    siti = walked_to(3)
    issue_card(SYSTEM, siti)
    answer = phone_of(siti).get(path)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert siti.number in answer["Content-Disposition"]


def test_the_passport_shows_who_checked_each_piece_of_evidence(phone_of: Phone) -> None:
    text = words(page(phone_of(walked_to(3)).get("/saya/paspor")).main)
    assert "Bukti di balik tiap cap" in text
    assert "Diperiksa sistem" in text
    assert "Masih perlu: Izin usaha pertama" in text


def test_behind_the_first_stamp_stands_the_registration_itself(phone_of: Phone) -> None:
    siti = registered()
    text = words(page(phone_of(siti).get("/saya/paspor")).main)
    assert f"Pendaftaran Anda, {day_text(siti.registered_on)}" in text


def test_the_square_code_of_page_and_paper_hold_the_same_modules() -> None:
    drawn = square_code("https://okoce.contoh/verifikasi/KA-2222-2222-2222")
    dark = sum(int(run.split("h")[1]) for run in drawn.path.split("M")[1:])
    assert dark > 300
    assert qr_svg("https://okoce.contoh/verifikasi/KA-2222-2222-2222").startswith("<svg")
