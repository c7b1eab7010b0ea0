"""Somebody without an account and without script reports an impostor on a telephone with a screenshot, is asked back, reads the
answer under a code, and opens it again; an officer of the kecamatan answers at a desk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from okoce.community.tickets.models import Ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from tests.cast import SENEN
from tests.dumps import tables_that_show
from tests.journeys.conftest import DESK, PASSWORD, PHONE, assert_accessible, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STORY = "Ada yang mengaku Pendamping Joko dan meminta uang pendaftaran Rp250.000 di Pasar Senen."
ANSWER = "Joko bukan pendamping kami. Pendaftaran selalu gratis; mohon jangan membayar."
ASKED, TOLD = "Di blok berapa kejadiannya?", "Di Blok II, dekat tangga."
MORE = "Hari ini ia datang lagi, ke Blok III."


@pytest.fixture
def screenshot(settings: Settings, tmp_path: Path) -> Path:
    """As long as the screen of a telephone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    path = tmp_path / "Screenshot_2026-11-23.png"
    Image.new("RGB", (1080, 2400), "seagreen").save(path)
    return path


@pytest.fixture
def office(site: str) -> str:
    """The e-mail of an officer of Kecamatan Senen."""
    actor, email = Actor.system("journey"), "ani@okoce.test"
    user = create_user(actor, NewUser(name="Ani Kecamatan", email=email, password=PASSWORD))
    grant_role(actor, user, "petugas_kecamatan", Anchors(region=SENEN), date(2018, 1, 1))
    return email


def test_a_citizen_reports_an_impostor_reads_the_answer_and_opens_it_again(
    site: str, office: str, screenshot: Path, new_context: Callable[..., BrowserContext]
) -> None:
    citizen = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    address, code = reports(citizen, site, screenshot)
    desk = new_context(viewport=DESK).new_page()
    sign_in(desk, site, office)
    asks_back(desk, site)
    citizen.reload()
    assert ASKED in citizen.inner_text("main")
    assert "menunggu pelapor" in citizen.inner_text("main")
    citizen.fill("[name=text]", TOLD)
    follow(citizen, "text=Kirim keterangan")
    answers(desk, site)
    other = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    finds(other, site, code)
    for part in ("Mulai ditangani", "Jawaban", ANSWER, "Boleh dibuka lagi sampai"):
        assert part in other.inner_text("main")
    assert "Ani" not in other.content(), "which officer it was stays with the house"
    other.fill("[name=text]", MORE)
    follow(other, "text=Buka lagi >> nth=-1")
    assert "Dibuka lagi oleh pelapor" in other.inner_text("main")
    assert Ticket.objects.get().state == "new"
    desk.reload()
    assert MORE in desk.inner_text("main")
    assert "Sisa 23 jam" in desk.inner_text("main"), "the time to answer begins anew"
    phone = new_context(viewport=PHONE).new_page()
    for place in (address, f"{site}/lapor"):
        phone.goto(place)
        assert_accessible(phone)
    assert tables_that_show(STORY, ANSWER, MORE, code, code.replace("-", ""), "81298765432") == set(), (
        "sealed"
    )


def reports(citizen: Page, site: str, screenshot: Path) -> tuple[str, str]:
    """Answers the address of her page, and her code."""
    citizen.goto(f"{site}/lapor")
    citizen.check("[name=kind][value=impostor]")
    citizen.fill("[name=text]", STORY)
    citizen.fill("[name=about]", "Pendamping Joko")
    citizen.fill("[name=place]", "Kecamatan Entah")
    citizen.fill("[name=phone]", "081298765432")
    citizen.set_input_files("[name=photos]", screenshot)
    follow(citizen, "main form button")
    assert citizen.locator(".field-invalid").count() > 0
    assert citizen.input_value("[name=text]") == STORY, "nothing typed is lost"
    assert "Pilih lagi fotonya" in citizen.inner_text("main")
    citizen.fill("[name=place]", "Senen")
    citizen.set_input_files("[name=photos]", screenshot)
    follow(citizen, "main form button")
    assert "Simpan kode ini" in citizen.inner_text("main")
    assert_drawn(citizen)
    return citizen.url, citizen.locator("#h-code ~ p b.code").inner_text()


def assert_drawn(page: Page) -> None:
    """The photo has come, and is no wider than the screen."""
    photo = page.locator(".timeline .photo img")
    photo.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    box = photo.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]  # it has one
    assert box["height"] > box["width"] > 100


def asks_back(desk: Page, site: str) -> None:
    desk.goto(f"{site}/laporan")
    follow(desk, "section[aria-labelledby=h-queue] .task a")
    assert_drawn(desk)
    desk.click("text=Tanya balik")
    desk.fill("#id_ask_text", ASKED)
    follow(desk, "text=Kirim pertanyaan")
    assert "menunggu pelapor" in desk.inner_text("main")


def answers(desk: Page, site: str) -> None:
    desk.goto(f"{site}/laporan")
    assert "Sisa 23 jam" in desk.inner_text("main")
    assert_accessible(desk)
    follow(desk, "section[aria-labelledby=h-queue] .task a")
    assert STORY in desk.inner_text("main")
    assert TOLD in desk.inner_text("main")
    assert "tidak dibuktikan" in desk.inner_text("main")
    follow(desk, "text=Saya yang menangani")
    desk.fill("section[aria-labelledby=h-answer] [name=text] >> nth=0", ANSWER)
    follow(desk, "text=Kirim jawaban")
    assert_accessible(desk)


def finds(other: Page, site: str, code: str) -> None:
    """On another telephone, typed as people type."""
    other.goto(f"{site}/lapor/cari")
    other.fill("[name=kode]", code.lower().replace("-", " "))
    follow(other, "main form button")
    assert "Yang sudah terjadi" in other.inner_text("main")
