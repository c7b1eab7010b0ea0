"""A target of a programme is measured where the programme holds; a border that moves, an end and a new name are no progress."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.errors import Invalid, NotFound
from okoce.pipeline.actions.targets import NewTarget, set_target
from okoce.pipeline.programmes import programme_node
from okoce.pipeline.queries.targets import Attainment, attainments, targets_among
from okoce.pipeline.rules import forget_rules
from okoce.pipeline.target_models import Target
from okoce.pipeline.tests.factories import registered, walked_to
from okoce.pipeline.tests.rulings import as_if_always, as_if_decided
from tests.cast import COBLONG
from tests.query_counts import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TODAY = date(2019, 7, 1)
JAKARTA, ELSEWHERE = programme_node("7-pas"), programme_node("jaringan")


@pytest.fixture(autouse=True)
def rules_read_anew() -> Iterator[None]:
    """What a test decided about rules is gone with it, also from this process."""
    forget_rules()
    yield
    forget_rules()


@pytest.fixture
def frozen():
    with time_machine.travel("2019-07-01T10:00:00+07:00", tick=True):
        yield


def wanted(**changed: object) -> NewTarget:
    told = {
        "metric": "members",
        "node": JAKARTA,
        "from_on": date(2018, 1, 1),
        "until_on": date(2019, 12, 31),
        "value": 10,
        "source": "uji",
    }
    return NewTarget(**{**told, **changed})  # type: ignore[arg-type]  # a mapping


def reached(actor: Actor, **changed: object) -> Attainment:
    return attainments([set_target(actor, wanted(**changed))])[0]


def test_people_are_counted_where_the_programme_holds_and_each_under_one(citra: Actor) -> None:
    for _ in range(3):
        registered()
    walked_to(4, region=COBLONG)
    assert reached(citra).reached == 3
    assert reached(citra, node=ELSEWHERE).reached == 1
    assert reached(citra, node=ELSEWHERE, metric="p4_licensed").reached == 1
    assert reached(citra, metric="p4_licensed").reached == 0


def test_komunitas_are_counted_by_the_programme_of_their_home(citra: Actor) -> None:
    active_group("Mawar", "31.71.04")
    active_group("Melati", "32.73.02")
    active_group("Nusa")
    assert reached(citra, metric="communities").reached == 1
    assert reached(citra, metric="communities", node=ELSEWHERE).reached == 2


def test_a_place_that_changed_its_programme_is_neither_progress_nor_loss(citra: Actor) -> None:
    """Bandung comes under 7 PAS a month ago: its people count from then on, and were there in every quarter."""
    for _ in range(5):
        registered(region=COBLONG)
    registered(registered_on=TODAY - timedelta(days=10))
    as_if_decided(programme="7-pas", region="32.73", from_on=TODAY - timedelta(days=30))
    one, other = reached(citra), reached(citra, node=ELSEWHERE)
    months = 91 / (365.25 / 12)
    assert (one.reached, other.reached) == (6, 0)
    assert one.pace == pytest.approx(1 / 4 / months)
    assert other.pace == 0
    assert other.forecast is not None
    assert (other.forecast.low, other.forecast.high) == (0, 0)
    assert one.course is not None
    assert one.course.has_moved


def test_a_programme_that_is_over_is_judged_on_its_last_day(citra: Actor) -> None:
    registered()
    registered(registered_on=date(2019, 6, 1))
    as_if_always("7pas-2018", until_on=date(2019, 2, 1))
    one = reached(citra, value=1)
    assert (one.as_of, one.ends_on) == (date(2019, 1, 31), date(2019, 1, 31))
    assert (one.reached, one.is_over, one.is_met) == (1, True, True)
    assert (one.pace, one.needed, one.forecast) == (None, None, None)


def test_what_is_needed_of_a_programme_that_will_end_is_needed_by_then(citra: Actor) -> None:
    registered()
    one = reached(citra, until_on=date(2020, 12, 31), value=13)
    assert one.ends_on == date(2019, 12, 31)
    assert one.needed == pytest.approx(12 / ((date(2019, 12, 31) - TODAY).days / (365.25 / 12)))
    assert not one.is_over


def test_a_new_name_is_noted_and_counts_on(citra: Actor) -> None:
    registered()
    as_if_always("7pas-2018", until_on=date(2019, 2, 1))
    as_if_decided(programme="7-pas", name="7 TOP", region="31", from_on=date(2019, 2, 1))
    course = reached(citra).course
    assert course is not None
    assert (course.name_at_first, course.name, course.has_moved) == ("7 PAS 2018", "7 TOP", False)


def test_a_version_that_was_taken_back_after_the_target_was_set_leaves_nothing_to_count(citra: Actor) -> None:
    registered()
    as_if_decided(code="sebentar", programme="sebentar", region="31.71", from_on=date(2019, 9, 1))
    target = set_target(citra, wanted(node=programme_node("sebentar")))
    as_if_always("sebentar", until_on=date(2019, 9, 1))
    one = attainments([target])[0]
    assert one.course is not None
    assert (one.course.never_holds, one.reached) == (True, 0)


def test_a_programme_that_nobody_knows_or_that_holds_at_no_time_of_it_has_no_target(citra: Actor) -> None:
    before = Target.objects.count()
    with pytest.raises(NotFound), transaction.atomic():
        set_target(citra, wanted(node=programme_node("tidak-ada")))
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        set_target(citra, wanted(from_on=date(2020, 1, 1), until_on=date(2021, 1, 1)))
    assert [wrong.field for wrong in refusal.value.errors] == ["until_on"]
    with pytest.raises(Invalid), transaction.atomic():
        set_target(citra, wanted(metric="entrepreneurs_per_community"))
    assert Target.objects.count() == before


def test_only_whoever_sets_targets_of_the_nation_sets_one_of_a_programme(citra: Actor) -> None:
    jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
    before = Target.objects.count()
    with pytest.raises(NotFound), transaction.atomic():
        set_target(jakarta, wanted())
    assert Target.objects.count() == before
    set_target(citra, wanted())


def test_thirty_targets_of_programmes_cost_the_queries_of_three(citra: Actor) -> None:
    def grow(number: int) -> None:
        standing = len(targets_among([JAKARTA]))
        for added in range(number):
            set_target(citra, wanted(value=100 + standing + added))

    assert_constant_queries(lambda: attainments(targets_among([JAKARTA])), grow)
