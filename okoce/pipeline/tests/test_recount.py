"""Recounting finds what was tampered with, and repairs it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import positions, tallies
from okoce.pipeline.models import Standstill
from okoce.pipeline.recount import LEVEL, recount, repair
from okoce.pipeline.tests.history import AWKWARD, History

LATER = date(2030, 1, 1)


@pytest.fixture
def history(db: None) -> Iterator[History]:
    with transaction.atomic(), opened_by(Actor.system("test")):
        history = History(3)
        for _step in range(4):
            history.register_many()
        Standstill.objects.bulk_create(
            Standstill(member=member, stage=3, reason="zone", from_on=AWKWARD[0], set_by="test")
            for member in Member.objects.all()
        )
        tallies.fold()
        history.register_many()
        for _step in range(60):
            history.divide()
        positions.place_all()
        yield history


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pipeline_standing DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount > 0
        cursor.execute("ALTER TABLE pipeline_standing ENABLE TRIGGER USER")


FIRST = "(SELECT min(member_id) FROM pipeline_standing)"
PLACED = "(SELECT min(member_id) FROM pipeline_position)"
TAMPERED = {
    "a standing removed": f"DELETE FROM pipeline_standing WHERE member_id = {FIRST} AND stage = 4",
    "a standing changed": f"UPDATE pipeline_standing SET women = 1 - women WHERE member_id = {FIRST} AND stage = 1",
    "a standing of nobody": f"UPDATE pipeline_standing SET member_id = 999999999 WHERE member_id = {FIRST}",
    "a standing elsewhere": f"UPDATE pipeline_standing SET region = '91.01.01' WHERE member_id = {FIRST}",
    "a delta lost": "DELETE FROM pipeline_tallydelta WHERE id = (SELECT min(id) FROM pipeline_tallydelta)",
    "a delta twice": "UPDATE pipeline_tallydelta SET people = 2 * people",
    **{
        f"a sum of {level}, grain {grain}": (
            "UPDATE pipeline_tallysum SET people = people + 1 WHERE (node, grain, start_on, stage) = (SELECT"
            f" node, grain, start_on, stage FROM pipeline_tallysum WHERE {rows} AND grain = '{grain}' LIMIT 1)"
        )
        for level, rows in LEVEL.items()
        for grain in ("d", "m", "y", *("a" if level == "district" else ""))
    },
    **{
        f"the reasons of {level}": f"UPDATE pipeline_tallyreason SET p2 = p2 + 1, p7 = p7 - 1 WHERE {rows}"
        for level, rows in LEVEL.items()
    },
    "a reason lost": "DELETE FROM pipeline_tallyreason WHERE node = '' AND grain = 'd'",
    "a place in the list": f"UPDATE pipeline_position SET cell = cell + 1 WHERE member_id = {PLACED}",
    "nobody in the list": "DELETE FROM pipeline_position",
    "a stranger in the list": f"UPDATE pipeline_position SET member_id = 999999999 WHERE member_id = {PLACED}",
    "a sum of who waits": "UPDATE pipeline_positionsum SET people = people + 1 WHERE node = ''",
    "a span that is not divided": "UPDATE pipeline_tallyspan SET is_divided = NOT is_divided",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED.keys())
def test_what_was_tampered_with_is_found_and_repaired(history: History, statement: str) -> None:
    true = {node: tallies.counts(node, LATER) for node in history.nodes}
    assert recount() == []
    tamper(statement)
    differences = recount()
    assert differences
    assert all(difference.sentence for difference in differences)
    version = tallies.version()
    repair(differences)
    assert recount() == []
    assert tallies.version() > version
    assert {node: tallies.counts(node, LATER) for node in history.nodes} == true


def test_the_command_says_that_all_agree(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("recount")
    assert "Semua angka sama" in capsys.readouterr().out


def test_the_command_prints_what_differs_and_fails(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper("UPDATE pipeline_tallysum SET people = people + 1 WHERE grain = 'y' AND node = '31' AND stage = 1")
    with pytest.raises(CommandError) as failure:
        call_command("recount")
    assert failure.value.returncode == 1
    assert "hitungan 31, P1" in capsys.readouterr().out


def test_the_command_repairs_when_told_to(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    tamper("UPDATE pipeline_tallysum SET people = people + 1 WHERE grain = 'y' AND node = '31' AND stage = 1")
    call_command("recount", "--repair")
    assert "Semua angka sama" in capsys.readouterr().out
    call_command("recount")


def test_progress_is_told_until_everything_is_done(history: History) -> None:
    told: list[tuple[int, int]] = []
    recount(lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _total in told] == sorted(done for done, _total in told)
