"""Somebody without an account and without script reports an impostor on a telephone, reads the answer under a code, and opens it
again; an officer of the kecamatan answers at a desk."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.community.tickets.models import Ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from tests.cast import SENEN
from tests.dumps import tables_that_hold
from tests.journeys.conftest import DESK, PASSWORD, PHONE, assert_accessible, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STORY = "Ada yang mengaku Pendamping Joko dan meminta uang pendaftaran Rp250.000 di Pasar Senen."
ANSWER = "Joko bukan pendamping kami. Pendaftaran selalu gratis; mohon jangan membayar."
MORE = "Hari ini ia datang lagi, ke Blok III."


@pytest.fixture
def office(site: str) -> str:
    """The e-mail of an officer of Kecamatan Senen."""
    actor, email = Actor.system("journey"), "ani@okoce.test"
    user = create_user(actor, NewUser(name="Ani Kecamatan", email=email, password=PASSWORD))
    grant_role(actor, user, "petugas_kecamatan", Anchors(region=SENEN), date(2018, 1, 1))
    return email


def test_a_citizen_reports_an_impostor_reads_the_answer_and_opens_it_again(
    site: str, office: str, new_context: Callable[..., BrowserContext]
) -> None:
    citizen = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    address, code = reports(citizen, site)
    desk = new_context(viewport=DESK).new_page()
    sign_in(desk, site, office)
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
    phone.goto(address)
    assert_accessible(phone)
    assert tables_that_hold(STORY, ANSWER, MORE, code, code.replace("-", ""), "81298765432") == set(), (
        "sealed"
    )


def reports(citizen: Page, site: str) -> tuple[str, str]:
    """Answers the address of her page, and her code."""
    citizen.goto(f"{site}/lapor")
    citizen.check("[name=kind][value=impostor]")
    citizen.fill("[name=text]", STORY)
    citizen.fill("[name=about]", "Pendamping Joko")
    citizen.fill("[name=place]", "Kecamatan Entah")
    citizen.fill("[name=phone]", "081298765432")
    follow(citizen, "main form button")
    assert citizen.locator(".field-invalid").count() > 0
    assert citizen.input_value("[name=text]") == STORY, "nothing typed is lost"
    citizen.fill("[name=place]", "Senen")
    follow(citizen, "main form button")
    assert "Simpan kode ini" in citizen.inner_text("main")
    return citizen.url, citizen.locator("#h-code ~ p.address b").inner_text()


def answers(desk: Page, site: str) -> None:
    desk.goto(f"{site}/laporan")
    assert "Sisa 23 jam" in desk.inner_text("main")
    assert_accessible(desk)
    follow(desk, "section[aria-labelledby=h-queue] .task a")
    assert STORY in desk.inner_text("main")
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
