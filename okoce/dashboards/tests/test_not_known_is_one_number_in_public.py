"""The public reads one number of whom no reason is known; officers read of how many somebody asked, in lists of any length."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.funnel import funnel
from okoce.dashboards.tests.movement import people
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.pipeline import positions, tallies
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import completed, registered
from tests.cast import SENEN, SYSTEM
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MARCH, JUNE = date(2018, 3, 1), date(2018, 6, 1)
ASKED_WORDS = "sudah ditanya"


@pytest.fixture
def twenty() -> None:
    """Seven asked in vain, five who have no time, eight whom nobody asked."""
    people(7, {1: MARCH}, reason="unknown")
    people(5, {1: MARCH}, reason="no_time")
    people(8, {1: MARCH})
    positions.place_all()


def test_the_public_page_the_api_and_the_open_data_tell_one_number(twenty: None, client: Client) -> None:
    shown = words(page(client.get("/corong?tahap=2")).main)
    assert "Belum diketahui 15" in shown
    assert ASKED_WORDS not in shown.lower()
    [loss] = [one for one in client.get("/api/v1/public/funnel").json()["losses"] if one["before"] == "P2"]
    assert [(one["reason"], one["people"]) for one in loss["reasons"]] == [("no_time", 5), ("unknown", 15)]
    assert set(loss["reasons"][1]) == {"reason", "label", "people"}
    file = client.get("/data/corong.csv").content.decode()
    assert ASKED_WORDS not in file.lower()
    assert "unknown_asked" not in file


def test_where_all_were_asked_and_where_nobody_was_the_sum_holds() -> None:
    asked, silent = people(3, {1: MARCH}, reason="unknown"), people(2, {1: MARCH, 2: JUNE})
    tallies.fold()
    before_p2, before_p3 = funnel(SENEN).losses[:2]
    assert [(one.reason, one.people, one.asked) for one in before_p2.reasons] == [("unknown", len(asked), 3)]
    assert [(one.reason, one.people, one.asked) for one in before_p3.reasons] == [("unknown", len(silent), 0)]


def test_past_days_tell_what_was_noted_by_then() -> None:
    siti = registered(registered_on=MARCH)
    set_standstill(SYSTEM, siti, 2, "unknown", JUNE)

    def asked(day: date) -> tuple[int, int]:
        [reason] = funnel(SENEN, day).losses[0].reasons
        assert reason.reason == "unknown"
        return reason.people, reason.asked

    assert (asked(date(2018, 5, 31)), asked(JUNE)) == ((1, 0), (1, 1))
    completed(siti, p2=date(2018, 7, 1))
    assert (asked(JUNE), funnel(SENEN, date(2018, 7, 1)).losses[0].reasons) == ((1, 1), ())
    assert recount() == []


def test_it_is_never_named_as_the_most_frequent_reason(twenty: None, desk: Desk, citra: Actor) -> None:
    [row] = [row for row in rows_of(desk(citra).get("/anggota/menunggu")) if row[0] == "P2 sesudah P1"]
    assert row[7] == "Tidak ada waktu"


def test_it_is_offered_for_noting_and_its_two_parts_for_narrowing_alone(desk: Desk, ani: Actor) -> None:
    siti, client = registered(name="Siti"), desk(ani)
    offered = page(client.get(f"/anggota/{siti.number}")).select(
        "form[action$='/alasan'] [name=reason] option"
    )
    codes = {str(one["value"]) for one in offered}
    assert "unknown" in codes
    assert not codes & {"unknown_asked", "unknown_unasked"}
    narrowing = page(client.get("/anggota")).select("[name=macet] option")
    assert {"unknown", "unknown_asked", "unknown_unasked"} <= {str(one["value"]) for one in narrowing}
    before = Event.objects.count()
    answer = client.post(f"/anggota/{siti.number}/alasan", {"stage": "2", "reason": "unknown_asked"})
    assert answer.status_code == 422
    assert not Standstill.objects.exists()
    assert Event.objects.count() == before


@pytest.mark.parametrize("listed", [f"/belum-lanjut?wilayah={SENEN}&tahap=2&alasan=", "/anggota?macet="])
@pytest.mark.parametrize("reason", ["unknown", "unknown_asked", "unknown_unasked"])
def test_a_list_of_either_costs_as_many_queries_for_thirty_as_for_three(
    reason: str, listed: str, desk: Desk, ani: Actor
) -> None:
    client = desk(ani)

    def grow(count: int) -> None:
        people(count, {1: MARCH}, reason="" if reason == "unknown_unasked" else "unknown")
        positions.place_all()

    assert_constant_queries(lambda: client.get(listed + reason), grow)
    assert "Siti" in words(page(client.get(listed + reason)).main)
