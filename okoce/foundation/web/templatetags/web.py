"""What templates write figures, days and icons with: `{% load web %}`."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from okoce.foundation.web import numbers
from okoce.foundation.web.icons import ICONS

register = template.Library()


@register.filter
def rupiah(value: int | None) -> str:
    return numbers.rupiah_text(value)


@register.filter
def count(value: int | None) -> str:
    return numbers.count_text(value)


@register.filter
def percent(ratio: float | Decimal | None) -> str:
    return numbers.percent_text(ratio)


@register.filter
def day(value: date | None, length: str = "long") -> str:
    return numbers.day_text(value, length)


@register.filter
def moment(value: datetime | None, length: str = "long") -> str:
    return numbers.moment_text(value, length)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words, for the avatar."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )
