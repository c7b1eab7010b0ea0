"""One place by what an officer writes: its name with or without what lies above it, its code, or the nation. Never a guess: what
is decided for a place is decided for the one that was written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.resolution import Reason, Resolution
from okoce.foundation.territory.states import LENGTH_OF, Level

WORDS_FOR_NATION = frozenset({"indonesia", "nasional", "seluruh indonesia", "seindonesia", "se-indonesia"})
LONGEST_WRITTEN = 120
MOST_NAMED = 5
WIDE = {"province": Level.PROVINCE, "regency": Level.REGENCY, "district": Level.DISTRICT}
_OFFERED = re.compile(r".*\(([\d.]{2,8})\)")  # "Senen, Kota Jakarta Pusat (31.71.04)", copied from a sentence


@dataclass(frozen=True, slots=True)
class Named:
    """The code of the one place that is meant ("" the nation); else None and why not."""

    code: str | None = None
    sentence: str = ""


def means_nation(written: str) -> bool:
    """Whether a word means the whole of it."""
    return " ".join(written.split()).casefold() in WORDS_FOR_NATION


def place_named(written: str, *, allows_nation: bool = True) -> Named:
    """A province, kabupaten/kota or kecamatan, or the nation where that may be chosen. Refuses what may mean several, and what
    only resembles a name, with what is likely."""
    text = " ".join(written.replace("\x00", " ").split())[:LONGEST_WRITTEN]
    if means_nation(text):
        sentence = _("Seluruh Indonesia tidak bisa dipilih di sini. Pilih wilayah yang lebih sempit.")
        return Named("") if allows_nation else Named(sentence=sentence)
    offered = _OFFERED.fullmatch(text)
    if offered or text[:1].isdigit():
        code = read_code(offered[1] if offered else text).code
        is_wide = bool(code) and len(code) <= LENGTH_OF[Level.DISTRICT]
        if is_wide and territory.find_region(code) is not None:
            return Named(code)
        return Named(sentence=_("“%s” bukan kode wilayah. Tulis namanya, atau kode seperti 31.71.04.") % text)
    return _by_name(text)


def _by_name(text: str) -> Named:
    parts = [part.strip() for part in text.split(",") if any(mark.isalnum() for mark in part)]
    if not parts:
        return Named(sentence=_("Tulis nama provinsi, kabupaten/kota, atau kecamatan."))
    told = [_resolved(parts, level) for level in WIDE]
    codes = dict.fromkeys(code for one in told for code in _meant(one))
    if len(codes) > 1:  # "Kota Bandung" is one of them letter by letter, "Bandung" may be any
        codes = {code: None for code in codes if _is_called(code, text)} or codes
    if len(codes) == 1:
        return Named(next(iter(codes)))
    if codes:
        sentence = _("“%(name)s” bisa berarti: %(likely)s. Tulis salah satunya, atau kodenya.")
        return Named(sentence=sentence % {"name": text, "likely": _listed(codes)})
    likely = _likely(parts[0])
    if not likely:
        return Named(sentence=_("“%s” tidak ditemukan. Periksa ejaannya, atau pakai kodenya.") % text)
    sentence = _(
        "“%(name)s” tidak dikenal. Mungkin maksudnya: %(likely)s. Tulis salah satunya, atau kodenya."
    )
    return Named(sentence=sentence % {"name": text, "likely": _listed(likely)})


def _resolved(parts: list[str], lowest: str) -> Resolution:
    """The parts from the smallest to the largest, as addresses are written, the first of them at this level."""
    levels = ("district", "regency", "province")
    above = levels[levels.index(lowest) :]
    return territory.resolver().resolve(**dict(zip(above, parts, strict=False)), at_least=WIDE[lowest])


def _meant(told: Resolution) -> list[str]:
    if told.region is not None:
        return [] if told.corrected else [told.region.code]
    return [one.code for one in told.candidates] if told.reason is Reason.AMBIGUOUS else []


def _is_called(code: str, text: str) -> bool:
    return territory.name_of(code).casefold() == text.casefold()


def _likely(name: str) -> list[str]:
    return [place.code for level in WIDE.values() for place in territory.suggest(name, level, limit=2)]


def _listed(codes: Iterable[str]) -> str:
    return "; ".join(f"{territory.path_of(code)} ({code})" for code in list(codes)[:MOST_NAMED])
