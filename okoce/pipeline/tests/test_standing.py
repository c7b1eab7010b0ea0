"""Standings under contention, and the writes that the database refuses or undoes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from okoce.community.members.models import Member, Residence
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import tallies
from okoce.pipeline.models import JobStatement, StageRecord, Standing
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.history import History
from okoce.pipeline.tests.oracle import Records, count_by_hand
from tests.cast import own_number

SENEN, COBLONG = "31.71.04", "32.73.02"
NEW_YEAR = date(2019, 1, 1)
WAIT = 20
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def deed() -> Iterator[None]:
    with transaction.atomic(), opened_by(Actor.system("test")):
        yield


@contextmanager
def fixed_snapshot() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def in_thread(work: Callable[[], None], failures: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        except BaseException as failure:  # the test's own thread raises it again
            failures.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def somebody() -> Member:
    member: Member = Member.objects.create(
        **own_number(), name="A", name_key="a", region=SENEN, registered_on=NEW_YEAR
    )
    return member


def complete(member: Member, stage: int, day: date = NEW_YEAR) -> None:
    StageRecord.objects.create(member=member, stage=stage, state="completed", completed_on=day)


def move(member: Member) -> None:
    Residence.objects.create(member=member, region=SENEN, until_on=NEW_YEAR)
    Residence.objects.create(member=member, region=COBLONG, from_on=NEW_YEAR)


def assert_exact() -> None:
    records = Records.read()
    for node in ("", "31", "32", "31.71", "32.73", SENEN, COBLONG):
        assert tallies.counts(node, NEW_YEAR) == count_by_hand(records, node, NEW_YEAR)
    assert recount() == []


def assert_exact_in_one_snapshot() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        records = Records.read()
        for node in ("", "31", "32.73", SENEN):
            assert tallies.counts(node, NEW_YEAR) == count_by_hand(records, node, NEW_YEAR)


def let_come_in() -> None:
    for _number in range(25):
        with deed():
            member = somebody()
            complete(member, 1)
        with deed():
            complete(member, 4)
            move(member)
            JobStatement.objects.create(
                member=member, stated_on=NEW_YEAR, workers=2, level="seen", given_by="test"
            )


def others_wait(blocker: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))", [blocker]
        )
        return int(cursor.fetchone()[0]) > 0


def pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("first", [move, lambda member: complete(member, 2)], ids=["move", "stage"])
@pytest.mark.parametrize("has_stages", [True, False], ids=["known", "newcomer"])
def test_two_changes_of_one_person_at_once_are_both_counted(
    first: Callable[[Member], None], has_stages: bool
) -> None:
    with deed():
        member = somebody()
        if has_stages:
            complete(member, 1)
    both_in_flight, failures = threading.Barrier(2, timeout=WAIT), list[BaseException]()

    def other() -> None:
        with deed():
            both_in_flight.wait()
            if first is move:
                complete(member, 2)
            else:
                move(member)

    with deed():
        first(member)
        mine = pid()
        thread = in_thread(other, failures)
        both_in_flight.wait()
        # the other one must be held up by this one, or be through, before this one is
        while thread.is_alive() and not others_wait(mine):
            thread.join(0.01)
    thread.join(WAIT)
    assert failures == []
    assert_exact()


def test_counts_are_exact_at_every_moment_while_people_come_in_and_deltas_are_folded() -> None:
    stop, failures = threading.Event(), list[BaseException]()

    def fold() -> None:
        while not stop.is_set():
            tallies.fold(7)

    writers = [in_thread(let_come_in, failures) for _each in range(2)]
    folders = [in_thread(fold, failures) for _ in range(2)]
    moments = 0
    while any(writer.is_alive() for writer in writers):
        assert_exact_in_one_snapshot()
        moments += 1
    stop.set()
    for folder in folders:
        folder.join(WAIT)
    assert failures == []
    assert moments > 5
    assert tallies.counts("", NEW_YEAR).stages[4].jobs_verified == 100
    assert_exact()


def test_recounting_while_people_come_in_finds_nothing() -> None:
    failures = list[BaseException]()

    def write() -> None:
        for _number in range(30):
            with deed():
                member = somebody()
                complete(member, 1)
                move(member)
            tallies.fold(3)

    writer = in_thread(write, failures)
    while writer.is_alive():
        assert recount() == []
    assert failures == []


def test_a_second_fold_at_the_same_time_leaves_the_work_to_the_first() -> None:
    with deed():
        complete(somebody(), 1)
    folded, failures = list[int](), list[BaseException]()
    with transaction.atomic():
        assert tallies.fold() > 0
        in_thread(lambda: folded.append(tallies.fold()), failures).join(WAIT)
    assert folded == [0]
    assert failures == []
    assert_exact()


def test_a_writer_with_a_fixed_snapshot_is_refused_and_nothing_changes() -> None:
    with deed():
        member = somebody()
        complete(member, 1)
    with pytest.raises(DatabaseError, match="READ COMMITTED"), fixed_snapshot():
        move(member)
    assert Residence.objects.count() == 0
    assert_exact()


def test_nobody_edits_a_standing() -> None:
    with deed():
        complete(somebody(), 1)
    with pytest.raises(DatabaseError, match="derived"), transaction.atomic():
        Standing.objects.update(women=1)
    assert Standing.objects.get().women == 0


def test_what_a_failed_transaction_did_is_not_counted() -> None:
    with deed():
        complete(somebody(), 1)
        assert tallies.counts("", NEW_YEAR).stages[1].people == 1
        transaction.set_rollback(True)
    assert tallies.counts("", NEW_YEAR).stages[1].people == 0
    assert_exact()


def test_the_version_changes_with_each_commit_that_changes_a_count_and_with_nothing_else() -> None:
    history, versions = History(7), [tallies.version()]
    for _step in range(40):
        before = {node: tallies.counts(node, date(2030, 1, 1)) for node in history.nodes}
        with deed():
            history.step()
        after = {node: tallies.counts(node, date(2030, 1, 1)) for node in history.nodes}
        versions.append(tallies.version())
        assert versions[-1] >= versions[-2]
        if before != after:
            assert versions[-1] > versions[-2], history.log
    version = tallies.version()
    tallies.fold_all()
    assert tallies.version() == version
