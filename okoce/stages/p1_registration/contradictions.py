"""What somebody tells of a person who is known already: held against her record by the one rule of the members' file."""

from typing import Any

from django.utils.translation import gettext as _

from okoce.community.members.actions.entry import Person
from okoce.stages.p1_registration.imports.auditing import Said, contradictions_told
from okoce.stages.p1_registration.imports.facts import Facts
from okoce.stages.p1_registration.imports.roster import stored_person

# Columns of a person and her business that the file calls otherwise.
_FILE_NAMES = {"business_since": "since_on", "turnover": "monthly_turnover"}
_TOLD = (
    "name", "name_key", "region", "registered_on", "village", "phone", "nik_hash", "email", "birth_on", "sex",
    "work_status", "address", "source", "group_id", "consent_on", "business_name", "sector", "business_since",
    "workers", "turnover", "nib", "npwp",
)  # fmt: skip


def contradictions_with(
    member_id: int, person: Person, *, is_day_told: bool, is_reached: bool, phone_is_anothers: bool
) -> dict[str, Said]:
    """By column of the file: what contradicts the record, as its history is to tell it; queued before or not.

    `is_reached`: of somebody else's member only that she is claimed elsewhere is worth a look. `is_day_told`: the day of
    registration stood on paper, and is not merely the day on which this came.
    """
    stored = stored_person(member_id)
    stored.queued = set()
    told = _facts_of(person.row, is_day_told)
    if is_reached:
        stored.take(told, phone_is_anothers=phone_is_anothers)  # of this copy nothing is written
    else:
        stored.note_claim(told)
    return dict(zip(stored.contradictions, contradictions_told(stored), strict=True))


def _facts_of(row: dict[str, Any], is_day_told: bool) -> Facts:
    values = {name: row[_FILE_NAMES.get(name, name)] for name in _TOLD}
    # a masked NIK is masked as itself, and more of it is told nowhere
    return Facts(**values, nik=row["nik_masked"] or None, is_registered_on_given=is_day_told)


def awaits_review_told() -> str:
    """What whoever sent it reads."""
    return _("Ada isian yang berbeda dari yang tersimpan; petugas akan memeriksanya.")
