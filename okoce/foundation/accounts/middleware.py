"""Puts the Actor on the request, made on first use and once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import actor_for_user


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined]  # see accounts.requests
        return self.get_response(request)


def _actor_of(request: HttpRequest) -> Actor:
    user = request.user
    return actor_for_user(user) if user.is_authenticated else Actor.anonymous()
