"""How many days are given for a step of a referral. Days of the calendar: the platform knows no working days yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from okoce.community.partners.referral_models import ReferralTerm
from okoce.community.partners.states import ReferralTermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotAllowed

A_DAY = timedelta(days=1)


def due_after(code: ReferralTermCode, day: date) -> date:
    """The last day for a step that begins on a day; a migration has written the first terms."""
    rows = ReferralTerm.objects.filter(code=code, from_on__lte=day)
    return day + timedelta(days=rows.order_by("-from_on").values_list("days", flat=True)[0])


@dataclass(frozen=True, slots=True)
class Decided:
    """One row with its last day; None where no other follows it."""

    term: ReferralTerm
    last_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.term.from_on <= day and (self.last_on is None or day <= self.last_on)


def terms_decided() -> Sequence[Decided]:
    """Every term, each with its versions, the latest first. Public reference data."""
    told: list[Decided] = []
    for row in ReferralTerm.objects.order_by("code", "-from_on"):
        follower = told[-1].term if told and told[-1].term.code == row.code else None
        told.append(Decided(row, follower.from_on - A_DAY if follower else None))
    return told


def decides_terms(actor: Actor) -> bool:
    """Whether she decides for the whole nation."""
    return any(scope.everywhere for scope in actor.scopes_with(Permission.PARTNERS_MANAGE))


def require_nation(actor: Actor) -> None:
    if not decides_terms(actor):
        raise NotAllowed(
            _("Batas waktu rujukan ditetapkan oleh sekretariat pusat. Minta mereka mengubahnya.")
        )
