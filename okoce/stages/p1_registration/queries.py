"""What the other stages ask about a registration."""

from django.db.models import QuerySet

from okoce.community.members.models import GuardianConsent, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.stages.p1_registration.applications.queries import needs_guardian


def awaits_guardian(actor: Actor, member: Member) -> bool:
    """Whether she is under age and nobody who answers for her has consented, so that her own consent does not count."""
    if member.erased_at is not None or not needs_guardian(member.birth_on, member.region):
        return False
    return not _guardians(actor, member).exists()


def guardian_was_erased(actor: Actor, member: Member) -> bool:
    """Whether she is under age, and of those who consented for her no name is left: each had her own data erased."""
    if member.erased_at is not None or not needs_guardian(member.birth_on, member.region):
        return False
    gone = {one is not None for one in _guardians(actor, member).values_list("erased_at", flat=True)}
    return gone == {True}


def _guardians(actor: Actor, member: Member) -> QuerySet[GuardianConsent]:
    noted = GuardianConsent.objects.visible_to(actor, Permission.MEMBERS_READ)
    return noted.filter(consent__member=member, consent__withdrawn_on__isnull=True)
