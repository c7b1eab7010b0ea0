from datetime import date, timedelta

import pytest

from okoce.community.members.actions.residences import correct_residence, move_member
from okoce.community.members.models import Member, Residence
from okoce.community.members.queries import member_for
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Invalid, NotFound, Refused
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2018, 5, 1), date(2018, 6, 1)


def residences_of(member: Member) -> list[tuple[str, date | None, date | None]]:
    rows = Residence.objects.filter(member=member).order_by("id")
    return list(rows.values_list("region", "from_on", "until_on"))


def lives_where_she_always_did(member: Member) -> bool:
    return residences_of(member) == [] and Member.objects.get(pk=member.pk).region == SENEN


def test_a_move_closes_the_old_residence_and_opens_the_new(ani: Actor, budi: Actor) -> None:
    member = member_with()
    move_member(ani, member, region=COBLONG, moved_on=MAY)
    assert residences_of(member) == [(SENEN, None, MAY), (COBLONG, MAY, None)]
    assert member_for(budi, member.number).region == COBLONG
    with pytest.raises(NotFound):
        member_for(ani, member.number)
    assert history_of(budi, member)[0].sentence == "Anggota pindah dari Senen ke Coblong sejak 1 Mei 2018."


def test_the_same_move_twice_is_one(citra: Actor) -> None:
    member = member_with()
    for _click in range(2):
        move_member(citra, member, region=COBLONG, moved_on=MAY)
    assert len(residences_of(member)) == 2


@pytest.mark.parametrize("day", [MAY, MAY - timedelta(days=1)])
def test_a_day_that_is_not_after_the_last_move_is_refused(citra: Actor, day: date) -> None:
    member = member_with()
    move_member(citra, member, region=COBLONG, moved_on=MAY)
    with pytest.raises(Refused, match="1 Mei 2018"):
        move_member(citra, member, region=KEBAYORAN_BARU, moved_on=day)
    assert residences_of(member)[-1] == (COBLONG, MAY, None)


@pytest.mark.parametrize(
    ("region", "village", "days_from_now", "field"),
    [
        ("31.71", "", 0, "region"),
        ("99.99.99", "", 0, "region"),
        (COBLONG, "31.71.04.1001", 0, "village"),
        (COBLONG, "", 1, "moved_on"),
    ],
)
def test_unknown_places_and_the_future_are_refused(
    ani: Actor, region: str, village: str, days_from_now: int, field: str
) -> None:
    member = member_with()
    day = latest_today() + timedelta(days=days_from_now)
    with pytest.raises(Invalid) as refusal:
        move_member(ani, member, region=region, village=village, moved_on=day)
    assert [error.field for error in refusal.value.errors] == [field]
    assert lives_where_she_always_did(member)


def test_a_correction_of_somebody_who_never_moved_is_one_of_her_row(ani: Actor) -> None:
    member = member_with()
    correct_residence(ani, member, region=COBLONG)
    assert residences_of(member) == []
    assert Member.objects.get(pk=member.pk).region == COBLONG


def test_any_day_of_somebody_who_never_moved_is_in_her_only_home(ani: Actor) -> None:
    member = member_with()
    correct_residence(ani, member, region=COBLONG, on=date(1990, 1, 1))
    assert Member.objects.get(pk=member.pk).region == COBLONG


def test_a_correction_restates_the_past(citra: Actor) -> None:
    member = member_with()
    move_member(citra, member, region=COBLONG, moved_on=MAY)
    correct_residence(citra, member, region=KEBAYORAN_BARU)
    assert residences_of(member) == [(SENEN, None, MAY), (KEBAYORAN_BARU, MAY, None)]
    assert Member.objects.get(pk=member.pk).region == KEBAYORAN_BARU


def test_an_earlier_residence_can_be_corrected_without_moving_the_member(citra: Actor) -> None:
    member = member_with()
    move_member(citra, member, region=COBLONG, moved_on=MAY)
    correct_residence(citra, member, region=KEBAYORAN_BARU, on=MAY - timedelta(days=1))
    assert residences_of(member) == [(KEBAYORAN_BARU, None, MAY), (COBLONG, MAY, None)]
    assert Member.objects.get(pk=member.pk).region == COBLONG


def test_an_officer_of_another_area_moves_nobody(budi: Actor) -> None:
    member = member_with()
    for deed in (
        lambda: move_member(budi, member, region=COBLONG, moved_on=MAY),
        lambda: correct_residence(budi, member, region=COBLONG),
    ):
        with pytest.raises(NotFound):
            deed()
    assert lives_where_she_always_did(member)
