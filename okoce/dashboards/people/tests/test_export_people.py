"""Files of people: narrowed like the list, with the rights of when they are made, for their maker alone, for a day."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from okoce.community.members.actions.residences import move_member
from okoce.dashboards.models import Export
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import MOST_BUSY, ask_export, cancel_export
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
WHY = "Mengundang peserta pelatihan"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def maker(ani: Actor) -> User:
    return account_of(ani)


def made(user: User, query: str = "", form: str = "csv") -> Export:
    export = ask_export(actor_for_user(user), query, form, "semua anggota", WHY)
    exporting.make(export.pk)
    export.refresh_from_db()
    return export


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def content(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows(user: User, export: Export) -> list[dict[str, str]]:
    text = content(browser_of(user).post(f"/unduhan/{export.pk}/berkas")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_holds_the_people_of_the_list_and_nobody_elses(maker: User) -> None:
    siti = registered(name="Siti", nik="3171044107900001", phone="081234567890")
    registered(name="Asep", region=COBLONG)
    export = made(maker)
    assert (export.state, export.done) == ("done", 1)
    [row] = rows(maker, export)
    assert row["Nomor anggota"] == siti.number
    assert row["HP"] == "0812-3456-7890"
    assert row["Kecamatan"] == "Senen"
    assert row["Tahap terjauh"] == "P1"
    assert "3171044107900001" not in str(row)


def test_an_example_is_marked_in_its_row_behind_all_other_columns(maker: User) -> None:
    registered(name="Siti")
    registered(name="Contoh Agus", is_synthetic=True)
    told = {row["Nama"]: row["Contoh"] for row in rows(maker, made(maker))}
    assert told == {"Siti": "", "Contoh Agus": "orang rekaan"}
    assert list(rows(maker, made(maker))[0])[-1] == "Contoh"


def test_is_narrowed_as_the_list_was(maker: User) -> None:
    registered(name="Siti")
    registered(name="Agus")
    assert [row["Nama"] for row in rows(maker, made(maker, "q=agu"))] == ["Agus"]
    assert rows(maker, made(maker, "tahap=5")) == []


def test_no_cell_is_a_formula(maker: User) -> None:
    registered(name="Siti", business_name='=HYPERLINK("http://x")')
    assert rows(maker, made(maker))[0]["Nama usaha"].startswith("'=")
    export = made(maker, form="xlsx")
    answer = browser_of(maker).post(f"/unduhan/{export.pk}/berkas")
    book = zipfile.ZipFile(io.BytesIO(content(answer)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "&#x27;=HYPERLINK" in sheet or "'=HYPERLINK" in sheet
    assert ">Siti<" in sheet


def test_the_rights_are_those_of_when_it_is_made(maker: User) -> None:
    registered(name="Siti")
    export = ask_export(actor_for_user(maker), "", "csv", "semua anggota", WHY)
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=maker).update(region=COBLONG)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.done) == ("done", 0)


def test_who_has_lost_the_right_gets_no_file(maker: User, files: Path) -> None:
    export = ask_export(actor_for_user(maker), "", "csv", "semua anggota", WHY)
    User.objects.filter(pk=maker.pk).update(is_active=False)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert export.state == "failed"
    assert list(files.glob("*")) == []


def test_nobody_else_reads_it_not_even_with_a_wider_right(maker: User, desk: Desk, citra: Actor) -> None:
    registered(name="Siti")
    export = made(maker)
    stranger = desk(citra)
    assert stranger.get(f"/unduhan/{export.pk}").status_code == 404
    assert stranger.post(f"/unduhan/{export.pk}/berkas").status_code == 404
    assert stranger.post(f"/unduhan/{export.pk}/batal").status_code == 404


def test_asking_making_and_fetching_stand_in_the_trail_without_a_name(maker: User) -> None:
    registered(name="Siti")
    browser = browser_of(maker)
    browser.post("/anggota/unduh", {"berkas": "csv", "alasan": WHY, "saringan": "q=Siti&tahap=1"})
    export = Export.objects.get()
    exporting.make(export.pk)
    content(browser.post(f"/unduhan/{export.pk}/berkas"))
    told = list(
        Event.objects.filter(subject_type="dashboards.export").order_by("id").values_list("kind", "payload")
    )
    assert [kind for kind, _payload in told] == [
        "dashboards.export_asked",
        "dashboards.export_made",
        "dashboards.export_fetched",
    ]
    assert "Siti" not in str(told)
    assert told[1][1]["people"] == 1


def test_is_gone_after_a_day(maker: User, files: Path) -> None:
    registered(name="Siti")
    export = made(maker)
    assert exporting.purge_old_files() == 0
    Export.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert exporting.purge_old_files() == 1
    assert list(files.glob("*")) == []
    assert browser_of(maker).post(f"/unduhan/{export.pk}/berkas").status_code == 404
    assert "sudah dihapus" in words(page(browser_of(maker).get(f"/unduhan/{export.pk}")).main)


def test_stopped_before_it_began_it_never_begins(maker: User, files: Path) -> None:
    export = ask_export(actor_for_user(maker), "", "csv", "semua anggota", WHY)
    cancel_export(actor_for_user(maker), export.pk)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert export.state == "cancelled"
    assert list(files.glob("*")) == []


def test_stopped_on_the_way_it_leaves_no_file(
    maker: User, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    for _person in range(3):
        registered()
    export = ask_export(actor_for_user(maker), "", "csv", "semua anggota", WHY)
    real = exporting.rows_for

    def stop_after_the_first(actor: Actor, ids: list[int]) -> Any:
        Export.objects.filter(pk=export.pk).update(cancel_asked_at=timezone.now())
        return real(actor, ids)

    monkeypatch.setattr(exporting, "rows_for", stop_after_the_first)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.done) == ("cancelled", 1)
    assert list(files.glob("*")) == []


def test_asked_twice_is_once_and_a_few_at_a_time(maker: User) -> None:
    actor = actor_for_user(maker)
    first = ask_export(actor, "", "csv", "semua anggota", WHY)
    assert ask_export(actor, "", "csv", "semua anggota", WHY).pk == first.pk
    for stage in range(2, MOST_BUSY + 1):
        ask_export(actor, f"tahap={stage}", "csv", "semua anggota", WHY)
    with pytest.raises(Refused):
        ask_export(actor, "tahap=7", "csv", "semua anggota", WHY)
    assert Export.objects.count() == MOST_BUSY


def test_the_page_tells_how_far_it_is_and_renews_itself_without_script(maker: User) -> None:
    registered(name="Siti")
    browser = browser_of(maker)
    answer = browser.post(
        "/anggota/unduh", {"berkas": "csv", "alasan": WHY, "saringan": "tahap=1"}, follow=True
    )
    shown = page(answer)
    assert "P1 Pendaftaran" in words(shown.main)
    assert shown.select_one("noscript a")
    exporting.make(Export.objects.get().pk)
    assert "Unduh berkas" in words(page(browser.get(f"/unduhan/{Export.objects.get().pk}")).main)
    assert "Siap diunduh" in words(page(browser.get("/unduhan")).main)


class TestWhoWasTicked:
    def test_is_taken_alone_and_in_the_order_of_the_list(self, maker: User) -> None:
        agus, budi, siti = (registered(name=name) for name in ("Agus", "Budi", "Siti"))
        posted = {
            "berkas": "csv",
            "alasan": WHY,
            "orang": [siti.number, agus.number, siti.number],
            "saringan": "urut=nama",
        }
        browser_of(maker).post("/anggota/unduh", posted)
        export = Export.objects.get()
        assert export.chosen == [siti.pk, agus.pk]
        assert budi.pk not in export.chosen
        exporting.make(export.pk)
        assert [row["Nama"] for row in rows(maker, export)] == ["Siti", "Agus"]
        shown = words(page(browser_of(maker).get(f"/unduhan/{export.pk}")).main)
        assert "2 orang yang dicentang" in shown

    def test_somebody_out_of_reach_is_simply_not_there(self, maker: User) -> None:
        siti, asep = registered(name="Siti"), registered(name="Asep", region=COBLONG)
        merged = registered(name="S. Aminah")
        merge_members(SYSTEM, siti, merged)
        ticked = [asep.number, "OK-00000000-1", merged.number, siti.number]
        browser_of(maker).post("/anggota/unduh", {"berkas": "csv", "alasan": WHY, "orang": ticked})
        assert Export.objects.get().chosen == [siti.pk]

    def test_nobody_within_reach_is_refused_and_not_the_whole_list(self, maker: User) -> None:
        registered(name="Siti")
        asep = registered(name="Asep", region=COBLONG)
        for ticked in ([asep.number], ["x"], [""]):
            told = browser_of(maker).post(
                "/anggota/unduh", {"berkas": "csv", "alasan": WHY, "orang": ticked}, follow=True
            )
            assert "Yang dicentang tidak ada" in words(page(told).main)
        assert not Export.objects.exists()

    def test_who_is_out_of_reach_by_the_time_it_is_made_is_left_out(self, maker: User) -> None:
        siti, agus = registered(name="Siti"), registered(name="Agus")
        export = ask_export(actor_for_user(maker), "", "csv", "orang", WHY, [siti.pk, agus.pk])
        move_member(SYSTEM, agus, region=COBLONG, moved_on=date(2019, 1, 1))
        exporting.make(export.pk)
        export.refresh_from_db()
        assert (export.state, export.done) == ("done", 1)
        assert [row["Nama"] for row in rows(maker, export)] == ["Siti"]

    def test_everybody_who_matches_means_the_whole_list(self, maker: User) -> None:
        siti = registered(name="Siti")
        registered(name="Agus")
        posted = {"berkas": "csv", "alasan": WHY, "orang": siti.number, "semua": "1", "saringan": "tahap=1"}
        browser_of(maker).post("/anggota/unduh", posted)
        export = Export.objects.get()
        exporting.make(export.pk)
        assert (export.chosen, len(rows(maker, export))) == (None, 2)

    def test_another_choice_is_another_file(self, maker: User) -> None:
        siti, agus = registered(name="Siti"), registered(name="Agus")
        actor = actor_for_user(maker)
        asked = [
            ask_export(actor, "", "csv", "orang", WHY, chosen) for chosen in ([siti.pk], [agus.pk], [siti.pk])
        ]
        assert asked[0].pk == asked[2].pk != asked[1].pk

    def test_the_list_sends_ticks_and_filters_along(self, maker: User) -> None:
        registered(name="Siti")
        shown = page(browser_of(maker).get("/anggota?tahap=1"))
        button = shown.select_one("button[name=berkas][value=csv]")
        assert button["formaction"] == "/anggota/unduh"
        form = button.find_parent("form")
        assert form.select_one("input[name=orang]")
        assert form.select_one("input[name=saringan]")["value"] == "tahap=1"


def test_a_filter_that_is_too_long_is_refused_rather_than_cut(maker: User) -> None:
    with pytest.raises(Refused):
        ask_export(actor_for_user(maker), f"q={'a' * 5_000}&tahap=5", "csv", "pencarian", WHY)
    assert not Export.objects.exists()


def test_a_file_of_a_place_is_not_for_whoever_works_elsewhere_by_now(maker: User) -> None:
    registered(name="Siti")
    export = made(maker)
    assert content(browser_of(maker).post(f"/unduhan/{export.pk}/berkas"))
    facts = Event.objects.filter(kind="dashboards.export_fetched").count()
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=maker).update(region=COBLONG)
    answer = browser_of(maker).post(f"/unduhan/{export.pk}/berkas")
    assert "Wilayah tugas Anda berubah" in words(page(answer, 403).main)
    assert Event.objects.filter(kind="dashboards.export_fetched").count() == facts
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=maker).update(region="", role="sekretariat")
    assert content(browser_of(maker).post(f"/unduhan/{export.pk}/berkas"))


def test_whom_somebody_searched_for_is_kept_no_longer_than_the_file(maker: User) -> None:
    registered(name="Siti")
    export = made(maker, "q=3171044107900001&tahap=1")
    Export.objects.update(created_at=timezone.now() - timedelta(hours=25))
    exporting.purge_old_files()
    export.refresh_from_db()
    assert "3171044107900001" not in export.query
    assert "pencarian, P1" in words(page(browser_of(maker).get(f"/unduhan/{export.pk}")).main)


class TestAWorkerThatDied:
    def test_leaves_a_file_that_can_be_stopped_at_once(self, maker: User, files: Path) -> None:
        actor = actor_for_user(maker)
        export = ask_export(actor, "", "csv", "semua anggota", WHY)
        Export.objects.update(state="running")
        files.mkdir(parents=True, exist_ok=True)
        (files / export.stored_as).write_text("separuh")
        cancel_export(actor, export.pk)
        export.refresh_from_db()
        assert (export.state, list(files.glob("*"))) == ("cancelled", [])

    def test_blocks_nobody_for_longer_than_a_day(self, maker: User) -> None:
        actor = actor_for_user(maker)
        for stage in range(1, MOST_BUSY + 1):
            ask_export(actor, f"tahap={stage}", "csv", "P", WHY)
        Export.objects.update(state="running", created_at=timezone.now() - timedelta(hours=25))
        assert exporting.purge_old_files() == MOST_BUSY
        assert set(Export.objects.values_list("state", flat=True)) == {"failed"}
        ask_export(actor, "tahap=7", "csv", "P", WHY)


@pytest.mark.parametrize("query", ["wilayah=%00", "wilayah=Senen", "komunitas=entah", "tahap=9"])
def test_a_filter_that_cannot_be_meant_is_told_by_the_list_and_makes_no_file(maker: User, query: str) -> None:
    facts, browser = Event.objects.count(), browser_of(maker)
    answer = browser.post("/anggota/unduh", {"berkas": "csv", "alasan": WHY, "saringan": query})
    assert browser.get(answer["Location"]).status_code in {302, 422}
    assert not Export.objects.exists()
    assert Event.objects.exclude(kind__startswith="accounts.").count() <= facts


def test_who_has_no_file_yet_is_told_by_which_buttons_to_ask_for_one(maker: User) -> None:
    registered()
    browser = browser_of(maker)
    assert "tekan CSV atau XLSX di bawah daftarnya" in words(page(browser.get("/unduhan")).main)
    buttons = page(browser.get("/anggota")).select("button[name=berkas]")
    assert [words(button) for button in buttons] == ["CSV", "XLSX"]
