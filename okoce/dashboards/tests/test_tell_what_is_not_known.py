"""What is not known of a loss: that somebody asked is told apart from that nobody did, and the reasons add up all the same."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import funnel
from okoce.dashboards.people_behind import people_behind
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.tests.factories import registered
from tests.callers import MEMBERS, anis_program
from tests.cast import SENEN, SYSTEM
from tests.pages import page, rows_of, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
JUNE = date(2018, 6, 1)


@pytest.fixture
def three() -> None:
    """One who was asked in vain, one who has no time, one whom nobody asked."""
    set_standstill(SYSTEM, registered(name="Ditanya"), 2, "unknown", JUNE)
    set_standstill(SYSTEM, registered(name="Sibuk"), 2, "no_time", JUNE)
    registered(name="Belum")


def test_the_reasons_of_a_loss_add_up_and_say_of_how_many_somebody_asked(three: None) -> None:
    [loss] = [one for one in funnel(SENEN).losses if one.stage == 2]
    assert {one.reason: (one.people, one.asked) for one in loss.reasons} == {
        "no_time": (1, 0),
        "unknown": (2, 1),
    }
    assert sum(one.people for one in loss.reasons) == loss.people == 3


@pytest.mark.parametrize(
    ("reason", "names", "label"),
    [
        ("unknown", ["Belum", "Ditanya"], "Belum diketahui"),
        ("unknown_asked", ["Ditanya"], "Belum diketahui: sudah ditanya"),
        ("unknown_unasked", ["Belum"], "Belum diketahui: belum ditanya"),
    ],
)
def test_the_list_behind_it_has_as_many_people(
    three: None, ani: Actor, reason: str, names: list[str], label: str
) -> None:
    behind = people_behind(ani, Asked(SENEN, today_wib(), stage=2, reason=reason))
    assert sorted(person.name for person in behind.people) == names
    assert (behind.counted, behind.reason_label) == (len(names), label)


def test_the_page_of_the_funnel_says_it_to_officers(three: None, desk: Desk, ani: Actor) -> None:
    shown = words(page(desk(ani).get(f"/corong?wilayah={SENEN}&tahap=2")).main)
    assert "Belum diketahui 2" in shown
    assert "1 sudah ditanya" in shown


def test_an_officer_notes_it_sees_who_did_and_clears_it_by_its_own_button(desk: Desk, ani: Actor) -> None:
    siti, client = registered(name="Siti"), desk(ani)
    assert (
        client.post(f"/anggota/{siti.number}/alasan", {"stage": "2", "reason": "unknown"}).status_code == 302
    )
    shown = page(client.get(f"/anggota/{siti.number}"))
    assert "Sudah ditanya, belum diketahui" in words(shown.select_one("section[aria-labelledby=h-next]"))
    assert "dicatat Uji user:1" in words(shown.main)
    [form] = shown.select("form[action$='/alasan/hapus']")
    told = {str(one["name"]): str(one["value"]) for one in form.select("input[name=stage]")}
    assert client.post(str(form["action"]), told).status_code == 302
    assert not Standstill.objects.exists()  # set and taken back on one day
    assert "Sudah ditanya" not in words(
        page(client.get(f"/anggota/{siti.number}")).select_one("section[aria-labelledby=h-next]")
    )


def test_the_list_of_people_is_narrowed_by_either(three: None, desk: Desk, ani: Actor) -> None:
    client = desk(ani)

    def listed(reason: str) -> list[str]:
        return sorted(row[0] for row in rows_of(client.get(f"/anggota?macet={reason}")))

    assert listed("unknown") == ["Belum", "Ditanya"]
    assert listed("unknown_asked") == ["Ditanya"]
    assert listed("unknown_unasked") == ["Belum"]
    row = next(row for row in rows_of(client.get("/anggota")) if row[0] == "Ditanya")
    assert "Sudah ditanya, belum diketahui" in row


def test_programs_read_the_same(three: None) -> None:
    caller = anis_program()
    names = {
        reason: sorted(one["name"] for one in caller.get(f"{MEMBERS}?stuck={reason}").json()["items"])
        for reason in ("unknown", "unknown_asked", "unknown_unasked")
    }
    assert names == {
        "unknown": ["Belum", "Ditanya"],
        "unknown_asked": ["Ditanya"],
        "unknown_unasked": ["Belum"],
    }
