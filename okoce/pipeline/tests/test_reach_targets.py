"""How far a target is comes from the same tallies as the funnel; pace and forecast are computed as their definition says."""

from datetime import date, timedelta

import pytest
import time_machine

from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group, joined
from okoce.foundation.access.actor import Actor
from okoce.pipeline.actions.targets import NewTarget, set_target
from okoce.pipeline.queries.targets import Attainment, attainments, targets_among
from okoce.pipeline.states import EACH_GROUP
from okoce.pipeline.tests.factories import registered, walked_to
from tests.cast import COBLONG
from tests.query_counts import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TODAY = date(2019, 7, 1)


@pytest.fixture
def frozen():
    with time_machine.travel("2019-07-01T10:00:00+07:00", tick=True):
        yield


def reached(actor: Actor, **changed: object) -> Attainment:
    told = {
        "metric": "members",
        "node": "31",
        "from_on": date(2018, 1, 1),
        "until_on": date(2019, 12, 31),
        "value": 10,
    }
    target = set_target(actor, NewTarget(**{**told, "source": "uji", **changed}))  # type: ignore[arg-type]  # a mapping
    return attainments([target])[0]


def test_members_are_counted_in_the_place_of_the_target_today(citra: Actor) -> None:
    for _ in range(3):
        registered()
    registered(region=COBLONG)
    one = reached(citra)
    assert (one.as_of, one.reached, one.out_of, one.share) == (TODAY, 3, 10, 0.3)
    assert reached(citra, node="").reached == 4


def test_a_target_that_is_over_is_judged_on_its_last_day(citra: Actor) -> None:
    registered()
    registered(registered_on=date(2019, 5, 1))
    over = reached(citra, until_on=date(2018, 12, 31), value=1)
    assert (over.as_of, over.reached, over.is_over, over.is_met) == (date(2018, 12, 31), 1, True, True)
    assert (over.pace, over.needed, over.forecast) == (None, None, None)


def test_pace_is_the_mean_of_the_last_quarters_and_the_forecast_their_slowest_and_quickest(
    citra: Actor,
) -> None:
    quarter = timedelta(days=91)
    for number, people in enumerate((6, 3, 3, 0)):  # the latest first
        for _ in range(people):
            registered(registered_on=TODAY - quarter * number - timedelta(days=10))
    one = reached(citra, value=100)
    months = 91 / (365.25 / 12)
    left = (date(2019, 12, 31) - TODAY).days / (365.25 / 12)
    assert one.reached == 12
    assert one.pace == pytest.approx(3 / months)
    assert one.needed == pytest.approx(88 / left)
    assert one.forecast is not None
    assert (one.forecast.low, one.forecast.mean, one.forecast.high) == (
        12, round(12 + 3 / months * left), round(12 + 6 / months * left),
    )  # fmt: skip


def test_without_two_whole_quarters_there_is_no_forecast(citra: Actor) -> None:
    registered()
    young = reached(citra, from_on=TODAY - timedelta(days=100))
    assert young.pace is not None
    assert young.forecast is None


def test_a_target_that_has_not_begun_has_its_own_time_for_what_is_missing(citra: Actor) -> None:
    registered()
    early = reached(citra, from_on=date(2020, 1, 1), until_on=date(2020, 12, 31), value=13)
    assert (early.has_begun, early.pace, early.forecast) == (False, None, None)
    assert early.needed == pytest.approx(12 / (365 / (365.25 / 12)))


def test_on_its_last_day_a_target_is_neither_over_nor_forecast(citra: Actor) -> None:
    last = reached(citra, until_on=TODAY)
    assert (last.is_over, last.has_begun, last.needed, last.forecast) == (False, True, None, None)


def test_entrepreneurs_are_those_with_a_permit(citra: Actor) -> None:
    walked_to(4)
    walked_to(3)
    assert reached(citra, metric="entrepreneurs").reached == 1
    assert reached(citra, metric="p3_mentored").reached == 2


def test_komunitas_are_counted_where_they_are_at_home(citra: Actor) -> None:
    active_group("Mawar", "31.71.04")
    active_group("Melati", "32.73.02")
    active_group("Nusa")
    assert reached(citra, metric="communities", value=2).reached == 1
    assert reached(citra, metric="communities", node="", value=5).reached == 3


def test_each_komunitas_is_held_to_its_own_number(citra: Actor) -> None:
    mawar, _melati = active_group("Mawar"), active_group("Melati")
    for _ in range(2):
        joined(walked_to(4), mawar, date(2018, 6, 1))
    one = reached(citra, metric="entrepreneurs_per_community", node=EACH_GROUP, value=2)
    assert (one.reached, one.out_of, one.needed, one.forecast) == (1, 2, None, None)


def test_thirty_targets_cost_the_queries_of_three(citra: Actor) -> None:
    def grow(number: int) -> None:
        standing = len(targets_among(["31"]))
        for added in range(number):
            reached(citra, value=100 + standing + added)

    assert_constant_queries(lambda: attainments(targets_among(["31"])), grow)


def test_a_komunitas_that_was_validated_after_the_target_ended_does_not_count_against_it(
    citra: Actor,
) -> None:
    joined(walked_to(4), active_group("Mawar"), date(2018, 6, 1))
    late = active_group("Melati")
    Group.objects.filter(pk=late.pk).update(validated_on=date(2019, 6, 1))
    over = reached(
        citra, metric="entrepreneurs_per_community", node=EACH_GROUP, until_on=date(2019, 1, 31), value=1
    )
    assert (over.reached, over.out_of, over.is_met) == (1, 1, True)
