import brotli
import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from okoce.foundation.web import compression
from okoce.foundation.web.compression import pressed_once

PAGE = b"<p>Satu kecamatan, satu pusat wirausaha.</p>" * 20
BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "_remembered", compression._Remembered())


@pressed_once
def page(request: HttpRequest) -> HttpResponse:
    if request.GET.get("form"):
        get_token(request)
    response = HttpResponse(PAGE, status=int(request.GET.get("status", "200")))
    if request.GET.get("cookie"):
        response.set_cookie("choice", "en")
    return response


def answer(reads: str, query: str = "", **cookies: str) -> HttpResponse:
    request = RequestFactory(headers={"accept-encoding": reads}).get(f"/?{query}")
    request.COOKIES.update(cookies)
    return page(request)


@pytest.mark.parametrize("reads", [BROWSER, "br", "BR;q=0.5", "gzip;q=0, br; q=1.0"])
def test_who_reads_brotli_gets_the_same_page_in_brotli(reads: str) -> None:
    response = answer(reads)
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(response.content) == PAGE
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("reads", ["", "gzip", "gzip, br;q=0", "br;q=0.000", "brown"])
def test_who_does_not_read_brotli_gets_the_page_as_it_is(reads: str) -> None:
    response = answer(reads)
    assert "Content-Encoding" not in response
    assert response.content == PAGE
    assert "Accept-Encoding" in response["Vary"]


def test_whoever_has_a_session_or_a_form_or_a_cookie_gets_it_padded_instead() -> None:
    personal = [
        answer(BROWSER, **{settings.SESSION_COOKIE_NAME: "x"}),
        answer(BROWSER, "form=1"),
        answer(BROWSER, "cookie=1"),
        answer(BROWSER, "status=404"),
    ]
    assert [response.content for response in personal] == [PAGE] * 4


def test_a_pressed_page_is_not_pressed_again_by_gzip() -> None:
    request = RequestFactory(headers={"accept-encoding": BROWSER}).get("/")
    assert brotli.decompress(GZipMiddleware(page)(request).content) == PAGE


def test_a_page_is_pressed_once_and_only_the_last_ones_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bytes] = []

    def noted(body: bytes) -> bytes:
        asked.append(body)
        return b"pressed " + body

    monkeypatch.setattr(compression, "pressed", noted)
    monkeypatch.setattr(compression, "RESTS", 0)
    remembered = compression._Remembered()
    bodies = [b"%d" % number for number in range(compression.REMEMBERED + 1)]
    for body in bodies:
        assert remembered.of(body) == remembered.of(body) == b"pressed " + body
    assert asked == bodies
    assert list(remembered.pages) == bodies[1:]


def test_after_a_page_pressing_rests_many_times_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 0.0, 2.0, 2.0, 39.0, 40.0, 40.0, 40.0, 40.0])
    monkeypatch.setattr(compression, "monotonic", lambda: next(ticks))
    remembered = compression._Remembered()
    assert remembered.of(b"first") is not None  # from 0 to 2: rests until 2 + 19 x 2 = 40
    assert remembered.of(b"second") is None
    assert remembered.of(b"first") is not None
    assert remembered.of(b"second") is not None


def test_nobody_waits_while_another_page_is_pressed() -> None:
    remembered = compression._Remembered()
    with remembered.pressing:
        assert remembered.of(PAGE) is None
    assert remembered.of(PAGE) is not None
