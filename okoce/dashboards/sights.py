"""A person's page as an officer opens it: who she is, and that the officer looked."""

from okoce.community.members.models import Member
from okoce.community.members.queries import member_for
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request


def member_seen(
    request: Request,
    number: str,
    permission: Permission = Permission.MEMBERS_READ,
    page: LookedAt = LookedAt.PERSON,
) -> Member:
    """The member of a page that shows something of her, found as `member_for` does; whoever gets to see it is noted. A page
    that only does something and leads elsewhere takes `member_for`."""
    member = member_for(request.actor, number, permission)
    note_look(request.actor, Sight.of(member, page))
    return member
