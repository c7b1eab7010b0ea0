"""What every deed about a mitra asks of what it is given."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from okoce.community.organisations.rules import required_text
from okoce.community.partners.states import PartnerKind
from okoce.foundation.shared.days import FIRST_DAY, day_in_words
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level

LONGEST_NAME, LONGEST_OFFER, LONGEST_REASON = 200, 500, 500
MOST_AREAS = 100  # against floods
NATION = ""


def required_reason(reason: str) -> str:
    """Why something is decided: it stands in the history, and the mitra reads it."""
    if not reason.strip():
        raise Invalid([FieldError("reason", _("Tulis alasannya dalam satu kalimat; mitra membacanya."))])
    return required_text("reason", reason, LONGEST_REASON)


def require_kind(kind: str) -> str:
    """Refuses a kind that does not exist."""
    if kind not in PartnerKind.values:
        known = ", ".join(PartnerKind.values)
        raise Invalid([FieldError("kind", _("Jenis mitra tidak dikenal. Pakai salah satu: %s.") % known)])
    return kind


def require_period(from_on: date, last_on: date, field: str = "last_on") -> None:
    """Refuses an end before the beginning, and a beginning before there was anything to agree on."""
    if from_on < FIRST_DAY:
        sentence = _("Tanggal mulai terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.")
        raise Invalid([FieldError("from_on", sentence)])
    if last_on < from_on:
        told = {"last": day_in_words(last_on), "first": day_in_words(from_on)}
        sentence = _("Berakhir %(last)s, sebelum mulai %(first)s. Periksa kedua tanggalnya.") % told
        raise Invalid([FieldError(field, sentence)])


def required_places(codes: Iterable[str], field: str = "areas") -> tuple[str, ...]:
    """Where something holds, each place once and none that lies in another of them: kecamatan, kabupaten/kota, provinces, or
    the nation (""). Refuses an empty choice, and what is no place."""
    wanted = sorted(set(codes))
    if not wanted:
        raise Invalid([FieldError(field, _("Wilayah masih kosong. Pilih paling sedikit satu wilayah."))])
    if any(not _is_place(code) for code in wanted):
        raise Invalid([FieldError(field, _("Ada wilayah yang tidak dikenal. Pilih dari daftarnya."))])
    widest = [code for code in wanted if not any(_lies_in(code, other) for other in wanted)]
    if len(widest) > MOST_AREAS:
        sentence = _("Terlalu banyak: paling banyak %s wilayah. Pilih wilayah yang lebih luas.")
        raise Invalid([FieldError(field, sentence % MOST_AREAS)])
    return tuple(widest)


def _is_place(code: str) -> bool:
    is_wide = code == NATION or len(code) <= LENGTH_OF[Level.DISTRICT]
    return is_wide and (code == NATION or territory.find_region(code) is not None)


def _lies_in(code: str, other: str) -> bool:
    return code != other and (other == NATION or code.startswith(f"{other}."))


def all_judged(judges: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each judge finds, by name; every wrong field is named at once."""
    told: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, judged in judges.items():
        try:
            told[name] = judged()
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid(errors)
    return told
