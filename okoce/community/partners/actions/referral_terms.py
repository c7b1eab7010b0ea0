"""How many days are given for the steps of a referral: decided from a day on, never anew."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.partners.events import ReferralTermDecided
from okoce.community.partners.referral_models import ReferralTerm
from okoce.community.partners.referral_terms import require_nation
from okoce.community.partners.states import ReferralTermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.versions import checked_source, code_problem, days_problem, write_version

MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class NewReferralTerm:
    """So many days for a step, from a day on, as a decision says it."""

    code: str
    days: int
    from_on: date
    source: str


@action(Permission.PARTNERS_MANAGE)
def decide_referral_term(actor: Actor, new: NewReferralTerm) -> ReferralTerm:
    """Give another number of days from a day on, tomorrow at the earliest: what was promised until then stays promised. Refuses
    whoever decides for a part of the nation, and a day for which something else was decided; the very same is the one that stands."""
    require_nation(actor)
    source = checked_source(
        new.source,
        new.from_on,
        code_problem(new.code, ReferralTermCode.values),
        days_problem("days", new.days, MOST_DAYS),
    )
    row, is_new = write_version(
        ReferralTerm(code=new.code, days=new.days, from_on=new.from_on, source=source),
        ("days", "source"),
        _("Batas waktu ini sudah ditetapkan mulai %s. Pilih hari lain."),
    )
    if not is_new:
        return row
    told = ReferralTermDecided(
        term_id=row.pk,
        label=str(ReferralTermCode(row.code).label),
        days=row.days,
        from_on=row.from_on.isoformat(),
    )
    record(told, subject=row)
    return row
