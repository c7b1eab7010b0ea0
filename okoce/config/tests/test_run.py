"""`okoce run` as a whole: real processes, real signals."""

import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from okoce.config.keyring import new_secrets
from okoce.config.tests.processes import data_folder, eventually, free_port, okoce, running, started, users_of
from okoce.foundation.postgres.locate import database_url

pytestmark = [pytest.mark.long, pytest.mark.loopback, pytest.mark.xdist_group("run")]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """An installation that was started once."""
    with data_folder() as made:
        with running(made):
            pass
        yield made


def test_a_start_serves_pages_and_one_signal_ends_everything(folder: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with running(folder) as run:
            assert run.status("/healthz") == run.status("/readyz") == 200
            code, seconds = run.end(number)
            assert code == 0, run.log.read_text()[-3000:]
            assert seconds < 10
        assert users_of(folder) == []


def test_static_files_that_were_taken_away_are_there_after_the_next_start(folder: Path) -> None:
    assert (folder / "prepared.sha256").exists()
    shutil.rmtree(folder / "static")
    with running(folder) as run:
        assert run.status("/") == 200
        assert (folder / "static" / "collected.sha256").exists()


def test_a_second_start_on_the_same_data_says_where_the_first_one_is(folder: Path) -> None:
    with running(folder) as run:
        second = okoce("run", OKOCE_DATA=str(folder), PORT=str(free_port()), DEMO="none")
        assert second.returncode == 2
        assert second.stderr.count("\n") == 1
        assert f"sudah berjalan dengan data di {folder} (http://127.0.0.1:{run.port})" in second.stderr
        assert run.status("/readyz") == 200


def test_a_taken_port_is_one_sentence(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = okoce("run", OKOCE_DATA=str(folder), PORT=str(other.getsockname()[1]), DEMO="none")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "tidak dapat dipakai" in refused.stderr
    assert "PORT=" in refused.stderr
    assert users_of(folder) == []


@pytest.mark.parametrize("name", ["okoce.config.web", "manage.py worker"])
def test_a_killed_child_is_started_again(folder: Path, name: str) -> None:
    with running(folder) as run:
        killed = {child.pid for child in run.children(name)}
        for pid in killed:
            psutil.Process(pid).kill()
        assert eventually(lambda: bool({child.pid for child in run.children(name)} - killed))
        assert eventually(lambda: run.status("/readyz") == 200)
        assert "starting it again" in run.log.read_text()


def test_a_killed_web_process_alone_is_replaced(folder: Path) -> None:
    with running(folder) as run:
        before = run.children("okoce.config.web")
        (server,) = [child for child in before if child.ppid() == run.process.pid]
        server.kill()  # its own processes notice, so that none of them keeps the port
        _gone, alive = psutil.wait_procs(before, timeout=10)
        assert alive == []
        assert eventually(lambda: run.status("/readyz") == 200)
        assert run.end()[0] == 0
    assert users_of(folder) == []


def test_a_killed_database_is_started_again(folder: Path) -> None:
    with running(folder) as run:
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
        psutil.Process(postmaster).kill()
        assert eventually(lambda: "PostgreSQL died" in run.log.read_text(), 30)
        assert eventually(lambda: run.status("/readyz") == 200, 60), run.log.read_text()[-3000:]
        assert run.end()[0] == 0


def test_nothing_of_ours_outlives_a_killed_supervisor(folder: Path) -> None:
    with running(folder) as run:
        children = run.children()
        run.process.kill()
        run.process.wait()
        _gone, alive = psutil.wait_procs(children, timeout=10)
        assert alive == []
    with running(folder) as again:  # joins the database that was left
        assert again.status("/readyz") == 200
        assert again.end()[0] == 0
    assert eventually(lambda: users_of(folder) == [])


def test_a_command_beside_a_running_site_leaves_it_running(folder: Path) -> None:
    with running(folder) as run:
        assert okoce("check", "--database", "default", OKOCE_DATA=str(folder)).returncode == 0
        made = okoce(
            "user", "create", "--phone", f"0812{time.time_ns() % 10**8:08}", "--name", "Fitri",
            "--role", "administrator", OKOCE_DATA=str(folder),
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        assert made.stdout.strip().isdigit()
        assert run.status("/readyz") == 200


def test_with_a_database_of_ones_own_nothing_is_started_or_stopped_but_the_site(folder: Path) -> None:
    with data_folder() as elsewhere, data_folder() as ours:
        owned = database_url({}, elsewhere).server()
        owned.start(keep=True)
        try:
            owned.ensure_database("kita")
            url = owned.connection("kita").url()
            with running(ours, DATABASE_URL=url, **new_secrets()) as run:
                assert run.end()[0] == 0
            assert not (ours / "postgres").exists()
            assert not (ours / "secrets.json").exists()
            assert owned.status().is_running
        finally:
            owned.stop()


def test_a_signal_in_the_first_seconds_ends_a_first_start_cleanly() -> None:
    for after in (1, 3, 6):
        with data_folder() as fresh:
            run = started(fresh)
            time.sleep(after)
            code, _seconds = run.end(signal.SIGINT)
            assert code == 0, run.log.read_text()[-3000:]
            assert users_of(fresh) == []


def test_of_four_starts_at_once_one_serves_and_three_say_so() -> None:
    with data_folder() as fresh:
        runs = [started(fresh) for _ in range(4)]
        lines = [run.first_line() for run in runs]
        serving = [run for run, line in zip(runs, lines, strict=True) if line.startswith("Siap: ")]
        assert len(serving) == 1, [run.log.read_text()[-500:] for run in runs]
        for run in runs:
            if run not in serving:
                assert run.process.wait(30) == 2
                assert "sudah berjalan" in run.log.read_text()
        assert serving[0].status("/readyz") == 200
        assert serving[0].end()[0] == 0
        assert users_of(fresh) == []
