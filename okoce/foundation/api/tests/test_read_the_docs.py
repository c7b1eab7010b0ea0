"""The OpenAPI document tells the truth about refusals, and its page is readable without script."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.callers import Program

pytestmark = pytest.mark.django_db
# Words that no English sentence has; names of fields and of values may look Indonesian.
INDONESIAN = re.compile(
    r"\b(yang|dan|atau|di|ke|dari|untuk|dengan|tidak|bukan|bila|hari|tanggal|orang|anggota|kode|nama|angka|kosong|kunci"
    r"|wilayah|misalnya|sudah|belum|tahap|bukti|waktu|isi)\b",
    re.IGNORECASE,
)


@pytest.fixture
def document() -> dict[str, Any]:
    told: dict[str, Any] = Program().get("/api/v1/openapi.json").json()
    return told


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_openapi_3_1_with_the_promised_operations(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert {(method.upper(), path) for method, path, _operation in operations(document)} >= {
        ("GET", "/api/v1/public/funnel"),
        ("POST", "/api/v1/members"),
        ("GET", "/api/v1/members"),
        ("GET", "/api/v1/members/{number}"),
        ("GET", "/api/v1/members/{number}/journey"),
        ("POST", "/api/v1/members/{number}/evidence"),
    }


def test_refusals_are_problem_documents(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        for status, answer in operation["responses"].items():
            kind = "application/problem+json" if int(status) >= 400 else "application/json"
            assert list(answer["content"]) == [kind], (method, path, status)
        assert operation["summary"]
        assert operation["description"]


def test_every_operation_but_the_public_ones_asks_for_a_token(document: dict[str, Any]) -> None:
    for _method, path, operation in operations(document):
        if path.startswith("/api/v1/public/"):
            assert "security" not in operation
            continue
        assert operation["security"] == [{"TokenAuth": []}]
        assert {"401", "403"} <= set(operation["responses"])
    assert document["components"]["securitySchemes"]["TokenAuth"]["scheme"] == "bearer"


def test_every_write_honours_the_key_of_repetition(document: dict[str, Any]) -> None:
    for method, _path, operation in operations(document):
        headers = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
        assert headers == (["Idempotency-Key"] if method == "post" else [])
        if method == "post":
            assert {"400", "409", "413", "415", "422"} <= set(operation["responses"])


def test_every_shape_that_is_named_exists(document: dict[str, Any]) -> None:
    def names(part: Any) -> set[str]:
        if isinstance(part, dict):
            here = {part["$ref"].rsplit("/", 1)[1]} if isinstance(part.get("$ref"), str) else set()
            return here.union(*(names(inner) for inner in part.values()))
        return set().union(*(names(inner) for inner in part)) if isinstance(part, list) else set()

    assert names(document) <= set(document["components"]["schemas"])


def sentences(part: Any) -> list[str]:
    """What the document says to programmers, without the names that stand in it as code."""
    if isinstance(part, list):
        return [text for inner in part for text in sentences(inner)]
    if not isinstance(part, dict):
        return []
    here = [part[name] for name in ("summary", "description", "title") if isinstance(part.get(name), str)]
    here += [tag for tag in part.get("tags", []) if isinstance(tag, str)]
    return [re.sub(r"`[^`]*`", "", text) for text in here] + sentences(list(part.values()))


def test_the_document_is_english_and_the_same_for_everybody(document: dict[str, Any]) -> None:
    told = sentences(document)
    assert len(told) > 100
    assert [text for text in told if INDONESIAN.search(text)] == []
    asked_in_english = Program().get("/api/v1/openapi.json", **{"Accept-Language": "en"}).json()
    assert json.dumps(asked_in_english) == json.dumps(document)


def test_the_page_says_in_which_language_it_goes_on() -> None:
    page = BeautifulSoup(Program().get("/api/v1/docs").content, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "id"
    part = page.select_one("main [lang=en]")
    assert part is not None
    assert {tag.find_parent(lang=True) for tag in page.find_all("section")} == {part}
    assert not INDONESIAN.search(" ".join(heading.get_text() for heading in part.find_all(["h2", "h3"])))


def test_the_page_shows_every_operation_without_script() -> None:
    answer = Program().get("/api/v1/docs")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    assert [script["src"] for script in page.find_all("script")] == [
        "/static/web/install.js"
    ]  # the shell's own
    assert len(page.find_all("section")) >= 6
    assert page.find("a", href="/api/v1/openapi.json")
    text = page.get_text(" ")
    assert "business.workers" in text
    assert "Idempotency-Key" in text
    identifiers = [tag["id"] for tag in page.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))
