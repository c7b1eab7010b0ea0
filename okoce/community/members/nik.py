"""The number of an identity card (NIK): PPKKCC + DDMMYY (women: day + 40) + four digits in order of issue.

It has no check digit, is never corrected, and keeps the region code of its first issue, and cards with an impossible birth
date exist. So only what cannot be a NIK at all is refused; everything else is worth a warning, in the same words at every door
(`nik_warnings`): whoever has the card in hand decides.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable, shown
from okoce.foundation.territory import queries as territory

LENGTH = 16
WOMEN_DAY_OFFSET = 40
OLDEST_AGE = 120
# A spreadsheet keeps fifteen digits of a number; the sixteenth becomes a zero.
_FIRST_SIXTEEN_DIGITS = 10**15

_PLAIN = re.compile(r"[0-9]{16}")
_SEPARATORS = str.maketrans("", "", " .-\u00a0\u2010\u2011\u2013\u2014'’‘`\t\r\n")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_WIT = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class WrittenNik:
    """Sixteen digits as they stand on a card, whatever they say about its bearer."""

    digits: str

    @property
    def region_prefix(self) -> str:
        """Where the card was first issued, as a dotted code: `31.74.04`."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def masked(self) -> str:
        return mask_nik(self.digits)


@dataclass(frozen=True, slots=True)
class Nik(WrittenNik):
    """A NIK whose date is a day, and what it says about its bearer."""

    sex: str
    birth_on: date


@dataclass(frozen=True, slots=True)
class NikWarning:
    """What is odd about a NIK that is taken all the same: which field to compare with the card, why, and what to do."""

    field: str  # nik, birth_on or sex
    reason: str
    suggestion: str

    @property
    def sentence(self) -> str:
        return f"{self.reason} {self.suggestion}"


def mask_nik(digits: str) -> str:
    """`3171••••••••0001`: enough to recognise one's own, not enough to use another's."""
    return f"{digits[:4]}••••••••{digits[12:]}"


def parse_nik(value: object, today: date | None = None) -> WrittenNik | Unreadable:
    """The NIK in a cell or a field, or why it is none. It is a `Nik` where its date is a day."""
    digits = _digits_of(value)
    if isinstance(digits, Unreadable):
        return digits
    fault = _fault_of_digits(digits)
    return fault or _dated(digits, today or _latest_today()) or WrittenNik(digits)


def nik_warnings(nik: WrittenNik | Unreadable | None, birth_on: date | None, sex: str) -> list[NikWarning]:
    """Everything odd about a NIK that was told together with this birth date and sex; nothing of none."""
    if not isinstance(nik, WrittenNik):
        return []
    of_region = region_warning(nik) if not is_of_known_region(nik) else None
    return bearer_warnings(nik, birth_on, sex) + ([of_region] if of_region else [])


def bearer_warnings(nik: WrittenNik, birth_on: date | None, sex: str) -> list[NikWarning]:
    """Where its date is no day (a slip of the hand, or an odd card), or another than was told, or the sex is another."""
    if not isinstance(nik, Nik):
        return [_not_a_day(nik)]
    found = []
    if birth_on is not None and birth_on != nik.birth_on:
        found.append(_another_day(nik.birth_on))
    if sex and sex != nik.sex:
        found.append(
            NikWarning("sex", _("Jenis kelamin menurut NIK berbeda dari isian."), _("Cocokkan dengan KTP."))
        )
    return found


def is_of_known_region(nik: WrittenNik) -> bool:
    """Whether its first six digits are a kecamatan of today, or were one."""
    return bool(territory.resolver().heirs(nik.region_prefix))


def region_warning(nik: WrittenNik) -> NikWarning:
    """Of a NIK whose first six digits are no kecamatan that we know: a very old code, or a slip."""
    reason = _(
        "Enam angka pertama NIK (%(code)s) tidak ada di daftar kecamatan sekarang; mungkin kode lama."
    ) % {"code": nik.region_prefix}
    return NikWarning("nik", reason, _("Cocokkan dengan KTP."))


def _not_a_day(nik: WrittenNik) -> NikWarning:
    reason = _("Angka ke-7 sampai ke-12 NIK (%(digits)s) bukan tanggal lahir.") % {"digits": nik.digits[6:12]}
    how = _("Cocokkan dengan KTP: enam angka itu tanggal, bulan, tahun lahir (perempuan: tanggal + 40).")
    return NikWarning("nik", reason, how)


def _another_day(born: date) -> NikWarning:
    reason = _("Tanggal lahir menurut NIK %(day)s, berbeda dari isian.") % {"day": born.strftime("%d-%m-%Y")}
    return NikWarning("birth_on", reason, _("Cocokkan dengan KTP."))


def _dated(digits: str, today: date) -> Nik | None:
    """The NIK of somebody born on a day; None where its date is no day."""
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    woman = day > WOMEN_DAY_OFFSET
    birth_on = _birth_day(day - WOMEN_DAY_OFFSET if woman else day, month, year, today)
    if birth_on is None:
        return None
    return Nik(digits, "female" if woman else "male", birth_on)


def _fault_of_digits(digits: str) -> Unreadable | None:
    if digits.endswith("0000"):
        return Unreadable(
            _("NIK tidak pernah berakhir 0000; angka terakhirnya hilang di lembar kerja."), _as_text()
        )
    if len(set(digits)) == 1:
        return Unreadable(_("NIK berisi satu angka yang diulang."), _how())
    return None


def _digits_of(value: object) -> str | Unreadable:
    if isinstance(value, str):
        return _digits_in_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits_in_number(value)
    return Unreadable(_("“%(text)s” bukan NIK.") % {"text": shown(value)}, _how())


def _digits_in_text(text: str) -> str | Unreadable:
    digits = text.translate(_SEPARATORS)
    if _PLAIN.fullmatch(digits):
        return digits
    if _SCIENTIFIC.fullmatch(text.strip().lstrip("'")):
        return _turned_into_a_number(text)
    if digits.isascii() and digits.isdigit():
        return Unreadable(
            _("NIK berisi %(count)s angka, seharusnya 16.") % {"count": len(digits)},
            _("Salin lagi ke-16 angka dari KTP."),
        )
    others = "".join(sorted({c for c in digits if not c.isascii() or not c.isdigit()}))
    return Unreadable(_("NIK berisi tanda selain angka: “%(signs)s”.") % {"signs": shown(others)}, _how())


def _digits_in_number(number: float) -> str | Unreadable:
    if isinstance(number, float) and not number.is_integer():
        return Unreadable(_("“%(text)s” bukan NIK.") % {"text": shown(number)}, _how())
    digits = str(int(number))
    # A float that does not end in zero has kept all its digits; one that does may have lost the last.
    if isinstance(number, float) and number >= _FIRST_SIXTEEN_DIGITS and digits.endswith("0"):
        return _turned_into_a_number(f"{number:.10E}")
    return _digits_in_text(digits)


def _birth_day(day: int, month: int, year: int, today: date) -> date | None:
    for century in (2000, 1900):
        try:
            birth_on = date(century + year, month, day)
        except ValueError:
            continue
        if birth_on <= today and today.year - birth_on.year <= OLDEST_AGE:
            return birth_on
    return None


def _latest_today() -> date:
    return (datetime.now(UTC) + _WIT).date()


def _turned_into_a_number(text: str) -> Unreadable:
    reason = _("NIK “%(text)s” sudah diubah menjadi bilangan oleh lembar kerja; angka terakhirnya hilang.")
    return Unreadable(reason % {"text": shown(text)}, _as_text())


def _as_text() -> str:
    return _("Ubah format kolom NIK menjadi Teks, lalu ketik lagi ke-16 angka dari KTP.")


def _how() -> str:
    return _("Tulis ke-16 angka seperti di KTP, misalnya 3174044107900001.")
