"""An officer imports a messy spreadsheet, corrects what was refused, and the funnel moves by exactly those rows."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.stages.p1_registration.imports import runs
from okoce.stages.p1_registration.models import Import
from tests.journeys.conftest import DESK, assert_accessible, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MESSY = """Data anggota Senen;;;;;;
;;;;;;
Nama Lengkap;No HP/WA;Kec;Kab/Kota;Tgl Daftar;p2_tanggal;Catatan
Siti Aminah;0890-1111-2222;Kec. Senen;Jakpus;01-05-2018;12/05/2018;baik
=cmd|' /C calc'!A0;0890-1111-2223;Senen;Jakpus;01-05-2018;;
Joko;12;Senen;Jakpus;1 Mei 2018;;
Wati;0890 1111 2225;Senenn;Jakpus;01-05-2018;01-04-2018;
Budi;08901111226;Senen;Jakpus;01-05-2018;;
"""
CORRECTED = {
    "No HP/WA": {"12": "0890-1111-2299"},
    "p2_tanggal": {"01-04-2018": "02-05-2018"},
}


def send(page: Page, site: str, name: str, text: str) -> None:
    page.goto(f"{site}/impor")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    follow(page, "text=Kirim dan lihat dahulu")


def import_now(page: Page) -> None:
    """Start, and do what the worker does; then look again."""
    follow(page, "text=Impor sekarang")
    runs.run(Import.objects.latest("pk").pk)
    page.reload()


def registered(page: Page, site: str) -> tuple[int, int]:
    """P1 and P2 of Senen as the funnel's page shows them."""
    page.goto(f"{site}/corong?wilayah=31.71.04&per=2018-12-31")
    values = page.locator(".funnel-value").all_inner_texts()
    return int(values[0].replace(".", "")), int(values[1].replace(".", ""))


def corrected(rejects: Path) -> str:
    """The rejects file with the two faults put right, as the officer would in a spreadsheet."""
    text = rejects.read_text("utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    kept = [row for row in rows if not row["Nama Lengkap"].lstrip("'").startswith("=")]
    for row in kept:
        for column, replacements in CORRECTED.items():
            row[column] = replacements.get(row[column], row[column])
    target = io.StringIO()
    writer = csv.DictWriter(target, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(kept)
    return target.getvalue()


def test_a_messy_file_is_taken_row_by_row_and_its_corrected_rejects_move_the_funnel_by_exactly_them(
    site: str, secretary: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport=DESK, accept_downloads=True).new_page()
    sign_in(page, site, secretary)
    assert registered(page, site) == (0, 0)

    send(page, site, "anggota.csv", MESSY)
    assert_accessible(page)
    assert page.locator("text=Begini kolomnya dibaca").count() == 1
    import_now(page)
    assert_accessible(page)
    assert registered(page, site) == (2, 1)

    page.go_back()
    with page.expect_download() as download:
        page.click("text=Unduh baris yang ditolak")
    text = corrected(Path(download.value.path()))
    assert text.count("\n") == 3

    send(page, site, "ditolak.csv", text)
    import_now(page)
    assert registered(page, site) == (4, 2)

    send(page, site, "anggota.csv", MESSY)
    import_now(page)
    assert registered(page, site) == (4, 2)


def test_what_is_no_spreadsheet_is_refused_in_one_sentence_and_nothing_is_kept(
    site: str, secretary: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport=DESK, java_script_enabled=False).new_page()
    sign_in(page, site, secretary)
    send(page, site, "gambar.csv", "\x89PNG\r\n\x1a\n")
    assert page.title().startswith("Kesalahan:")
    assert page.locator("[role=alert]").count() == 1
    assert not Import.objects.exists()
