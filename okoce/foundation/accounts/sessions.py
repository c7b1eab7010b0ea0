"""Sessions as Django keeps them in the database, looked up by a statement that the server has planned already: this stands
before every page of somebody signed in."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from okoce.foundation.shared.statements import run_prepared

_READ = "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s"


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session holds; a key that is unknown or has expired is forgotten."""
        found = run_prepared(_READ, {"key": self.session_key, "now": timezone.now()})
        if not found:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0][0])
        return held
