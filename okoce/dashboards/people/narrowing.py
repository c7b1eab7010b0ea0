"""From the address of the list to the question behind it, and back: the place and the komunitas found, chips to undo each."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_known_as
from okoce.dashboards.people.forms import AGE_LABELS, AGES, NarrowPeople
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.naming import Named, place_named
from okoce.foundation.web.lists import FilterChip
from okoce.pipeline.queries.people import Order, Wanted

MOST_OFFERED = 8
FILTERS = ("wilayah", "komunitas", "tahap", "macet", "umur", "usaha")
_CODE_OF_PLACE = re.compile(r"(?<=[?&]wilayah=)")  # where it would stand in an address


@dataclass
class Narrowing:
    """One address of the list, read. `places` are offered where a name means several; `is_named`: the place was written by
    name, and its code belongs into the address."""

    form: NarrowPeople
    wanted: Wanted | None = None
    place: str = ""
    group: str = ""
    places: list[tuple[str, str]] = field(default_factory=list)
    is_named: bool = False

    @property
    def is_clear(self) -> bool:
        return self.wanted is not None


def read_narrowing(actor: Actor, query: QueryDict) -> Narrowing:
    """Read the address; what cannot be meant is refused beside its field, never guessed."""
    form = NarrowPeople(query)
    narrowing = Narrowing(form)
    if not form.is_valid():
        return narrowing
    asked = form.cleaned_data
    code = _place(narrowing, actor, asked["wilayah"].strip())
    group_id = _group(narrowing, actor, asked["komunitas"])
    if not form.errors:
        narrowing.wanted = _wanted(asked, code, group_id)
    return narrowing


def _wanted(asked: dict[str, Any], code: str, group_id: int | None) -> Wanted:
    least, most = AGES.get(asked["umur"], (None, None))
    return Wanted(
        q=asked["q"],
        scope=code,
        group_id=group_id,
        stage=asked["tahap"],
        stuck=asked["macet"],
        entry=asked["usaha"],
        least_days=least,
        most_days=most,
        order=Order.LONGEST_WAITING if asked["urut"] == "lama" else Order.NAME,
        cursor=asked["sesudah"],
    )


def _place(narrowing: Narrowing, actor: Actor, written: str) -> str:
    """The code of the place; digits are a code, and one that no place has is refused as a name would be."""
    if not written:
        return ""
    if written[0].isdigit():
        return _place_of_code(narrowing, written)
    found = place_named(written, near=_region_of(actor))
    if found.code is not None:
        narrowing.is_named = True
        return found.code
    narrowing.places = found.offers()[:MOST_OFFERED]
    sentence = (
        _("Belum jelas tempat mana yang dimaksud dengan “%s”. Pilih salah satunya dari daftar.")
        if narrowing.places
        else _("Wilayah “%s” tidak ditemukan. Periksa ejaannya, atau pakai kodenya.")
    )
    narrowing.form.add_error("wilayah", sentence % written[:40])
    return ""


def _place_of_code(narrowing: Narrowing, written: str) -> str:
    code = read_code(written).code or written
    if territory.find_region(code) is None:
        sentence = _("Wilayah dengan kode “%s” tidak ada. Periksa kodenya, atau tulis nama tempatnya.")
        narrowing.form.add_error("wilayah", sentence % written[:40])
        return ""
    narrowing.place = territory.path_of(code)
    return code


def _region_of(actor: Actor) -> str:
    """Where the reader works; "" for the whole nation, or a komunitas."""
    return next((scope.region for scope in actor.scopes_with(Permission.MEMBERS_READ) if scope.region), "")


def exact_place(written: str, *, allows_nation: bool = True) -> tuple[str, str]:
    """The code of the one place that is meant ("" the nation, where nothing is written), or why there is none: what is decided
    for a place is never decided for a guess. Public."""
    found = named_or_nation(written, allows_nation=allows_nation)
    return found.code or "", found.sentence


def named_or_nation(written: str, *, allows_nation: bool = True) -> Named:
    """Likewise, with those that may be meant. Public."""
    if not written or written[0].isdigit():  # whether there is a place of that code is for the deed to say
        return Named(read_code(written).code or written if written else "")
    return place_named(written, allows_nation=allows_nation)


def _group(narrowing: Narrowing, actor: Actor, written: str) -> int | None:
    if not written.strip():
        return None
    group = group_known_as(actor, written)
    if group is None:
        sentence = _("Komunitas “%s” tidak ada dalam wilayah tugas Anda. Periksa nama atau kodenya.")
        narrowing.form.add_error("komunitas", sentence % written[:40])
        return None
    narrowing.group = group.name
    return group.pk


def address(query: QueryDict | dict[str, Any], **changed: str) -> str:
    """The list with some of its filters changed, from its first page on; an empty one is left out, but for the place: an
    address that says nothing of it would go on to the one that the officer has chosen to work in."""
    kept = {name: value for name, value in query.items() if name != "sesudah"} | changed
    written = urlencode({name: value for name, value in kept.items() if value or name == "wilayah"})
    return f"{_list_path()}?{written}" if written else _list_path()


@cache
def _list_path() -> str:
    """Asked for by fifty links of a page."""
    return reverse("member_list")


def list_behind(told: QueryDict) -> str:
    """The list from which a person's page was opened, by the words that it sent along; "" where it was none."""
    written = str(told.get("dari", ""))
    return address(QueryDict(written)) if written else ""


def chips(narrowing: Narrowing, query: QueryDict) -> list[FilterChip]:
    """One link for each filter that holds, which takes it away."""
    form = narrowing.form
    words = {"wilayah": narrowing.place, "komunitas": narrowing.group}
    told = []
    for name in FILTERS:
        value = query.get(name, "")
        if not value or name in form.errors:
            continue
        label = words.get(name) or _choice(form, name, value)
        told.append(FilterChip(_("%s: hapus") % label, address(query, **{name: ""}), is_current=True))
    return told


def _choice(form: NarrowPeople, name: str, value: str) -> str:
    choices = getattr(form.fields[name], "choices", ())
    return next((str(label) for code, label in choices if str(code) == value), value)


def ages_offered(query: QueryDict) -> list[FilterChip]:
    """The quick way to the people who wait longest."""
    current = query.get("umur", "")
    return [
        FilterChip(str(AGE_LABELS[age]), address(query, umur=age, urut="lama"), is_current=age == current)
        for age in ("30-", "90-", "180-")
    ]


def narrower_places(code: str, query: QueryDict) -> list[FilterChip]:
    """The places right below this one: a picker without script. Their addresses differ in their code alone."""
    below = territory.children(code) if len(code) < len("31.71.04") else []
    before, after = _CODE_OF_PLACE.split(address(query, wilayah=""), maxsplit=1)
    return [FilterChip(place.label, f"{before}{place.code}{after}") for place in below]


def wider_places(code: str, query: QueryDict) -> list[FilterChip]:
    """From the nation down to the place above this one."""
    if not code:
        return []
    above = [FilterChip(territory.name_of(""), address(query, wilayah=""))]
    return above + [
        FilterChip(one.label, address(query, wilayah=one.code)) for one in territory.ancestors(code)
    ]


def without_search(query: str) -> str:
    """The filters alone, and that somebody was searched for: not whom."""
    read = QueryDict(query, mutable=True)
    read.pop("sesudah", None)
    if read.get("q"):
        read["q"] = "…"
    return read.urlencode()


def filter_words(query: QueryDict) -> str:
    """What a list is narrowed by, without the name or number that was typed: that would be somebody's."""
    form = NarrowPeople(query)
    held = [(name, value) for name in FILTERS if (value := query.get(name, ""))]
    searched = [_("pencarian")] if query.get("q") else []
    told = [
        territory.name_of(value) if name == "wilayah" else _choice(form, name, value) for name, value in held
    ]
    return ", ".join(searched + told) or _("semua anggota")
