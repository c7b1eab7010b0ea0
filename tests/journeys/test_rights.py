"""All rights of the law on personal data, one after the other, as a member has them on her telephone and an officer serves them at a
desk; once she is erased she stands nowhere."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import DataRequest, ErasureRequest
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.pipeline.tests.factories import registered
from tests.cast import SYSTEM
from tests.dumps import tables_that_hold
from tests.journeys.conftest import DESK, PASSWORD, PHONE, assert_accessible, follow, sign_in
from tests.journeys.test_member import phone_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME, NIK, EMAIL = "Rukmini Wulandari", "3171044107900001", "rukmini@contoh.id"
QUESTION = f"Nama saya {NAME}, di sertifikat tertulis Rukmina. Mohon dibetulkan."
ANSWER = f"Sertifikat Ibu {NAME} sudah dicetak ulang."
BOXES = ("contact", "shop", "finances_mentor")


@pytest.fixture
def data_officer(site: str) -> str:
    """The e-mail of whoever answers for personal data."""
    actor, email = Actor.system("journey"), "dina@okoce.test"
    user = create_user(actor, NewUser(name="Dina", email=email, password=PASSWORD))
    grant_role(actor, user, "petugas_pelindungan_data", Anchors(), date(2018, 1, 1))
    return email


def test_she_has_every_right_over_her_data_and_in_the_end_stands_nowhere(
    site: str,
    secretary: str,
    data_officer: str,
    new_context: Callable[..., BrowserContext],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    member = registered(name=NAME, nik=NIK, phone="081234567890", address="Jl. Kwitang 77")
    group = pause_group(SYSTEM, active_group("Mawar"), f"Dijeda, Ibu {NAME} pindah.")
    desk = new_context(viewport=DESK).new_page()
    sign_in(desk, site, secretary)
    opens_the_nik(desk, f"{site}/anggota/{member.number}")
    her = phone_of(member, site, new_context(viewport=PHONE))
    sees_what_is_held(her, site, member)
    corrects_it(her)
    told = takes_it_along(her)
    assert (told["person"][0]["nik"], told["person"][0]["email"]) == (NIK, EMAIL)
    sees_who_looked(her)
    gives_and_withdraws(her, site)
    restricts(her, site)
    asks(her, site)
    office = new_context(viewport=DESK).new_page()
    sign_in(office, site, data_officer)
    is_answered(office, site)
    her.goto(f"{site}/saya/data/permintaan")
    assert ANSWER in her.inner_text("main")
    asks_to_be_erased(her, site)
    sees_her_wait(office, site, member)
    time_passes(member)
    her.goto(f"{site}/saya")
    assert "/masuk" in her.url
    office.goto(f"{site}/data-pribadi")
    assert "Tidak ada yang menunggu" in office.inner_text("main")
    desk.goto(f"{site}/anggota/{member.number}")
    assert "Data orang ini sudah dihapus" in desk.inner_text("main")
    stands_nowhere(group)


def stands_nowhere(group: Group) -> None:
    """Nor in what was written about others, which is there else."""
    assert Group.objects.get(pk=group.pk).state_reason == "Dijeda, Ibu [dihapus] pindah."
    assert tables_that_hold(NAME, "rukmini", "1234567890", NIK, EMAIL, "Jl. Kwitang", "Rukmina") == set()


def opens_the_nik(desk: Page, address: str) -> None:
    desk.goto(address)
    assert NIK not in desk.content()
    follow(desk, "text=Buka NIK lengkap")
    desk.fill("[name=reason]", "Mencocokkan SKU dengan kantor PTSP")
    follow(desk, "text=Tampilkan NIK")
    assert desk.inner_text("b.num") == "3171 0441 0790 0001"
    assert_accessible(desk)


def sees_what_is_held(her: Page, site: str, member: Member) -> None:
    her.goto(f"{site}/saya/data")
    held = her.inner_text("main")
    for part in (NAME, "Jl. Kwitang 77", member.number, "Hak Anda atas data ini"):
        assert part in held
    assert NIK not in her.content(), "also her own telephone shows it masked"
    assert_accessible(her)


def corrects_it(her: Page) -> None:
    follow(her, "text=Ganti surel")
    her.fill("[name=email]", "bukan surel")
    follow(her, "main form button")
    assert her.input_value("[name=email]") == "bukan surel", "nothing typed is lost"
    her.fill("[name=email]", EMAIL)
    follow(her, "main form button")
    assert EMAIL in her.inner_text("main")


def takes_it_along(her: Page) -> dict[str, Any]:
    with her.expect_download() as loaded:
        her.click("text=Unduh data saya")
    told: dict[str, Any] = json.loads(Path(loaded.value.path()).read_text())
    return told


def sees_who_looked(her: Page) -> None:
    follow(her, "text=Siapa yang melihat data saya")
    seen = her.inner_text("main")
    for part in ("Sekretariat PGO", "NIK Anda secara lengkap", "Mencocokkan SKU", "Halaman data Anda"):
        assert part in seen
    assert_accessible(her)


def gives_and_withdraws(her: Page, site: str) -> None:
    """Each purpose by itself."""
    her.goto(f"{site}/saya/data/izin")
    assert_accessible(her)
    for box in BOXES:
        her.check(f"[name={box}]")
    follow(her, "text=Simpan izin")
    assert [her.is_checked(f"[name={box}]") for box in BOXES] == [True, True, True]
    her.uncheck("[name=finances_mentor]")
    follow(her, "text=Simpan izin")
    assert [her.is_checked(f"[name={box}]") for box in BOXES] == [True, True, False]
    lines = her.locator("section[aria-labelledby=h-lines] li").all_inner_texts()
    assert sum("ditarik" in line for line in lines) == 1


def restricts(her: Page, site: str) -> None:
    her.goto(f"{site}/saya/data/batasi")
    assert_accessible(her)
    follow(her, "text=Batasi data saya")
    her.goto(f"{site}/saya/data")
    assert "Anda membatasi pemakaian data Anda" in her.inner_text("main")


def asks(her: Page, site: str) -> None:
    her.goto(f"{site}/saya/data/permintaan")
    her.check("[name=kind][value=correct]")
    her.fill("[name=text]", QUESTION)
    follow(her, "text=Kirim permintaan")
    assert "Dijawab paling lambat" in her.inner_text("main")
    assert_accessible(her)


def is_answered(office: Page, site: str) -> None:
    """On its clock of 72 hours, by whoever takes it."""
    office.goto(f"{site}/data-pribadi")
    assert "Sisa 71 jam" in office.inner_text("main")
    assert_accessible(office)
    follow(office, "main .task a")
    assert QUESTION in office.inner_text("main")
    follow(office, "text=Saya yang menjawab")
    assert "dijawab oleh Dina" in office.inner_text("main")
    assert_accessible(office)
    office.fill("[name=answer]", ANSWER)
    follow(office, "text=Kirim jawaban")
    one = DataRequest.objects.get()
    assert one.due - one.asked_at == timedelta(hours=72)
    assert one.answered_at is not None


def asks_to_be_erased(her: Page, site: str) -> None:
    her.goto(f"{site}/saya/data/hapus")
    her.check("[name=is_sure]")
    follow(her, "main form button")
    assert "Permintaan Anda menunggu" in her.inner_text("main")
    assert_accessible(her)


def sees_her_wait(office: Page, site: str, member: Member) -> None:
    office.goto(f"{site}/data-pribadi")
    assert "dijalankan sistem sesudah" in office.inner_text("main")
    assert member.number in office.inner_text("main")


def time_passes(member: Member) -> None:
    """Nothing happens before the day, and nobody has to press anything on it."""
    due = ErasureRequest.objects.get(member=member).not_before
    for moment, erased in ((due - timedelta(minutes=1), 0), (due + timedelta(minutes=1), 1)):
        with patch("django.utils.timezone.now", return_value=moment):
            assert carry_out_due() == erased
