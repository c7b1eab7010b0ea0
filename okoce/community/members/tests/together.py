"""Many at the same moment, in real threads with connections of their own; for tests with `transaction=True`."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def together(count: int, deed: Callable[[int], Any]) -> list[Any]:
    """Run a deed in `count` threads at once; answers what each got: a result or its exception."""
    barrier, results = threading.Barrier(count), [None] * count

    def one(place: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            results[place] = deed(place)
        except Exception as problem:  # the test looks at it
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
