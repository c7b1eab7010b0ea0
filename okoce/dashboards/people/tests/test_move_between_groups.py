"""A person joins, moves and leaves from her page; the history stays."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.groups.models import Membership
from okoce.community.groups.tests.factories import active_group, applied_group, joined
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MAY, JUNE = date(2018, 5, 1), date(2018, 6, 1)
FOUND, NOT_FOUND, UNPROCESSABLE = 302, 404, 422


def times_of(member: Member) -> list[tuple[str, date | None, date | None]]:
    rows = Membership.objects.filter(member=member).order_by("id")
    return list(rows.values_list("group__name", "from_on", "until_on"))


def test_she_joins_moves_and_leaves(desk: Desk, ani: Actor) -> None:
    member, client = registered(name="Siti"), desk(ani)
    active_group("Mawar", SENEN)
    active_group("Melati")
    here = f"/anggota/{member.number}/komunitas"
    assert here in client.get(f"/anggota/{member.number}").content.decode()
    client.post(here, {"komunitas": " mawar ", "from_on": "1-5-2018"})
    client.post(here, {"komunitas": "MELATI", "from_on": "2018-06-01"})
    assert times_of(member) == [("Mawar", MAY, JUNE), ("Melati", JUNE, None)]
    shown = words(page(client.get(here)).main)
    assert "Mawar 1 Mei 2018 – 1 Juni 2018" in shown
    assert "Melati 1 Juni 2018 – sekarang" in shown
    assert client.post(f"{here}/keluar", {"until_on": "2018-07-01"}).status_code == FOUND
    assert Member.objects.get(pk=member.pk).group_id is None


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"komunitas": "", "from_on": "2018-05-01"}, "komunitas"),
        ({"komunitas": "Tidak Ada", "from_on": "2018-05-01"}, "komunitas"),
        ({"komunitas": "Belum Divalidasi", "from_on": "2018-05-01"}, "komunitas"),
        ({"komunitas": "Mawar", "from_on": ""}, "from_on"),
        ({"komunitas": "Mawar", "from_on": "31-31-2018"}, "from_on"),
        ({"komunitas": "Mawar", "from_on": (today_wib() + timedelta(days=3)).isoformat()}, "from_on"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    desk: Desk, ani: Actor, told: dict[str, str], field: str
) -> None:
    member = registered(name="Siti")
    active_group("Mawar")
    applied_group("Belum Divalidasi")
    found = page(desk(ani).post(f"/anggota/{member.number}/komunitas", told), UNPROCESSABLE)
    assert words(found.select_one(f"#id_{field}_error"))
    assert found.select_one("#id_komunitas").get("value", "") == told["komunitas"]
    assert times_of(member) == []


def test_a_day_before_the_last_change_is_refused(desk: Desk, ani: Actor) -> None:
    member, client = registered(name="Siti"), desk(ani)
    joined(member, active_group("Mawar"), JUNE)
    found = page(
        client.post(f"/anggota/{member.number}/komunitas/keluar", {"until_on": "2018-05-01"}), UNPROCESSABLE
    )
    assert "1 Juni 2018" in words(found.select_one("#id_until_on_error"))
    assert times_of(member) == [("Mawar", JUNE, None)]


def test_an_officer_of_the_komunitas_that_she_leaves_goes_back_to_the_list(desk: Desk) -> None:
    member, mawar = registered(name="Siti"), active_group("Mawar")
    joined(member, mawar, MAY)
    dian = Actor(label="dian", grants=(Grant("pengurus_komunitas", Scope(group_id=mawar.pk)),))
    answer = desk(dian).post(f"/anggota/{member.number}/komunitas/keluar", {"until_on": "2018-06-01"})
    assert answer["Location"] == "/anggota"
    assert times_of(member) == [("Mawar", MAY, JUNE)]


def test_nobody_moves_a_stranger(desk: Desk, ani: Actor) -> None:
    stranger, client = registered(name="Asep", region=COBLONG), desk(ani)
    active_group("Mawar")
    here = f"/anggota/{stranger.number}/komunitas"
    assert client.get(here).status_code == NOT_FOUND
    assert client.post(here, {"komunitas": "Mawar", "from_on": "2018-05-01"}).status_code == NOT_FOUND
    assert times_of(stranger) == []


def test_the_history_costs_the_same_for_many_moves(desk: Desk, ani: Actor) -> None:
    member, client, moves = registered(name="Siti"), desk(ani), iter(range(100))

    def grow(count: int) -> None:
        for _move in range(count):
            place = next(moves)
            joined(member, active_group(f"Mawar {place}"), MAY + timedelta(days=place))

    assert_constant_queries(lambda: client.get(f"/anggota/{member.number}/komunitas"), grow)
