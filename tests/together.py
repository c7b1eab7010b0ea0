"""Many at the same moment, in real threads with connections of their own; for tests with `transaction=True`."""

import time

from django.db import connection

from okoce.community.members.tests.together import together

__all__ = ["somebody_waits", "together"]
_WAITS = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def somebody_waits() -> bool:
    """Whether another transaction comes to wait for this one, within ten seconds."""
    for _look in range(200):
        with connection.cursor() as cursor:
            cursor.execute(_WAITS)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False
