"""Evidence that waits for somebody to verify it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import VERIFY_STAGE, Permission
from okoce.foundation.shared.errors import NotFound
from okoce.pipeline.models import Evidence
from okoce.pipeline.states import EvidenceState

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Claimed evidence, oldest first, and where the list goes on."""

    evidence: list[Evidence]
    next_after: int | None


def evidence_for(actor: Actor, evidence_id: int) -> Evidence:
    """One piece of evidence of a member whom the actor may read."""
    rows = Evidence.objects.visible_to(actor, Permission.MEMBERS_READ).select_related("member")
    found = rows.filter(pk=evidence_id).first()
    if found is None:
        raise NotFound(_("Bukti itu tidak ada dalam wilayah tugas Anda."))
    return found


def may_verify(actor: Actor, member: Member, stage: int) -> bool:
    """True when some grant lets the actor verify this stage for this member."""
    return bool(verifiable_among(actor, [member.pk], stage))


def verifiable_among(actor: Actor, ids: Sequence[int], stage: int) -> frozenset[int]:
    """Those of these records for whom some grant lets the actor verify this stage."""
    right = VERIFY_STAGE.get(stage)
    if right is None or not actor.may(right):
        return frozenset()
    rows = Member.objects.visible_to(actor, right).filter(pk__in=list(ids))
    return frozenset(rows.order_by().values_list("pk", flat=True))


def evidence_waiting(actor: Actor, *, after: int = 0, limit: int = 50) -> WaitingPage:
    """Claimed evidence that this actor may verify, in the order in which it came in."""
    mine = Q(pk__in=[])
    for stage, right in VERIFY_STAGE.items():
        if actor.may(right):
            mine |= Q(
                stage=stage, pk__in=Evidence.objects.visible_to(actor, right).filter(_claimed()).values("pk")
            )
    rows = Evidence.objects.filter(_claimed(), mine, pk__gt=after).select_related("member").order_by("pk")
    limit = max(1, min(limit, MOST_ROWS))
    found = list(rows[: limit + 1])
    return WaitingPage(found[:limit], found[limit - 1].pk if len(found) > limit else None)


def _claimed() -> Q:
    return Q(state=EvidenceState.CLAIMED)
