"""Where somebody lives, found by what she types: a kecamatan, a kelurahan, or both with a comma between."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.naming import Named, nearest_first, place_named
from okoce.foundation.territory.resolution import FIELD_OF, Reason, Resolution
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.territory.tree import Place

MOST_DISTRICTS, MOST_VILLAGES, MOST_OFFERS = 8, 10, 10
MOST_NEAR = 3
# With fewer letters every third kelurahan would be meant.
SHORTEST_VILLAGE = 3
LONGEST_TYPED = 120


@dataclass(frozen=True, slots=True)
class Offer:
    """One place that may be meant: what it is called, and where it lies."""

    code: str
    name: str
    within: str


@dataclass(frozen=True, slots=True)
class Search:
    """What was found; a sentence where it was not one clear place."""

    typed: str
    offers: tuple[Offer, ...] = ()
    sentence: str = ""
    below: tuple[str, ...] = ()  # the kecamatan of the kabupaten or kota that was named
    note: str = ""  # how many more there are, and what to add


def search_places(typed: str, near: str = "") -> Search:
    """The places that somebody may mean, best first; of those that only resemble it the ones near a known place before others."""
    text = " ".join(typed.replace("\x00", " ").split())[:LONGEST_TYPED]
    parts = [part.strip() for part in text.split(",") if any(mark.isalnum() for mark in part)]
    if not parts:
        return Search(text, sentence=_("Tulis nama kecamatan atau kelurahan tempat tinggal Anda."))
    return _by_name(text, parts[0], near) if len(parts) == 1 else _by_parts(text, parts, near)


def district_named(written: str, near: str = "") -> Named:
    """The kecamatan that is meant, by its name or its code; else those that may be meant: first those of that very name, then by the
    name of a kelurahan or of a kota, and last what only resembles it. Never a guess."""
    found = place_named(written, allows_nation=False, levels=("district",), near=near)
    if found.code is not None or not written.strip():
        return found
    search = search_places(written, near)
    searched = [one.code[: LENGTH_OF[Level.DISTRICT]] for one in search.offers]
    offered = [*searched, *found.candidates] if found.is_resembled else [*found.candidates, *searched]
    return Named(sentence=search.sentence or found.sentence, candidates=tuple(dict.fromkeys(offered)))


def called_nearby(name: str, level: Level, near: str) -> list[str]:
    """Codes of the few in the kabupaten or kota of a place that may be meant by a name; none where no place is known."""
    regency = near[: LENGTH_OF[Level.REGENCY]]
    return [place.code for place in territory.suggest(name, level, regency, MOST_NEAR)] if regency else []


def offer_of(code: str) -> Offer | None:
    """A chosen place as it was offered."""
    place = territory.find_region(code) if code else None
    if place is None:
        return None
    above = territory.path_of(code).partition(", ")[2]
    if len(code) > LENGTH_OF[Level.DISTRICT]:
        return Offer(code, _("Kel./desa %s") % place.name, _("Kec. %s") % above)
    return Offer(code, _("Kec. %s") % place.label, above)


def _by_name(text: str, name: str, near: str) -> Search:
    found = _called(name, near)
    named = [place.code for place in found if place.name.casefold() == name.casefold()]
    below = _districts_of_regency(name, has_namesake=bool(named))
    if below:  # what only resembles a city's name lies somewhere else altogether
        villages = [code for code in named if len(code) > LENGTH_OF[Level.DISTRICT]]
        districts = [code for code in named if code not in villages]
        return Search(text, _offers([*districts, *below, *villages]), below=tuple(below))
    if not named and _resolved({"province": name}, Level.PROVINCE).region is not None:
        sentence = _("“%(typed)s” itu provinsi. Tulis nama kecamatan atau kelurahan Anda.")
        return Search(text, sentence=sentence % {"typed": name})
    if found:
        shown = found[:MOST_OFFERS]
        return Search(text, _offers([place.code for place in shown]), note=_note(name, shown))
    return _unresolved(text, territory.resolver().resolve(district=name, at_least=Level.DISTRICT), near)


def _called(name: str, near: str) -> list[Place]:
    """What bears her very word before what holds its letters, and this before what only resembles them, each with what is near
    first; else as the territory ranks them."""
    levels = _levels(name)
    near_by = [code for level in levels for code in called_nearby(name, level, near)]
    found = [place for level, most in levels.items() for place in territory.suggest(name, level, limit=most)]
    places = {place.code: place for place in found}
    places |= {code: territory.region(code) for code in near_by if code not in places}
    ranked = [places[code] for code in nearest_first([*near_by, *places], near)]
    typed = name.casefold()
    return sorted(
        ranked, key=lambda place: (typed != place.name.casefold(), typed not in place.name.casefold())
    )


def _levels(name: str) -> dict[Level, int]:
    """Where a name is looked for, and how many of each are asked for."""
    villages = {Level.VILLAGE: MOST_VILLAGES} if len(name) >= SHORTEST_VILLAGE else {}
    return {Level.DISTRICT: MOST_DISTRICTS, **villages}


def _note(name: str, shown: list[Place]) -> str:
    """That there are more than are shown, and what to add; nothing where all are."""
    typed, names = name.casefold(), [place.name.casefold() for place in shown]
    there = territory.count_named(name, _levels(name))
    alike = there.exactly - names.count(typed)
    more = alike if alike > 0 else there.holding - sum(typed in one for one in names)
    if more <= 0:
        return ""
    villages = [place for place in shown if len(place.code) > LENGTH_OF[Level.DISTRICT]]
    # most that are cut off are villages; to one who wrote a part of a name its whole is an example, the part itself none
    first = (
        next((place for place in villages if alike > 0 or place.name.casefold() != typed), None)
        or (villages or shown)[0]
    )
    said = (
        _("Masih ada %(count)s lagi yang bernama “%(name)s”. Tulis juga %(above)s, misalnya: %(example)s")
        if alike > 0
        else _(
            "Masih ada %(count)s lagi yang namanya memuat “%(name)s”. Tulis namanya lebih lengkap, atau tulis juga %(above)s,"
            " misalnya: %(example)s"
        )
    )
    within = territory.region(first.code[: LENGTH_OF[Level.DISTRICT if villages else Level.REGENCY]])
    return said % {
        "count": number_format(more, force_grouping=True),
        "name": name,
        "above": _("kecamatannya") if villages else _("kabupaten atau kotanya"),
        "example": f"{first.name}, {within.name}",
    }


def _districts_of_regency(name: str, *, has_namesake: bool) -> list[str]:
    """Many name their city first: the kecamatan of the one that is called so, or of the few."""
    told = _resolved({"regency": name}, Level.REGENCY)
    meant = [told.region] if told.region is not None else []
    if told.reason is Reason.CORRECTED and has_namesake:
        meant = []
    if told.reason is Reason.AMBIGUOUS:
        meant = [one.place for one in told.candidates if len(one.code) == LENGTH_OF[Level.REGENCY]]
    return [place.code for regency in meant for place in territory.districts(regency.code)]


def _by_parts(text: str, parts: list[str], near: str) -> Search:
    """From the smallest to the largest, as addresses are written: with a kelurahan before the kecamatan, or without."""
    levels = ("village", "district", "regency", "province")
    with_village = _resolved(dict(zip(levels, parts, strict=False)))
    without = _resolved(dict(zip(levels[1:], parts, strict=False)))
    regions = [one.region.code for one in (with_village, without) if one.region is not None]
    if regions:
        return Search(text, _offers(regions))
    return _unresolved(text, _likelier(with_village, without), near)


def _likelier(with_village: Resolution, without: Resolution) -> Resolution:
    """A kelurahan came first where its kecamatan is known; else it was the kecamatan, if there is one like it."""
    if with_village.field == FIELD_OF[Level.VILLAGE]:
        return with_village
    if any(len(one.code) == LENGTH_OF[Level.DISTRICT] for one in without.candidates):
        return without
    return with_village if with_village.within is not None or with_village.candidates else without


def _resolved(address: dict[str, str], at_least: Level = Level.DISTRICT) -> Resolution:
    return territory.resolver().resolve(**address, at_least=at_least)


def _unresolved(text: str, found: Resolution, near: str) -> Search:
    deep = [one.code for one in found.candidates if len(one.code) >= LENGTH_OF[Level.DISTRICT]]
    if not deep and found.within is not None:
        within = found.within.code
        is_district = len(within) == LENGTH_OF[Level.DISTRICT]
        deep = [within] if is_district else [place.code for place in territory.districts(within)]
    return Search(text, _offers(nearest_first(deep, near)), found.sentence_for_one_box)


def _offers(codes: list[str]) -> tuple[Offer, ...]:
    offers = (offer_of(code) for code in dict.fromkeys(codes))
    return tuple(offer for offer in offers if offer is not None)
