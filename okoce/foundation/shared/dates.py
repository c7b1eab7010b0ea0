"""Days as people and spreadsheets write them. The day always stands before the month."""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable, shown

_MONTHS = {
    1: "jan januari january",
    2: "feb peb febr pebr februari pebruari febuari february",
    3: "mar mrt maret march",
    4: "apr april",
    5: "mei may",
    6: "jun juni june",
    7: "jul juli july",
    8: "agu agt ags agst agus agust agustus aug august",
    9: "sep sept september",
    10: "okt oct oktober october",
    11: "nov nop november nopember",
    12: "des dec desember december",
}
MONTH_BY_NAME = {name: month for month, names in _MONTHS.items() for name in names.split()}

_SEP = r"(?:\s*[-/.]\s*|\s+)"
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[.,][0-9]+)?\s*(?:[ap]\.?m\.?)?"
_TIME = rf"(?:[t\s,]+{_CLOCK}\s*(?:z|wib|wita|wit|[+-][0-9:]{{2,5}})?)?"
# As forms and databases write it, tried before anything is tidied; what it takes, the two below it take just so.
_PLAIN = re.compile(r"(?:([0-9]{2})[-/]([0-9]{2})[-/]([0-9]{4})|([1-9][0-9]{3})-([0-9]{2})-([0-9]{2}))")
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_DAY_NAMED = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[-/.\s]*([a-z]+)[-/.,'\s]*([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_MONTH_NAMED = re.compile(rf"([a-z]+)\.?\s*([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}}){_TIME}")
_DIGITS = re.compile(r"[0-9]+(?:\.0+)?")
_MONTH_AND_YEAR = re.compile(r"(?:([0-9]{1,2})|([a-z]+)\.?)[-/.\s]*([0-9]{4})")
_BLANK_AS_DATABASES_WRITE_IT = re.compile(r"0{4}-0{2}-0{2}(?: 0{2}:0{2}:0{2})?")

FIRST_YEAR, LAST_YEAR = 1800, 2200
# What Excel counts from, with its invented 29 February 1900 already allowed for.
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's clock has no zone
# A smaller serial is a year or an age typed into a date column, a larger one no day of anybody's life.
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000
_PIVOT_WITHOUT_TODAY = 50

_CACHE_SIZE = 100_000
_read_before: dict[tuple[str, date | None], date] = {}


def parse_day(value: object, *, today: date | None = None) -> date | Unreadable:
    """The day meant by a cell or a field.

    A year of two digits is the latest one that is not after `today`.
    """
    if isinstance(value, str):
        known = _read_before.get((value, today))
        if known is not None:
            return known
        day = _parse_text(value, today)
        if isinstance(day, date):
            _remember(value, today, day)
        return day
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _parse_number(value)
    return _not_a_day(value)


def parse_since(value: object, *, today: date | None = None) -> date | Unreadable:
    """Like `parse_day`, but a year or a month with a year will do; the first day of it is meant."""
    text = " ".join(_plain(value).split()).casefold()
    if re.fullmatch(r"(?:1[89]|2[01])[0-9]{2}", text):
        return date(int(text), 1, 1)
    found = _MONTH_AND_YEAR.fullmatch(text)
    if found:
        number, name, year = found.groups()
        month = int(number) if number else MONTH_BY_NAME.get(name, 0)
        if 1 <= month <= 12 and FIRST_YEAR <= int(year) <= LAST_YEAR:  # the months of a year
            return date(int(year), month, 1)
    return parse_day(value, today=today)


def is_future(day: date, today: date) -> bool:
    """Callers pass the day of the easternmost zone (WIT): what is later has happened nowhere yet."""
    return day > today


def _remember(text: str, today: date | None, day: date) -> None:
    if len(_read_before) >= _CACHE_SIZE:
        _read_before.clear()
    _read_before[text, today] = day


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _parse_number(number: float) -> date | Unreadable:
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return (_EXCEL_EPOCH + timedelta(days=number)).date()
    if float(number).is_integer():
        return _parse_digits(str(int(number)))
    return _not_a_day(number)


def _parse_text(original: str, today: date | None) -> date | Unreadable:
    if found := _PLAIN.fullmatch(original):
        day, month, year, first, second, third = found.groups()
        return _day(original, int(day or third), int(month or second), year or first, today)
    return _parse_tidied(original, today)


def _parse_tidied(original: str, today: date | None) -> date | Unreadable:
    text = " ".join(original.split()).casefold().lstrip("'‘’`")
    before, comma, after = text.rpartition(",")
    if comma and not any(c.isdigit() for c in before):
        text = after.strip()  # a weekday or a place of birth stands before the comma
    if not text or _BLANK_AS_DATABASES_WRITE_IT.fullmatch(text):
        return Unreadable(_("Tanggalnya kosong."), _how())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif _DIGITS.fullmatch(text):
        return _parse_digits(text.partition(".")[0])
    else:
        return _parse_named(original, text, today)
    return _day(original, int(day), int(month), year, today)


def _parse_digits(digits: str) -> date | Unreadable:
    """20121990 and 19901220: the two readings never both make a month, so neither is a guess."""
    if len(digits) == 8 and "01" <= digits[4:6] <= "12":  # the digits of a whole date
        return _day(digits, int(digits[6:]), int(digits[4:6]), digits[:4], None)
    if len(digits) == 8:
        return _day(digits, int(digits[:2]), int(digits[2:4]), digits[4:], None)
    if len(digits) == 5 and _FIRST_SERIAL <= int(digits) <= _LAST_SERIAL:  # an Excel serial
        return _parse_number(int(digits))
    if re.fullmatch(r"(?:19|20)[0-9]{2}", digits):
        return Unreadable(
            _("“%(text)s” hanya tahun; hari dan bulannya belum ada.") % {"text": digits}, _how()
        )
    return _not_a_day(digits)


def _parse_named(original: str, text: str, today: date | None) -> date | Unreadable:
    if found := _DAY_NAMED.fullmatch(text):
        day, name, year = found.groups()
    elif found := _MONTH_NAMED.fullmatch(text):
        name, day, year = found.groups()
    else:
        return _not_a_day(original)
    month = MONTH_BY_NAME.get(name)
    if month is None:
        return Unreadable(_("“%(name)s” bukan nama bulan yang dikenali.") % {"name": shown(name)}, _how())
    return _day(original, int(day), month, year, today)


def _day(original: str, day: int, month: int, year_text: str, today: date | None) -> date | Unreadable:
    if not 1 <= month <= 12:  # the months of a year
        return _no_such_month(original, day, month, year_text)
    year = int(year_text)
    if len(year_text) == 2:  # a year without its century
        return _of_some_century(original, day, month, year, today)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unreadable(
            _("Tahun %(year)s di “%(text)s” tidak mungkin.") % {"year": year_text, "text": shown(original)},
            _how(),
        )
    try:
        return date(year, month, day)
    except ValueError:
        return _not_in_the_calendar(original)


def _of_some_century(original: str, day: int, month: int, year: int, today: date | None) -> date | Unreadable:
    centuries = (2000, 1900) if today or year < _PIVOT_WITHOUT_TODAY else (1900,)
    for century in centuries:
        try:
            meant = date(century + year, month, day)
        except ValueError:
            continue
        if today is None or meant <= today:
            return meant
    return _not_in_the_calendar(original)


def _how() -> str:
    return _("Tulis hari dulu, misalnya 17-08-1990 atau 17 Agustus 1990.")


def _not_a_day(value: object) -> Unreadable:
    return Unreadable(_("“%(text)s” bukan tanggal yang dikenali.") % {"text": shown(value)}, _how())


def _not_in_the_calendar(original: str) -> Unreadable:
    return Unreadable(
        _("Tanggal “%(text)s” tidak ada di kalender.") % {"text": shown(original)},
        _("Periksa hari dan bulannya."),
    )


def _no_such_month(original: str, day: int, month: int, year: str) -> Unreadable:
    reason = _("Tidak ada bulan ke-%(month)s di “%(text)s”; hari ditulis dulu, baru bulan.") % {
        "month": month,
        "text": shown(original),
    }
    if day <= 12 and month <= 31:  # month and day stand the other way round
        return Unreadable(
            reason,
            _("Kalau maksudnya %(day)02d-%(month)02d-%(year)s, tulis begitu.")
            % {"day": month, "month": day, "year": year},
        )
    return Unreadable(reason, _how())
