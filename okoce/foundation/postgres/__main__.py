"""python -m okoce.foundation.postgres start|stop|status|new-password --data FOLDER"""

import argparse
import os
import sys
from pathlib import Path

from okoce.foundation.postgres.locate import database_url
from okoce.foundation.postgres.problem import PostgresProblem
from okoce.foundation.postgres.server import Server


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m okoce.foundation.postgres", description=__doc__)
    parser.add_argument("deed", choices=["start", "stop", "status", "new-password"])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    environ = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}  # ours is meant here
    try:
        sentence = _do(chosen.deed, database_url(environ, chosen.data).server())
    except PostgresProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{sentence}\n")
    return 0


def _do(deed: str, server: Server) -> str:
    if deed == "start":
        return f"PostgreSQL {server.start(keep=True).value}: {_psql(server)}"
    if deed == "stop":
        return "PostgreSQL stopped" if server.stop() else "PostgreSQL was not running"
    if deed == "new-password":
        server.new_passwords()
        return f"New passwords in {server.passwords}"
    status = server.status()
    if not status.is_running:
        return f"PostgreSQL is not running (data: {status.major or 'none'})"
    return f"PostgreSQL {status.major} is running, process {status.pid}: {_psql(server)}"


def _psql(server: Server) -> str:
    connection = server.connection()
    return f"PGPASSFILE={server.passwords} psql -h {connection.host} -U {connection.user} {connection.name}"


if __name__ == "__main__":
    sys.exit(main())
