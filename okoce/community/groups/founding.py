"""Whoever founds a komunitas on the public form: who it is, and what she has told so far, kept in her session."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from okoce.foundation.accounts.requests import Request

KEPT = "group_application"
PROVEN_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Founder:
    """A telephone that somebody has proven here, or that of the account in which she is signed in."""

    phone: str
    name: str = ""
    user_id: int | None = None
    proven_since: datetime | None = None


def founder_of(request: Request) -> Founder | None:
    """Who applies; None until a number is proven. A number proven here counts before that of the account."""
    user_id = request.user.pk if request.user.is_authenticated else None
    name = getattr(request.user, "name", "")
    told = kept(request)
    since = told.get("proven_since")
    if since and datetime.fromisoformat(since) > timezone.now() - PROVEN_FOR:
        return Founder(told["phone"], name, user_id, datetime.fromisoformat(since))
    phone = getattr(request.user, "phone", None)
    return Founder(phone, name, user_id) if user_id is not None and phone else None


def kept(request: Request) -> dict[str, Any]:
    """What was told so far: phone, proven_since, told (the fields of the form), areas, group_id (what is changed)."""
    found = request.session.get(KEPT)
    return dict(found) if isinstance(found, dict) else {}


def keep(request: Request, **told: Any) -> None:
    """Remember more of it; the session outlives a lost connection and a closed browser."""
    request.session[KEPT] = {**kept(request), **told}


def forget_what_was_told(request: Request) -> None:
    """It was sent: the next application begins empty, under the same number."""
    left = {name: value for name, value in kept(request).items() if name in {"phone", "proven_since"}}
    request.session[KEPT] = left
