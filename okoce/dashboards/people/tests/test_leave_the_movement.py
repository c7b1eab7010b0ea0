"""Somebody leaves the movement and comes back; neither changes what was counted."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.pipeline import tallies
from okoce.pipeline.tests.factories import walked_to
from tests.cast import SENEN
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def siti() -> Member:
    return walked_to(3, name="Siti Aminah")


def at(member: Member, deed: str = "") -> str:
    return f"/anggota/{member.number}{deed and '/' + deed}"


def test_who_leaves_stays_counted_and_her_page_says_since_when(desk: Desk, ani: Actor, siti: Member) -> None:
    browser, before = desk(ani), tallies.counts(SENEN, date(2030, 1, 1))
    browser.post(at(siti, "keluar"), {"left_on": "2018-09-30"})
    siti.refresh_from_db()
    assert siti.left_on == date(2018, 9, 30)
    assert tallies.counts(SENEN, date(2030, 1, 1)) == before
    assert "Keluar 30 September 2018" in words(page(browser.get(at(siti))).main)


def test_who_comes_back_is_there_as_before(desk: Desk, ani: Actor, siti: Member) -> None:
    browser = desk(ani)
    browser.post(at(siti, "keluar"), {"left_on": "2018-09-30"})
    for _pressed_twice in range(2):
        browser.post(at(siti, "kembali"))
    siti.refresh_from_db()
    assert siti.left_on is None
    assert Event.objects.filter(kind="members.member_returned").count() == 1


@pytest.mark.parametrize("day", ["", "2099-01-01", "2017-12-31", "kemarin"])
def test_a_day_that_cannot_be_is_told_beside_the_field_and_she_stays(
    desk: Desk, ani: Actor, siti: Member, day: str
) -> None:
    shown = page(desk(ani).post(at(siti, "keluar"), {"left_on": day}), 422)
    [wrong] = shown.select(".field-invalid [name]")
    assert wrong["name"] == "left_on"
    siti.refresh_from_db()
    assert siti.left_on is None
