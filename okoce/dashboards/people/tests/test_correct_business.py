"""What stands about the business that somebody came with is put right by an officer, and the sums follow."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.actions.businesses import correct_business
from okoce.community.members.models import Business, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.queries import history_of
from okoce.pipeline import tallies
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import SYSTEM, proof, walked_to
from tests.cast import SENEN, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LATER = date(2030, 1, 1)


@pytest.fixture
def siti() -> Member:
    member = walked_to(3, name="Siti Aminah")
    correct_business(
        SYSTEM,
        member,
        {"entry_state": "trading", "name": "Kue Siti", "workers": 2, "monthly_turnover": 9_000_000},
    )
    return member


def typed(**told: str) -> dict[str, str]:
    stands = {
        "entry_state": "trading",
        "name": "Kue Siti",
        "sector": "",
        "since_on": "",
        "workers": "2",
        "nib": "",
    }
    return {**stands, "monthly_turnover": "9.000.000", "npwp": "", **told}


def address(member: Member) -> str:
    return f"/anggota/{member.number}/usaha"


def business_of(member: Member) -> dict[str, Any]:
    return (
        Business.objects.filter(member=member)
        .values("name", "sector", "workers", "monthly_turnover", "nib")
        .get()
    )


def test_the_form_shows_what_stands(desk: Desk, ani: Actor, siti: Member) -> None:
    fields = {
        str(one["name"]): one.get("value", "")
        for one in page(desk(ani).get(address(siti))).select("main input")
    }
    assert (fields["name"], fields["workers"]) == ("Kue Siti", "2")


def test_a_wrong_baseline_is_put_right_and_so_are_the_jobs_added_since(
    desk: Desk, ani: Actor, siti: Member
) -> None:
    give_evidence(ani, siti, proof(4, date(2018, 4, 1), workers=5))
    before = tallies.counts(SENEN, LATER).stages[4]
    assert (before.jobs_claimed, before.jobs_baseline) == (5, 2)
    assert desk(ani).post(address(siti), typed(workers="4", sector="Kuliner")).status_code == 302
    after = tallies.counts(SENEN, LATER).stages[4]
    assert (after.jobs_claimed, after.jobs_baseline) == (5, 4)
    assert (business_of(siti)["workers"], business_of(siti)["sector"]) == (4, "Kuliner")
    assert recount() == []
    line = history_of(ani, siti)[0]
    assert line.sentence == "Data usaha anggota diperbaiki: bidang usaha, pekerja."
    assert line.changes["business_workers"] == [2, 4]


def test_somebody_who_came_without_a_business_gets_one(desk: Desk, ani: Actor) -> None:
    member = walked_to(1, name="Rina")
    Business.objects.filter(member=member).delete()
    desk(ani).post(address(member), typed(name="Warung Rina", workers=""))
    assert business_of(member)["name"] == "Warung Rina"


def test_the_same_again_is_no_news(desk: Desk, ani: Actor, siti: Member) -> None:
    desk(ani).post(address(siti), typed(name="Kue Bu Siti"))
    count = len(history_of(ani, siti))
    desk(ani).post(address(siti), typed(name="Kue Bu Siti"))
    assert len(history_of(ani, siti)) == count


@pytest.mark.parametrize(
    ("field", "value"),
    [("workers", "-1"), ("workers", "dua"), ("nib", "123"), ("since_on", "2099-01-01"), ("entry_state", "x")],
)
def test_what_is_wrong_is_told_beside_the_field_and_changes_nothing(
    desk: Desk, ani: Actor, siti: Member, field: str, value: str
) -> None:
    stood = business_of(siti)
    shown = page(desk(ani).post(address(siti), typed(**{field: value})), 422)
    [wrong] = shown.select(".field-invalid [name]")
    assert wrong["name"] == field
    assert business_of(siti) == stood


def test_who_only_reads_changes_nothing(desk: Desk, siti: Member) -> None:
    reader = officer("dewi", "auditor", Scope(region=SENEN), 44)
    assert desk(reader).post(address(siti), typed(workers="9")).status_code == 403
    assert business_of(siti)["workers"] == 2


def test_a_stranger_finds_nobody(desk: Desk, ani: Actor) -> None:
    elsewhere = walked_to(1, name="Asep", region="32.73.02")
    assert desk(ani).get(address(elsewhere)).status_code == 404


def test_the_way_there_stands_on_her_page(desk: Desk, ani: Actor, siti: Member) -> None:
    shown = page(desk(ani).get(f"/anggota/{siti.number}"))
    assert {address(siti), f"/anggota/{siti.number}/pekerja", f"/anggota/{siti.number}/keluar"} <= {
        str(link["href"]) for link in shown.select("main a")
    }
    assert "Betulkan data usaha" in words(shown.main)
