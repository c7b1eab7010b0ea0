"""An officer notes a move with its day, within the area and out of it; what was only mistyped is corrected elsewhere."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.models import Member, Residence
from okoce.foundation.access.actor import Actor
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
TOLD = {"region": COBLONG, "village": "", "moved_on": "2019-03-01", "address": "Jl. Dago 5"}


@pytest.fixture
def siti() -> Member:
    return registered(name="Siti Aminah", address="Jl. Kwitang 1")


def at(member: Member) -> str:
    return f"/anggota/{member.number}/pindah"


def stands(member: Member) -> tuple[str, str]:
    return Member.objects.values_list("region", "address").get(pk=member.pk)


def test_from_her_page_a_kecamatan_is_looked_for_and_the_move_noted_with_its_day(
    desk: Desk, citra: Actor, siti: Member
) -> None:
    browser = desk(citra)
    person = page(browser.get(f"/anggota/{siti.number}"))
    assert person.select_one(f"a[href='{at(siti)}']") is not None
    found = page(browser.get(at(siti), {"cari": "coblong"}))
    assert found.select_one(f"main a[href='?kec={COBLONG}']") is not None
    form = page(browser.get(at(siti), {"kec": COBLONG}))
    assert form.select_one("input[name=region]")["value"] == COBLONG
    told = browser.post(at(siti), TOLD)
    assert told["Location"] == f"/anggota/{siti.number}"
    assert stands(siti) == (COBLONG, "Jl. Dago 5")
    rows = Residence.objects.order_by("id").values_list("region", "from_on", "until_on")
    assert list(rows) == [(SENEN, None, date(2019, 3, 1)), (COBLONG, date(2019, 3, 1), None)]
    history = words(page(browser.get(f"/anggota/{siti.number}/riwayat")).main)
    assert "pindah dari Senen ke Coblong sejak 1 Maret 2019" in history


def test_who_moves_out_of_the_area_leaves_it_and_the_officer_is_told(
    desk: Desk, ani: Actor, budi: Actor, siti: Member
) -> None:
    browser = desk(ani)
    left = page(browser.post(at(siti), TOLD, follow=True))
    assert "Kepindahan Siti Aminah ke Coblong" in words(left.main)
    assert "petugas di tempat barunya" in words(left.main)
    assert stands(siti) == (COBLONG, "Jl. Dago 5")
    assert browser.get(at(siti)).status_code == 404
    assert desk(budi).get(at(siti)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"moved_on": "2199-01-01"}, "moved_on"),
        ({"moved_on": ""}, "moved_on"),
        ({"village": "31.71.04.1001"}, "village"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_changes_nothing(
    desk: Desk, ani: Actor, siti: Member, wrong: dict[str, str], field: str
) -> None:
    shown = page(desk(ani).post(at(siti), {**TOLD, **wrong}), 422)
    assert shown.select_one(f"#id_{field}_error")
    assert "Jl. Dago 5" in words(shown.select_one("textarea"))
    assert stands(siti) == (SENEN, "Jl. Kwitang 1")


def test_nobody_of_another_place_nor_without_the_right_moves_anybody(
    desk: Desk, budi: Actor, dewi: Actor, siti: Member
) -> None:
    assert desk(budi).post(at(siti), TOLD).status_code == 404
    assert desk(dewi).post(at(siti), TOLD).status_code == 403
    assert at(siti) not in desk(dewi).get(f"/anggota/{siti.number}").content.decode()
    assert stands(siti) == (SENEN, "Jl. Kwitang 1")


def test_mistyping_and_moving_lead_to_one_another(desk: Desk, ani: Actor, siti: Member) -> None:
    browser, typed = desk(ani), f"/meja/{siti.number}/betulkan"
    assert page(browser.get(at(siti))).select_one(f"main a[href='{typed}']") is not None
    assert page(browser.get(typed)).select_one(f"main a[href='{at(siti)}']") is not None
