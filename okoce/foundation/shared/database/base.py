"""The database engine of the settings: PostgreSQL as Django speaks to it, and two things that every call of the API pays for.

Django asks `SELECT 1` before the first statement of each request, and has the server plan each statement anew. Here a
connection that was asked a moment ago is asked again only if something has come in on it, and `prepared_cursor()` gives a
cursor whose statements the server plans once per connection.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, Cursor

ASKED_EVERY_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """`PREPARED` of the settings says whether statements may stay on a connection: behind an old pooler they may not."""

    asked_at = -ASKED_EVERY_SECONDS
    kept_cursor: "Cursor[Any] | None" = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> "Connection[Any]":
        made: Connection[Any] = super().get_new_connection(conn_params)
        # Django's own cursors put the values into the text and never prepare.
        made.prepare_threshold = 0 if self.settings_dict.get("PREPARED", True) else None
        return made

    def is_usable(self) -> bool:
        """A server that went away has closed the connection, which shows without asking; a silent network does not."""
        now = time.monotonic()
        if now - self.asked_at < ASKED_EVERY_SECONDS and not self._has_news():
            return True
        if not super().is_usable():
            return False
        self.asked_at = now
        return True

    def prepared_cursor(self) -> CursorWrapper:
        """The connection's cursor for the few statements that every write of one person sends; it is never closed.

        Making and closing a cursor takes as long as all the rest of sending a short statement (measured).
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self.kept_cursor is None or self.kept_cursor.connection is not self.connection:
            with self.wrap_database_errors:
                self.kept_cursor = Cursor(self.connection)
        wrapped: CursorWrapper = self._prepare_cursor(self.kept_cursor)  # type: ignore[attr-defined]  # not in the stubs
        return wrapped

    def _has_news(self) -> bool:
        """True when the server has said something unasked, or has gone."""
        if self.connection is None or self.connection.closed:
            return True
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return bool(poll.poll(0))
