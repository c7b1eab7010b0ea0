"""How many people a role may take along in files on one day: dated rows, used up by what was made."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from okoce.community.members.tests.together import together
from okoce.dashboards.models import Export, ExportLimit
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import ask_export
from okoce.dashboards.people.limits import allowance_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of
from tests.kept import unkept
from tests.pages import page, words

pytestmark = pytest.mark.django_db
WHY = "Mengundang peserta pelatihan"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def maker(ani: Actor) -> User:
    return account_of(ani)


@pytest.fixture
def two_a_day() -> Iterator[None]:
    """Taken back at the end: a transactional test would leave reference rows to the next one."""
    with unkept("dashboards_exportlimit"):
        ExportLimit.objects.filter(from_on=today_wib()).delete()
    ExportLimit.objects.create(
        role="petugas_kecamatan", people_a_day=2, from_on=today_wib(), source="Uji: dua orang sehari"
    )
    yield
    with unkept("dashboards_exportlimit"):
        ExportLimit.objects.filter(from_on=today_wib()).delete()


def asked(maker: User, query: str = "", chosen: list[int] | None = None) -> Export:
    return ask_export(actor_for_user(maker), query, "csv", "semua anggota", WHY, chosen)


def made(maker: User, query: str = "") -> Export:
    export = asked(maker, query)
    exporting.make(export.pk)
    export.refresh_from_db()
    return export


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_role_that_takes_files_along_has_a_row_from_the_first_day_on() -> None:
    taking = {name for name, role in ROLES.items() if Permission.MEMBERS_EXPORT in role.permissions}
    assert set(ExportLimit.objects.values_list("role", flat=True)) == taking
    assert set(ExportLimit.objects.values_list("from_on", flat=True)) == {date(2018, 1, 1)}


@pytest.mark.usefixtures("two_a_day")
def test_the_days_people_are_used_up_by_what_was_made(maker: User) -> None:
    siti, agus = registered(name="Siti"), registered(name="Agus")
    assert made(maker).done == 2
    assert allowance_of(actor_for_user(maker)).left == 0
    with pytest.raises(Refused, match="hari ini tersisa 0"):
        asked(maker, "tahap=1")
    with pytest.raises(Refused):
        asked(maker, chosen=[siti.pk, agus.pk])
    assert Export.objects.count() == 1


@pytest.mark.usefixtures("two_a_day")
def test_a_list_of_more_people_makes_no_file_and_takes_nothing_of_the_day(maker: User, files: Path) -> None:
    for name in ("Agus", "Budi", "Siti"):
        registered(name=name)
    export = made(maker)
    assert (export.state, export.done) == ("failed", 0)
    assert "2 orang sehari" in export.error
    assert list(files.glob("*")) == []
    assert allowance_of(actor_for_user(maker)).left == 2
    assert made(maker, "q=siti").state == "done"


@pytest.mark.usefixtures("two_a_day")
def test_on_the_next_day_it_begins_anew_and_another_officer_has_her_own(maker: User, ani: Actor) -> None:
    for name in ("Agus", "Siti"):
        registered(name=name)
    made(maker)
    assert allowance_of(actor_for_user(account_of(ani))).left == 2
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert allowance_of(actor_for_user(maker)).left == 2


@pytest.mark.usefixtures("two_a_day")
def test_what_was_stopped_or_failed_takes_nothing_of_the_day(maker: User) -> None:
    registered(name="Siti")
    made(maker)
    for state in ("cancelled", "failed"):
        Export.objects.update(state=state)
        assert allowance_of(actor_for_user(maker)).left == 2


def test_a_role_without_a_row_takes_nobody_along(maker: User) -> None:
    registered(name="Siti")
    with unkept("dashboards_exportlimit"):
        ExportLimit.objects.filter(role="petugas_kecamatan").delete()
    with pytest.raises(Refused):
        asked(maker)
    assert not Export.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "rapat", "a" * 301, "rapat\x00rapat rapat"])
def test_without_a_reason_that_says_something_there_is_no_file(maker: User, reason: str) -> None:
    with pytest.raises(Invalid):
        ask_export(actor_for_user(maker), "", "csv", "semua anggota", reason)
    told = browser_of(maker).post("/anggota/unduh", {"berkas": "csv", "alasan": reason})
    assert told.status_code == 422
    assert not Export.objects.exists()


def test_the_list_asks_why_first_and_loses_nothing(maker: User) -> None:
    siti = registered(name="Siti")
    browser = browser_of(maker)
    asked_why = page(
        browser.post("/anggota/unduh", {"berkas": "xlsx", "orang": siti.number, "saringan": "tahap=1"})
    )
    assert not Export.objects.exists()
    assert "tersisa 10.000 dari 10.000 orang" in words(asked_why.main)
    kept = {field["name"]: field["value"] for field in asked_why.select("main input[type=hidden]")}
    del kept["csrfmiddlewaretoken"]
    browser.post("/anggota/unduh", kept | {"alasan": WHY})
    export = Export.objects.get()
    assert (export.format, export.chosen, export.reason) == ("xlsx", [siti.pk], WHY)


@pytest.mark.django_db(transaction=True)
def test_two_files_of_one_officer_made_at_once_share_the_day(
    maker: User, two_a_day: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Agus", "Siti"):
        registered(name=name)
    exports = [asked(maker, "tahap=1"), asked(maker)]
    real = exporting.require_room

    def slowly(actor: Actor, people: int) -> None:
        real(actor, people)
        time.sleep(0.5)  # the other one looks meanwhile

    monkeypatch.setattr(exporting, "require_room", slowly)
    together(2, lambda place: exporting.make(exports[place].pk))
    assert sorted(Export.objects.values_list("state", flat=True)) == ["done", "failed"]
