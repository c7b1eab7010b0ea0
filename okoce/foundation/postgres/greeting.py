"""How a server answers a caller."""

import enum

import psycopg

from okoce.foundation.postgres.connection import Connection


class Greeting(enum.Enum):
    WELCOME = "welcome"
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - not one
    NOT_YET = "not yet"  # recovering, starting up or shutting down
    OTHER_REFUSAL = "other refusal"  # all connections taken, for one: it is up
    SILENT = "silent"


def greeting_of(connection: Connection, seconds: int = 5) -> Greeting:
    try:
        psycopg.connect(**connection.psycopg(), connect_timeout=seconds).close()
    except psycopg.OperationalError as error:
        return _meaning(str(error))
    return Greeting.WELCOME


def _meaning(message: str) -> Greeting:
    if "password" in message or "no pg_hba.conf entry" in message:
        return Greeting.WRONG_PASSWORD
    if any(word in message for word in ("starting up", "shutting down", "recovery", "not yet accepting")):
        return Greeting.NOT_YET
    return Greeting.OTHER_REFUSAL if "FATAL" in message else Greeting.SILENT
