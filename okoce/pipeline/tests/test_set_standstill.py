from datetime import date, timedelta

import pytest

from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotFound, Refused
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.standstills import clear_standstill, set_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.queries.people import standstill_choices
from okoce.pipeline.tests.factories import proof, walked_to

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2018, 6, 1), date(2018, 7, 1)


def periods_of(member: object) -> list[tuple[str, date, date | None]]:
    rows = Standstill.objects.filter(member=member).order_by("from_on")
    return list(rows.values_list("reason", "from_on", "until_on"))


def test_a_reason_is_noted_from_a_day_on(ani: Actor) -> None:
    member = walked_to(3)
    set_standstill(ani, member, 4, "no_npwp", JUNE)
    assert periods_of(member) == [("no_npwp", JUNE, None)]
    assert history_of(ani, member)[0].sentence == "Belum lanjut ke P4: Belum punya NPWP."


def test_another_reason_closes_the_one_before(ani: Actor) -> None:
    member = walked_to(3)
    set_standstill(ani, member, 4, "no_npwp", JUNE)
    set_standstill(ani, member, 4, "zone", JULY)
    assert periods_of(member) == [("no_npwp", JUNE, JULY), ("zone", JULY, None)]


def test_a_change_of_mind_on_the_same_day_leaves_one_reason(ani: Actor) -> None:
    member = walked_to(3)
    for reason in ("no_npwp", "zone", "zone"):
        set_standstill(ani, member, 4, reason)
    assert periods_of(member) == [("zone", today_wib(), None)]


def test_clearing_closes_the_period_and_twice_is_once(ani: Actor) -> None:
    member = walked_to(3)
    set_standstill(ani, member, 4, "no_npwp", JUNE)
    clear_standstill(ani, member, 4)
    clear_standstill(ani, member, 4)
    assert periods_of(member) == [("no_npwp", JUNE, today_wib())]
    set_standstill(ani, member, 4, "zone", JUNE)  # a reason for days that are told already begins after them
    assert periods_of(member)[1] == ("zone", today_wib(), None)


def test_completing_the_stage_closes_the_reason(ani: Actor) -> None:
    member = walked_to(3)
    set_standstill(ani, member, 4, "no_npwp", JUNE)
    give_evidence(ani, member, proof(4, JULY))
    assert periods_of(member) == [("no_npwp", JUNE, JULY)]


def test_a_stage_that_was_completed_before_the_reason_closes_it_too(ani: Actor) -> None:
    member = walked_to(3)
    set_standstill(ani, member, 4, "no_npwp", JULY)
    give_evidence(ani, member, proof(4, JUNE))
    assert periods_of(member) == [("no_npwp", JULY, JULY + timedelta(days=1))]


@pytest.mark.parametrize("stage", [2, 3, 5, 7])
def test_only_the_step_where_one_stands_takes_a_reason(ani: Actor, stage: int) -> None:
    member = walked_to(3)
    with pytest.raises(Refused):
        set_standstill(ani, member, stage, "no_npwp")
    assert periods_of(member) == []


@pytest.mark.parametrize(
    ("stage", "reason"), [(1, "zone"), (8, "zone"), (4, "no_such_reason"), (4, "unknown_asked"), (4, "")]
)
def test_unknown_stages_and_reasons_are_refused(ani: Actor, stage: int, reason: str) -> None:
    member = walked_to(3)
    with pytest.raises(Invalid):
        set_standstill(ani, member, stage, reason)
    assert periods_of(member) == []


def test_an_officer_of_another_area_finds_nobody(budi: Actor) -> None:
    member = walked_to(3)
    with pytest.raises(NotFound):
        set_standstill(budi, member, 4, "zone")
    assert periods_of(member) == []


def test_the_choices_are_codes_with_words() -> None:
    assert ("refused_slik", "Ditolak bank: catatan SLIK") in standstill_choices()
