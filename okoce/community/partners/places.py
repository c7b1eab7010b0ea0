"""Choosing where something holds: the nation, provinces, kabupaten/kota or kecamatan, found by what somebody types."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.naming import place_named
from okoce.foundation.territory.states import LENGTH_OF, Level

LONGEST_TYPED = 120
NATION_BUTTON = "*"  # an empty value of a button would be no value


@dataclass(frozen=True, slots=True)
class WidePlace:
    """One place that may be meant; `value` is what its button sends."""

    code: str
    name: str
    within: str

    @property
    def value(self) -> str:
        return self.code or NATION_BUTTON


@dataclass(frozen=True, slots=True)
class PlaceSearch:
    """What was found, without what is chosen already; a sentence where nothing was."""

    typed: str = ""
    offers: tuple[WidePlace, ...] = ()
    sentence: str = ""


def place_of(code: str) -> WidePlace:
    """A chosen place as it was offered."""
    if not code:
        return WidePlace("", _("Seluruh Indonesia"), "")
    path = territory.path_of(code)
    name = territory.name_of(code)
    prefix = _("Kec. %s") if len(code) == LENGTH_OF[Level.DISTRICT] else "%s"
    return WidePlace(code, prefix % name, path.partition(", ")[2])


def search_wide_places(typed: str | None, chosen: Collection[str]) -> PlaceSearch:
    """What is offered for a name: the one place that it is, else those that may be meant."""
    if typed is None:
        return PlaceSearch()
    text = " ".join(typed.replace("\x00", " ").split())[:LONGEST_TYPED]
    if not any(mark.isalnum() for mark in text):
        return PlaceSearch(
            text, sentence=_("Tulis nama provinsi, kabupaten/kota, kecamatan, atau “Indonesia”.")
        )
    found = place_named(text)
    codes = [found.code] if found.code is not None else list(found.candidates)
    offers = tuple(place_of(code) for code in codes if code not in chosen)
    if offers:
        return PlaceSearch(text, offers)
    told = (
        _("Semua yang cocok sudah dipilih.") if codes else _("“%s” tidak ditemukan. Periksa ejaannya.") % text
    )
    return PlaceSearch(text, sentence=told)


def changed_places(chosen: Collection[str], added: str, left: str) -> list[str]:
    """The choice after one tap on a button, which adds one place or takes one away."""
    codes = [*chosen, *([_code(added)] if added else [])]
    return [code for code in dict.fromkeys(codes) if not left or code != _code(left)]


def _code(value: str) -> str:
    return "" if value == NATION_BUTTON else value


def read_places(text: str) -> tuple[str, ...]:
    """The places that a text names, with ";" between them; refuses a name that is none, or may mean several."""
    parts = [" ".join(part.split()) for part in text.replace("\x00", " ").replace("\n", ";").split(";")]
    return tuple(dict.fromkeys(_read(part) for part in parts if part))


def written_places(codes: Collection[str]) -> str:
    """The same the other way round."""
    return "; ".join(place_of(code).name for code in codes)


def _read(name: str) -> str:
    found = place_named(name)
    if found.code is None:
        raise _wrong(found.sentence)
    return found.code


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("places", sentence)])
