"""`make run` ends when make alone gets the signal, and keeps running where make ignores it, as in the background of a script."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from okoce.config import parent


@pytest.fixture
def makefile(tmp_path: Path) -> Path:
    """A recipe that, like ours, sees to the end itself."""
    file = tmp_path / "Makefile"
    file.write_text("wait:\n\t@trap '' INT; echo started; sleep 20 & wait; wait\n", encoding="ascii")
    return file


def started(makefile: Path, *before: str) -> "subprocess.Popen[str]":
    command = [*before, "make", "-f", str(makefile)]
    # where the tests themselves run in the background of a script, they ignore the signal, and so would make
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, ours)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


@pytest.fixture
def ended() -> Iterator[list["subprocess.Popen[str]"]]:
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        subprocess.run(["pkill", "-KILL", "-s", str(process.pid)], check=False)
        process.wait()


def test_a_make_that_got_its_signal_has_had_it(makefile: Path, ended: list["subprocess.Popen[str]"]) -> None:
    process = started(makefile)
    ended.append(process)
    assert not parent._has_had_its_signal(process.pid)
    process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + 10
    while not parent._has_had_its_signal(process.pid):
        assert time.monotonic() < deadline
        # make needs a moment to take it in, and is asked through /proc
        time.sleep(0.02)


def test_a_make_in_the_background_of_a_script_has_had_none(
    makefile: Path, ended: list["subprocess.Popen[str]"]
) -> None:
    process = started(makefile, "sh", "-c", "trap '' INT; exec \"$@\"", "sh")
    ended.append(process)
    assert not parent._has_had_its_signal(process.pid)
    process.send_signal(signal.SIGINT)
    # nothing tells that a signal was ignored; a make that takes it in does so in a few milliseconds
    time.sleep(0.3)
    assert not parent._has_had_its_signal(process.pid)
