"""Pairs that may be one person, and contradictions that came in: the review queue, for whoever reaches both records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.states import DuplicateReason, DuplicateState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import region_rows
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.pipeline.queries.merges import older_records_of

READ, REVIEW = Permission.MEMBERS_READ_DUPLICATES, Permission.MEMBERS_REVIEW_DUPLICATES
MOST_ROWS = 100
# More is not counted: that it is a hundred and more is all that somebody who works them off needs to know.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A part of the queue: the reason, a territory in which both live, decided ones instead of those that wait."""

    reason: str = ""
    scope: str = ""
    is_decided: bool = False
    after: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class DuplicatePage:
    """Candidates, oldest first, where the list goes on, and how many there are, counted up to a hundred."""

    candidates: list[DuplicateCandidate]
    next_after: int | None
    count: int


def duplicates_in(actor: Actor, wanted: Wanted) -> DuplicatePage:
    """The part of the queue that the actor may read; refuses a reason that does not exist."""
    rows = _part(actor, wanted)
    limit = max(1, min(wanted.limit, MOST_ROWS))
    found = list(
        rows.filter(pk__gt=wanted.after).select_related("first", "second").order_by("pk")[: limit + 1]
    )
    return DuplicatePage(found[:limit], found[limit - 1].pk if len(found) > limit else None, _counted(rows))


def duplicate_for(actor: Actor, candidate_id: int) -> DuplicateCandidate:
    """One candidate whose records the actor reaches, both of them; else it is not there."""
    rows = DuplicateCandidate.objects.visible_to(actor, READ)
    found = rows.select_related("first__business", "second__business").filter(pk=candidate_id).first()
    if found is None:
        raise NotFound(_("Pasangan itu tidak ada dalam wilayah tugas Anda."))
    return found


def duplicates_waiting(actor: Actor) -> QuerySet[DuplicateCandidate]:
    """Those that wait for this actor to decide about them."""
    return _part(actor, Wanted(), REVIEW)


def next_waiting(actor: Actor, after: int) -> int | None:
    """The candidate to look at behind this one; from the beginning again at the end. None when nothing else waits."""
    rows = _part(actor, Wanted()).exclude(pk=after).order_by("pk").values_list("pk", flat=True)
    return rows.filter(pk__gt=after).first() or rows.first()


def waiting_about(actor: Actor, member: Member) -> DuplicateCandidate | None:
    """The oldest candidate about a member that waits for this actor."""
    if not actor.may(READ):
        return None
    about = Q(first=member) | Q(second=member)
    return _part(actor, Wanted()).filter(about).order_by("pk").first()


def doubles_waiting(actor: Actor, member: Member, most: int) -> list[tuple[DuplicateCandidate, Member]]:
    """Pairs of which this member is one and wait to be looked at, each with the other one: those alone whom the actor may read
    beside her, whether or not it is for him to decide."""
    rows = DuplicateCandidate.objects.visible_to(actor, Permission.MEMBERS_READ).waiting()
    pairs = rows.pairs_of(member.pk).select_related("first", "second").order_by("pk")[:most]
    return [(row, other) for row in pairs for other in both_of([row]) if other.pk != member.pk]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What stands, what came, when; empty where the trail does not tell it (any more)."""

    stored: str = ""
    came: str = ""
    at: datetime | None = None


def contradiction_of(actor: Actor, candidate: DuplicateCandidate) -> Contradiction:
    """The two values of a contradiction, as the trail keeps them under the person's own key."""
    older = older_records_of(actor, candidate.first)  # it may have come in about one of them
    for line in history_of(actor, candidate.first, also=older):
        pair = line.changes.get(candidate.field)
        if line.kind == "members.contradiction_queued" and pair is not None:
            stored, came = (str(value) if value is not None else "" for value in pair)
            return Contradiction(stored, came, line.at)
    return Contradiction()


def _part(actor: Actor, wanted: Wanted, permission: Permission = READ) -> QuerySet[DuplicateCandidate]:
    if wanted.reason and wanted.reason not in DuplicateReason.values:
        raise Invalid([FieldError("alasan", _("Alasan ini tidak ada di daftar."))])
    state = DuplicateState.DIFFERENT if wanted.is_decided else DuplicateState.OPEN
    rows = DuplicateCandidate.objects.visible_to(actor, permission).filter(state=state)
    if wanted.is_decided:  # of a contradiction nobody said that these are two people
        rows = rows.filter(second__isnull=False)
    if wanted.reason:
        rows = rows.filter(reason=wanted.reason)
    return rows.filter(region_rows(Scope(region=wanted.scope), "place")) if wanted.scope else rows


def _counted(rows: QuerySet[DuplicateCandidate]) -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def both_of(candidates: Iterable[DuplicateCandidate]) -> list[Member]:
    """The records of these candidates. Public: they have been read by whoever may."""
    return [
        member
        for candidate in candidates
        for member in (candidate.first, candidate.second)
        if member is not None
    ]
