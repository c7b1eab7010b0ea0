"""What every deed of the association asks of what it is given, and who may decide about a branch."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.models import Branch, Position
from okoce.community.association.states import BranchState
from okoce.community.organisations.rules import require_days, required_text
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.errors import FieldError, Invalid, Refused

LONGEST_DECREE, LONGEST_REASON, LONGEST_AGREED = 120, 500, 1000
LONGEST_VISIT = 24 * 60


@dataclass(frozen=True, slots=True)
class NewTenure:
    """An office for a time; without an end it lasts until it is ended. `is_named`: she agreed that everybody reads her name."""

    position: str
    from_on: date
    until_on: date | None
    decree: str
    is_named: bool = False


def required_reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid([FieldError("reason", _("Tulis alasannya dalam satu kalimat."))])
    return required_text("reason", reason, LONGEST_REASON)


def require_above(actor: Actor, region: str) -> None:
    """Refuses whoever does not stand above a branch: its officers are appointed, and its state is decided, from a wider
    territory; the centre's by the secretariat alone."""
    if stands_above(actor, region):
        return
    raise Refused(
        _("Cabang ini diurus dari cabang di atasnya, atau oleh sekretariat. Minta mereka memutuskannya.")
    )


def stands_above(actor: Actor, region: str) -> bool:
    """Whether some grant of hers is wider than the place of a branch."""
    return actor.is_system or any(
        scope.everywhere or (region_within(region, scope.region) and region != scope.region)
        for scope in actor.scopes_with(Permission.ASSOCIATION_MANAGE)
    )


def position_of(branch: Branch, code: str, day: date) -> Position:
    """The office on a day, as it stands until the end of the deed: nobody ends it under whoever is being appointed. Refuses one
    that there is not, and one of the centre in a branch or the other way round."""
    rows = Position.objects.valid_on(day).select_for_update(no_key=True)
    found = rows.filter(code=code, is_central=not branch.region).first()
    if found is None:
        raise Invalid(
            [FieldError("position", _("Jabatan itu tidak ada di sini pada hari itu. Pilih yang lain."))]
        )
    return found


def clean_tenure(branch: Branch, new: NewTenure) -> Position:
    """Refuses a branch that is not at work, days that cannot be, a decree without a number, an unknown office."""
    require_days(new.from_on, new.until_on)
    required_text("decree", new.decree, LONGEST_DECREE)
    if branch.state == BranchState.CLOSED:
        raise Refused(_("Cabang ini sudah ditutup, jadi tidak bisa diberi pengurus."))
    if new.from_on < branch.founded_on:
        sentence = _("Masa jabatan mulai sebelum cabang ini didirikan. Pilih hari sesudahnya.")
        raise Invalid([FieldError("from_on", sentence)])
    return position_of(branch, new.position, new.from_on)
