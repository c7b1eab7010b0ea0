"""A first visit finds the stylesheet in its page; who has the file gets the address of the file."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import LazySettings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from okoce.foundation.web import middleware, stylesheet

FILE = "/static/web/okoce.css"
LAYOUTS = ("/galeri", "/corong", "/nowhere", "/refused")  # public, desk, error page, refusal


@pytest.fixture
def browser_client(web_only: Settings) -> Client:
    return Client(raise_request_exception=False)


def soup_of(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def sheets_of(soup: BeautifulSoup) -> list[tuple[str, str | None]]:
    """Address and medium of what the page links as its own stylesheet."""
    links = soup.find_all("link", rel="stylesheet")
    return [(str(link["href"]), link.get("media")) for link in links if str(link["href"]) == FILE]


@pytest.mark.parametrize("path", LAYOUTS)
def test_a_first_visit_carries_the_stylesheet_and_has_the_file_fetched_without_waiting(
    browser_client: Client, path: str
) -> None:
    answer = browser_client.get(path)
    soup = soup_of(answer)
    [style] = soup.find_all("style")
    assert isinstance(style.parent, Tag)
    assert style.parent.name == "head"
    assert sheets_of(soup) == [(FILE, "not all")]
    assert answer.cookies[stylesheet.COOKIE].value == stylesheet.VERSION


@pytest.mark.parametrize("path", LAYOUTS)
def test_the_policy_allows_exactly_what_the_page_carries(browser_client: Client, path: str) -> None:
    answer = browser_client.get(path)
    [carried] = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(carried.encode()).digest()).decode()
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["style-src"] == f"'self' 'sha256-{digest}'"
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", LAYOUTS)
def test_a_browser_with_the_present_file_gets_its_address_alone(browser_client: Client, path: str) -> None:
    browser_client.get(path)
    again = browser_client.get(path)
    assert soup_of(again).find("style") is None
    assert sheets_of(soup_of(again)) == [(FILE, None)]
    assert stylesheet.COOKIE not in again.cookies


@pytest.mark.parametrize("noted", ["0" * 12, "", "x" * 5000, "</style>"])
def test_the_note_of_another_version_brings_the_text_again(browser_client: Client, noted: str) -> None:
    browser_client.cookies[stylesheet.COOKIE] = noted
    answer = browser_client.get("/galeri")
    assert len(soup_of(answer).find_all("style")) == 1
    assert answer.cookies[stylesheet.COOKIE].value == stylesheet.VERSION


def test_the_note_says_nothing_of_a_person_and_no_script_reads_it(
    browser_client: Client, settings: LazySettings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    notes = [Client(raise_request_exception=False).get("/galeri").cookies[stylesheet.COOKIE] for _ in "ab"]
    assert notes[0].value == notes[1].value
    assert all(notes[0][name] for name in ("httponly", "secure", "max-age"))
    assert notes[0]["samesite"] == "Lax"


def test_what_comes_into_a_page_notes_nothing(browser_client: Client) -> None:
    notice = browser_client.get("/refused", headers={"HX-Request": "true"})
    assert b"role=" in notice.content
    assert stylesheet.COOKIE not in notice.cookies


@pytest.mark.django_db
def test_the_whole_site_tells_both_kinds_of_pages_apart() -> None:
    client = Client()
    for path in ("/masuk", "/luring", "/akun/kata-sandi/lupa", "/tidak-ada"):
        client.cookies.clear()
        answer = client.get(path)
        assert len(soup_of(answer).find_all("style")) == 1, path
        assert stylesheet.ALLOWED in answer["Content-Security-Policy"], path
        assert "Cookie" in answer["Vary"], path
        assert soup_of(client.get(path)).find("style") is None, path


@pytest.mark.django_db
def test_files_and_the_api_note_nothing() -> None:
    for path in (FILE, "/api/v1/territory", "/sw.js", "/manifest.webmanifest"):
        assert stylesheet.COOKIE not in Client().get(path).cookies, path


@pytest.mark.django_db
def test_signing_out_takes_the_note_along() -> None:
    client = Client()
    client.get("/masuk")
    assert client.post("/keluar").cookies[stylesheet.COOKIE]["max-age"] == 0


def test_an_answer_that_empties_the_cache_takes_the_note_along(rf: RequestFactory) -> None:
    cleared = middleware.StylesheetMiddleware(
        lambda _request: HttpResponse(headers={"Clear-Site-Data": '"cache"'})
    )
    note = cleared(rf.get("/"))
    assert note.cookies[stylesheet.COOKIE]["max-age"] == 0


def test_a_page_that_is_made_without_a_request_names_the_file(web_only: Settings) -> None:
    soup = BeautifulSoup(render_to_string("400.html"), "html.parser")
    assert sheets_of(soup) == [(FILE, None)]
    assert soup.find("style") is None


def test_the_text_may_stand_in_a_page() -> None:
    """Nothing ends the element early, and no address in it depends on where the text stands."""
    assert "</" not in stylesheet.TEXT
    assert "<!--" not in stylesheet.TEXT
    assert "\r" not in stylesheet.TEXT
    assert re.findall(r"url\((?!#)|@import|sourceMappingURL", stylesheet.TEXT) == []


def test_text_and_file_are_the_same() -> None:
    file = Path(stylesheet.styles.COMMITTED).read_bytes()
    assert stylesheet.TEXT.encode() == file
