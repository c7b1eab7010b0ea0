"""Pages as a reader meets them."""

from typing import Any

from bs4 import BeautifulSoup, Tag

FOUND = 302


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    """The page of an answer with that status; no id stands twice on it."""
    text = answer.content.decode()
    assert answer.status_code == status, f"{answer.status_code}: {text[:2000]}"
    parsed = BeautifulSoup(text, "html.parser")
    ids = [tag["id"] for tag in parsed.find_all(id=True)]
    assert sorted(set(ids)) == sorted(ids), "an id stands twice"
    return parsed


def words(tag: Tag | None) -> str:
    """The text of a part of a page, in single spaces."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def refused(answer: Any) -> BeautifulSoup:
    """The page to which a refused form leads: an address of its own, where "back" and "reload" find it again."""
    assert answer.status_code == FOUND, answer.content.decode()[:3000]
    assert answer["Location"].partition("?")[0] == answer.wsgi_request.path
    return page(answer.client.get(answer["Location"]))


def refusal(answer: Any, status: int) -> str:
    """The sentence of a refusal page, which has exactly one."""
    [notice] = page(answer, status).select("[role=alert]")
    return words(notice)


def funnel_counts(answer: Any) -> list[str]:
    """P1 … P7 as they are written on a funnel."""
    return [words(value) for value in page(answer).select(".funnel-value")]


def rows_of(answer: Any) -> list[list[str]]:
    """The cells of the first table, without the boxes to pick a row by; a code below a text counts as a cell."""
    table = page(answer).select_one("main table")
    for box in table.select(".pick") if table else ():
        box.extract()
    rows = table.select("tbody tr") if table else []
    return [[text for cell in row.find_all(["th", "td"]) for text in _texts(cell)] for row in rows]


def _texts(cell: Any) -> list[str]:
    details = [detail.extract() for detail in cell.select(".cell-detail")]
    return [words(part) for part in (cell, *details)]


def next_page(answer: Any) -> str:
    """The address of the next page, "" on the last one."""
    link = page(answer).select_one(".pager a[rel=next]")
    return str(link["href"]) if link else ""


def posts(answer: Any) -> list[str]:
    """Where the forms in the page's main part write to."""
    return [str(form["action"]) for form in page(answer).select("main form[method=post]")]
