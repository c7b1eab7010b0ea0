"""For whom a page was made, as the browser's service worker may know it: a name without a meaning, and where to go."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.web import stylesheet

PLACES_COOKIE = "okoce_tempat"
# These say nothing of a person. Every other cookie, also one that we do not know yet, makes a page personal.
UNREMARKABLE = {PLACES_COOKIE, stylesheet.COOKIE, "messages"}
DESK, LIAISON, OWN = "kerja", "mitra", "saya"


def reader_of(request: HttpRequest) -> str:
    """Names the session (and whatever else the browser brought), "" for nobody in particular."""
    unremarkable = {*UNREMARKABLE, settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    if _has_ended(request):
        unremarkable.add(settings.SESSION_COOKIE_NAME)
    brought = sorted((name, value) for name, value in request.COOKIES.items() if name not in unremarkable)
    return salted_hmac("okoce.web.reader", repr(brought)).hexdigest()[:16] if brought else ""


def _has_ended(request: HttpRequest) -> bool:
    """Whether the session that the browser still names was looked for and is no more. Asks the database nothing."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and session.is_empty()


def places_of(request: HttpRequest) -> list[str]:
    """Where somebody signed in is at home, as an earlier answer noted it for this very session; no query."""
    reader, _colon, places = request.COOKIES.get(PLACES_COOKIE, "").partition(":")
    return places.split("+") if places and reader and reader == reader_of(request) else []


def desk_place(actor: Actor) -> str:
    """Where an officer's desk begins: at the funnel, for whoever reads it within; a contact person's at her referrals."""
    return DESK if actor.may(Permission.PIPELINE_READ_FUNNEL) else LIAISON


def noted_places(request: HttpRequest) -> str | None:
    """What the browser should note of itself: None leaves it as it is, "" takes the note away."""
    user = getattr(request, "_cached_user", None)  # set where a view asked who it is; others are not asked
    if user is None or places_of(request):
        return None
    if not user.is_authenticated:
        return "" if PLACES_COOKIE in request.COOKIES else None
    actor = request.actor  # type: ignore[attr-defined]  # see accounts.requests
    grants = actor.grants
    places = [desk_place(actor)] if any(grant.scope.member_id is None for grant in grants) else []
    places += [OWN] if any(grant.scope.member_id is not None for grant in grants) else []
    return f"{reader_of(request)}:{'+'.join(places)}" if places else None
