"""What is asked of an office of the association, as the secretariat decides on it."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from okoce.community.association.models import Position, Tenure
from okoce.community.association.rules import stands_above
from okoce.community.association.states import Organ
from okoce.community.organisations.rules import required_text
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotAllowed, Refused

LONGEST_NAME = 80
LONGEST_CODE = 40
CENTRE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosition:
    """An office from a day on. `code` "" begins one; else it is another version of that one, at the same place of the association."""

    code: str
    name: str
    name_en: str
    organ: str
    is_single: bool
    is_central: bool
    role: str
    from_on: date


def require_centre(actor: Actor) -> None:
    """Which offices there are is decided for the whole association."""
    if not stands_above(actor, CENTRE):
        raise NotAllowed(
            _("Jabatan apa saja yang ada ditetapkan oleh sekretariat pusat. Minta mereka mengubahnya.")
        )


def clean_position(new: NewPosition) -> NewPosition:
    """As it is stored; refuses what cannot be, every wrong field at once."""
    errors = []
    if new.organ not in Organ.values:
        errors.append(FieldError("organ", _("Pilih salah satu.")))
    if new.role and new.role not in ROLES:
        errors.append(FieldError("role", _("Peran ini tidak dikenal. Pilih dari daftarnya.")))
    if new.from_on < today_wib():
        sentence = _("Yang sudah lewat tidak berubah. Pilih hari ini (%s) atau sesudahnya.")
        errors.append(FieldError("from_on", sentence % day_in_words(today_wib())))
    names = {}
    for field in ("name", "name_en"):
        try:
            names[field] = required_text(field, getattr(new, field), LONGEST_NAME)
        except Invalid as wrong:
            errors.extend(wrong.errors)
    if errors:
        raise Invalid(errors)
    return replace(new, name=names["name"], name_en=names["name_en"])


def code_for(name: str) -> str:
    """A name for records that no office has yet."""
    wanted = slugify(name).replace("-", "_")[:LONGEST_CODE].strip("_") or "jabatan"
    taken = set(Position.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    return next(
        one for one in (wanted, *(f"{wanted}_{number}" for number in range(2, 1000))) if one not in taken
    )


def require_nobody_after(code: str, day: date) -> None:
    """Refuses to end an office that somebody holds on that day or later."""
    holding = Tenure.objects.real().not_ended_by(day).filter(position=code).count()
    if holding:
        sentence = _(
            "Masih ada %(count)s masa jabatan yang berjalan sampai %(day)s atau sesudahnya. Akhiri dulu semuanya."
        )
        raise Refused(sentence % {"count": holding, "day": day_in_words(day)}, field="until_on")


def require_not_begun(row: Position) -> None:
    """Refuses to take back what holds already, or did."""
    if row.from_on <= today_wib():
        sentence = _(
            "Jabatan ini sudah berlaku sejak %s. Yang sudah berlaku tidak dibatalkan; ubah atau akhiri saja."
        )
        raise Refused(sentence % day_in_words(row.from_on))


def require_nobody_through(row: Position) -> None:
    """Refuses to take back a version by which somebody was appointed: the terms that begin in its days, and, where there would be
    no office then, whoever holds it then."""
    until = row.until_on or date.max
    rows = Tenure.objects.real().filter(position=row.code)
    begun = rows.filter(from_on__gte=row.from_on, from_on__lt=until)
    held = begun if row.cuts_short else rows.not_ended_by(row.from_on)
    count = held.count()
    if count:
        sentence = _(
            "Sudah ada %(count)s masa jabatan pada masa itu, mulai %(day)s. Batalkan atau akhiri dulu semuanya."
        )
        raise Refused(sentence % {"count": count, "day": day_in_words(row.from_on)})
