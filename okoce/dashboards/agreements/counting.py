"""What was delivered under an agreement: partners know who was sent, the pipeline who completed the stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef

from okoce.community.partners.queries import delivered
from okoce.pipeline.models import Evidence, StageRecord
from okoce.pipeline.states import EvidenceState, StageState


def delivered_under(agreement: Any, day: date) -> delivered.Delivered:
    """What the records show of an agreement until the end of a day. Public: counts alone, and the agreement was found before."""
    return delivered_under_each([agreement], day)[agreement.pk]


def delivered_under_each(agreements: Sequence[Any], day: date) -> dict[int, delivered.Delivered]:
    """The same of several, by id, with as many questions as of one."""
    done = StageRecord.objects.filter(
        member_id=OuterRef("member_id"), stage=OuterRef("stage"), state=StageState.COMPLETED
    )
    given = Evidence.objects.filter(member_id=OuterRef("pk"), state=EvidenceState.VERIFIED)
    return delivered.delivered_under_each(agreements, day, done.values("completed_on")[:1], given)
