"""One place by what an officer writes: its name with or without what lies above it, its code, or the nation. Never a guess: what
is decided for a place is decided for the one that was written."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import Refused
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.resolution import Reason, Resolution
from okoce.foundation.territory.states import LENGTH_OF, Level

WORDS_FOR_NATION = frozenset({"indonesia", "nasional", "seluruh indonesia", "seindonesia", "se-indonesia"})
LONGEST_WRITTEN = 120
MOST_NAMED = 5
MOST_OFFERED = 10
MOST_OF_A_LEVEL = 4
SHORTEST_NAME = 3  # with fewer letters half of the nation would be meant
WIDE = {"province": Level.PROVINCE, "regency": Level.REGENCY, "district": Level.DISTRICT}
_OFFERED = re.compile(r".*\(([\d.]{2,8})\)")  # "Senen, Kota Jakarta Pusat (31.71.04)", copied from a sentence


@dataclass(frozen=True, slots=True)
class Named:
    """The code of the one place that is meant ("" the nation); else None, why not, and the codes of those that may be meant.
    `is_resembled`: none of them is called so, each only resembles what was written."""

    code: str | None = None
    sentence: str = ""
    candidates: tuple[str, ...] = ()
    is_resembled: bool = False

    def offers(self) -> list[tuple[str, str]]:
        """Code and path of those that may be meant."""
        return [(code, territory.path_of(code)) for code in self.candidates]


def means_nation(written: str) -> bool:
    """Whether a word means the whole of it."""
    return " ".join(written.split()).casefold() in WORDS_FOR_NATION


def place_named(
    written: str, *, allows_nation: bool = True, levels: Collection[str] = tuple(WIDE), near: str = ""
) -> Named:
    """A province, kabupaten/kota or kecamatan (or of these `levels` alone), or the nation where that may be chosen. Refuses what may
    mean several, and what only resembles a name, with what is likely: what is `near` first."""
    text = " ".join(written.replace("\x00", " ").split())[:LONGEST_WRITTEN]
    if means_nation(text):
        sentence = _("Seluruh Indonesia tidak bisa dipilih di sini. Pilih wilayah yang lebih sempit.")
        return Named("") if allows_nation else Named(sentence=sentence)
    offered = _OFFERED.fullmatch(text)
    if offered or text[:1].isdigit():
        code = read_code(offered[1] if offered else text).code
        if code and territory.find_region(code) is not None and _is_of(code, levels):
            return Named(code)
        return Named(sentence=_("“%s” bukan kode wilayah. Tulis namanya, atau kode seperti 31.71.04.") % text)
    return _by_name(text, levels, near)


def code_asked_for(written: str) -> str:
    """What narrows a page, as its address has it: a code as it stands, a name as its code. What may be several places, or only
    resembles one, is refused with those that may be meant; what is like nothing is given back for the page to find nothing."""
    text = written.strip()[:LONGEST_WRITTEN]
    if not text[:1].isalpha() or ":" in text or len(text) < SHORTEST_NAME:
        return text
    found = place_named(text)
    if found.code is None and found.candidates:
        raise Refused(found.sentence, field="wilayah")
    return text if found.code is None else found.code


def _is_of(code: str, levels: Collection[str]) -> bool:
    return any(len(code) == LENGTH_OF[WIDE[level]] for level in levels)


def _by_name(text: str, levels: Collection[str], near: str) -> Named:
    parts = [part.strip() for part in text.split(",") if any(mark.isalnum() for mark in part)]
    if not parts:
        return Named(sentence=_("Tulis nama provinsi, kabupaten/kota, atau kecamatan."))
    told = [_resolved(parts, level) for level in WIDE if level in levels]
    codes = dict.fromkeys(code for one in told for code in _meant(one) if _is_of(code, levels))
    if len(codes) > 1:  # "Kota Bandung" is one of them letter by letter, "Bandung" may be any
        codes = _only_called(codes, text) or codes
    if len(codes) == 1:
        return Named(next(iter(codes)))
    if codes:
        likely = nearest_first(sorted(codes, key=len), near)
        sentence = _("“%(name)s” bisa berarti: %(likely)s. Tulis salah satunya, atau kodenya.")
        return _several(sentence % {"name": text, "likely": _listed(likely)}, likely)
    likely = _likely(parts, told, levels, near)
    if not likely:
        return Named(sentence=_("“%s” tidak ditemukan. Periksa ejaannya, atau pakai kodenya.") % text)
    sentence = _(
        "“%(name)s” tidak dikenal. Mungkin maksudnya: %(likely)s. Tulis salah satunya, atau kodenya."
    )
    return _several(sentence % {"name": text, "likely": _listed(likely)}, likely, is_resembled=True)


def _several(sentence: str, codes: list[str], *, is_resembled: bool = False) -> Named:
    return Named(sentence=sentence, candidates=tuple(codes[:MOST_OFFERED]), is_resembled=is_resembled)


def nearest_first(codes: Iterable[str], near: str) -> list[str]:
    """Once each: those in the kabupaten or kota of a place before those of its province, and these before all others."""
    regency, province = near[: LENGTH_OF[Level.REGENCY]], near[: LENGTH_OF[Level.PROVINCE]]
    return sorted(
        dict.fromkeys(codes), key=lambda code: (not code.startswith(regency), not code.startswith(province))
    )


def _resolved(parts: list[str], lowest: str) -> Resolution:
    """The parts from the smallest to the largest, as addresses are written, the first of them at this level."""
    levels = ("district", "regency", "province")
    above = levels[levels.index(lowest) :]
    return territory.resolver().resolve(**dict(zip(above, parts, strict=False)), at_least=WIDE[lowest])


def _meant(told: Resolution) -> list[str]:
    if told.region is not None:
        return [] if told.corrected else [told.region.code]
    return [one.code for one in told.candidates] if told.reason is Reason.AMBIGUOUS else []


def _only_called(codes: Iterable[str], text: str) -> dict[str, None]:
    """The one that is called so in full, unless another has the same bare name: a kecamatan Bandung is not what everybody means who
    writes "Bandung"."""
    wanted, found = text.casefold(), [territory.region(code) for code in codes]
    called = [place.code for place in found if place.label.casefold() == wanted]
    alike = [place.code for place in found if wanted in (place.label.casefold(), place.name.casefold())]
    return {called[0]: None} if len(called) == len(alike) == 1 else {}


def _likely(parts: list[str], told: Iterable[Resolution], levels: Collection[str], near: str) -> list[str]:
    """What the whole of an address comes near to, before what its first part alone resembles."""
    whole = [code for one in told for code in _nearly(one) if _is_of(code, levels)]
    regency = near[: LENGTH_OF[Level.REGENCY]]
    alone = [
        place.code
        for within in dict.fromkeys((regency, ""))
        for key, level in WIDE.items()
        if key in levels
        for place in territory.suggest(parts[0], level, within=within, limit=MOST_OF_A_LEVEL)
    ]
    if len(parts) > 1:
        return list(dict.fromkeys([*whole, *nearest_first(alone, near)]))
    return nearest_first([*alone, *whole], near)


def _nearly(told: Resolution) -> list[str]:
    corrected = [told.region.code] if told.region is not None else []
    return [*corrected, *(one.code for one in told.candidates)]


def _listed(codes: Iterable[str]) -> str:
    return "; ".join(f"{territory.path_of(code)} ({code})" for code in list(codes)[:MOST_NAMED])
