"""Where a sign-in leads: to where the reader wanted to go, within the house; else a member home, an officer to the funnel (or to her
first steps), a contact person of a mitra to her referrals."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user, is_officer

OFFICERS = "funnel"
LIAISONS = ("referral_list", "home")  # who acts for a mitra reads no funnel within
MEMBERS = ("own_page", "home")  # the first that there is


Landing = Callable[[Actor], str]
_landings: list[Landing] = []


def register_landing(landing: Landing) -> None:
    """Called once when the app that knows is ready: where somebody in office begins, "" for nowhere in particular."""
    _landings.append(landing)


def after_sign_in(request: HttpRequest, user: User, wanted: str = "") -> str:
    if is_ours(request, wanted):
        return wanted
    if user.member_id is None or is_officer(user):
        actor = actor_for_user(user)
        may_stay = actor.may(Permission.PIPELINE_READ_FUNNEL) or not actor.may(Permission.REFERRALS_READ)
        first = next(filter(None, (landing(actor) for landing in _landings)), "")
        return first or (reverse(OFFICERS) if may_stay else _first_of(*LIAISONS))
    return _first_of(*MEMBERS)


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _first_of(name: str, *others: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return _first_of(*others)
