"""Rupiah and counts as people write them: dot for thousands, comma for parts, rb, jt and M (miliar)."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable, shown

_UNITS = {
    1_000: "rb ribu rbu k",
    1_000_000: "jt juta jta",
    1_000_000_000: "m milyar miliar milliar mlyr",
    1_000_000_000_000: "t triliun trilyun trilliun",
}
_UNIT_BY_NAME = {name: Decimal(size) for size, names in _UNITS.items() for name in names.split()}
_WORDS_IN_ORDER = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh"
_WORDS = {word: number for number, word in enumerate(_WORDS_IN_ORDER.split())}

_RUPIAH = re.compile(
    r"(?:rp|idr)?[.\s]*([0-9][0-9.,\s]*?)\s*"
    rf"({'|'.join(_UNIT_BY_NAME)})?\.?(?:\s*,-|\s*,--)?\s*(?:rp|rupiah|idr)?\s*(?:(?:/|per)?\s*(?:bulan|bln|sebulan))?"
)
_COUNT = re.compile(
    r"([0-9][0-9.,\s]*?)\s*(?:orang|org|orng|karyawan|pekerja|pegawai|tenaga(?: kerja)?|jiwa|anggota)?\.?"
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,\s])[0-9]{3})(?:\1[0-9]{3})*")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]{1,2}")

MOST_RUPIAH = 10**15
MOST_COUNT = 10**9


def parse_rupiah(value: object) -> int | Unreadable:
    """Whole rupiah; sen are rounded away because nobody uses them."""
    if isinstance(value, str):
        amount = _rupiah_of(" ".join(value.split()).casefold().lstrip("'"))
    else:
        amount = _number_of(value)
    if amount is None:
        return Unreadable(
            _("“%(text)s” tidak terbaca sebagai jumlah rupiah.") % {"text": shown(value)}, _how_money()
        )
    if amount < 0:
        return Unreadable(
            _("Jumlah rupiah “%(text)s” kurang dari nol.") % {"text": shown(value)}, _how_money()
        )
    if amount > MOST_RUPIAH:
        return Unreadable(_("Jumlah rupiah “%(text)s” terlalu besar.") % {"text": shown(value)}, _how_money())
    return int(amount.to_integral_value(ROUND_HALF_UP))


def parse_count(value: object) -> int | Unreadable:
    """How many people, from `3`, `3.0` or `3 orang`."""
    count = (
        _count_of(" ".join(value.split()).casefold().lstrip("'"))
        if isinstance(value, str)
        else _number_of(value)
    )
    if count is None or count != count.to_integral_value():
        return Unreadable(_("“%(text)s” bukan bilangan bulat.") % {"text": shown(value)}, _how_count())
    if not 0 <= count <= MOST_COUNT:
        return Unreadable(
            _("“%(text)s” di luar batas yang masuk akal.") % {"text": shown(value)}, _how_count()
        )
    return int(count)


def _number_of(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _rupiah_of(text: str) -> Decimal | None:
    negative = text.startswith("-")
    text = text.lstrip("-").strip()
    if _SCIENTIFIC.fullmatch(text):
        return _exact(text.replace(",", "."), negative)
    found = _RUPIAH.fullmatch(text)
    if not found:
        return None
    digits, unit = found.groups()
    number = _read(digits.strip(), has_unit=unit is not None)
    if number is None:
        return None
    amount = number * _UNIT_BY_NAME[unit] if unit else number
    return -amount if negative else amount


def _count_of(text: str) -> Decimal | None:
    first_word = text.partition(" ")[0]
    if first_word in _WORDS:
        return Decimal(_WORDS[first_word])
    if text[:1] == "-":
        return _exact(text, negative=False)
    found = _COUNT.fullmatch(text)
    return _read(found.group(1).strip(), has_unit=False) if found else None


def _exact(text: str, negative: bool) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return -number if negative else number


def _read(digits: str, *, has_unit: bool) -> Decimal | None:
    """The number, or None where dot and comma leave two readings open."""
    if digits.isdigit():
        return Decimal(digits)
    if _GROUPED.fullmatch(digits):
        lone_comma = digits.count(",") == 1 and "." not in digits
        return None if lone_comma else Decimal(re.sub(r"[.,\s]", "", digits))
    whole, mark, parts = re.fullmatch(r"(.*?)(?:([.,])([0-9]+))?", digits).groups()  # type: ignore[union-attr] # matches anything
    if mark is None or (not whole.isdigit() and not _grouped_otherwise(whole, mark)):
        return None
    plain = re.sub(r"[.,\s]", "", whole)
    if not (has_unit or len(plain) > 3 or parts.strip("0") == ""):  # a thousands group
        return None
    if has_unit and len(parts) > 2:  # "1,500 jt" may be 1,5 or 1.500 juta
        return None
    return Decimal(f"{plain}.{parts}")


def _grouped_otherwise(whole: str, mark: str) -> bool:
    return bool(_GROUPED.fullmatch(whole)) and mark not in whole


def _how_money() -> str:
    return _("Tulis angkanya saja, misalnya 1500000, Rp 1.500.000 atau 1,5 jt.")


def _how_count() -> str:
    return _("Tulis satu angka bulat, misalnya 3.")
