"""Whether a failure was the database's absence: it is being restarted, or cannot be reached. Then a few seconds mend it."""

import psycopg
from django.db import InterfaceError, OperationalError

RETRY_SECONDS = 5
# PostgreSQL's codes (Appendix A): connection exceptions, too many connections, and shut down by an operator or by a crash, or
# not up yet. An error of the client's own has no code.
_CONNECTION_CLASS = "08"
_CODES = frozenset({"53300", "57P01", "57P02", "57P03"})


def is_outage(error: BaseException | None) -> bool:
    """True for errors of Django and of the driver alike; a refused question, a lock or a full disk is none."""
    if not isinstance(
        error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError
    ):
        return False
    cause = error.__cause__ if isinstance(error, OperationalError | InterfaceError) else error
    code = getattr(cause, "sqlstate", None)
    return code is None or code in _CODES or code.startswith(_CONNECTION_CLASS)
