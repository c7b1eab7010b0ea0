"""Where a sign-in leads: to where the reader wanted to go, within the house; else a member home, an officer to the funnel."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import is_officer

OFFICERS = "funnel"
MEMBERS = ("own_page", "home")  # the first that there is


def after_sign_in(request: HttpRequest, user: User, wanted: str = "") -> str:
    if is_ours(request, wanted):
        return wanted
    if user.member_id is None or is_officer(user):
        return reverse(OFFICERS)
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
