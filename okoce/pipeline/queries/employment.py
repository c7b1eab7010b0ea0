"""What was stated about the workers of a member."""

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.pipeline.models import JobStatement

MOST_SHOWN = 50


def job_statements(actor: Actor, member: Member) -> list[JobStatement]:
    """The latest first."""
    rows = JobStatement.objects.visible_to(actor, Permission.MEMBERS_READ).filter(member=member)
    return list(rows.order_by("-stated_on", "-pk")[:MOST_SHOWN])
