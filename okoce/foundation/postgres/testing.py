"""The throw-away server of the tests: embedded, in a folder of its own, shared by all who test at once."""

import atexit
import os
from functools import cache
from pathlib import Path

from okoce.foundation.postgres.locate import database_url as locate
from okoce.foundation.postgres.locate import default_data_folder
from okoce.foundation.postgres.server import Server

DATABASE = "okoce"
# Every emptying of tables looks through all of it: a few rows need no eighth of the machine.
SETTINGS = {"shared_buffers": "256MB"}


def server_folder(project_root: Path) -> Path:
    """Where the tests' server keeps its data: beside the site's own, per version of PostgreSQL."""
    named = os.environ.get("OKOCE_TEST_DATA", "").strip()
    if named:
        return Path(named)
    flavour = "tests-system" if os.environ.get("PG_BIN") else "tests"
    return default_data_folder({}, project_root) / flavour


def database_url(project_root: Path) -> str:
    """Start or join the tests' server and return the URL of a database on it; it stops with its last user."""
    server = _server(server_folder(project_root))
    server.start()
    server.ensure_database(DATABASE)
    return server.connection(DATABASE).url()


def stop(project_root: Path) -> None:
    """At the end of a run: stop the tests' server, unless another run still uses it."""
    _server(server_folder(project_root)).leave()


@cache
def _server(folder: Path) -> Server:
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = locate(environ, folder).server(SETTINGS)
    atexit.register(server.leave)
    return server
