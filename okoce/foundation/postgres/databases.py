"""Questions and deeds on any PostgreSQL, embedded or not."""

import psycopg
from psycopg import errors, sql

from okoce.foundation.postgres.connection import Connection
from okoce.foundation.postgres.problem import PostgresProblem

OLDEST = 150000
SECONDS = 10


def ensure_database(connection: Connection, name: str) -> bool:
    """Create the database `name` on the server of `connection`; False if it was there."""
    with psycopg.connect(**connection.psycopg(), autocommit=True, connect_timeout=SECONDS) as link:
        if link.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None:
            return False
        try:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
            link.execute(statement.format(sql.Identifier(name)))
        except (errors.DuplicateDatabase, errors.UniqueViolation):  # another process was faster
            return False
        except errors.InsufficientPrivilege:
            raise PostgresProblem(
                f"Pengguna basis data {connection.user} tidak boleh membuat basis data {name}; "
                f"beri hak CREATEDB, atau minta pengelola server membuat basis data {name} untuknya."
            ) from None
    return True


def check_server(dsn: str) -> int:
    """The server's version number (180006), after making sure that the site can live there."""
    try:
        with psycopg.connect(dsn, connect_timeout=SECONDS) as link:
            version = link.info.server_version
            encoding = link.execute("SHOW server_encoding").fetchone()
    except psycopg.OperationalError as error:
        raise PostgresProblem(
            f"Basis data pada DATABASE_URL tidak dapat dihubungi: {_one_line(error)}; "
            "periksa alamat, pengguna dan sandinya, dan apakah servernya menyala."
        ) from None
    if version < OLDEST:
        raise PostgresProblem(
            f"Server pada DATABASE_URL adalah PostgreSQL {version // 10000}, padahal OK OCE memerlukan "
            "PostgreSQL 15 atau lebih baru; perbarui servernya, atau tunjuk server lain."
        )
    if encoding is None or encoding[0] != "UTF8":
        raise PostgresProblem(
            "Basis data pada DATABASE_URL tidak memakai UTF8; "
            "buat basis data baru dengan ENCODING 'UTF8' TEMPLATE template0, lalu tunjuk yang itu."
        )
    return version


def _one_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines()]
    return " ".join(line for line in lines if line and not line.startswith("Is the server running"))[:400]
