"""The officers' side navigation. `config` registers the pages; a reader sees those that their grants open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.counting import Counting
from okoce.foundation.shared.days import today_wib

MOST_COUNTED = 100
MOST_READERS = 256  # whose questions are kept
Waiting = Callable[[Actor], QuerySet[Any]]
Reader = tuple[int | None, str, tuple[Grant, ...]]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the desk: its URL name, what it is called, and the right that opens it."""

    key: str
    href: str
    label: str | Promise
    icon: str = "arrow"
    permission: Permission | None = None
    # What waits there, told by number, up to a hundred: rows that hang on nothing but the actor and the day.
    waiting: Waiting | None = None
    is_late: bool = False
    # For whoever has a record of her own, which no role gives.
    is_own: bool = False
    # Where what waits is listed by itself; the menu leads there as long as anything does.
    queue_href: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page as the side navigation draws it."""

    key: str
    href: str
    label: str
    icon: str = "arrow"
    count: int = 0
    is_late: bool = False
    is_wide_only: bool = False  # where there is room for it


@dataclass(frozen=True, slots=True)
class Desk:
    """`desk` in the context of every page that extends web/desk.html."""

    role: str
    person: str
    items: tuple[NavItem, ...]
    current: str = ""
    sign_out: str = "/keluar"


def site_links(places: Sequence[str] = ()) -> tuple[NavItem, ...]:
    """The header of the public pages; its addresses are part of the public surface. `places`: where a reader who is signed
    in is at home."""
    home = {
        "kerja": NavItem("desk", "/corong", _("Kerja")),
        "mitra": NavItem("desk", "/rujukan", _("Kerja")),
        "saya": NavItem("own", "/saya", _("Saya")),
    }
    own = tuple(home[place] for place in places if place in home)
    funnel = NavItem("funnel", "/corong", _("Corong"), is_wide_only=True)
    return (
        funnel,
        *(own or (NavItem("register", "/daftar", _("Daftar")), NavItem("sign_in", "/masuk", _("Masuk")))),
    )


_pages: dict[str, DeskPage] = {}


def register(pages: Iterable[DeskPage]) -> None:
    """Put pages on the desk, in this order; a key registered again replaces the page."""
    _pages.update({page.key: page for page in pages})


def items_for(actor: Actor) -> tuple[NavItem, ...]:
    """The pages that some grant of the actor opens."""
    pages = [page for page in _pages.values() if _opens(actor, page)]
    waiting = {page.key: page.waiting for page in pages if page.waiting}
    counted = _counting(tuple(waiting.values()), (actor.user_id, actor.label, actor.grants), today_wib())
    counts = dict(zip(waiting, counted.answer(), strict=True))
    return tuple(
        NavItem(
            key=page.key,
            href=page.queue_href if page.queue_href and counts.get(page.key) else page.href,
            label=str(page.label),
            icon=page.icon,
            count=counts.get(page.key, 0),
            is_late=page.is_late,
        )
        for page in pages
    )


def _opens(actor: Actor, page: DeskPage) -> bool:
    if page.is_own and all(grant.scope.member_id is None for grant in actor.grants):
        return False
    return page.permission is None or actor.may(page.permission)


@lru_cache(MOST_READERS)
def _counting(waiting: tuple[Waiting, ...], reader: Reader, day: date) -> Counting:
    """The question, not its answer: asked by every page of the desk, and worked out once for each set of grants and day."""
    del day  # rules look at it
    user_id, label, grants = reader
    actor = Actor(label, user_id, grants)
    return Counting.of([rows(actor) for rows in waiting], MOST_COUNTED)


def current_key(path: str, items: Iterable[NavItem]) -> str:
    """The item whose address is the longest beginning of the path."""
    beginnings = [(item.href.partition("?")[0], item.key) for item in items]
    matches = [one for one in beginnings if path == one[0] or path.startswith(f"{one[0].rstrip('/')}/")]
    return max(matches, key=lambda one: len(one[0]))[1] if matches else ""
