"""In which kecamatan a komunitas works: which may be chosen, and finding them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import offer_of, search_places
from okoce.foundation.territory.states import LENGTH_OF, Level

REGENCY, DISTRICT = LENGTH_OF[Level.REGENCY], LENGTH_OF[Level.DISTRICT]
LONGEST_CODES = 2000  # of all kecamatan of one regency, in one button
MOST_AREAS = 100  # against floods: a regency of Indonesia has far fewer kecamatan


def required_areas(codes: Iterable[str]) -> tuple[str, ...]:
    """The kecamatan in order, each once. A komunitas works somewhere."""
    wanted = tuple(sorted(set(codes)))
    if not wanted:
        raise Invalid(
            [FieldError("areas", _("Wilayah kerja masih kosong. Pilih paling sedikit satu kecamatan."))]
        )
    if len(wanted) > MOST_AREAS:
        raise Invalid(
            [FieldError("areas", _("Terlalu banyak: paling banyak %s kecamatan. Kurangi dulu.") % MOST_AREAS)]
        )
    unknown = [code for code in wanted if not _is_district(code)]
    if unknown:
        raise Invalid(
            [FieldError("areas", _("Ada wilayah yang bukan kecamatan. Hapus, lalu pilih dari daftarnya."))]
        )
    return wanted


def _is_district(code: str) -> bool:
    return len(code) == DISTRICT and territory.find_region(code) is not None


@dataclass(frozen=True, slots=True)
class AreaOffer:
    """One kecamatan that may be meant; `note` says why, where its own name does not."""

    code: str
    name: str
    within: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AreaSearch:
    """Kecamatan that may be meant, without those that are chosen already: `named` are called so or lie in the kabupaten that was
    named, `by_village` have a kelurahan of that name, `near` only resemble it. A sentence where nothing is clear."""

    typed: str = ""
    named: tuple[AreaOffer, ...] = ()
    by_village: tuple[AreaOffer, ...] = ()
    near: tuple[AreaOffer, ...] = ()
    sentence: str = ""
    is_all_chosen: bool = False
    note: str = ""

    @property
    def offers(self) -> tuple[AreaOffer, ...]:
        return self.named + self.by_village + self.near

    @property
    def all_codes(self) -> str:
        """For one button that adds several: only what was named, and of one kabupaten or kota; else ""."""
        codes = [offer.code for offer in self.named]
        regencies = {code[:REGENCY] for code in codes}
        return " ".join(codes) if len(codes) > 1 and len(regencies) == 1 else ""


def search_areas(typed: str | None, chosen: Collection[str]) -> AreaSearch:
    """What is offered for a name: kecamatan of that name or all of a kabupaten, then those of a kelurahan's name, then likely ones."""
    if typed is None:
        return AreaSearch()
    search = search_places(typed)
    if not search.offers and not any(mark.isalnum() for mark in typed):
        sentence = _("Tulis nama kecamatannya, atau nama kabupaten atau kotanya.")
        return AreaSearch(search.typed, sentence=sentence)
    name = search.typed.partition(",")[0].strip().casefold()
    is_clear = "," in search.typed and not search.sentence
    kinds: dict[str, list[AreaOffer]] = {"named": [], "by_village": [], "near": []}
    known = {offer.code for offer in search.offers if len(offer.code) == DISTRICT}
    seen = set(chosen)
    for code in [offer.code for offer in search.offers]:
        district = code[:DISTRICT]
        offered = offer_of(district)
        if district in seen or offered is None or (code != district and district in known):
            continue
        seen.add(district)
        place = territory.region(code)
        is_named = is_clear or code in search.below or place.name.casefold() == name
        kind = "near" if not is_named else "named" if code == district else "by_village"
        note = "" if code == district else _("karena kelurahan/desa %s") % place.name
        kinds[kind].append(AreaOffer(offered.code, offered.name, offered.within, note))
    found = {kind: tuple(offers) for kind, offers in kinds.items()}
    is_all_chosen = bool(search.offers) and not any(found.values())
    return AreaSearch(
        search.typed, **found, sentence=search.sentence, is_all_chosen=is_all_chosen, note=search.note
    )


def changed_areas(chosen: Iterable[str], added: str, left: str) -> list[str]:
    """The choice after one tap on a button, which adds one kecamatan or several (with blanks between), or takes one away."""
    codes = [*chosen, *(code for code in added[:LONGEST_CODES].split() if len(code) == DISTRICT)]
    # one more than may be, so that it is refused with its sentence
    return [code for code in dict.fromkeys(codes) if code != left][: MOST_AREAS + 1]
