"""Whether she came with a business is judged by the day on which she came in: corrected, it is judged anew, also for past days."""

from datetime import date
from typing import Any

import pytest

from okoce.community.members.actions.businesses import correct_business
from okoce.community.members.models import Business, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Refused
from okoce.pipeline import tallies
from okoce.pipeline.actions.registrations import correct_registration_day
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import completed, registered
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db
PAPER, SLIP, SINCE = date(2018, 3, 1), date(2026, 3, 1), date(2019, 1, 1)
TOLD: dict[str, Any] = {"business_name": "Keripik Siti", "business_since_on": SINCE}


def state_of(member: Member) -> str:
    return Business.objects.get(member=member).entry_state


def counted(day: date, node: str = SENEN) -> tuple[int, int]:
    """New and existing businesses among those who had come in by a day."""
    came = tallies.counts(node, day).stages[1]
    return came.new_businesses, came.existing_businesses


def corrections() -> int:
    return Event.objects.filter(kind="members.business_corrected").count()


@pytest.mark.parametrize(
    ("slip", "true", "before", "after"), [(SLIP, PAPER, "trading", "none"), (PAPER, SLIP, "none", "trading")]
)
def test_a_business_that_began_between_the_slip_and_the_paper_is_judged_anew(
    ani: Actor, slip: date, true: date, before: str, after: str
) -> None:
    member = registered(registered_on=slip, **TOLD)
    assert state_of(member) == before
    correct_registration_day(ani, member, true)
    assert state_of(member) == after
    [told, day] = history_of(ani, member)[:2]
    assert told.changes == {"business_entry_state": [before, after]}
    assert told.author == ani.label
    assert day.changes == {"registered_on": [slip.isoformat(), true.isoformat()]}
    expected = (1, 0) if after == "none" else (0, 1)
    assert counted(true) == counted(SLIP) == expected
    assert recount() == []
    tallies.fold()
    assert counted(true) == expected


def test_what_the_days_do_not_decide_stays(ani: Actor) -> None:
    unmoved = registered(registered_on=SLIP, business_name="A", business_since_on=date(2017, 1, 1))
    undated = registered(registered_on=SLIP, business_name="B", business_entry_state="trading")
    licensed = registered(registered_on=SLIP, **TOLD, business_nib="1234567890123")
    working = registered(registered_on=SLIP, **TOLD, work_status="usaha")
    people = (unmoved, undated, licensed, working)
    before = [state_of(member) for member in people]
    assert before == ["trading", "trading", "licensed", "trading"]
    for member in people:
        correct_registration_day(ani, member, PAPER)
    assert [state_of(member) for member in people] == before
    assert corrections() == 0


def test_what_somebody_stated_against_the_days_stays(ani: Actor) -> None:
    stated = registered(registered_on=SLIP, **TOLD, business_entry_state="licensed")
    corrected = registered(registered_on=SLIP, **TOLD)
    correct_business(ani, corrected, {"entry_state": "none"})
    for member in (stated, corrected):
        correct_registration_day(ani, member, PAPER)
    assert [state_of(stated), state_of(corrected)] == ["licensed", "none"]
    correct_registration_day(ani, corrected, date(2018, 4, 1))
    assert state_of(corrected) == "none"
    assert corrections() == 1


def test_a_licence_from_before_the_day_makes_her_licensed_at_entry_and_no_longer_when_it_comes_after(
    budi: Actor,
) -> None:
    member = registered(region=COBLONG, registered_on=PAPER)
    completed(member, p4=SINCE)
    correct_registration_day(budi, member, SLIP)
    assert state_of(member) == "licensed"
    correct_registration_day(budi, member, PAPER)
    assert state_of(member) == "none"
    assert recount() == []


def test_a_refused_day_changes_nothing_of_the_business(ani: Actor) -> None:
    member = registered(registered_on=SLIP, **TOLD)
    with pytest.raises(Refused, match="belum tiba"):
        correct_registration_day(ani, member, date(2099, 1, 1))
    assert (state_of(member), corrections()) == ("trading", 0)
