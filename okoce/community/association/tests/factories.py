"""Branches and people of the association, for tests."""

from datetime import date

from okoce.community.association.actions.branches import activate_branch, found_branch
from okoce.community.association.actions.tenures import appoint_holder
from okoce.community.association.models import Branch, Tenure
from okoce.community.association.rules import NewTenure
from okoce.foundation.access.actor import Actor
from tests.cast import SYSTEM, account_of

FOUNDED = date(2018, 1, 2)


def branch_at(region: str = "", founded_on: date = FOUNDED) -> Branch:
    """A branch at work."""
    return activate_branch(SYSTEM, found_branch(SYSTEM, region, founded_on, "SK-001/PGO"), founded_on)


def someone(label: str) -> str:
    """An account, by its e-mail."""
    return account_of(Actor(label=label)).email or ""


def holding(
    branch: Branch,
    who: str,
    position: str = "ketua_umum",
    from_on: date = FOUNDED,
    until_on: date | None = None,
    *,
    is_named: bool = False,
) -> Tenure:
    told = NewTenure(position, from_on, until_on, "SK-002/PGO", is_named)
    return appoint_holder(SYSTEM, branch, who, told)
