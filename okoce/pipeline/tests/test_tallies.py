"""The counts equal counting by hand, whatever happened, on any day, in any node."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import tallies
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.history import History
from okoce.pipeline.tests.oracle import Records, count_by_hand


@pytest.fixture(autouse=True)
def author(db: None) -> Iterator[None]:
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
