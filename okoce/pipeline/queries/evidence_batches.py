"""Evidence handed in for many, as its author sees it: her own, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.states import LineState

MOST_LISTED = 20
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines of a batch in their order, and where they go on."""

    lines: Sequence[EvidenceLine]
    next_after: int | None


def batches_of(actor: Actor) -> list[EvidenceBatch]:
    """The actor's own, newest first."""
    return list(_own(actor).order_by("-id")[:MOST_LISTED])


def batch_for(actor: Actor, batch_id: int) -> EvidenceBatch:
    """One's own; NotFound for anybody else's, and after a week."""
    found = _own(actor).filter(pk=batch_id).first()
    if found is None:
        raise NotFound(_("Kiriman bukti itu tidak ada, sudah lewat seminggu, atau bukan milik Anda."))
    return found


def line_counts(actor: Actor, batches: Sequence[EvidenceBatch]) -> dict[int, dict[str, int]]:
    """How many people of each of one's batches stand in which state."""
    told: dict[int, dict[str, int]] = {batch.pk: dict.fromkeys(LineState.values, 0) for batch in batches}
    lines = EvidenceLine.objects.filter(batch__in=_own(actor).filter(pk__in=list(told)))
    for batch_id, state, count in lines.order_by().values_list("batch_id", "state").annotate(Count("pk")):
        told[batch_id][state] = count
    return told


def lines_of(actor: Actor, batch: EvidenceBatch, states: Sequence[str], *, after: int = 0) -> LinePage:
    """The people of one's batch who stand in one of these states, some at a time."""
    rows = EvidenceLine.objects.filter(batch__in=_own(actor).filter(pk=batch.pk), state__in=states)
    found = list(rows.filter(place__gt=after).order_by("place")[: AT_ONCE + 1])
    return LinePage(found[:AT_ONCE], found[AT_ONCE - 1].place if len(found) > AT_ONCE else None)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody of a batch who had no turn, with the number that her document was to get."""

    member_id: int
    number: str


def left_over(actor: Actor, batch: EvidenceBatch) -> list[LeftOver]:
    """Who of one's batch had no turn, in their order."""
    lines = EvidenceLine.objects.filter(batch__in=_own(actor).filter(pk=batch.pk)).waiting()
    return [LeftOver(*told) for told in lines.order_by("place").values_list("member_id", "number")]


def given_in(line: EvidenceLine) -> GivenEvidence:
    """What is handed in for the person of a line. Public: it looks at what it is given."""
    batch = line.batch
    return GivenEvidence(
        stage=batch.stage,
        happened_on=batch.happened_on,
        kind=batch.kind,
        number=line.number,
        note=batch.note,
        partner=batch.partner_id,
    )


def _own(actor: Actor) -> ScopedQuerySet[EvidenceBatch]:
    if actor.user_id is None or not actor.may(Permission.PIPELINE_READ_EVIDENCE):
        return EvidenceBatch.objects.none()
    return EvidenceBatch.objects.filter(author_user_id=actor.user_id)
