"""What every deed about a name asks of what it is given."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.names import name_key
from okoce.community.organisations.rules import required_text
from okoce.foundation.shared.days import FIRST_DAY
from okoce.foundation.shared.errors import FieldError, Invalid

LONGEST_NAME, LONGEST_CONDITIONS, LONGEST_REASON = 200, 1000, 500
OURS = "ok oce"


@dataclass(frozen=True, slots=True)
class NewName:
    """What somebody may call itself, under which conditions, for how long; without an end until it is withdrawn."""

    name: str
    conditions: str
    from_on: date
    until_on: date | None = None


def required_name(new: NewName) -> NewName:
    """The same, as it is stored. Refuses empty and overlong texts, days that cannot be, and a name that needs no permission."""
    name = required_text("name", new.name, LONGEST_NAME)
    conditions = required_text("conditions", new.conditions, LONGEST_CONDITIONS)
    if f" {OURS} " not in f" {name_key(name)} ":
        raise Invalid(
            [FieldError("name", _("Izin ini untuk nama yang memuat “OK OCE”. Contoh: OK OCE Melati Senen."))]
        )
    if new.from_on < FIRST_DAY:
        raise Invalid(
            [
                FieldError(
                    "from_on", _("Tanggal mulai terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.")
                )
            ]
        )
    if new.until_on is not None and new.until_on <= new.from_on:
        raise Invalid(
            [FieldError("until_on", _("Izin berakhir sesudah mulai. Pilih tanggal yang lebih akhir."))]
        )
    return NewName(name, conditions, new.from_on, new.until_on)


def required_reason(reason: str) -> str:
    """Why a name is taken back: the one who had it reads it."""
    if not reason.strip():
        raise Invalid(
            [FieldError("reason", _("Tulis alasannya dalam satu kalimat; pemegang izin membacanya."))]
        )
    return required_text("reason", reason, LONGEST_REASON)
