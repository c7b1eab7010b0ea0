"""kill -9, leftovers and stale files: the next start works and nothing acknowledged is lost."""

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

import psycopg
import pytest

from okoce.foundation.postgres import server as server_module
from okoce.foundation.postgres.server import Server, Start
from okoce.foundation.postgres.tests.conftest import MakeServer
from okoce.foundation.postgres.tests.drills import (
    keep_rows,
    kill,
    pid_of,
    processes_of,
    rows,
    run_for_long,
    sentence_of,
)

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/cwd").exists(), reason="finds the processes to kill in /proc"
)


def test_rows_are_kept_when_the_postmaster_is_killed(running: Server) -> None:
    keep_rows(running, 1000)
    kill([pid_of(running)])
    assert running.start() is Start.STARTED
    assert len(rows(running)) == 1000


def test_rows_are_kept_when_everything_is_killed(running: Server) -> None:
    keep_rows(running, 1000)
    kill(processes_of(running))
    assert running.start() is Start.STARTED
    assert len(rows(running)) == 1000


def test_why_it_is_gone_can_be_asked(running: Server) -> None:
    assert running.trouble() is None
    kill(processes_of(running))
    problem = running.trouble()
    assert problem is not None
    assert str(running.log) in str(problem)


def test_a_busy_backend_of_a_killed_postmaster_is_asked_to_end(running: Server) -> None:
    link = psycopg.connect(running.connection().dsn())
    busy = threading.Thread(target=run_for_long, args=[link])
    busy.start()
    time.sleep(0.3)
    kill([pid_of(running)])
    assert running.start() is Start.STARTED
    busy.join(10)
    assert not busy.is_alive()


def test_a_process_number_that_belongs_to_a_stranger_now_is_no_server(running: Server) -> None:
    """After a restart of a container the old number is soon somebody else's, even of the same account."""
    identity = {"user": running.cluster.stat().st_uid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/bin/sleep", "60"], **identity) as stranger:
        _leave_pid_file_behind(running, stranger.pid)
        assert running.start() is Start.STARTED
        assert stranger.poll() is None
        stranger.kill()


def test_a_zombie_is_no_server(running: Server) -> None:
    identity = {"user": running.cluster.stat().st_uid} if os.geteuid() == 0 else {}
    zombie = subprocess.Popen(["/bin/sh", "-c", ":"], **identity)
    time.sleep(0.2)
    _leave_pid_file_behind(running, zombie.pid)
    began = time.monotonic()
    assert running.start() is Start.STARTED
    assert time.monotonic() - began < 5
    zombie.wait()


@pytest.mark.parametrize("content", ["", "nonsense\n1\n2\n"], ids=["empty", "nonsense"])
def test_a_broken_pid_file_does_not_stop_the_start(server: Server, content: str) -> None:
    path = server.cluster / "postmaster.pid"
    path.write_text(content)
    assert server.start() is Start.STARTED


def test_a_stale_socket_is_cleared(running: Server) -> None:
    folder = running.status().socket_folder
    assert folder is not None
    kill(processes_of(running))
    assert (folder / ".s.PGSQL.5432").exists()
    assert running.start() is Start.STARTED


def test_a_server_whose_socket_was_cleaned_away_is_started_anew(
    running: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "ANSWER_SECONDS", 1)
    keep_rows(running, 10)
    folder = running.status().socket_folder
    assert folder is not None
    shutil.rmtree(folder)
    assert running.start() is Start.STARTED
    assert len(rows(running)) == 10


def test_a_killed_first_start_leaves_nothing_half_made(folder: Path, make_server: MakeServer) -> None:
    half = folder / "postgres.new"
    half.mkdir(parents=True)
    folder.chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    (folder / "postgres.pw").write_text("old")
    server = make_server(folder)
    assert server.start() is Start.STARTED
    assert not half.exists()
    assert not (folder / "postgres.pw").exists()


def test_a_server_that_lives_in_another_container_is_not_started_twice(
    running: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There its process has another number: only the lock that it holds on the shared folder tells."""
    monkeypatch.setattr(server_module, "LEFTOVER_SECONDS", 1)
    monkeypatch.setattr("okoce.foundation.postgres.postmaster.is_alive", lambda *_: False)
    monkeypatch.setattr(server_module, "end_leftovers", lambda *_: None)
    before = (running.cluster / "postmaster.pid").read_text()
    assert "kontainer" in sentence_of(running.start)
    assert (running.cluster / "postmaster.pid").read_text() == before


@pytest.mark.long
def test_no_acknowledged_commit_is_lost_when_four_writers_are_cut_off(running: Server) -> None:
    with psycopg.connect(running.connection().dsn()) as link:
        link.execute("CREATE TABLE kept (id bigint PRIMARY KEY)")
    acknowledged: list[list[int]] = [[] for _ in range(4)]
    writers = [
        threading.Thread(target=_write_until_cut_off, args=[running, number, acknowledged[number]])
        for number in range(4)
    ]
    for writer in writers:
        writer.start()
    time.sleep(3)
    kill(processes_of(running))
    for writer in writers:
        writer.join()
    assert running.start() is Start.STARTED
    there = set(rows(running))
    promised = {row for rows_of_one in acknowledged for row in rows_of_one}
    assert len(promised) > 400
    assert promised <= there
    assert len(there - promised) <= 4  # committed, but the answer was cut off


def _write_until_cut_off(server: Server, number: int, acknowledged: list[int]) -> None:
    with psycopg.connect(server.connection().dsn(), autocommit=True) as link:
        for row in range(number, 10_000_000, 4):
            try:
                link.execute("INSERT INTO kept VALUES (%s)", [row])
            except psycopg.OperationalError:
                return
            acknowledged.append(row)


def _leave_pid_file_behind(server: Server, pid: int) -> None:
    path = server.cluster / "postmaster.pid"
    left = path.read_text().splitlines()
    server.stop()
    path.write_text("\n".join([str(pid), *left[1:], ""]))
    if os.geteuid() == 0:
        owner = server.cluster.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
