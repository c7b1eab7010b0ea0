"""Telephone numbers in any usual Indonesian spelling, kept as E.164 and shown as `0812-3456-7890`."""

import re

import phonenumbers
from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable, shown

HOME_REGION = "ID"
_DROPPED = str.maketrans("", "", " .-()/\u00a0\u2010\u2011\u2012\u2013\u2014\u202a\u202c\u200e\u200b'’‘`\t_")
# 10 to 13 digits with the leading zero. Spreadsheets drop that zero; people write +62 before it or instead.
_MOBILE = re.compile(r"(?:\+?62|0062)?0?(8[1-9][0-9]{7,10})")
_LABEL = re.compile(r"(?:no(?:mor)?\.?\s*)?(?:hp|wa|whatsapp|telp|telepon|tlp|tel)\b[\s.:/]*", re.IGNORECASE)
_SEVERAL = re.compile(
    r"[0-9][0-9\s().-]{6,}\s*(?:[/,;&|\n]|\bdan\b|\batau\b)\s*[+(]?[0-9][0-9\s().-]{6,}", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_ALLOWED = re.compile(r"\+?[0-9]+")
LONGEST_CELL = 60


def parse_phone(value: object) -> str | Unreadable:
    """The number as E.164, or why it is none. Two numbers in one cell are not chosen between."""
    text = value if isinstance(value, str) else _text_of_number(value)
    digits = text.translate(_DROPPED)
    found = _MOBILE.fullmatch(digits)
    if found and ("/" not in text or not _SEVERAL.search(text)):
        return "+62" + found.group(1)
    return _parse_unusual(text)


def show_phone(e164: str) -> str:
    """As people in Indonesia write it: `0812-3456-7890`; foreign numbers with their country."""
    if e164.startswith("+628"):
        national = "0" + e164[3:]
        return f"{national[:4]}-{national[4:8]}-{national[8:]}"
    try:
        number = phonenumbers.parse(e164, HOME_REGION)
    except phonenumbers.NumberParseException:
        return e164
    home = number.country_code == 62  # Indonesia
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _text_of_number(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _parse_unusual(text: str) -> str | Unreadable:
    text = " ".join(text.split()).lstrip("'")
    if len(text) > LONGEST_CELL:
        return _not_a_number(text)
    if _SCIENTIFIC.fullmatch(text):
        return Unreadable(
            _("Nomor “%(text)s” sudah diubah menjadi bilangan oleh lembar kerja; angkanya hilang.")
            % {"text": shown(text)},
            _("Ubah format kolomnya menjadi Teks, lalu ketik lagi nomornya."),
        )
    if _SEVERAL.search(text):
        return Unreadable(
            _("Ada lebih dari satu nomor di “%(text)s”.") % {"text": shown(text)},
            _("Tulis satu nomor saja, yang paling sering dipakai."),
        )
    number = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    return _parse_by_library(number.translate(_DROPPED), text)


def _parse_by_library(digits: str, text: str) -> str | Unreadable:
    if not digits.isascii() or not _ALLOWED.fullmatch(digits):
        return _not_a_number(text)
    found = _MOBILE.fullmatch(digits)
    if found:
        return "+62" + found.group(1)
    try:
        number = phonenumbers.parse(digits, HOME_REGION)
    except phonenumbers.NumberParseException:
        return _not_valid(text, digits)
    if not phonenumbers.is_valid_number(number):
        return _not_valid(text, digits)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _not_valid(text: str, digits: str) -> Unreadable:
    """Digits alone, but too few or too many of them, or none that anybody has."""
    reason = _("“%(text)s” bukan nomor telepon yang berlaku (%(count)s angka).")
    return Unreadable(reason % {"text": shown(text), "count": len(digits.lstrip("+"))}, _how())


def _not_a_number(text: str) -> Unreadable:
    return Unreadable(_("“%(text)s” bukan nomor telepon.") % {"text": shown(text)}, _how())


def _how() -> str:
    return _("Tulis seperti 0812-3456-7890: 10 sampai 13 angka dengan 0 di depan.")
