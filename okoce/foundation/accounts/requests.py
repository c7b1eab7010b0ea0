"""The request as views see it, and the guards that name who may come in."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ALL_ROLES, Breadth
from okoce.foundation.shared.errors import NotAllowed

View = Callable[..., HttpResponseBase]
# Notes in the browser that somebody has opened an emergency, so that public pages ask for it too.
EMERGENCY_COOKIE = "okoce_darurat"


class Request(HttpRequest):
    """A request with its actor; used as a type only."""

    actor: Actor
    htmx: Any


def has_asked_who(request: HttpRequest) -> bool:
    """Whether this request was already asked who sends it; asking here costs nothing then."""
    return hasattr(request, "_cached_user") and hasattr(request, "actor")


def is_officer(actor: Actor) -> bool:
    """True for whoever holds a role, besides being a member."""
    return any(ALL_ROLES[grant.role].breadth is not Breadth.SELF for grant in actor.grants)


def needs(permission: Permission, *, to_write: Permission | None = None) -> Callable[[View], View]:
    """A page for those with the permission: others are sent to the sign-in, or told that their role may not. `to_write` is
    what its forms need where more people read it than send them."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            is_sent = to_write is not None and request.method not in {"GET", "HEAD"}
            if not request.actor.may(to_write if to_write is not None and is_sent else permission):
                raise NotAllowed(
                    _("Peran Anda tidak membuka halaman ini. Minta bantuan sekretariat bila ini tugas Anda.")
                )
            return view(request, *args, **kwargs)

        guarded.__okoce_permission__ = permission  # type: ignore[attr-defined]  # read by the house tests
        return guarded

    return guard
