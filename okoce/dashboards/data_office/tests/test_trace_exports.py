"""Files of people say by whom and why they were made; a line that is found elsewhere leads back; the data officer sees them all."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from okoce.dashboards.models import Export
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import ask_export
from okoce.dashboards.people.marking import codes_in, shown
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, account_of, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
WHY = "Mengundang peserta pelatihan & pameran"


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def indah() -> Actor:
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


@pytest.fixture
def maker(ani: Actor) -> User:
    return account_of(ani)


def made(maker: User, form: str = "csv", query: str = "") -> Export:
    export = ask_export(actor_for_user(maker), query, form, "semua anggota", WHY)
    exporting.make(export.pk)
    export.refresh_from_db()
    return export


def fetched(maker: User, export: Export) -> tuple[bytes, str]:
    browser = Client()
    browser.force_login(maker)
    answer = browser.post(f"/unduhan/{export.pk}/berkas")
    return b"".join(answer.streaming_content), answer["Content-Disposition"]


def test_every_row_of_a_csv_says_by_whom_and_a_program_reads_it_as_before(maker: User) -> None:
    for name in ("Agus", "Siti"):
        registered(name=name)
    export = made(maker)
    content, disposition = fetched(maker, export)
    assert f"anggota-{shown(export)}.csv" in disposition
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Nama"] for row in rows] == ["Agus", "Siti"]
    assert {row["Kode unduhan"] for row in rows} == {shown(export)}
    assert all(row["Diunduh oleh"].startswith(f"{maker.name}, ") for row in rows)
    assert rows[0]["Cakupan dan alasan"] == f"semua anggota; untuk: {WHY}"
    assert None not in rows[0]


def test_a_workbook_says_it_on_a_page_on_paper_and_in_its_properties(maker: User) -> None:
    registered(name="Siti")
    export = made(maker, "xlsx", "tahap=1")
    book = zipfile.ZipFile(io.BytesIO(fetched(maker, export)[0]))
    rows, about = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
    assert shown(export) in rows.split("<headerFooter>")[0]
    assert shown(export) in rows.split("<headerFooter>")[1]
    assert "pelatihan &amp;&amp; pameran" in rows.split("<headerFooter>")[1]
    for said in (shown(export), maker.name, "P1 Pendaftaran", "pelatihan &amp; pameran"):
        assert said in about
    assert shown(export) in book.read("docProps/custom.xml").decode()
    assert maker.name in book.read("docProps/core.xml").decode()


def test_a_found_line_leads_to_its_file_whatever_became_of_it_on_the_way(
    maker: User, desk: Desk, indah: Actor
) -> None:
    registered(name="Siti")
    export, other = made(maker), made(maker, query="tahap=1")
    line = fetched(maker, export)[0].decode("utf-8-sig").splitlines()[1]
    browser = desk(indah)
    for found in (line, line.lower(), f"kata teman: {shown(export).replace('-', ' ')} ini", export.code):
        answer = browser.post("/data-pribadi/unduhan", {"line": found})
        assert answer["Location"] == f"/data-pribadi/unduhan/{export.pk}"
    assert export.code != other.code
    told = words(page(browser.get(f"/data-pribadi/unduhan/{export.pk}")).main)
    for said in (shown(export), maker.name, "Petugas kecamatan", WHY, "1 kali, terakhir", "semua anggota"):
        assert said in told
    assert "diunduh: 1 orang" in told  # the trail's own line
    assert "Siti" not in told


@pytest.mark.parametrize("found", ["", "   ", "UN-222222-222222-222222", "Siti;0812", "\x00", "UN-" * 50])
def test_what_carries_no_code_of_ours_is_told_so_and_kept_nowhere(
    desk: Desk, indah: Actor, found: str
) -> None:
    facts = Event.objects.exclude(kind__startswith="accounts.").count()
    told = desk(indah).post("/data-pribadi/unduhan", {"line": found})
    assert told.status_code == 422
    assert Event.objects.exclude(kind__startswith="accounts.").count() == facts


def test_a_code_is_drawn_by_lot_and_told_apart_from_a_mistyped_one(maker: User) -> None:
    code = made(maker).code
    assert codes_in(f"x {code} y") == [code]
    wrong = code[:-1] + ("3" if code[-1] == "2" else "2")
    assert codes_in(wrong) == []


def test_all_files_stand_there_with_how_many_people_and_when_they_were_fetched(
    maker: User, desk: Desk, indah: Actor
) -> None:
    registered(name="Siti")
    browser = desk(indah)
    assert "Belum ada unduhan" in words(page(browser.get("/data-pribadi/unduhan")).main)
    export = made(maker)
    assert "belum diunduh" in words(page(browser.get("/data-pribadi/unduhan")).main)
    fetched(maker, export)
    fetched(maker, export)
    told = words(page(browser.get("/data-pribadi/unduhan")).main)
    for said in (WHY, maker.name, "1 orang, CSV", "diunduh 2 kali, terakhir"):
        assert said in told


def test_the_list_costs_the_same_for_three_and_thirty_and_goes_on_behind_fifty(
    desk: Desk, indah: Actor
) -> None:
    browser = desk(indah)

    def grow(count: int) -> None:
        author = account_of(officer("x", "petugas_skpd", Scope(region=SENEN), 5))
        for _time in range(count):
            Export.objects.create(
                author=f"user:{author.pk}", author_user_id=author.pk, format="csv", reason=WHY
            )

    assert_constant_queries(lambda: browser.get("/data-pribadi/unduhan"), grow)
    grow(30)
    first = page(browser.get("/data-pribadi/unduhan"))
    assert len(first.select(".task")) == 50
    [following] = [link["href"] for link in first.select("a") if "sebelum=" in link.get("href", "")]
    assert len(page(browser.get(following)).select(".task")) == 10


def test_who_makes_files_reads_nobody_elses_register(maker: User, desk: Desk, ani: Actor) -> None:
    export = made(maker)
    for address in ("/data-pribadi/unduhan", f"/data-pribadi/unduhan/{export.pk}"):
        assert desk(ani).get(address).status_code == 403
    of_a_place = desk(officer("x", "petugas_pelindungan_data", Scope(region=SENEN), 13))
    assert of_a_place.get(f"/data-pribadi/unduhan/{export.pk}").status_code == 404
    assert "Belum ada unduhan" in words(page(of_a_place.get("/data-pribadi/unduhan")).main)
    assert of_a_place.post("/data-pribadi/unduhan", {"line": export.code}).status_code == 422
