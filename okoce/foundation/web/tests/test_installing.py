"""The manifest, the service worker, and the page without network: what a browser needs to keep the site."""

import json
import re
import struct
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from okoce.foundation.web import installing, middleware, reader
from okoce.foundation.web.styles import STATIC

pytestmark = pytest.mark.django_db


def test_the_manifest_is_indonesian_and_names_where_to_begin() -> None:
    answer = Client().get("/manifest.webmanifest", headers={"Cookie": "django_language=en"})
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert told["lang"] == "id"
    assert (told["start_url"], told["scope"], told["display"]) == ("/saya", "/", "standalone")
    assert [shortcut["url"] for shortcut in told["shortcuts"]] == ["/saya", "/daftar"]


@pytest.mark.parametrize(("name", "sizes", "purpose"), installing.ICONS)
def test_each_icon_is_as_large_as_the_manifest_says_and_light(name: str, sizes: str, purpose: str) -> None:
    data = (STATIC / Path(name).name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert f"{width}x{height}" == sizes
    assert len(data) < 6_000


def test_the_worker_serves_the_whole_site_and_is_never_old() -> None:
    answer = Client().get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert len(answer.content) < 9_000
    known = json.loads(re.findall(r"^const SETTINGS = (.*);$", answer.content.decode(), re.MULTILINE)[0])
    assert known["luring"] == "/luring"
    assert set(known["banners"]) == {"id", "en"}


def test_a_changed_file_makes_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = installing.worker_text()
    assert installing.worker_text() == before
    monkeypatch.setattr(installing, "static", lambda name: f"/static/{name}.changed")
    version = re.compile(r'"version": "(\w{12})"')
    assert version.findall(before) != version.findall(installing.worker_text())


def test_everything_that_the_worker_fetches_first_is_there() -> None:
    for address in installing._settings_of_worker()["shell"]:
        assert Client().get(address).status_code == 200, address


def test_the_page_without_network_is_the_same_for_everybody_and_never_kept_as_a_page() -> None:
    answer = Client().get("/luring")
    assert "no-store" in answer["Cache-Control"]
    assert "/masuk" not in answer.content.decode()


def test_manifest_and_worker_ask_the_database_nothing(django_assert_num_queries: object) -> None:
    for path in ("/manifest.webmanifest", "/sw.js"):
        with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture that is called
            Client().get(path)


def test_banners_speak_the_language_of_the_page_they_stand_on() -> None:
    with translation.override("en"):
        assert "Anda sedang luring" in installing._banners("id")["offline"]
    assert "{when}" in installing._banners("en")["slow"]


def made_for(cookie: str, **more: object) -> str:
    request = RequestFactory().get("/", headers={"Cookie": cookie} if cookie else {})
    for name, value in more.items():
        setattr(request, name, value)
    answer = middleware.ReaderMiddleware(lambda _request: HttpResponse("<p>"))(request)
    return str(answer["X-Reader"])


def test_a_page_says_for_which_session_it_was_made() -> None:
    assert made_for("") == ""
    assert made_for("django_language=en; csrftoken=x; messages=y; okoce_tempat=kerja") == ""
    assert made_for("sessionid=a") == made_for("sessionid=a; csrftoken=x") != ""
    assert made_for("sessionid=a") != made_for("sessionid=b")
    assert "sessionid" not in made_for("sessionid=a")


def test_a_cookie_that_nobody_named_makes_a_page_personal() -> None:
    assert made_for("rancangan=1") != ""


def test_a_session_that_has_ended_makes_no_reader() -> None:
    class Ended:
        accessed = True

        def is_empty(self) -> bool:
            return True

    assert made_for("sessionid=a", session=Ended()) == ""


@override_settings(SESSION_COOKIE_SECURE=True)
def test_only_pages_bear_the_name_of_their_reader() -> None:
    answer = middleware.ReaderMiddleware(lambda _request: HttpResponse("{}", content_type="text/json"))(
        RequestFactory().get("/")
    )
    assert "X-Reader" not in answer
    assert reader.PLACES_COOKIE not in answer.cookies
