"""The scope an officer works in: all that the grants reach, or one place or komunitas of it.

The choice is kept in the session, and pages that take `?wilayah=` get it where their address says nothing. It only narrows:
rows still come through the grants, and a choice that no grant covers any more counts as none.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope, region_within
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level

View = Callable[..., HttpResponseBase]
PLACE, GROUP = "wilayah", "komunitas"  # as the addresses of pages name them
KEPT_AS = "okoce_lingkup"
_OF_GROUP = "komunitas:"


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """One place or one komunitas; neither = all that the grants reach."""

    region: str = ""
    group_id: int | None = None

    @property
    def value(self) -> str:
        """As the form posts it and the session keeps it."""
        return self.region if self.group_id is None else f"{_OF_GROUP}{self.group_id}"

    def query(self, *, takes_groups: bool) -> dict[str, str]:
        """What a page's address gets; nothing where the page knows no komunitas."""
        if self.group_id is not None:
            return {GROUP: str(self.group_id)} if takes_groups else {}
        return {PLACE: self.region} if self.region else {}


@dataclass(frozen=True, slots=True)
class ScopeOption:
    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ScopeSwitch:
    """The switcher as the desk draws it, and where one is when it has been used."""

    options: tuple[ScopeOption, ...]
    back: str


ALL = ScopeChoice()
_group_names: list[Callable[[Iterable[int]], Mapping[int, str]]] = []


def name_groups_with(names: Callable[[Iterable[int]], Mapping[int, str]]) -> None:
    """How a komunitas is called is known above this layer; `config` says where."""
    _group_names[:] = [names]


def read_choice(value: str, actor: Actor) -> ScopeChoice:
    """The choice that a posted or kept value means, ALL where no grant of the actor covers it."""
    group_id = number_typed(value.removeprefix(_OF_GROUP)) if value.startswith(_OF_GROUP) else None
    if group_id is not None:
        return ScopeChoice(group_id=group_id) if group_id in _groups(actor) else ALL
    is_covered = any(scope.everywhere or region_within(value, scope.region) for scope in _anchored(actor))
    is_known = len(value) <= LENGTH_OF[Level.DISTRICT] and territory.find_region(value) is not None
    return ScopeChoice(region=value) if value and is_covered and is_known else ALL


def choice_of(request: HttpRequest) -> ScopeChoice:
    """What the officer chose earlier in this session. Asks nothing for a reader without one."""
    kept = request.session.get(KEPT_AS, "") if hasattr(request, "session") else ""
    return read_choice(kept, request.actor) if kept else ALL  # type: ignore[attr-defined]  # see accounts.requests


def keep_choice(request: HttpRequest, value: str) -> ScopeChoice:
    choice = read_choice(value, request.actor)  # type: ignore[attr-defined]  # see accounts.requests
    if choice == ALL:
        request.session.pop(KEPT_AS, None)
    else:
        request.session[KEPT_AS] = choice.value
    return choice


def in_chosen_scope(*, takes_groups: bool = False) -> Callable[[View], View]:
    """A page that takes `?wilayah=` (and `?komunitas=`): an address without either goes on to the one with the choice. An
    empty `wilayah=` means all."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.scope_switch = SimpleLazyObject(lambda: switch_of(request))  # type: ignore[attr-defined]  # for web/desk.html
            if PLACE not in request.GET and GROUP not in request.GET:
                wanted = choice_of(request).query(takes_groups=takes_groups)
                if wanted:
                    return redirect(with_query(request, wanted))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def with_query(request: HttpRequest, wanted: Mapping[str, str]) -> str:
    """This page's address with that scope, from its first page on."""
    query = request.GET.copy()
    for name in (PLACE, GROUP, "sesudah"):
        query.pop(name, None)
    query.update(wanted)
    return f"{request.path}?{query.urlencode()}"


def switch_of(request: HttpRequest) -> ScopeSwitch | None:
    """The switcher for this reader; None where there is nothing to choose."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # see accounts.requests
    choice = choice_of(request)
    options = [*_places(actor, choice.region), *_komunitas(actor)]
    if len(options) < 2:
        return None
    everything = _("Seluruh Indonesia") if _is_national(actor) else _("Semua wilayah tugas saya")
    drawn = [ScopeOption(value, label, value == choice.value) for value, label in options]
    query = request.GET.copy()
    for name in (PLACE, GROUP, "sesudah"):
        query.pop(name, None)
    back = f"{request.path}?{query.urlencode()}" if query else request.path
    return ScopeSwitch((ScopeOption("", everything, choice == ALL), *drawn), back)


def _places(actor: Actor, chosen: str) -> Iterator[tuple[str, str]]:
    """The places of the grants, or what lies below the only one; under each step towards the chosen one what lies below it."""
    anchors = sorted({scope.region for scope in _anchored(actor) if scope.region})
    roots = [""] if _is_national(actor) else anchors
    firsts = roots if len(roots) > 1 else [place.code for root in roots for place in _below(root)]
    for code in firsts:
        yield from _with_below(code, chosen, "")


def _with_below(code: str, chosen: str, indent: str) -> Iterator[tuple[str, str]]:
    yield code, indent + territory.name_of(code)
    if chosen and region_within(chosen, code):
        for place in _below(code):
            yield from _with_below(place.code, chosen, indent + "\u2003")


def _below(code: str) -> list[Any]:
    """Down to kecamatan: pages know no smaller place."""
    return [] if len(code) >= LENGTH_OF[Level.DISTRICT] else territory.children(code)


def _komunitas(actor: Actor) -> list[tuple[str, str]]:
    groups = _groups(actor)
    names = _group_names[0](groups) if groups and _group_names else {}
    return [
        (ScopeChoice(group_id=group_id).value, names[group_id]) for group_id in groups if group_id in names
    ]


def _groups(actor: Actor) -> list[int]:
    return sorted({grant.scope.group_id for grant in actor.grants if grant.scope.group_id is not None})


def _anchored(actor: Actor) -> list[Scope]:
    """Scopes that a place can narrow."""
    return [scope for scope in (grant.scope for grant in actor.grants) if scope.everywhere or scope.region]


def _is_national(actor: Actor) -> bool:
    return any(grant.scope.everywhere for grant in actor.grants)
