import json
import logging
from pathlib import Path

import pytest
import structlog
from bs4 import BeautifulSoup
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.territory.models import Region
from okoce.foundation.territory.states import Kind, Level, Zone
from okoce.foundation.web import context, middleware, navigation
from okoce.foundation.web.navigation import DeskPage
from okoce.foundation.web.tests.urls import SENTENCE

READ = Permission.MEMBERS_READ
AUDITOR = Actor(label="auditor", user_id=1, grants=(Grant("auditor", EVERYWHERE),))


@pytest.fixture
def browser_client(web_only: Settings) -> Client:
    return Client(raise_request_exception=False, headers={"accept-language": "id"})


def test_every_answer_carries_the_strict_headers(browser_client: Client) -> None:
    for path in ("/galeri", "/corong", "/nowhere", "/refused"):
        answer = browser_client.get(path)
        assert answer["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:")
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]


def test_the_gallery_knows_all_its_variables_and_repeats_no_id(browser_client: Client) -> None:
    text = browser_client.get("/galeri").content.decode()
    assert "UNKNOWN-VARIABLE" not in text
    ids = [str(tag["id"]) for tag in BeautifulSoup(text, "html.parser").find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_pages_say_their_language_and_start_with_a_skip_link(browser_client: Client) -> None:
    soup = BeautifulSoup(browser_client.get("/galeri").content, "html.parser")
    assert soup.html is not None
    assert soup.html["lang"] == "id"
    link = soup.select("a.skip-link")[0]
    assert soup.body is not None
    assert soup.body.find("a") is link
    assert soup.find("main", id=str(link["href"])[1:]) is not None


def test_a_public_page_loads_only_what_brings_the_service_worker_and_loads_it_last(
    browser_client: Client,
) -> None:
    soup = BeautifulSoup(browser_client.get("/nowhere").content, "html.parser")
    [script] = soup.find_all("script")
    assert str(script["src"]) == "/static/web/install.js"
    assert script.has_attr("defer")
    assert script.find_next_sibling() is None


def test_the_desk_loads_htmx_from_our_own_files_without_eval(browser_client: Client) -> None:
    soup = BeautifulSoup(browser_client.get("/corong").content, "html.parser")
    scripts = [
        "/static/django_htmx/htmx-2.min.js",
        "/static/web/kit.js",
        "/static/web/install.js",
    ]
    assert [str(tag["src"]) for tag in soup.find_all("script")] == scripts
    settings_of_htmx = json.loads(str(soup.select("meta[name=htmx-config]")[0]["content"]))
    assert settings_of_htmx["allowEval"] is False
    assert settings_of_htmx["includeIndicatorStyles"] is False


def test_the_footer_names_the_open_database_licence(browser_client: Client) -> None:
    assert "ODbL" in browser_client.get("/galeri").content.decode()


@pytest.mark.parametrize(("path", "status"), [("/refused", 422), ("/missing", 404)])
def test_a_refusal_that_nobody_caught_shows_its_sentence(
    browser_client: Client, path: str, status: int
) -> None:
    answer = browser_client.get(path)
    assert answer.status_code == status
    assert SENTENCE in answer.content.decode()
    assert b"<html" in answer.content


def test_under_htmx_only_the_notice_comes(browser_client: Client) -> None:
    answer = browser_client.get("/refused", headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    assert b"<html" not in answer.content


def test_the_api_translates_its_refusals_itself(browser_client: Client) -> None:
    assert browser_client.get("/api/refused").status_code == 500


def test_unknown_pages_and_faults_answer_in_indonesian(browser_client: Client) -> None:
    assert "Halaman tidak ditemukan" in browser_client.get("/nowhere").content.decode()
    logging.disable(logging.CRITICAL)
    try:
        broken = browser_client.get("/broken")
    finally:
        logging.disable(logging.NOTSET)
    assert broken.status_code == 500
    assert "Ada gangguan di sistem" in broken.content.decode()
    assert "broken on purpose" not in broken.content.decode()


def test_while_the_database_is_away_the_answer_says_when_to_come_back(browser_client: Client) -> None:
    logging.disable(logging.CRITICAL)
    try:
        answer = browser_client.get("/without-a-database")
    finally:
        logging.disable(logging.NOTSET)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Sistem belum siap" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_error_pages_that_get_no_context_need_none(web_only: Settings, name: str) -> None:
    text = render_to_string(name)
    assert "<h1>" in text
    assert "UNKNOWN-VARIABLE" not in text


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_page_of_a_fault_uses_no_template_tag_at_all(name: str) -> None:
    page = Path(middleware.__file__).resolve().parent / "templates" / name
    assert "{%" not in page.read_text(encoding="utf-8")


def test_a_decent_request_id_is_kept_and_bound_to_the_logs(rf: RequestFactory) -> None:
    seen: list[object] = []

    def respond(request: HttpRequest) -> HttpResponse:
        seen.append(structlog.contextvars.get_contextvars()["request_id"])
        return HttpResponse()

    answer = middleware.RequestIdMiddleware(respond)(rf.get("/", headers={"X-Request-Id": "proxy-123456"}))
    assert answer["X-Request-Id"] == "proxy-123456"
    assert seen == ["proxy-123456"]
    assert "request_id" not in structlog.contextvars.get_contextvars()


@pytest.mark.parametrize(
    "given", ["", "short", "a b c d e f g h", "x" * 65, "evil\r\nSet-Cookie: a=b", "<script>alert"]
)
def test_any_other_request_id_is_replaced(rf: RequestFactory, given: str) -> None:
    answer = middleware.RequestIdMiddleware(lambda _request: HttpResponse())(
        rf.get("/", headers={"X-Request-Id": given})
    )
    assert answer["X-Request-Id"] != given
    assert len(answer["X-Request-Id"]) == 32


def test_a_view_may_set_a_header_of_its_own(rf: RequestFactory) -> None:
    def respond(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    answer = middleware.SecurityHeadersMiddleware(respond)(rf.get("/"))
    assert answer["Content-Security-Policy"] == "default-src 'none'"


def territory(most: int) -> QuerySet[Region]:
    """So many rows of something."""
    return Region.objects.filter(code__in=[f"9{number}" for number in range(most)])


@pytest.mark.django_db
def test_the_desk_shows_only_what_a_grant_opens(web_only: Settings, rf: RequestFactory) -> None:
    navigation.register(
        [
            DeskPage("funnel", "/corong", "Corong", "chart", Permission.PIPELINE_READ_FUNNEL),
            DeskPage(
                "import",
                "/kerja/impor",
                "Impor",
                "upload",
                Permission.MEMBERS_IMPORT,
                waiting=lambda _actor: territory(2),
            ),
            DeskPage("members", "/kerja", "Kerja", waiting=lambda _actor: territory(3), is_late=True),
        ]
    )
    for number in range(3):
        Region.objects.create(
            code=f"9{number}", name="Uji", kind=Kind.PROVINSI, level=Level.PROVINCE, zone=Zone.WIB
        )
    request = rf.get("/corong/alasan")
    request.actor = AUDITOR
    desk = context.desk_of(request)
    assert [item.key for item in desk.items] == ["funnel", "members"]
    assert desk.items[1].count == 3
    assert desk.current == "funnel"
    assert desk.role == "Auditor"


@pytest.mark.django_db
def test_what_waits_is_counted_anew_for_each_page_and_by_the_grants_of_its_reader(web_only: Settings) -> None:
    def waiting(actor: Actor) -> QuerySet[Region]:
        return Region.objects.filter(code__startswith=next(iter(actor.scopes_with(READ))).region)

    navigation.register([DeskPage("a", "/a", "A", permission=READ, waiting=waiting)])

    def count(region: str) -> int:
        return navigation.items_for(Actor("user:1", 1, (Grant("pelatih", Scope(region=region)),)))[0].count

    assert (count("97"), count("98")) == (0, 0)
    for code in ("97", "98", "98.01"):
        Region.objects.create(code=code, name="Uji", kind=Kind.PROVINSI, level=Level.PROVINCE, zone=Zone.WIB)
    assert (count("97"), count("98")) == (1, 2)


def test_the_longest_address_is_the_current_page() -> None:
    items = (
        navigation.NavItem("work", "/kerja", "Kerja"),
        navigation.NavItem("import", "/kerja/impor", "Impor"),
    )
    assert navigation.current_key("/kerja/impor/7", items) == "import"
    assert navigation.current_key("/kerja/anggota", items) == "work"
    assert navigation.current_key("/kerjasama", items) == ""


def test_an_anonymous_desk_is_empty(web_only: Settings, rf: RequestFactory) -> None:
    navigation.register([DeskPage("import", "/kerja/impor", "Impor", "upload", Permission.MEMBERS_IMPORT)])
    assert context.desk_of(rf.get("/corong")).items == ()


@pytest.mark.parametrize("notice", ["", "Semua orang dan usaha di sini rekaan, sampai kapan pun."])
def test_the_shell_shows_the_notice_about_made_up_people_where_there_is_one(
    web_only: Settings, rf: RequestFactory, notice: str
) -> None:
    for template in ("web/public.html", "web/desk.html"):
        page = render_to_string(template, {"demo_notice": notice}, request=rf.get("/corong"))
        assert ("rekaan" in page) is bool(notice)
        if notice:  # in few words, the rest behind a question
            found = BeautifulSoup(page, "html.parser").select_one(".demo-notice details:not([open])")
            assert found is not None
            assert found.select_one("summary").get_text().endswith("Apa ini?")
            assert len(found.select_one("summary").get_text()) <= 60
            assert found.select_one("p").get_text() == notice
