"""Members by where they stand: the list of the API and of the desk."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from okoce.community.members import queries as members
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.pipeline.models import StageRecord, Standstill
from okoce.pipeline.states import UNKNOWN_REASON, Stage, StageState, StandstillReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of members as it is asked for. `stage` = furthest completed stage, `stuck` = code of the open reason."""

    q: str = ""
    scope: str = ""
    stage: int | None = None
    stuck: str = ""
    cursor: str = ""
    limit: int = 50


def search_members(actor: Actor, wanted: Wanted) -> members.Page:
    """Members in the actor's scope, each with `furthest_stage`; refuses a stage or a reason that does not exist."""
    among = [*_stage_condition(wanted.stage), *_stuck_condition(wanted.stuck)]
    search = members.Search(
        q=wanted.q, scope=wanted.scope, among=tuple(among), cursor=wanted.cursor, limit=wanted.limit
    )
    page = members.search_members(actor, search)
    note_furthest_stage(page.members)
    return page


def with_furthest_stage(rows: QuerySet[Member]) -> QuerySet[Member]:
    """Annotates `furthest_stage` (None before P1). Public: the caller has narrowed the rows."""
    furthest = StageRecord.objects.filter(member=OuterRef("pk"), state=StageState.COMPLETED).order_by(
        "-stage"
    )
    return rows.annotate(furthest_stage=Subquery(furthest.values("stage")[:1]))


def note_furthest_stage(found: list[Member]) -> None:
    """The same for members that are in hand already, in one query. Public: the caller has read them."""
    completed = StageRecord.objects.filter(
        member__in=[member.pk for member in found], state=StageState.COMPLETED
    )
    furthest = dict(completed.order_by("stage").values_list("member_id", "stage"))
    for member in found:
        member.furthest_stage = furthest.get(member.pk)  # type: ignore[attr-defined]  # as with_furthest_stage does


def _stage_condition(stage: int | None) -> list[Q]:
    if stage is None:
        return []
    if stage not in Stage.values:
        raise Invalid([FieldError("stage", _("Tahap ini tidak ada. Pakai P1 sampai P7."))])
    completed = StageRecord.objects.filter(state=StageState.COMPLETED)
    further = completed.filter(member=OuterRef("pk"), stage__gt=stage)
    return [Q(pk__in=completed.filter(stage=stage).values("member_id")), ~Q(Exists(further))]


def _stuck_condition(reason: str) -> list[Q]:
    if not reason:
        return []
    if reason == UNKNOWN_REASON:
        return [~Q(Exists(Standstill.objects.filter(member=OuterRef("pk"), until_on__isnull=True)))]
    if reason not in StandstillReason.values:
        raise Invalid([FieldError("stuck", _("Alasan ini tidak ada di daftar."))])
    return [Q(pk__in=Standstill.objects.filter(reason=reason, until_on__isnull=True).values("member_id"))]


def standstill_choices() -> list[tuple[str, str]]:
    """Reasons for a form: code and words. Public."""
    return [(value, str(label)) for value, label in StandstillReason.choices]
