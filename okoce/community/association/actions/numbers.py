"""The numbers by which the association is judged: days of notice, days without a visit. Decided from a day on, never anew."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.events import NumberDecided
from okoce.community.association.models import AssociationTerm
from okoce.community.association.offices import require_centre
from okoce.community.association.states import TermCode
from okoce.community.organisations.rules import required_text
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.versions import write_version

LONGEST_SOURCE = 300
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class NewNumber:
    """So many days, from a day on, as a decision says it."""

    code: str
    value: int
    from_on: date
    source: str


@action(Permission.ASSOCIATION_MANAGE)
def decide_number(actor: Actor, new: NewNumber) -> AssociationTerm:
    """Let a number be another from a day on, tomorrow at the earliest: what was judged today by the one before stays so."""
    require_centre(actor)
    source = _checked(new)
    row, is_new = write_version(
        AssociationTerm(code=new.code, value=new.value, from_on=new.from_on, source=source),
        ("value", "source"),
        _("Angka ini sudah ditetapkan mulai %s. Pilih hari lain."),
    )
    if not is_new:
        return row
    fact = NumberDecided(
        term_id=row.pk, label=str(TermCode(row.code).label), value=row.value, from_on=row.from_on.isoformat()
    )
    record(fact, subject=row)
    return row


def _checked(new: NewNumber) -> str:
    """The source as it is stored; refuses what cannot be, every wrong field at once."""
    errors = []
    if new.code not in TermCode.values:
        errors.append(FieldError("code", _("Pilih salah satu.")))
    if not 0 < new.value <= MOST_DAYS:
        errors.append(FieldError("value", _("Tulis jumlah hari, dari 1 sampai %s.") % MOST_DAYS))
    if new.from_on <= today_wib():
        errors.append(
            FieldError("from_on", _("Yang sudah berlaku tidak berubah. Pilih besok atau sesudahnya."))
        )
    try:
        source = required_text("source", new.source, LONGEST_SOURCE)
    except Invalid as wrong:
        errors.extend(wrong.errors)
    if errors:
        raise Invalid(errors)
    return source
