"""Evidence that waits for somebody to verify it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
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
    verifiable: frozenset[int] = frozenset()  # those of it that the actor may verify


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
    """Claimed evidence that this actor may verify, in the order in which it came in; within a grant that reads evidence and
    hands in none, all of it."""
    mine = Q(pk__in=[])
    for stage, right in VERIFY_STAGE.items():
        if actor.may(right):
            mine |= Q(
                stage=stage, pk__in=Evidence.objects.visible_to(actor, right).filter(_claimed()).values("pk")
            )
    seen = mine | Q(pk__in=_read_only(actor).filter(_claimed()).values("pk"))
    rows = Evidence.objects.filter(_claimed(), seen, pk__gt=after).select_related("member").order_by("pk")
    limit = max(1, min(limit, MOST_ROWS))
    found = list(rows[: limit + 1])
    page = found[:limit]
    verifiable = Evidence.objects.filter(mine, pk__in=[proof.pk for proof in page]).values_list(
        "pk", flat=True
    )
    return WaitingPage(page, page[-1].pk if len(found) > limit else None, frozenset(verifiable))


def _read_only(actor: Actor) -> QuerySet[Evidence]:
    """What the actor's grants reach that read evidence and hand in none: each grant counts for itself."""
    reader = actor.without(Permission.PIPELINE_GIVE_EVIDENCE)
    return Evidence.objects.visible_to(reader, Permission.PIPELINE_READ_EVIDENCE)


def _claimed() -> Q:
    return Q(state=EvidenceState.CLAIMED)
