"""What was stated about the workers of a member."""

from okoce.community.members.models import Member
from okoce.pipeline.models import JobStatement

MOST_SHOWN = 50


def job_statements(member: Member) -> list[JobStatement]:
    """The latest first."""
    return list(JobStatement.objects.filter(member=member).order_by("-stated_on", "-pk")[:MOST_SHOWN])
