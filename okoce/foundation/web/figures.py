"""A figure never travels alone: what it counts, as at which day, from where, and out of how many."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okoce.foundation.web.numbers import count_text, percent_text, rupiah_text


class Measure(StrEnum):
    COUNT = "count"
    PERCENT = "percent"  # the value is a ratio; give numerator and denominator too
    RUPIAH = "rupiah"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number. A claimed one (not proven by records) gets a dotted line, not a solid one."""

    name: str
    value: int | float | None
    definition: str
    as_at: date | None
    source: str = ""
    measure: Measure = Measure.COUNT
    numerator: int | None = None
    denominator: int | None = None
    is_claimed: bool = False
    href: str = ""  # the definition in full

    @property
    def machine_text(self) -> str:
        """For programs that read the page: no locale, full precision."""
        return "" if self.value is None else repr(self.value)

    @property
    def text(self) -> str:
        if self.measure is Measure.PERCENT:
            return percent_text(self.value)
        whole = None if self.value is None else int(self.value)
        return rupiah_text(whole) if self.measure is Measure.RUPIAH else count_text(whole)
