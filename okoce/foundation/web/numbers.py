"""Figures and days as people in Indonesia read them; English where the page is in English."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language

from okoce.foundation.shared.days import day_in_words

UNKNOWN = "–"  # "not published", never drawn as zero


def is_english() -> bool:
    return (get_language() or "id").startswith("en")


def count_text(value: int | None) -> str:
    """65414 as 65.414."""
    if value is None:
        return UNKNOWN
    text = f"{value:,}"
    if (
        "," not in text
    ):  # most figures of a list are small, and asking for the language takes longer than the rest
        return text
    return text if is_english() else text.replace(",", ".")


def rupiah_text(value: int | None) -> str:
    """Integer rupiah as Rp1.234.567; the sign stands before the currency."""
    if value is None:
        return UNKNOWN
    sign = "−" if value < 0 else ""
    return f"{sign}Rp{count_text(abs(value))}"


def percent_text(ratio: float | Decimal | None) -> str:
    """A ratio (0.8519…) as 85,2%. What is not all never reads as all, nor something as nothing: >99,9%, <0,1%."""
    if ratio is None:
        return UNKNOWN
    text = f"{ratio * 100:,.1f}%"
    if ratio and text in _WHOLE:
        text = _WHOLE[text] if ratio < 1 else text if ratio == 1 else ">100.0%"
    return text if is_english() else text.translate(_SWAP)


def day_text(value: date | None, length: str = "long") -> str:
    """31 Desember 2018, or 31 Des 2018 with length "medium"; instants are told in local time."""
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        value = _local(value).date()
    return day_in_words(value, _PATTERNS[length])


def moment_text(value: datetime | None, length: str = "long") -> str:
    """31 Desember 2018, 14.05 WIB."""
    if value is None:
        return UNKNOWN
    local = _local(value)
    return f"{day_text(local, length)}, {clock_text(local)} {local.tzname() or ''}".rstrip()


def clock_text(value: datetime) -> str:
    """14.05, in the reader's zone."""
    return _local(value).strftime("%H:%M" if is_english() else "%H.%M")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


_SWAP = str.maketrans(",.", ".,")
# A share that is rounded to all or nothing, and how it is told where it is neither.
_WHOLE = {"100.0%": ">99.9%", "0.0%": "<0.1%"}
_PATTERNS = {"long": "d MMMM y", "medium": "d MMM y"}
