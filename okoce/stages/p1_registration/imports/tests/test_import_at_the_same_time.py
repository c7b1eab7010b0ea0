"""Two imports at once, a person who registers meanwhile, a process that is killed: one record each, and nothing by halves."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import new_member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.pipeline.models import StageRecord
from okoce.pipeline.recount import recount
from okoce.stages.p1_registration.actions import register_member
from okoce.stages.p1_registration.imports.tests.members_files import (
    SENEN,
    SITI,
    completed,
    file_of,
    import_rows,
    imported,
)

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 60


def rows(count: int = PEOPLE) -> list[dict[str, str]]:
    return [
        {**SITI, "nama": f"Anggota {number}", "telepon": f"08120000{number:04d}", "p2_tanggal": "2018-03-01"}
        for number in range(count)
    ]


def test_the_same_file_twice_at_once_is_the_same_as_once() -> None:
    content = file_of(*rows()).getvalue()
    results = together(3, lambda _place: imported(type(file_of())(content), chunk_rows=7).counts)
    assert [result.taken for result in results] == [PEOPLE] * 3
    assert sum(result.new for result in results) == PEOPLE == Member.objects.count()
    assert StageRecord.objects.count() == 2 * PEOPLE
    assert Event.objects.count() == PEOPLE
    assert completed("31.71.04")[:2] == [PEOPLE, PEOPLE]
    assert recount() == []


def test_files_in_opposite_order_do_not_block_each_other() -> None:
    given = rows()
    results = together(
        2, lambda place: import_rows(*(given if place else reversed(given)), chunk_rows=20).counts
    )
    assert [result.taken for result in results] == [PEOPLE] * 2
    assert Member.objects.count() == PEOPLE
    assert recount() == []


def test_who_registers_while_her_row_is_imported_is_one_person(ani: Actor) -> None:
    given = rows()

    def deed(place: int) -> object:
        if place == 0:
            return import_rows(*given, chunk_rows=10).counts
        return [
            register_member(ani, new_member(name=row["nama"], phone=row["telepon"]))
            for row in given[place::3]
        ]

    results = together(3, deed)
    assert not [result for result in results if isinstance(result, Exception)]
    assert Member.objects.count() == PEOPLE
    assert completed("31.71.04")[:2] == [PEOPLE, PEOPLE]
    assert recount() == []


@pytest.mark.long
def test_a_killed_import_leaves_whole_chunks_and_the_next_run_completes_it(tmp_path: Path) -> None:
    from okoce.foundation.territory.loading import load_territory

    load_territory()
    path = tmp_path / "anggota.csv"
    given = [{**row, "alamat": SENEN["kecamatan"]} for row in rows(9_999)]
    path.write_bytes(file_of(*given).getvalue())
    killed = _start(path)
    deadline = time.monotonic() + 120
    while Member.objects.count() == 0 and time.monotonic() < deadline and killed.poll() is None:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    _wait_until_alone()
    taken = Member.objects.count()
    assert StageRecord.objects.count() == 2 * taken
    assert Event.objects.count() == taken
    assert taken % 500 == 0
    assert 0 < taken < len(given)
    output, _errors = _start(path).communicate(timeout=300)
    answer = json.loads(output)
    assert (answer["new"], answer["known"], answer["refused"]) == (len(given) - taken, taken, 0)
    assert completed("31.71.04")[:2] == [len(given)] * 2
    assert recount() == []


def _start(path: Path) -> "subprocess.Popen[str]":
    """The command in a process of its own, on the tests' database, with small chunks."""
    program = (
        "import django; django.setup();"
        "from django.db import connection; from django.core.management import call_command;"
        "from okoce.stages.p1_registration.imports import engine;"
        f"connection.settings_dict['NAME'] = {connection.settings_dict['NAME']!r};"
        "original = engine.Options;"
        "import okoce.stages.p1_registration.management.commands.import_members as command;"
        "command.Options = lambda **given: original(chunk_rows=500, **given);"
        f"call_command('import_members', {str(path)!r}, '--json')"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "okoce.config.settings_test"}
    return subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True
    )


def _wait_until_alone() -> None:
    """Until the killed process's connection is gone, and its open transaction with it."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND state <> 'idle'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
