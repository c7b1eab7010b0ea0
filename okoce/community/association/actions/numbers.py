"""The numbers by which the association is judged: days of notice, days without a visit. Decided from a day on, never anew."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.events import NumberDecided
from okoce.community.association.models import AssociationTerm
from okoce.community.association.offices import require_centre
from okoce.community.association.states import TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.versions import checked_source, code_problem, days_problem, write_version

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
    source = checked_source(
        new.source,
        new.from_on,
        code_problem(new.code, TermCode.values),
        days_problem("value", new.value, MOST_DAYS),
    )
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
