"""How an application stands, as its founder reads it on the public page."""

from dataclasses import dataclass

from okoce.community.groups.invitations import Invitation, invitation_of
from okoce.community.groups.models import Group
from okoce.community.groups.queries import areas_of, served_by
from okoce.community.organisations.applying import Applicant
from okoce.foundation.accounts.queries import accounts_of_phone
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory.finding import offer_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One application as its founder reads it, with the invitation once she serves it."""

    group: Group
    places: str
    is_served: bool
    invitation: Invitation | None


def standings(request: Request, founder: Applicant, groups: list[Group]) -> list[Standing]:
    """Of everything that was applied for under one number, in a fixed number of queries."""
    areas = areas_of(groups)
    accounts = (
        {founder.user_id} if founder.user_id else {user.pk for user in accounts_of_phone(founder.phone)}
    )
    served = served_by(accounts, groups)
    return [
        Standing(
            group,
            "; ".join(
                f"{offer.name}, {offer.within}"
                for code in areas.get(group.pk, ())
                if (offer := offer_of(code))
            ),
            group.pk in served,
            invitation_of(request, group) if group.pk in served else None,
        )
        for group in groups
    ]
