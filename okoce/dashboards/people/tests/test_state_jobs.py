"""How many people work in a business is stated on a page, or told with a permit; what takes eyes or papers by who may judge it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import latest_today
from okoce.pipeline import tallies
from okoce.pipeline.models import Evidence, JobStatement
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import walked_to
from tests.cast import SENEN, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LATER = date(2030, 1, 1)


@pytest.fixture
def siti() -> Member:
    return walked_to(4, name="Siti Aminah")


def typed(**told: str) -> dict[str, str]:
    return {"workers": "3", "stated_on": "2018-06-01", "level": "claimed", **told}


def at(member: Member, deed: str = "pekerja") -> str:
    return f"/anggota/{member.number}/{deed}"


def stated() -> list[tuple[int, str]]:
    return list(JobStatement.objects.order_by("id").values_list("workers", "level"))


def test_what_she_says_counts_as_claimed(desk: Desk, ani: Actor, siti: Member) -> None:
    browser = desk(ani)
    assert browser.post(at(siti), typed()).status_code == 302
    count = tallies.counts(SENEN, LATER).stages[4]
    assert (count.jobs_claimed, count.jobs_verified) == (3, 0)
    assert "3 · 1 Jun 2018 · Menurut anggota" in words(page(browser.get(at(siti))).main)
    assert recount() == []


def test_what_an_officer_of_permits_has_seen_counts_as_verified(desk: Desk, siti: Member) -> None:
    gita = officer("gita", "petugas_ptsp", Scope(region=SENEN), 7)
    desk(gita).post(at(siti), typed(level="seen", workers="2"))
    assert tallies.counts(SENEN, LATER).stages[4].jobs_verified == 2
    assert recount() == []


def test_a_volunteer_can_only_say_what_she_was_told(desk: Desk, siti: Member) -> None:
    visitor = officer("dewi", "pelatih", Scope(region=SENEN), 44)
    shown = page(desk(visitor).post(at(siti), typed(level="documented")), 422)
    assert "Peran Anda mencatat jumlah menurut anggota" in words(shown.main)
    assert stated() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("workers", ""),
        ("workers", "-1"),
        ("workers", "tiga"),
        ("workers", "100001"),
        ("stated_on", ""),
        ("level", "x"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_stated(
    desk: Desk, ani: Actor, siti: Member, field: str, value: str
) -> None:
    shown = page(desk(ani).post(at(siti), typed(**{field: value})), 422)
    assert {str(wrong["name"]) for wrong in shown.select(".field-invalid [name]")} == {field}
    assert stated() == []


def test_a_day_to_come_is_refused(desk: Desk, ani: Actor, siti: Member) -> None:
    tomorrow = latest_today() + timedelta(days=1)
    assert desk(ani).post(at(siti), typed(stated_on=tomorrow.isoformat())).status_code == 422
    assert stated() == []


class TestWithAPermit:
    def given(self, **told: str) -> dict[str, str]:
        return {
            "stage": "4",
            "happened_on": "2018-04-01",
            "kind": "IUMK",
            "number": "S-1",
            "note": "",
            "workers": "4",
            **told,
        }

    def test_they_are_stated_for_its_day(self, desk: Desk, ani: Actor) -> None:
        member = walked_to(3)
        desk(ani).post(at(member, "bukti"), self.given())
        assert tallies.counts(SENEN, LATER).stages[4].jobs_claimed == 4

    def test_with_another_stage_they_are_refused_and_nothing_is_handed_in(
        self, desk: Desk, ani: Actor
    ) -> None:
        member = walked_to(3)
        before = Evidence.objects.count()
        shown = page(desk(ani).post(at(member, "bukti"), self.given(stage="2", kind="")), 422)
        assert {str(wrong["name"]) for wrong in shown.select(".field-invalid [name]")} == {"workers"}
        assert (stated(), Evidence.objects.count()) == ([], before)
