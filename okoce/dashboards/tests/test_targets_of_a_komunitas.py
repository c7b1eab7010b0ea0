"""A komunitas shows its own targets and those that are set to each: how far it is, the pace it needs, and where its pace leads."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group, joined
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.pipeline.actions.targets import NewTarget, set_target
from okoce.pipeline.queries.targets import attainments, common_targets
from okoce.pipeline.states import EACH_GROUP
from okoce.pipeline.target_models import Target
from okoce.pipeline.tests.factories import walked_to
from tests.cast import COBLONG, SENEN, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
Desk = Callable[[Actor], Client]
TODAY = date(2019, 7, 1)
QUARTER = timedelta(days=91)
LATE = {"from_on": date(2018, 1, 1), "until_on": date(2019, 12, 31), "source": "uji"}
RUNNING = date(2018, 6, 1)


@pytest.fixture
def frozen():
    with time_machine.travel("2019-07-01T10:00:00+07:00", tick=True):
        yield


@pytest.fixture
def mawar() -> Group:
    """With people with a licence who joined in the last quarters: two, one, one and none, the latest first."""
    group = active_group("Mawar", SENEN, RUNNING)
    for number, people in enumerate((2, 1, 1, 0)):
        for _person in range(people):
            joined(walked_to(4), group, TODAY - QUARTER * number - timedelta(days=10))
    return group


def each(citra: Actor, value: int = 20, **changed: object) -> Target:
    told = {"metric": "entrepreneurs_per_community", "node": EACH_GROUP, "value": value, **LATE, **changed}
    Target.objects.filter(node=EACH_GROUP, source="Swakarya 2020-09-06").delete()
    return set_target(citra, NewTarget(**told))  # type: ignore[arg-type]  # a mapping


def address(group: Group) -> str:
    return f"/corong?komunitas={group.pk}"


def chair(group: Group) -> Actor:
    return officer("rina", "pengurus_komunitas", Scope(group_id=group.pk), 31)


def test_what_is_set_to_each_is_measured_on_one_with_pace_and_forecast(citra: Actor, mawar: Group) -> None:
    each(citra)
    [one] = attainments(common_targets(mawar.pk))
    months, left = 91 / (365.25 / 12), (date(2019, 12, 31) - TODAY).days / (365.25 / 12)
    assert (one.reached, one.out_of, one.share) == (4, 20, 0.2)
    assert one.pace == pytest.approx(1 / months)
    assert one.needed == pytest.approx(16 / left)
    assert one.forecast is not None
    assert (one.forecast.low, one.forecast.mean, one.forecast.high) == (
        4,
        round(4 + left / months),
        round(4 + 2 * left / months),
    )
    assert Target.objects.get(source="uji").node == EACH_GROUP  # asked of one, and set to each as before


def test_its_officers_read_it_on_its_page_and_on_the_page_of_its_numbers(
    desk: Desk, citra: Actor, mawar: Group
) -> None:
    each(citra)
    client = desk(chair(mawar))
    for shown in (client.get(f"/komunitas/{mawar.pk}"), client.get(address(mawar))):
        section = words(page(shown).select_one("[aria-labelledby=h-targets]"))
        assert "20,0% = 4 dari 20" in section
        assert "Perlu 3 sebulan." in section
        assert "Ramalan di akhir: 6, antara 4 dan 8." in section
        assert "di sini diukur pada komunitas ini" in section
    meant = words(page(client.get(address(mawar))).select_one("[aria-labelledby=h-targets] details"))
    assert "Batas bawah dan atas memakai triwulan paling lambat" in meant
    [link] = page(client.get(f"/komunitas/{mawar.pk}")).select("[aria-labelledby=h-targets] a")
    assert link["href"] == f"{address(mawar)}#h-targets"


def test_one_of_its_own_stands_beside_and_neither_is_derived_from_the_other(
    desk: Desk, citra: Actor, mawar: Group
) -> None:
    each(citra)
    set_target(citra, NewTarget(metric="members", node=f"K:{mawar.pk}", value=50, **LATE))  # type: ignore[arg-type]  # a mapping
    section = words(page(desk(citra).get(f"/komunitas/{mawar.pk}")).select_one("[aria-labelledby=h-targets]"))
    assert "20,0% = 4 dari 20" in section
    assert "8,0% = 4 dari 50" in section


def test_where_nothing_is_set_it_says_so(desk: Desk, mawar: Group) -> None:
    Target.objects.filter(node=EACH_GROUP).delete()
    client = desk(chair(mawar))
    assert "Belum ada target yang dicatat untuk komunitas ini." in words(
        page(client.get(f"/komunitas/{mawar.pk}")).main
    )
    assert "Belum ada target yang dicatat untuk lingkup ini." in words(page(client.get(address(mawar))).main)


def test_who_came_after_the_last_target_of_each_reads_one_thing_about_it(desk: Desk, citra: Actor) -> None:
    each(citra, until_on=date(2018, 12, 31))
    group = active_group("Melati", SENEN, date(2019, 2, 1))
    client, ended = (
        desk(chair(group)),
        "Target terakhir, 20 wirausaha berizin per komunitas, berakhir pada 31 Desember 2018",
    )
    shown = page(client.get(f"/komunitas/{group.pk}"))
    for part in ("h-board", "h-targets"):
        assert ended in words(shown.select_one(f"[aria-labelledby={part}]"))
    there = page(client.get(address(group)))
    assert ended in words(there.main)
    set_target(citra, NewTarget(metric="members", node=f"K:{group.pk}", value=50, **LATE))  # type: ignore[arg-type]  # a mapping
    for found in (shown, there, page(client.get(address(group))), page(client.get(f"/komunitas/{group.pk}"))):
        assert ended in words(found.main)
        assert "Belum ada target" not in words(found.main)


def test_who_is_asked_of_it_reads_it_once(desk: Desk, citra: Actor, mawar: Group) -> None:
    each(citra)
    shown = page(desk(citra).get(f"/komunitas/{mawar.pk}"))
    assert "Sumber: uji" not in words(shown.select_one("[aria-labelledby=h-targets]"))


def test_a_young_komunitas_has_no_forecast_and_is_told_why(desk: Desk, citra: Actor) -> None:
    group = active_group("Melati", SENEN, TODAY - timedelta(days=100))
    joined(walked_to(4), group, TODAY - timedelta(days=10))
    each(citra)
    [one] = attainments(common_targets(group.pk))
    assert (one.pace, one.forecast) == (pytest.approx(1 / (91 / (365.25 / 12))), None)
    section = words(
        page(desk(chair(group)).get(f"/komunitas/{group.pk}")).select_one("[aria-labelledby=h-targets]")
    )
    assert "Belum ada ramalan: perlu dua triwulan penuh" in section


def test_one_that_is_over_is_judged_and_none_is_asked_of_who_came_after_it(
    desk: Desk, citra: Actor, mawar: Group
) -> None:
    each(citra, until_on=date(2018, 12, 31))
    section = words(page(desk(citra).get(f"/komunitas/{mawar.pk}")).select_one("[aria-labelledby=h-targets]"))
    assert "Tidak tercapai" in section
    assert "dinilai pada hari terakhirnya" in section
    assert common_targets(active_group("Melati", SENEN, date(2019, 2, 1)).pk) == []


def test_one_that_rests_is_asked_nothing(citra: Actor, mawar: Group) -> None:
    each(citra)
    pause_group(citra, mawar, "Ketuanya sakit.")
    assert common_targets(mawar.pk) == []


def test_the_secretariat_withdraws_it_where_it_was_set_and_not_on_one_komunitas(
    desk: Desk, citra: Actor, mawar: Group
) -> None:
    standing = each(citra)
    href = f"/target/{standing.pk}/cabut"
    assert href in desk(citra).get("/target").content.decode()
    assert href not in desk(citra).get(address(mawar)).content.decode()


def test_strangers_read_nothing_of_it(desk: Desk, citra: Actor, mawar: Group) -> None:
    each(citra)
    other = desk(
        officer("budi", "pengurus_komunitas", Scope(group_id=active_group("Melati", COBLONG).pk), 32)
    )
    assert other.get(f"/komunitas/{mawar.pk}").status_code == 404
    assert other.get(address(mawar)).status_code == 404


def test_thirty_targets_of_a_komunitas_cost_the_queries_of_three(
    desk: Desk, citra: Actor, mawar: Group
) -> None:
    client = desk(chair(mawar))

    def grow(number: int) -> None:
        standing = Target.objects.count()
        for added in range(number):
            told = {"metric": "members", "node": f"K:{mawar.pk}", "value": 100 + standing + added, **LATE}
            set_target(citra, NewTarget(**told))  # type: ignore[arg-type]  # a mapping

    def visit() -> None:
        client.get(f"/komunitas/{mawar.pk}")
        client.get(address(mawar))

    assert_constant_queries(visit, grow)
    assert len(page(client.get(address(mawar))).select(".targets > li")) >= 30


def test_a_small_place_withholds_its_targets_and_says_so(client: Client, desk: Desk, citra: Actor) -> None:
    assert "Belum ada target" in words(page(client.get(f"/corong?wilayah={SENEN}")).main)
    set_target(citra, NewTarget(metric="members", node=SENEN, value=111, **LATE))  # type: ignore[arg-type]  # a mapping
    told = words(page(client.get(f"/corong?wilayah={SENEN}")).main)
    assert "dibaca petugasnya" in told
    assert "111" not in told
    assert "111" in words(page(desk(citra).get(f"/corong?wilayah={SENEN}")).main)
