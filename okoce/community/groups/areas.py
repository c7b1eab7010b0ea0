"""In which kecamatan a komunitas works: which may be chosen, and finding them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import Offer, offer_of, search_places
from okoce.foundation.territory.states import LENGTH_OF, Level

DISTRICT = LENGTH_OF[Level.DISTRICT]
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
class AreaSearch:
    """Kecamatan that may be meant, without those that are chosen already; a sentence where none is."""

    typed: str = ""
    offers: tuple[Offer, ...] = ()
    sentence: str = ""
    is_all_chosen: bool = False

    @property
    def all_codes(self) -> str:
        return " ".join(offer.code for offer in self.offers)


def search_areas(typed: str | None, chosen: Collection[str]) -> AreaSearch:
    """What is offered for a name: kecamatan, those of a kelurahan's name, or all of a kabupaten."""
    if typed is None:
        return AreaSearch()
    search = search_places(typed)
    codes = dict.fromkeys(offer.code[:DISTRICT] for offer in search.offers)
    offers = tuple(offer for code in codes if code not in chosen and (offer := offer_of(code)))
    return AreaSearch(search.typed, offers, search.sentence, is_all_chosen=bool(codes) and not offers)


def changed_areas(chosen: Iterable[str], added: str, left: str) -> list[str]:
    """The choice after one tap on a button, which adds one kecamatan or several (with blanks between), or takes one away."""
    codes = [*chosen, *(code for code in added[:LONGEST_CODES].split() if len(code) == DISTRICT)]
    # one more than may be, so that it is refused with its sentence
    return [code for code in dict.fromkeys(codes) if code != left][: MOST_AREAS + 1]
