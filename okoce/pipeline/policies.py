"""Rows of a person are seen by whoever sees the person; tallies hold no persons and are read through tallies.py."""

from django.db.models import Q

from okoce.community.members.models import Member
from okoce.community.members.policies import member_rows
from okoce.foundation.access.policies import anchored_rows, nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import (
    Evidence,
    JobStatement,
    StageRecord,
    Standing,
    Standstill,
    TallyDelta,
    TallyFold,
    TallyReason,
    TallySpan,
    TallySum,
)
from okoce.pipeline.position_models import Position, PositionDelta, PositionSum, Unplaced


@rows_of(Evidence)
@rows_of(StageRecord)
@rows_of(Standstill)
@rows_of(JobStatement)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")


@rows_of(Merge)
def _(scope: Scope) -> Q:
    """Whoever reaches both records: the absorbed one is somebody again when the merge is undone."""
    return member_rows(scope, "kept__") & member_rows(scope, "absorbed__")


@rows_of(EvidenceBatch)
@rows_of(EvidenceLine)
def _(scope: Scope) -> Q:
    """An officer's own list of one occasion: queries/evidence_batches.py reads it by her account."""
    return nothing()


@rows_of(Standing)
def _(scope: Scope) -> Q:
    return anchored_rows(scope, region="region", group="group_id")


@rows_of(Position)
def _(scope: Scope) -> Q:
    return Q(member_id__in=Member.objects.filter(member_rows(scope)).order_by().values("pk"))


@rows_of(TallyDelta)
@rows_of(TallySum)
@rows_of(TallyReason)
@rows_of(TallySpan)
@rows_of(TallyFold)
@rows_of(PositionDelta)
@rows_of(PositionSum)
@rows_of(Unplaced)
def _(scope: Scope) -> Q:
    return nothing()
