"""Founding a komunitas, joining and leaving it."""

from datetime import date, timedelta

import pytest

from okoce.community.groups.actions.groups import NewGroup, create_group, validate_group
from okoce.community.groups.actions.memberships import join_group, leave_group
from okoce.community.groups.models import Group, Membership
from okoce.community.groups.queries import active_group_named, group_for, groups_in
from okoce.community.groups.tests.factories import active_group, applied_group, joined
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2018, 5, 1), date(2018, 6, 1)


def periods_of(member: Member) -> list[tuple[int, date | None, date | None]]:
    rows = Membership.objects.filter(member=member).order_by("id")
    return list(rows.values_list("group_id", "from_on", "until_on"))


def test_the_secretariat_founds_and_validates(citra: Actor) -> None:
    group = create_group(citra, NewGroup(code="MWR", name="Mawar Senen", region="31.71"))
    assert active_group_named("Mawar Senen") is None
    validate_group(citra, group, MAY)
    validate_group(citra, group, JUNE)  # a double click
    stored = Group.objects.get()
    assert (stored.state, stored.validated_on) == ("active", MAY)


@pytest.mark.parametrize("text", ["Mawar Senen", "  mawar   SENEN ", "mwr", "MWR"])
def test_an_active_komunitas_is_found_by_name_or_code(citra: Actor, text: str) -> None:
    group = create_group(citra, NewGroup(code="MWR", name="Mawar Senen"))
    validate_group(citra, group, MAY)
    assert active_group_named(text) == group


@pytest.mark.parametrize("text", ["", "  ", "Melati", "\x00", "mawar"])
def test_an_unknown_komunitas_is_none(citra: Actor, text: str) -> None:
    validate_group(citra, create_group(citra, NewGroup(code="MWR", name="Mawar Senen")), MAY)
    assert active_group_named(text) is None


def test_a_second_komunitas_of_the_name_is_refused(citra: Actor) -> None:
    create_group(citra, NewGroup(code="A", name="Mawar"))
    with pytest.raises(Conflict):
        create_group(citra, NewGroup(code="B", name="MAWAR"))
    assert Group.objects.count() == 1


@pytest.mark.parametrize(
    "new", [NewGroup(code="", name="X"), NewGroup(code="A", name=" "), NewGroup(code="A", name="X", kind="y")]
)
def test_an_incomplete_komunitas_is_refused(citra: Actor, new: NewGroup) -> None:
    with pytest.raises(Invalid):
        create_group(citra, new)
    assert not Group.objects.exists()


def test_officers_neither_found_nor_validate(ani: Actor) -> None:
    with pytest.raises(NotAllowed):
        create_group(ani, NewGroup(code="A", name="Mawar"))
    group = applied_group("Melati")
    with pytest.raises(NotAllowed):
        validate_group(ani, group, MAY)
    assert Group.objects.get().state == "applied"


def test_a_komunitas_is_seen_in_its_area(ani: Actor, budi: Actor) -> None:
    group = active_group("Mawar", region="31.71.04")
    assert group_for(ani, group.pk) == group
    assert list(groups_in(budi)) == []
    with pytest.raises(NotFound):
        group_for(budi, group.pk)


def test_who_joins_another_leaves_the_first(ani: Actor) -> None:
    member, mawar, melati = member_with(), active_group("Mawar"), active_group("Melati")
    join_group(ani, member, mawar.pk, MAY)
    join_group(ani, member, mawar.pk, MAY)
    join_group(ani, member, melati.pk, JUNE)
    assert periods_of(member) == [(mawar.pk, MAY, JUNE), (melati.pk, JUNE, None)]
    assert Member.objects.get(pk=member.pk).group_id == melati.pk
    assert history_of(ani, member)[0].sentence == "Masuk komunitas Melati sejak 1 Juni 2018."


def test_who_leaves_is_in_none(ani: Actor) -> None:
    member, mawar = member_with(), active_group("Mawar")
    joined(member, mawar, MAY)
    leave_group(ani, member, JUNE)
    leave_group(ani, member, JUNE)
    assert periods_of(member) == [(mawar.pk, MAY, JUNE)]
    assert Member.objects.get(pk=member.pk).group_id is None
    join_group(ani, member, mawar.pk, JUNE)
    assert len(periods_of(member)) == 2


def test_a_day_before_the_last_change_and_the_future_are_refused(ani: Actor) -> None:
    member, mawar, melati = member_with(), active_group("Mawar"), active_group("Melati")
    joined(member, mawar, JUNE)
    for day in (MAY, JUNE):
        with pytest.raises(Refused):
            join_group(ani, member, melati.pk, day)
    with pytest.raises(Refused):
        leave_group(ani, member, MAY)
    with pytest.raises(Invalid):
        leave_group(ani, member, latest_today() + timedelta(days=1))
    assert periods_of(member) == [(mawar.pk, JUNE, None)]


def test_a_komunitas_that_is_not_active_takes_nobody(ani: Actor) -> None:
    member = member_with()
    for group_id in (applied_group("Melati").pk, 10**9):
        with pytest.raises(Invalid):
            join_group(ani, member, group_id, MAY)
    assert periods_of(member) == []


def test_an_officer_of_another_area_finds_nobody(budi: Actor) -> None:
    member, mawar = member_with(), active_group("Mawar")
    with pytest.raises(NotFound):
        join_group(budi, member, mawar.pk, MAY)
    joined(member, mawar, MAY)
    with pytest.raises(NotFound):
        leave_group(budi, member, JUNE)
    assert periods_of(member) == [(mawar.pk, MAY, None)]
