"""What was delivered under an agreement: partners know who was sent, the pipeline who completed the stage."""

from datetime import date
from typing import Any

from django.db.models import OuterRef

from okoce.community.partners.queries import delivered
from okoce.pipeline.models import StageRecord
from okoce.pipeline.states import StageState


def delivered_under(agreement: Any, day: date) -> delivered.Delivered:
    """What the records show of an agreement until the end of a day. Public: counts alone, and the agreement was found before."""
    done = StageRecord.objects.filter(
        member_id=OuterRef("member_id"), stage=OuterRef("stage"), state=StageState.COMPLETED
    )
    return delivered.delivered_under(agreement, day, done.values("completed_on")[:1])
