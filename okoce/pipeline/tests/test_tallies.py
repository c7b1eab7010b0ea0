"""The counts equal counting by hand, whatever happened, on any day, in any node."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from okoce.community.groups.models import Membership
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import jobs, tallies
from okoce.pipeline.models import StageRecord, Standstill, TallySpan
from okoce.pipeline.recount import recount
from okoce.pipeline.states import StandstillReason
from okoce.pipeline.tests.history import History
from okoce.pipeline.tests.oracle import Records, count_by_hand


@pytest.fixture(autouse=True)
def author(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs, "_waiting_last_time", [0])
    with transaction.atomic(), opened_by(Actor.system("test")):
        yield


def assert_all_agree(history: History, share: float = 1.0) -> None:
    records = Records.read()
    for node in history.nodes:
        for day in history.asked_days():
            if history.random.random() <= share:
                assert tallies.counts(node, day) == count_by_hand(records, node, day), (
                    node,
                    day,
                    history.log,
                )


def live(seed: int, steps: int) -> None:
    history = History(seed)
    for _step in range(steps):
        history.step()
        assert_all_agree(history, share=0.04)
        assert recount() == [], history.log
    assert_all_agree(history)
    tallies.fold_all()
    assert_all_agree(history)
    assert recount() == [], history.log


@pytest.mark.parametrize("seed", range(6))
def test_counts_equal_counting_by_hand_after_every_step(seed: int) -> None:
    live(seed, steps=60)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_counts_equal_counting_by_hand_through_many_long_lives(seed: int) -> None:
    live(seed, steps=200)


def test_the_job_folds_what_waits() -> None:
    history = History(1)
    history.register_many()
    assert tallies.backlog() > 0
    jobs.fold_tallies()
    assert tallies.backlog() == 0
    assert_all_agree(history, share=0.2)


def test_the_job_waits_for_a_bulk_load_to_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MANY", 1)
    history = History(1)
    for _tick in range(2):
        history.register_many()
        jobs.fold_tallies()
        assert tallies.backlog() > 0
    jobs.fold_tallies()
    assert tallies.backlog() == 0


def test_the_job_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MANY", 1)
    monkeypatch.setattr(jobs, "TOO_MANY", 2)
    History(1).register_many()
    jobs.fold_tallies()
    assert tallies.backlog() == 0


def test_a_dense_year_is_divided_and_counts_stay_exact() -> None:
    history = History(2)
    for _step in range(250):
        history.register_many()
    tallies.fold_all()
    assert TallySpan.objects.filter(is_divided=True, grain="m").exists()
    assert not TallySpan.objects.filter(is_divided=False).exists(), "months of a year divided just now, too"
    assert_all_agree(history, share=0.3)
    for _step in range(10):
        history.step()
    assert_all_agree(history, share=0.3)
    tallies.fold_all()
    assert_all_agree(history, share=0.3)
    assert recount() == []


def test_every_reason_counts_before_every_stage() -> None:
    history = History(5)
    day = date(2019, 3, 5)
    steps = [(stage, reason) for stage in range(2, 8) for reason in StandstillReason.values]
    for stage, reason in steps:
        member = history.register()
        StageRecord.objects.filter(member=member).update(completed_on=day)
        if stage > 2:
            StageRecord.objects.create(member=member, stage=stage - 1, state="completed", completed_on=day)
        Standstill.objects.create(member=member, stage=stage, reason=reason, from_on=day, set_by="test")
    tallies.fold_all()
    told = tallies.counts("", day).reasons
    assert {stage: told[stage] for stage in range(2, 8)} == {
        stage: dict.fromkeys(StandstillReason.values, 1) for stage in range(2, 8)
    }


def test_a_reason_that_begins_on_the_day_of_completion_counts_from_that_day() -> None:
    history = History(4)
    day = date(2019, 3, 5)
    member = history.register()
    Membership.objects.filter(member=member).delete()
    Membership.objects.create(member=member, group_id=history.groups[0])
    StageRecord.objects.filter(member=member, stage=1).update(completed_on=day)
    Standstill.objects.create(member=member, stage=2, reason="zone", from_on=day, set_by="test")
    records = Records.read()
    for _round in range(2):
        for node in history.nodes:
            for asked in (day - timedelta(days=1), day, day + timedelta(days=1)):
                assert tallies.counts(node, asked) == count_by_hand(records, node, asked)
        tallies.fold_all()
    assert tallies.counts(tallies.group_node(history.groups[0]), day).reasons[2] == {"zone": 1}
