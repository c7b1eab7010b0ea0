"""How people write the names of regions, brought to keys that can be compared.

A written name has *readings* (with or without "Kec.", "Kab", "Kota Adm."), and a reading has *keys*:
the words squeezed together, for "Kebonjeruk" and "Kebon Jeruk"; the same with digits, for "Ilir Barat I"
and "Ilir Barat Satu"; the same with abbreviations written out, for "Kby. Baru" and "Kep.".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from okoce.foundation.shared.edits import edits
from okoce.foundation.territory.states import Kind, Level

LONGEST_NAME = 120
MOST_EXPANSIONS = 12
SHORTEST_MISSPELT_TITLE = 7

# An apostrophe joins ("Ma'rang" is "Marang"), every other mark parts ("Muko-muko" is "Muko muko").
_APOSTROPHES = re.compile("['’‘`´ʼʻ\"“”]")
_WORD = re.compile(r"[a-z0-9]+")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_NUMBER_WORDS = {
    "satu": "1",
    "dua": "2",
    "tiga": "3",
    "empat": "4",
    "lima": "5",
    "enam": "6",
    "anam": "6",
    "tujuh": "7",
    "delapan": "8",
    "sembilan": "9",
    "sepuluh": "10",
}

_KABUPATEN, _KOTA = Kind.KABUPATEN.value, Kind.KOTA.value
_PREFIXES: dict[Level, dict[str, str]] = {
    Level.PROVINCE: dict.fromkeys(("provinsi", "propinsi", "prov", "prop", "prp"), ""),
    Level.REGENCY: {
        **dict.fromkeys(("kabupaten", "kab", "kabup", "kbp", "pemkab", "regency"), _KABUPATEN),
        **dict.fromkeys(("kota", "kotamadya", "kotamadia", "kodya", "kotip", "pemkot", "city"), _KOTA),
        **dict.fromkeys(("administrasi", "administratif", "adm", "admin"), ""),
    },
    Level.DISTRICT: dict.fromkeys(
        ("kecamatan", "kec", "kcmt", "kcm", "distrik", "dist", "kapanewon", "kepanewon", "kemantren"), ""
    ),
    Level.VILLAGE: {
        **dict.fromkeys(("kelurahan", "kel", "klrh"), Kind.KELURAHAN.value),
        **dict.fromkeys(("desa", "ds"), Kind.DESA.value),
        **dict.fromkeys(("kalurahan", "gampong", "gp", "nagari", "kampung", "pekon", "lembang", "dusun"), ""),
    },
}
_ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "kep": ("kepulauan",),
    "kepl": ("kepulauan",),
    "tj": ("tanjung",),
    "tg": ("tanjung",),
    "tjg": ("tanjung",),
    "tjng": ("tanjung",),
    "tanj": ("tanjung",),
    "kby": ("kebayoran",),
    "kbyrn": ("kebayoran",),
    "keb": ("kebayoran", "kebon"),
    "kb": ("kebon", "kota baru"),
    "kbn": ("kebon",),
    "sel": ("selatan",),
    "slt": ("selatan",),
    "sltn": ("selatan",),
    "ut": ("utara",),
    "utr": ("utara",),
    "uta": ("utara",),
    "brt": ("barat",),
    "bar": ("barat",),
    "tim": ("timur",),
    "tmr": ("timur",),
    "tgh": ("tengah",),
    "teng": ("tengah",),
    "pst": ("pusat",),
    "pus": ("pusat",),
    "jkt": ("jakarta",),
    "jak": ("jakarta",),
    "bdg": ("bandung",),
    "ps": ("pasar",),
    "psr": ("pasar",),
    "kr": ("kramat", "karang"),
    "krm": ("kramat",),
    "krg": ("karang",),
    "pd": ("pondok", "padang"),
    "pdk": ("pondok",),
    "pdg": ("padang",),
    "gn": ("gunung",),
    "gng": ("gunung",),
    "bt": ("bukit", "batu"),
    "bkt": ("bukit",),
    "kp": ("kampung",),
    "kmp": ("kampung",),
    "lb": ("lubuk",),
    "lbk": ("lubuk",),
    "tlk": ("teluk",),
    "tl": ("teluk", "talang"),
    "ma": ("muara",),
    "mra": ("muara",),
    "muaro": ("muara",),
    "p": ("pulau", "pematang"),
    "pl": ("pulau",),
    "plu": ("pulau",),
    "tn": ("tanah",),
    "tnh": ("tanah",),
    "sei": ("sungai",),
    "sungai": ("sei",),
    "sui": ("sungai",),
    "sgi": ("sungai",),
    "bdr": ("bandar",),
    "bd": ("bandar",),
    "cemp": ("cempaka",),
    "hlr": ("hilir",),
    "hlu": ("hulu",),
    "seb": ("seberang",),
    "sbr": ("seberang",),
    "perk": ("perkebunan",),
    "mns": ("meunasah",),
    "kt": ("kota", "kuta"),
    "lmp": ("lampung",),
    "kal": ("kalimantan",),
    "sul": ("sulawesi",),
    "sum": ("sumatera",),
    "sumatra": ("sumatera",),
}
# What tells two neighbours apart: a correction never adds, drops or swaps one of these.
QUALIFIERS = frozenset(
    (
        "barat", "timur", "utara", "selatan", "tengah", "tenggara", "pusat", "laut", "daya", "hulu", "hilir",
        "ulu", "ilir", "lama", "baru", "baro", "atas", "bawah", "dalam", "luar", "besar", "kecil",
        "raya", "jaya", "kota", "pesisir",
        "seberang", "kepulauan", "kidul", "lor", "kulon", "wetan", "kaler", "girang", "tonggoh",
        "hilia", "mudik", "julu", "jae", "tinggi", "rendah", "kanan", "kiri", "depan", "belakang",
    )
)  # fmt: skip


class Reading(NamedTuple):
    """One way to read a written name: its words, and the kind that a title claimed ("kota", "desa"…)."""

    words: tuple[str, ...]
    kind: str


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without accents, apostrophes and punctuation."""
    plain = text[:LONGEST_NAME]
    if not plain.isascii():
        marks = unicodedata.normalize("NFKD", plain)
        plain = "".join(mark for mark in marks if not unicodedata.combining(mark))
    plain = plain.lower()
    return tuple(_WORD.findall(_APOSTROPHES.sub("", plain).replace("&", " dan ")))


def is_blank(text: str) -> bool:
    """ "-" and "." are how people leave a cell empty."""
    return not any(mark.isalnum() for mark in text[:LONGEST_NAME])


def readings(text: str, level: Level) -> tuple[Reading, ...]:
    """The name without its title first ("Kab. Kota Baru": "baru", "kota baru", all), then a title behind it.

    Of a village the whole name comes first: "Kampung" and "Nagari" are part of many.
    """
    words = words_of(text)
    if not words:
        return ()
    titles = _PREFIXES[level]
    leading = 0
    while leading < len(words) - 1 and _title(words[leading], level):
        leading += 1
    cuts = range(leading + 1) if level == Level.VILLAGE else range(leading, -1, -1)
    found = [
        Reading(words[cut:], _one_kind(titles, [_title(word, level) for word in words[:cut]])) for cut in cuts
    ]
    if level == Level.REGENCY and leading == 0 and len(words) > 1 and words[-1] in titles:
        found.append(Reading(words[:-1], titles[words[-1]]))
    return tuple(found)


def untitled(text: str, level: Level) -> str:
    """ "Kec. Senen" → "senen"."""
    forms = readings(text, level)
    return " ".join(forms[0].words) if forms else ""


@lru_cache(maxsize=4_096)
def _title(word: str, level: Level) -> str:
    """The title that the word is, or is a misspelling of ("Kabupten"); only long titles can be told so."""
    titles = _PREFIXES[level]
    if word in titles or len(word) < SHORTEST_MISSPELT_TITLE:
        return word if word in titles else ""
    near = (title for title in titles if len(title) >= SHORTEST_MISSPELT_TITLE and edits(word, title) <= 1)
    return next(near, "")


def _one_kind(titles: dict[str, str], words: Iterable[str]) -> str:
    """ "Kab/Kota Bandung" claims nothing: the form's label was copied along."""
    kinds = {titles[title] for title in words} - {""}
    return kinds.pop() if len(kinds) == 1 else ""


def squeeze(words: tuple[str, ...]) -> str:
    return "".join(words)


def numbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """Number words and roman numerals as digits."""
    return tuple(_NUMBER_WORDS.get(word) or _from_roman(word) or word for word in words)


@lru_cache(maxsize=16_384)
def _from_roman(word: str) -> str:
    match = _ROMAN.fullmatch(word)
    return str(10 * len(match[1]) + _ROMAN_ONES[match[2]]) if match else ""


def expanded(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words with abbreviations written out, every meaning in turn; nothing where there is none."""
    if not _ABBREVIATIONS.keys().isdisjoint(words):
        choices = [_ABBREVIATIONS.get(word, (word,)) for word in words]
        yield from islice(product(*choices), MOST_EXPANSIONS)


def plain_key(name: str) -> str:
    return squeeze(words_of(name))


@lru_cache(maxsize=16_384)
def keys_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Every key under which a reading may be found, the most literal first."""
    keys = [squeeze(words), squeeze(numbered(words))]
    for variant in expanded(words):
        written = tuple(" ".join(variant).split())
        keys += [squeeze(written), squeeze(numbered(written))]
    return tuple(dict.fromkeys(keys))


def digits_in(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", squeeze(numbered(words))))


def qualifiers_in(words: tuple[str, ...]) -> frozenset[str]:
    """The telling words, also where they are written together with the name ("Kebayoranbaru")."""
    together = squeeze(words)
    return QUALIFIERS.intersection(words) | {
        end for end in QUALIFIERS if len(end) > 3 and together.endswith(end)
    }
