"""The board of many komunitas says what the tallies say of each, whatever happened, folded or not."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from okoce.community.groups.models import Membership
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import tallies
from okoce.pipeline.models import StageRecord, Standing
from okoce.pipeline.queries.boards import NO_BOARD, boards_of
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.history import History
from tests.query_counts import statements


@pytest.fixture(autouse=True)
def author(db: None) -> Iterator[None]:
    with transaction.atomic(), opened_by(Actor.system("test")):
        yield


def last_noted(group: int, day: date) -> date | None:
    rows = Standing.objects.filter(group_id=group)
    days = [one for pair in rows.values_list("since_on", "from_on") for one in pair if one <= day]
    return max(days, default=None)


def assert_board_agrees(history: History) -> None:
    for day in history.asked_days():
        boards = boards_of(history.groups, day)
        year_ends = [date(day.year - before, 12, 31) for before in (1, 2)]
        for group in history.groups:
            node, board = tallies.group_node(group), boards[group]
            told = tallies.counts_at([(node, one) for one in (day, *year_ends)])
            now, last, before = (told[node, one].stages[1].people for one in (day, *year_ends))
            assert board.stages == told[node, day].stages, (node, day, history.log)
            assert (board.gained, board.gained_before) == (now - last, last - before), (
                node,
                day,
                history.log,
            )
            assert board.active_on == last_noted(group, day), (node, day, history.log)


@pytest.mark.parametrize("seed", range(300, 304))
def test_the_board_equals_the_tallies_through_random_lives(seed: int) -> None:
    history = History(seed)
    for step in range(60):
        history.step()
        if step % 12 == 0:
            assert_board_agrees(history)
            assert recount() == [], history.log
    tallies.fold_all()
    assert_board_agrees(history)
    assert recount() == [], history.log


def test_sums_of_komunitas_light_no_kecamatan() -> None:
    history = History(9)
    history.register_many()
    tallies.fold_all()
    assert all(len(code) == 8 and code[0].isdigit() for code in tallies.current_by_district())


def test_what_is_dated_ahead_does_not_count_yet() -> None:
    history = History(10)
    member, group, today = history.register(), history.groups[0], date(2022, 5, 1)
    Membership.objects.filter(member=member).delete()
    StageRecord.objects.filter(member=member).update(completed_on=date(2022, 1, 5))
    Membership.objects.create(member=member, group_id=group, from_on=today + timedelta(days=1))
    for _round in range(2):
        assert boards_of([group], today)[group].stages[1].people == 0
        assert boards_of([group], today + timedelta(days=1))[group].stages[1].people == 1
        tallies.fold_all()


def test_a_komunitas_without_anybody_has_a_board_of_noughts() -> None:
    history = History(11, groups=3)
    assert boards_of(history.groups, date(2024, 1, 1)) == dict.fromkeys(history.groups, NO_BOARD)
    assert boards_of([], date(2024, 1, 1)) == {}


def test_thirty_boards_are_one_question_as_one_is() -> None:
    history = History(12, groups=30)
    assert len(statements(lambda: boards_of(history.groups, date(2024, 1, 1)))) == 1
