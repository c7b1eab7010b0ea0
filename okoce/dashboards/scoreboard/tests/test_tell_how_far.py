"""The page of a komunitas tells how far it has come: its row of the board, what is missing, and where its people are."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.groups.actions.groups import close_group, pause_group
from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.dashboards.tests.movement import people
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.target_models import Target
from tests.cast import SENEN, SYSTEM, officer
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LONG_AGO = date(2018, 3, 5)


def chair_of(group: Group) -> Actor:
    return officer("ketua", "pengurus_komunitas", Scope(group_id=group.pk), 61)


@pytest.fixture
def mawar() -> Group:
    """Eleven members, three of whom hold a permit; the target of each komunitas runs."""
    Target.objects.filter(node="K:*").update(until_on=today_wib())
    group = active_group("Mawar", SENEN)
    people(8, {1: LONG_AGO}, group=group)
    people(3, {stage: LONG_AGO + timedelta(days=stage) for stage in range(1, 5)}, group=group)
    return group


def test_it_is_the_row_of_the_board(desk: Desk, citra: Actor, mawar: Group) -> None:
    people(5, {1: LONG_AGO}, group=active_group("Melati", SENEN))
    client = desk(citra)
    [on_board] = [row for row in rows_of(client.get("/komunitas/papan")) if row[0] == "Mawar"]
    answer = client.get(f"/komunitas/{mawar.pk}")
    assert rows_of(answer)[0] == on_board
    assert "11 anggota, 3 di antaranya berizin: masih kurang 197." in words(page(answer).main)


def test_its_links_lead_to_its_people_and_its_funnel(desk: Desk, mawar: Group) -> None:
    people(5, {1: LONG_AGO}, group=active_group("Melati", SENEN))
    client = desk(chair_of(mawar))
    shown = page(client.get(f"/komunitas/{mawar.pk}"))
    hrefs = [str(link["href"]) for link in shown.select("section[aria-labelledby=h-board] a.button")]
    assert len(rows_of(client.get(hrefs[0]))) == 11
    assert "Mawar" in words(page(client.get(hrefs[1])).main)
    assert all(client.get(href).status_code == 200 for href in hrefs)


def test_one_that_has_reached_the_target_reads_so(desk: Desk, mawar: Group) -> None:
    Target.objects.filter(node="K:*").update(value=3)
    assert "target tercapai" in words(page(desk(chair_of(mawar)).get(f"/komunitas/{mawar.pk}")).main)


def test_where_no_target_is_written_nothing_is_missing(desk: Desk, mawar: Group) -> None:
    Target.objects.filter(node="K:*").update(withdrawn_on=today_wib(), withdrawal_reason="salah")
    shown = words(page(desk(chair_of(mawar)).get(f"/komunitas/{mawar.pk}")).main)
    assert "11 anggota, 3 di antaranya berizin." in shown
    assert "kurang" not in shown


def test_one_that_rests_is_told_and_neither_an_application_nor_one_that_ended_is(
    desk: Desk, citra: Actor, mawar: Group
) -> None:
    ended = close_group(SYSTEM, active_group("Melati", SENEN), "Bubar.")
    pause_group(SYSTEM, mawar, "Libur.")
    client = desk(citra)
    for group, is_told in ((mawar, True), (ended, False), (applied_group("Kenanga", SENEN), False)):
        shown = page(client.get(f"/komunitas/{group.pk}"))
        assert (shown.select_one("#h-board") is not None) == is_told


def test_it_costs_the_same_for_three_members_and_for_thirty(desk: Desk, mawar: Group) -> None:
    client = desk(chair_of(mawar))
    assert_constant_queries(
        lambda: client.get(f"/komunitas/{mawar.pk}"), lambda rows: people(rows, {1: LONG_AGO}, group=mawar)
    )
