"""Which offices the association has. Public reference data."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.models import AssociationTerm, Position, Tenure
from okoce.foundation.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Office:
    """One version of an office; `holders` of today where it is the version of today."""

    position: Position
    has_begun: bool
    has_ended: bool
    holders: int

    @property
    def is_taken_back(self) -> bool:
        return self.position.until_on == self.position.from_on


def offices_on(day: date) -> list[Office]:
    """Every version, in the order of the offices, the latest first: what is, what comes, what was. Public."""
    rows = list(Position.objects.order_by("place", "code", "-from_on"))
    held = Counter(Tenure.objects.valid_on(day).values_list("position", flat=True))
    found = []
    for row in rows:
        has_begun, has_ended = row.from_on <= day, row.until_on is not None and row.until_on <= day
        found.append(Office(row, has_begun, has_ended, held[row.code] if has_begun and not has_ended else 0))
    return found


def latest_version(code: str) -> Position:
    """The version of an office that holds last. Public."""
    rows = Position.objects.real().filter(code=code) if "\x00" not in code else Position.objects.none()
    found = rows.order_by("-from_on").first()
    if found is None:
        raise NotFound(_("Jabatan itu tidak ada."))
    return found


def version_of(position_id: int) -> Position:
    """One version of an office. Public."""
    found = Position.objects.filter(pk=position_id).first()
    if found is None:
        raise NotFound(_("Jabatan itu tidak ada."))
    return found


def numbers_decided() -> list[AssociationTerm]:
    """Every number by which the association is judged, each with its versions, the latest first. Public."""
    return list(AssociationTerm.objects.order_by("code", "-from_on"))
