"""A person has one name: her accounts are called as her record is."""

from okoce.community.members.intake import absorbed_by
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.actions import follow_name
from okoce.foundation.accounts.models import User

# Who corrects or merges needs no right over accounts: they follow by themselves.
HOUSE = Actor.system("members")


@action(Permission.MEMBERS_CORRECT)
def let_accounts_follow(actor: Actor, member: Member) -> None:
    """Give every account of a person the name that her record has now, also those of the records that were merged into hers."""
    hers = User.objects.filter(member_id__in=(member.pk, *absorbed_by(member.pk)))
    for user in hers.select_for_update(of=("self",), no_key=True).order_by("pk"):
        follow_name(HOUSE, user, member.name)
