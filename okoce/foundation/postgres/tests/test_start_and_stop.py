"""One server per data folder: started, joined, left and stopped."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from okoce.foundation.postgres.server import Server, Start
from okoce.foundation.postgres.tests.conftest import MakeServer, binaries
from okoce.foundation.postgres.tests.drills import (
    as_nobody,
    keep_rows,
    kill,
    pid_of,
    rows,
    run_for_long,
    setting,
)

ROOT = Path(__file__).resolve().parents[4]
STARTER = """
import sys
from pathlib import Path
from okoce.foundation.postgres.server import Server
server = Server(Path(sys.argv[1]), Path(sys.argv[2]))
sys.stdin.readline()
print(server.start().value, flush=True)
sys.stdin.readline()
print(server.leave(), flush=True)
"""


def test_the_first_start_makes_the_data_and_the_database(folder: Path, make_server: MakeServer) -> None:
    server = make_server(folder)
    assert server.start() is Start.STARTED
    with psycopg.connect(server.connection().dsn()) as link:
        assert link.execute("SELECT current_database(), current_user").fetchone() == ("okoce", "okoce")
    status = server.status()
    assert status.is_running
    assert status.major == int(setting(server, "server_version_num")) // 10000


def test_what_was_written_is_there_after_a_stop_and_a_start(running: Server) -> None:
    keep_rows(running, 100)
    assert running.stop()
    assert not running.status().is_running
    assert running.start() is Start.STARTED
    assert rows(running) == list(range(1, 101))


def test_stopping_what_does_not_run_is_no_failure(server: Server, folder: Path) -> None:
    assert not server.stop()
    assert not Server(folder / "nowhere", binaries()).stop()


def test_a_second_caller_joins_and_the_last_one_out_stops(running: Server) -> None:
    second = Server(running.folder, binaries())
    assert second.start() is Start.JOINED
    assert not running.leave()
    assert second.status().is_running
    assert second.leave()
    assert not second.status().is_running


def test_a_kept_server_stays_when_the_last_one_leaves(server: Server) -> None:
    server.start(keep=True)
    assert not server.leave()
    assert server.status().is_running
    assert server.stop()


def test_a_database_is_made_once(shared: Server) -> None:
    assert shared.ensure_database('o\'brien "x"')
    assert not shared.ensure_database('o\'brien "x"')
    with psycopg.connect(shared.connection('o\'brien "x"').dsn()) as link:
        row = link.execute("SHOW server_encoding").fetchone()
    assert row == ("UTF8",)


def test_the_extensions_the_site_uses_can_be_made_without_a_superuser(shared: Server) -> None:
    with psycopg.connect(shared.connection().dsn()) as link:
        for name in ("pg_trgm", "unaccent", "btree_gist", "btree_gin", "citext"):
            link.execute(f"CREATE EXTENSION {name}")
        row = link.execute("SELECT lower('ÇÉ'), show_trgm('é') <> '{}', unaccent('José')").fetchone()
    assert row == ("çé", True, "Jose")


def test_names_sort_by_code_point_on_every_version(shared: Server) -> None:
    with psycopg.connect(shared.connection().dsn()) as link:
        names = link.execute(
            "SELECT n FROM unnest(ARRAY['ani', 'Zaki', 'Ani', 'Éva']) n ORDER BY n"
        ).fetchall()
    assert [row[0] for row in names] == ["Ani", "Zaki", "ani", "Éva"]


def test_an_ordinary_user_starts_a_server_of_its_own(folder: Path, as_root: None) -> None:
    folder.parent.chmod(0o777)

    def deed() -> tuple[Start, int, bool]:
        server = Server(folder, binaries())
        started = server.start()
        return started, server.cluster.stat().st_uid, server.stop()

    started, owner, stopped = as_nobody(deed)
    assert started is Start.STARTED
    assert owner == folder.stat().st_uid != os.geteuid()
    assert stopped


def test_root_with_the_rights_of_a_container_joins_and_recovers(server: Server, as_root: None) -> None:
    """There root may not look into the processes of another account."""
    if not (setpriv := shutil.which("setpriv")):
        pytest.skip("setpriv is not installed")
    less = [setpriv, "--bounding-set", "-sys_ptrace,-sys_admin", "--inh-caps", "-sys_ptrace,-sys_admin"]
    server.start()
    assert _said([*less, *_starter(server.folder)], "\n\n") == "joined\nFalse\n"
    link = psycopg.connect(server.connection().dsn())
    busy = threading.Thread(target=run_for_long, args=[link])
    busy.start()
    time.sleep(0.3)
    kill([pid_of(server)])
    assert _said([*less, *_starter(server.folder)], "\n\n") == "started\nFalse\n"
    busy.join(10)


def _said(command: list[str], typed: str) -> str:
    return subprocess.run(command, input=typed, capture_output=True, text=True, cwd=ROOT, check=True).stdout


def _starter(data: Path) -> list[str]:
    return [sys.executable, "-c", STARTER, str(data), str(binaries())]


@pytest.mark.long
@pytest.mark.parametrize("is_new", [True, False])
def test_of_four_processes_at_once_one_starts_and_three_join(
    is_new: bool, folder: Path, server: Server
) -> None:
    data = folder.with_name("new") if is_new else folder
    callers = [_caller(data) for _ in range(4)]
    time.sleep(1)  # until all have imported everything
    said = _all_do(callers)
    assert sorted(said) == ["joined", "joined", "joined", "started"]
    assert Server(data, binaries()).status().is_running
    assert sorted(_all_do(callers)) == ["False", "False", "False", "True"]
    assert not Server(data, binaries()).status().is_running
    for caller in callers:
        caller.communicate(timeout=10)


def _caller(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _starter(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _all_do(callers: list[subprocess.Popen[str]]) -> list[str]:
    for caller in callers:
        assert caller.stdin
        caller.stdin.write("\n")
        caller.stdin.flush()
    return [caller.stdout.readline().strip() for caller in callers if caller.stdout]
