"""What several of these tests do to a server."""

import os
import pickle
import pwd
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from okoce.foundation.postgres.problem import PostgresProblem
from okoce.foundation.postgres.server import Server

T = TypeVar("T")


def rows(server: Server) -> list[int]:
    with psycopg.connect(server.connection().dsn()) as link:
        return [row[0] for row in link.execute("SELECT id FROM kept ORDER BY id")]


def keep_rows(server: Server, count: int) -> None:
    with psycopg.connect(server.connection().dsn()) as link:
        link.execute("CREATE TABLE IF NOT EXISTS kept (id bigint PRIMARY KEY)")
        link.execute("INSERT INTO kept SELECT generate_series(1, %s)", [count])


def setting(server: Server, name: str) -> str:
    with psycopg.connect(server.connection().dsn()) as link:
        row = link.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def pid_of(server: Server) -> int:
    pid = server.status().pid
    assert pid is not None
    return pid


def processes_of(server: Server) -> list[int]:
    """The postmaster and its backends: whoever works in the data directory."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(server.cluster):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(_lives(pid) for pid in pids):
        time.sleep(0.01)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def sentence_of(deed: Callable[[], object]) -> str:
    """The one sentence of a refusal, checked for its form."""
    with pytest.raises(PostgresProblem) as caught:
        deed()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "`.", '"')) or "catatan" in sentence
    assert "Traceback" not in sentence
    return sentence


def as_nobody(deed: Callable[[], T]) -> T:
    """Run the deed in a child without any rights; what it raises is raised here."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _without_rights(deed, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        kind, value = pickle.loads(answer.read())  # noqa: S301 - from our own child
    os.waitpid(child, 0)
    if kind == "raised":
        raise value
    return value


def _without_rights(deed: Callable[[], object], writer: int) -> None:
    """Never returns: the child must not go on with the tests."""
    try:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        try:
            answer = ("returned", deed())
        except BaseException as error:
            answer = ("raised", error)
        os.write(writer, pickle.dumps(answer))
    finally:
        os._exit(0)


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def run_for_long(link: psycopg.Connection) -> None:
    try:
        link.execute("SELECT count(*) FROM generate_series(1, 2000000000)")
    except psycopg.Error:
        link.close()
