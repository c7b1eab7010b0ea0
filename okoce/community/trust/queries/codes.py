"""The code that a komunitas shows on its page, on the board and in invitations: no paper carries it, but people verify it too."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.trust.queries.searching import trusted_groups
from okoce.community.trust.verifying import since_of, standing_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.codes import compact
from okoce.foundation.verification.registry import Finding

LONGEST_CODE = 24


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A komunitas that the search by name finds: its code, and what the public may know of it."""

    code: str
    finding: Finding


def group_behind(typed: str) -> NamedGroup | None:
    """The komunitas of a code, typed in any case and with whatever between. Public: it says no more than the search by name does.
    The caller has counted the question."""
    code = compact(typed)
    if not 1 < len(code) <= LONGEST_CODE:
        return None
    # where its dash stands is not told any more, and it is looked up as it is stored
    shapes = [code, *(f"{code[:at]}-{code[at:]}" for at in range(1, len(code)))]
    found = list(trusted_groups().filter(code__in=shapes).order_by("id")[:2])
    if len(found) != 1:
        return None
    [group] = found
    state, until = standing_of(group)
    finding = Finding(
        what="group",
        what_name=str(_("Komunitas")),
        holder=group.name,
        place=path_of(group.region),
        state=state,
        since=since_of(group) or today_wib(),
        until=until,
        is_masked=False,
    )
    return NamedGroup(group.code, finding)
