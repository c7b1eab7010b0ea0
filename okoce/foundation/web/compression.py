"""Brotli for a page that is the same for every reader: pressed hard once, remembered, and sent to all of them."""

import re
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import TypeVar

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

QUALITY = 10  # as small as 11 in a third of its time; up to 9 brotli is hardly smaller than gzip here
REMEMBERED = (
    8  # pages: the public one in each language, with its stylesheet and without, before and after a change
)
# After pressing a page it takes a rest so many times as long: while people come in by the hundred, every reader meets another
# page, and pressing each of them would keep a processor busy.
RESTS = 19

_REFUSED = re.compile(r"q=0(\.0*)?")


def pressed(body: bytes) -> bytes:
    found: bytes = brotli.compress(body, quality=QUALITY)
    return found


class _Remembered:
    """The last pages of this process. While one is being pressed, and in the rest after it, others leave as gzip."""

    def __init__(self) -> None:
        self.pressing = Lock()
        self.rests_until = 0.0
        self.pages: OrderedDict[bytes, bytes] = OrderedDict()

    def of(self, body: bytes) -> bytes | None:
        found = self.pages.get(body)
        if found is not None or monotonic() < self.rests_until or not self.pressing.acquire(blocking=False):
            return found
        try:
            began = monotonic()
            self.pages[body] = found = pressed(body)
            self.rests_until = monotonic() + RESTS * (monotonic() - began)
            while len(self.pages) > REMEMBERED:
                self.pages.popitem(last=False)
        finally:
            self.pressing.release()
        return found


_remembered = _Remembered()


R = TypeVar("R", bound=HttpRequest)


def pressed_once(view: Callable[[R], HttpResponse]) -> Callable[[R], HttpResponse]:
    """For a view whose page is the same for everybody.

    Who has a session gets gzip with its random padding: only a page without a secret may be pressed without it (BREACH).
    """

    @wraps(view)
    def answer(request: R) -> HttpResponse:
        response = view(request)
        patch_vary_headers(response, ["Accept-Encoding"])
        if (
            response.status_code == HTTPStatus.OK
            and takes_brotli(request)
            and not _is_personal(request, response)
        ):
            body = _remembered.of(response.content)
            if body is not None:
                response.content = body
                response.headers["Content-Encoding"] = "br"
        return response

    return answer


def takes_brotli(request: HttpRequest) -> bool:
    """Whether the client names brotli among what it reads, and does not refuse it with `q=0`."""
    for named in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _semicolon, weight = named.replace(" ", "").partition(";")
        if name == "br":
            return _REFUSED.fullmatch(weight) is None
    return False


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    asked_for_token = "CSRF_COOKIE" in request.META
    return settings.SESSION_COOKIE_NAME in request.COOKIES or asked_for_token or bool(response.cookies)
