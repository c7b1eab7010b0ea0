"""A form that was refused, shown by a page of its own: what was typed and what is wrong with it ride along in a sealed cookie.

The answer to a sent form is no page that a browser may keep where the form is personal, and without the page "back" ends in the
browser's own error. So a refusal leads to the form's address, which shows it as often as it is asked for, until the form is
taken, somebody else's draft is begun or the cookie's time is over. A password or a code never rides along.
"""

import base64
import functools
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.forms import Field, Form, PasswordInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from okoce.foundation.shared.keys import decrypt, encrypt

P = ParamSpec("P")
COOKIE = "okoce_ditolak"
PURPOSE = "web.refusal"
KEPT_SECONDS = 3600
# Browsers drop a cookie of more than 4096 bytes; longer texts are answered at once, with all that was typed.
MOST_CHARACTERS = 3600
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Telling:
    """How a refusal is told. What is momentary (a code, how long to wait) is told once: shown later it would be untrue. `beside` is
    what else was typed on the page; `at` is the address of the form where it is not the one that was sent to."""

    is_momentary: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
    at: str = ""


ALWAYS, ONCE = Telling(), Telling(is_momentary=True)


def takes_back_refusals(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view whose form may be refused: once it takes what is sent, the refusal before it is forgotten."""

    @functools.wraps(view)
    def forgetting(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        request = args[0]
        if isinstance(request, HttpRequest) and request.method == "POST" and COOKIE not in response.cookies:
            forget_refusal(request, response)
        return response

    return forgetting


def forget_refusal(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Take the cookie back, where the browser has one for these pages."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=_path_of(request), samesite="Lax")
    return response


def bring_back(request: HttpRequest, form: Form, about: object) -> Form:
    """The form as it was refused last, at this address and about this thing; or as it is."""
    if form.is_bound:
        return form
    kept = _read(request)
    if kept.get("path") != request.path or kept.get("about") != str(about):
        return form
    errors = {name: told for name, told in kept["errors"].items() if name in {*form.fields, "__all__"}}
    if errors:
        said = form.errors  # judged when it was sent and not again: what was wrong then is said
        form.data, form.is_bound = kept["data"], True
        said.update({name: form.error_class(told) for name, told in errors.items()})
    return form


def form_page(
    request: HttpRequest,
    template: str,
    form: Form,
    context: Mapping[str, Any],
    *,
    about: object,
    telling: Telling = ALWAYS,
) -> HttpResponse:
    """The page of a form that `bring_back` has looked at; a refused one is led to its address first."""
    if request.method == "POST" and form.is_bound:
        sealed = _sealed(request, form, about, telling)
        if len(sealed) > MOST_CHARACTERS:
            return render(request, template, {**context, "form": form}, status=UNPROCESSABLE)
        return _led_back(request, sealed, telling.at or request.get_full_path())
    response = render(request, template, {**context, "form": form})
    is_told = form.is_bound and _read(request).get("is_momentary")
    return forget_refusal(request, response) if is_told else response


def kept_beside(request: HttpRequest, about: object) -> dict[str, str]:
    """What was typed on the page beside the form that was refused."""
    kept = _read(request)
    is_here = kept.get("path") == request.path and kept.get("about") == str(about)
    return dict(kept.get("beside", {})) if is_here else {}


def _led_back(request: HttpRequest, sealed: str, address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=KEPT_SECONDS,
        path=_path_of(request),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _path_of(request: HttpRequest) -> str:
    """The first part of the address: the pages of one matter share the cookie, and no other page gets it."""
    return "/" + request.path.split("/")[1]


def _sealed(request: HttpRequest, form: Form, about: object, telling: Telling) -> str:
    told = {
        "path": telling.at or request.path,
        "about": str(about),
        "data": {
            name: _typed(form, name, one)
            for name, one in form.fields.items()
            if name in form.data and not _is_secret(one)
        },
        "errors": {name: [str(one) for one in errors] for name, errors in form.errors.items()},
        "beside": dict(telling.beside),
        "is_momentary": telling.is_momentary,
    }
    return base64.urlsafe_b64encode(encrypt(PURPOSE, zlib.compress(json.dumps(told).encode()))).decode()


def _typed(form: Form, name: str, asked: Field) -> Any:
    """As it was sent; several values where the field takes several."""
    is_several = getattr(asked.widget, "allow_multiple_selected", False)
    return asked.widget.value_from_datadict(form.data, form.files, name) if is_several else form.data[name]


def _is_secret(asked: Field) -> bool:
    """A password, or a code that was sent to somebody: typed again, never kept."""
    widget = asked.widget
    return isinstance(widget, PasswordInput) or widget.attrs.get("autocomplete") == "one-time-code"


def _read(request: HttpRequest) -> dict[str, Any]:
    """What the cookie says; nothing where there is none, or not one of ours."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        told: dict[str, Any] = json.loads(zlib.decompress(decrypt(PURPOSE, sealed)))
    except (ValueError, IndexError, KeyError, InvalidTag):
        return {}
    return told
