"""What sign-in leaves in a member's history."""

from okoce.community.members.events import SignInLocked
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record


@action(Permission.MEMBERS_CORRECT)
def note_sign_in_lock(actor: Actor, member: Member, until: str) -> None:
    """Write down that guessing has locked the sign-in of a member, so that an officer who is asked for help sees why."""
    record(SignInLocked(member_id=member.pk, until=until), subject=member)
