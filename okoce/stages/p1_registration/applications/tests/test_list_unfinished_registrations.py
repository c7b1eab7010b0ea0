"""Who did not finish is shown, with her consent, to those who may call her; and to nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.stages.p1_registration.applications.tests.applicants import begun, filled
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import COBLONG, SENEN, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
ADDRESS = "/daftar/belum-selesai"
Desk = Callable[[Actor], Client]


def stopped(name: str = "Siti Aminah", region: str = SENEN, **told: object) -> None:
    draft = begun(call_text_version="2", **told)
    filled(draft, until=DraftStep.WORK, name=name, region=region)


def test_it_tells_who_how_far_and_how_to_call(desk: Desk, ani: Actor) -> None:
    stopped()
    shown = page(desk(ani).get(ADDRESS)).select_one("main")
    assert shown is not None
    told = words(shown)
    assert "Siti Aminah" in told
    assert "Usaha" in told
    assert "0812-3456-7890" in told
    chat = shown.select_one("a[href^='https://wa.me/6281234567890?text=']")
    assert chat is not None
    assert "daftar" in str(chat["href"])
    assert shown.select_one("a[href='tel:+6281234567890']") is not None


def test_who_has_not_written_her_name_is_greeted_without_one(desk: Desk) -> None:
    mawar = active_group("Mawar")
    begun(call_text_version="2", invited_by=mawar.pk)
    of_mawar = officer("x", "penggerak", Scope(group_id=mawar.pk), 51)
    chat = page(desk(of_mawar).get(ADDRESS)).select_one("a[href^='https://wa.me/']")
    assert chat is not None
    assert "text=Halo.%20Pendaftaran" in str(chat["href"])


def test_it_is_empty_elsewhere(desk: Desk, budi: Actor) -> None:
    stopped()
    told = words(page(desk(budi).get(ADDRESS)).select_one("main"))
    assert "Siti Aminah" not in told
    assert "Tidak ada yang menunggu" in told


def test_a_penggerak_sees_whom_her_link_brought_wherever_they_live(desk: Desk) -> None:
    mawar = active_group("Mawar")
    stopped(region=COBLONG, invited_by=mawar.pk)
    stopped(name="Asep Coblong", region=COBLONG)
    of_mawar = officer("x", "penggerak", Scope(group_id=mawar.pk), 51)
    told = words(page(desk(of_mawar).get(ADDRESS)).select_one("main"))
    assert "Siti Aminah" in told
    assert "Asep" not in told


def test_it_costs_the_same_queries_for_three_and_for_thirty(desk: Desk, ani: Actor) -> None:
    browser = desk(ani)
    mawar = active_group("Mawar")

    def grow(count: int) -> None:
        for _ in range(count):
            stopped(invited_by=mawar.pk)

    assert_constant_queries(lambda: browser.get(ADDRESS), grow)


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "١"])
def test_a_cursor_that_is_none_begins_at_the_beginning(desk: Desk, ani: Actor, before: str) -> None:
    stopped()
    assert "Siti Aminah" in words(page(desk(ani).get(ADDRESS, {"sebelum": before})).select_one("main"))
