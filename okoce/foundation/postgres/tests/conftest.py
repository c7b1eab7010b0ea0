"""Folders and servers for these tests: real ones, each thrown away afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from okoce.foundation.postgres.locate import database_url
from okoce.foundation.postgres.server import Server

ROOM = 2 * 1024**3
MakeServer = Callable[[Path], Server]


def binaries() -> Path:
    found = database_url(
        {key: value for key, value in os.environ.items() if key == "PG_BIN"}, Path("/")
    ).binaries
    assert found is not None
    return found


@pytest.fixture(scope="session")
def room() -> Iterator[Path]:
    """In memory where there is enough; never pytest's own folder, which is closed to the account."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder of our own in it
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="okoce-pg-", dir=memory if is_roomy else None))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(room: Path) -> Iterator[Path]:
    """A place for one data folder, not made yet."""
    inner = Path(tempfile.mkdtemp(dir=room))
    inner.chmod(0o711)
    yield inner / "data"
    shutil.rmtree(inner, ignore_errors=True)


@pytest.fixture(scope="session")
def made(room: Path) -> Path:
    """A data folder whose server was started and stopped once, to copy from: quicker than initdb."""
    server = Server(room / "made", binaries())
    server.start()
    server.stop()
    return server.folder


@pytest.fixture
def make_server() -> Iterator[MakeServer]:
    servers: list[Server] = []

    def make(folder: Path) -> Server:
        servers.append(Server(folder, binaries()))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.fixture
def server(made: Path, folder: Path, make_server: MakeServer) -> Server:
    """A stopped server with data."""
    subprocess.run(["cp", "-a", str(made), str(folder)], check=True)
    return make_server(folder)


@pytest.fixture
def running(server: Server) -> Server:
    server.start()
    return server


@pytest.fixture(scope="session")
def shared(made: Path, room: Path) -> Iterator[Server]:
    """A running server for tests that only look, or clean up after themselves."""
    subprocess.run(["cp", "-a", str(made), str(room / "shared")], check=True)
    server = Server(room / "shared", binaries())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root runs PostgreSQL as another account")
