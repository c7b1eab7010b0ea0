"""Whoever applies on a public form for a komunitas or a mitra: who it is, and what she has told so far, kept in her session."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.errors import Refused

PROVEN_FOR = timedelta(hours=12)
LEFT_WHEN_SENT = {"phone", "proven_since"}
# Code of the refusal to change what was decided meanwhile.
DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Applicant:
    """A telephone that somebody has proven here, or that of the account in which she is signed in."""

    phone: str
    name: str = ""
    user_id: int | None = None
    proven_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What one form keeps in a session, under a key of its own: phone, proven_since, told (the fields of the form), areas, and
    which application is changed."""

    key: str

    def kept(self, request: Request) -> dict[str, Any]:
        """What was told so far."""
        found = request.session.get(self.key)
        return dict(found) if isinstance(found, dict) else {}

    def keep(self, request: Request, **told: Any) -> None:
        """Remember more of it; the session outlives a lost connection and a closed browser."""
        request.session[self.key] = {**self.kept(request), **told}

    def forget_what_was_told(self, request: Request) -> None:
        """It was sent: the next application begins empty, under the same number."""
        left = {name: value for name, value in self.kept(request).items() if name in LEFT_WHEN_SENT}
        request.session[self.key] = left

    def leave_change(self, request: Request, which: str) -> None:
        """Let go of an application that was sent before and taken up again to be changed (its id stands under `which`); a new one
        that is half told stays."""
        if self.kept(request).get(which):
            self.forget_what_was_told(request)

    def applicant_of(self, request: Request) -> Applicant | None:
        """Who applies; None until a number is proven. A number proven here counts before that of the account."""
        user_id = request.user.pk if request.user.is_authenticated else None
        name = getattr(request.user, "name", "")
        told = self.kept(request)
        since = told.get("proven_since")
        if since and datetime.fromisoformat(since) > timezone.now() - PROVEN_FOR:
            return Applicant(told["phone"], name, user_id, datetime.fromisoformat(since))
        phone = getattr(request.user, "phone", None)
        return Applicant(phone, name, user_id) if user_id is not None and phone else None


def queue_up(what: str, phone: str) -> None:
    """Applications of one kind and one telephone come one after the other: what does not wait yet cannot be held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [what, phone])


def already_decided() -> Refused:
    """What is said of a change that comes after the decision."""
    return Refused(
        _("Pengajuan ini sudah diputuskan. Muat ulang halaman untuk melihat keputusannya."), code=DECIDED
    )
