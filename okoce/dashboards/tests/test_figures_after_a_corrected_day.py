"""After the day of registration was corrected, every figure of every past day is what it would have been without the slip."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.groups.models import Membership
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import funnel, public_funnel
from okoce.dashboards.people_behind import people_behind
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import tallies
from okoce.pipeline.actions.registrations import correct_registration_day
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import completed, registered
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MARCH, MAY, JUNE, AUGUST = date(2018, 3, 1), date(2018, 5, 1), date(2018, 6, 1), date(2018, 8, 1)
DAY = timedelta(days=1)
DAYS = (MARCH - DAY, MARCH, MAY - DAY, MAY, JUNE - DAY, JUNE, AUGUST - DAY, AUGUST, date(2019, 1, 1))
NODES = ("", "31", "31.71", SENEN)


def somebody(name: str, came_in: date) -> Member:
    """One who went on to P2 in August."""
    member = registered(name=name, registered_on=came_in)
    completed(member, p2=AUGUST)
    return member


def figures(node: str, day: date) -> list[int]:
    """People of each stage, then the loss before each."""
    shown = funnel(node, day)
    return [stage.count for stage in shown.stages] + [loss.people or 0 for loss in shown.losses]


def all_figures() -> dict[tuple[str, date], list[int]]:
    return {(node, day): figures(node, day) for node in NODES for day in DAYS}


@pytest.mark.parametrize(("slip", "true"), [(JUNE, MARCH), (MARCH, JUNE), (JUNE, AUGUST)])
def test_past_days_read_as_if_it_had_been_typed_right(ani: Actor, slip: date, true: date) -> None:
    somebody("Sari", MAY)
    tallies.fold()
    before = all_figures()
    right = somebody("Siti", true)
    with_one = all_figures()
    assert with_one != before
    wrong = somebody("Sinta", slip)  # the same once more, typed wrong
    tallies.fold()
    correct_registration_day(ani, wrong, true)
    with_both = {
        key: [2 * one - none for one, none in zip(with_one[key], before[key], strict=True)] for key in before
    }
    assert all_figures() == with_both
    assert right.registered_on == Member.objects.get(pk=wrong.pk).registered_on
    assert recount() == []
    tallies.fold()
    assert all_figures() == with_both
    assert recount() == []


def test_her_komunitas_is_counted_anew_with_her(ani: Actor) -> None:
    group = active_group("Mawar", SENEN)
    member = registered(registered_on=JUNE)
    with transaction.atomic(), opened_by(SYSTEM):
        Membership.objects.create(member=member, group=group)  # since she came in
    node = f"K:{group.pk}"
    assert [tallies.counts(node, day).stages[1].people for day in (MARCH, JUNE)] == [0, 1]
    correct_registration_day(ani, member, MARCH)
    assert [tallies.counts(node, day).stages[1].people for day in (MARCH - DAY, MARCH, JUNE)] == [0, 1, 1]
    assert recount() == []


def test_a_reason_is_counted_from_the_later_of_its_day_and_hers(ani: Actor) -> None:
    member = registered(registered_on=MARCH)
    set_standstill(SYSTEM, member, 2, "no_time", MAY)

    def with_reason() -> list[int]:
        return [tallies.counts(SENEN, day).reasons[2].get("no_time", 0) for day in (MARCH, MAY, JUNE)]

    assert with_reason() == [0, 1, 1]
    correct_registration_day(ani, member, JUNE)
    assert with_reason() == [0, 0, 1]
    assert recount() == []


def test_the_list_behind_a_past_loss_and_the_public_page_follow(ani: Actor, desk: Desk) -> None:
    member = registered(name="Siti", registered_on=JUNE)

    def behind(day: date) -> list[str]:
        return [person.name for person in people_behind(ani, Asked(SENEN, day, stage=2)).people]

    assert behind(MAY) == []
    correct_registration_day(ani, member, MARCH)
    assert (behind(MARCH - DAY), behind(MAY)) == ([], ["Siti"])
    assert [public_funnel("", day).stages[0].count for day in (MARCH - DAY, MARCH)] == [0, 1]
    shown = words(page(desk(ani).get(f"/anggota/{member.number}")).main)
    assert "Terdaftar 1 Maret 2018" in shown
