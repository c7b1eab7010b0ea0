"""What is asked of a note about a komunitas."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.rules import LONGEST_AGREED, LONGEST_REASON, LONGEST_VISIT
from okoce.community.association.states import SupportKind
from okoce.community.organisations.rules import readable_text, require_past, required_text
from okoce.foundation.shared.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class NewSupport:
    """What was done on a day, how long, what was agreed, and what comes next."""

    kind: str
    day_on: date
    minutes: int
    agreed: str
    next_step: str = ""
    next_on: date | None = None


def clean_support(new: NewSupport) -> NewSupport:
    """As it is stored; refuses what cannot be."""
    if new.kind not in SupportKind.values:
        raise Invalid([FieldError("kind", _("Pilih salah satu."))])
    require_past("day_on", new.day_on)
    if not 0 < new.minutes <= LONGEST_VISIT:
        sentence = _("Tulis lamanya dalam menit, dari 1 sampai %s.") % LONGEST_VISIT
        raise Invalid([FieldError("minutes", sentence)])
    agreed = required_text("agreed", new.agreed, LONGEST_AGREED)
    step = readable_text("next_step", new.next_step, LONGEST_REASON)
    if step and new.next_on is None:
        raise Invalid([FieldError("next_on", _("Tulis kapan langkah berikutnya dikerjakan."))])
    if new.next_on is not None and not step:
        raise Invalid(
            [FieldError("next_step", _("Tulis apa langkah berikutnya, atau kosongkan tanggalnya."))]
        )
    if new.next_on is not None and new.next_on < new.day_on:
        raise Invalid(
            [FieldError("next_on", _("Langkah berikutnya sesudah hari ini dikerjakan. Periksa tanggalnya."))]
        )
    return replace(new, agreed=agreed, next_step=step)
