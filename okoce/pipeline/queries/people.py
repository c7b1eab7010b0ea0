"""Members by where they stand: the list of the API and of the desk, in order of name or of time."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.core import signing
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from okoce.community.members import queries as members
from okoce.community.members.models import Member
from okoce.community.members.searching import Question, read_question
from okoce.community.members.states import EntryState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.shared.statements import id_array, run_prepared
from okoce.pipeline import positions
from okoce.pipeline.models import StageRecord
from okoce.pipeline.queries import placed
from okoce.pipeline.queries.placed import Placing
from okoce.pipeline.states import UNKNOWN_STORED, Stage, StageState, StandstillReason

# So many can all be looked at and sorted by name; where more fit, every fiftieth name of a million does (measured).
MOST_SORTED = 20_000
# Above this a list says "1.000+".
MOST_COUNTED = 1_000


class Order(StrEnum):
    NAME = "name"
    LONGEST_WAITING = "since"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of members as it is asked for. `stage` = furthest completed stage, `stuck` = code of the open reason, `entry` =
    business at entry; days = how long they have stood behind the furthest stage."""

    q: str = ""
    scope: str = ""
    group_id: int | None = None
    stage: int | None = None
    stuck: str = ""
    entry: str = ""
    least_days: int | None = None
    most_days: int | None = None
    order: Order = Order.NAME
    cursor: str = ""
    limit: int = 50
    columns: tuple[str, ...] = ()  # of the members; () all
    is_counted: bool = True

    @property
    def is_filtered(self) -> bool:
        """True where it is narrowed by more than a place and a name."""
        return bool(self.stage is not None or self.stuck or self.entry or self.is_aged)

    @property
    def is_aged(self) -> bool:
        return self.least_days is not None or self.most_days is not None


@dataclass(frozen=True, slots=True)
class People:
    """One page of people. `count` of all that fit goes up to `MOST_COUNTED` + 1; None where it was not counted. `is_similar`:
    nobody has that name; these are the likest."""

    members: list[Member]
    next: str | None
    count: int | None = None
    is_similar: bool = False


def search_members(actor: Actor, wanted: Wanted) -> members.Page:
    """Members in the actor's scope, each with `furthest_stage`; refuses a stage or a reason that does not exist."""
    found = list_people(actor, replace(wanted, is_counted=False))
    note_furthest_stage(found.members)
    return members.Page(found.members, found.next, found.is_similar)


def list_people(actor: Actor, wanted: Wanted) -> People:
    """The list of people as it is asked for, with how many there are; what was typed is always answered in order of name."""
    question = read_question(wanted.q)
    if question is not None:
        return _searched(actor, replace(wanted, order=Order.NAME), question)
    placing = _placing(wanted)
    asked = members.asked_of(wanted.scope, wanted.group_id)
    if wanted.order is Order.LONGEST_WAITING:
        return _counted(_oldest_first(actor, wanted, placing), actor, wanted, placing)
    if not wanted.is_filtered:
        return _counted(members.search_members(actor, _search(wanted)), actor, wanted, placing)
    count = placed.count_at_most(actor, asked, placing, MOST_SORTED + 1)
    page = _sorted(actor, wanted, placing) if count <= MOST_SORTED else _walked(actor, wanted, placing)
    return People(page.members, page.next, min(count, MOST_COUNTED + 1))


def _counted(page: members.Page, actor: Actor, wanted: Wanted, placing: Placing) -> People:
    """A page with how many people stand where those of it do."""
    if not wanted.is_counted:
        return People(page.members, page.next)
    asked = members.asked_of(wanted.scope, wanted.group_id)
    return People(page.members, page.next, placed.count_at_most(actor, asked, placing, MOST_COUNTED + 1))


def ids_that_match(actor: Actor, wanted: Wanted, most: int) -> list[int]:
    """The ids of everybody who fits, in the order of the list, at most so many. Refuses names that are similar only: nobody can
    tell how many of those there are."""
    question = read_question(wanted.q)
    if question is not None:
        return _ids_found(actor, replace(wanted, order=Order.NAME, cursor=""), question, most)
    placing, asked = _placing(wanted), members.asked_of(wanted.scope, wanted.group_id)
    if wanted.order is Order.LONGEST_WAITING:
        return [member_id for member_id, _since in placed.oldest_first(actor, asked, placing, None, most)]
    return placed.by_name(actor, asked, placing, None, most)


def _ids_found(actor: Actor, wanted: Wanted, question: Question, most: int) -> list[int]:
    placing = _placing(wanted)
    if question.is_hopeless or not question.name:
        # one person, or a family, by number
        return [member.pk for member in list_people(actor, replace(wanted, is_counted=False)).members]
    if wanted.is_filtered:
        asked = members.asked_of(wanted.scope, wanted.group_id)
        ids = placed.by_name(actor, asked, placing.answering(question), None, most)
    else:
        ids = members.ids_named(actor, _search(wanted), most)
    if not ids and _similar(actor, wanted, placing).members:
        raise only_similar()
    return ids


def shows_similar(actor: Actor, wanted: Wanted) -> bool:
    """Whether the list holds no more than names that are like the one asked for."""
    if not wanted.q:
        return False
    return list_people(actor, replace(wanted, cursor="", limit=1, is_counted=False)).is_similar


def only_similar() -> Refused:
    """Why nothing is done for all of a list of similar names. Public."""
    sentence = _(
        "Tidak ada nama dengan kata yang dicari; yang tampil hanya nama yang mirip. Centang orang yang dimaksud, atau betulkan"
        " ejaannya."
    )
    return Refused(sentence)


def _searched(actor: Actor, wanted: Wanted, question: Question) -> People:
    """A name that few of those who fit may have is looked for among them; any other question is as quick without."""
    placing = _placing(wanted)
    if not wanted.is_filtered or question.is_hopeless or not question.name:
        return _found(_walked(actor, wanted, placing), wanted)
    fitting = placed.count_at_most(
        actor, members.asked_of(wanted.scope, wanted.group_id), placing, MOST_SORTED + 1
    )
    if fitting > MOST_SORTED:
        return _found(_walked(actor, wanted, placing), wanted)
    if not fitting and not wanted.cursor:  # whatever the name: no need to look at all that are like it
        return People([], None)
    page = _sorted(actor, wanted, placing.answering(question))
    if not page.members and not wanted.cursor:
        page = _similar(actor, wanted, placing)
    return _found(page, wanted)


def _found(page: members.Page, wanted: Wanted) -> People:
    """A page of what was searched for. How many there are is told where all are on it: to count further would take longer than
    to find them."""
    is_all = page.next is None and not wanted.cursor and not page.is_similar
    return People(page.members, page.next, len(page.members) if is_all else None, page.is_similar)


def _similar(actor: Actor, wanted: Wanted, placing: Placing) -> members.Page:
    return members.search_misspelt(actor, _search(wanted, placing if wanted.is_filtered else None))


def _search(wanted: Wanted, placing: Placing | None = None) -> members.Search:
    return members.Search(
        q=wanted.q,
        scope=wanted.scope,
        group_id=wanted.group_id,
        among=(placed.stands_there(placing),) if placing else (),
        columns=wanted.columns,
        cursor=wanted.cursor,
        limit=wanted.limit,
    )


def _walked(actor: Actor, wanted: Wanted, placing: Placing) -> members.Page:
    """In order of name along the members' index, passing over who does not fit."""
    return members.search_members(actor, _search(wanted, placing if wanted.is_filtered else None))


def _sorted(actor: Actor, wanted: Wanted, placing: Placing) -> members.Page:
    limit = _limit(wanted)
    after = members.position_of(actor, wanted.cursor) if wanted.cursor else None
    asked = members.asked_of(wanted.scope, wanted.group_id)
    ids = placed.by_name(actor, asked, placing, after, limit + 1)
    return members.Page(
        _in_order(actor, wanted, ids[:limit]), members.cursor_at(ids[limit - 1]) if len(ids) > limit else None
    )


def _oldest_first(actor: Actor, wanted: Wanted, placing: Placing) -> members.Page:
    limit = _limit(wanted)
    after = _read_cursor(wanted.cursor) if wanted.cursor else None
    asked = members.asked_of(wanted.scope, wanted.group_id)
    rows = placed.oldest_first(actor, asked, placing, after, limit + 1)
    following = _cursor_at(*rows[limit - 1]) if len(rows) > limit else None
    return members.Page(
        _in_order(actor, wanted, [member_id for member_id, _since in rows[:limit]]), following
    )


def _in_order(actor: Actor, wanted: Wanted, ids: list[int]) -> list[Member]:
    """By the members' own rule: whatever led here, nobody outside the reader's grants is shown."""
    if not ids:
        return []
    rows = Member.objects.counted().visible_to(actor, Permission.MEMBERS_READ).filter(pk__in=ids)
    found = {member.pk: member for member in (rows.only(*wanted.columns) if wanted.columns else rows)}
    return [found[member_id] for member_id in ids if member_id in found]


def _limit(wanted: Wanted) -> int:
    return max(1, min(wanted.limit, members.MOST_ROWS))


def _placing(wanted: Wanted) -> Placing:
    return Placing(
        stages=_stages(wanted),
        reasons=_reasons(wanted.stuck),
        entries=_entries(wanted.entry),
        least_days=wanted.least_days,
        most_days=wanted.most_days,
    )


def _stages(wanted: Wanted) -> tuple[int, ...]:
    if wanted.stage is not None and wanted.stage not in Stage.values:
        raise Invalid([FieldError("stage", _("Tahap ini tidak ada. Pakai P1 sampai P7."))])
    if wanted.stage is not None:
        return (wanted.stage,)
    waits = wanted.is_aged or wanted.order is Order.LONGEST_WAITING or wanted.stuck in UNKNOWN_STORED
    # whoever has completed P7 waits for nothing
    return tuple(stage for stage in Stage.values if not waits or stage < Stage.P7_FINANCING)


def _reasons(reason: str) -> tuple[str, ...]:
    if not reason:
        return ("", *StandstillReason.values)
    if reason in UNKNOWN_STORED:
        return UNKNOWN_STORED[reason]
    if reason not in StandstillReason.values:
        raise Invalid([FieldError("stuck", _("Alasan ini tidak ada di daftar."))])
    return (reason,)


def _entries(entry: str) -> tuple[str, ...]:
    if entry and entry not in EntryState.values:
        raise Invalid([FieldError("entry", _("Keadaan usaha ini tidak ada di daftar."))])
    return (entry,) if entry else tuple(EntryState.values)


def _cursor_at(member_id: int, since: date) -> str:
    return _signer().sign(f"{since.isoformat()}~{member_id}")


def _read_cursor(cursor: str) -> tuple[date, int]:
    try:
        since, _separator, record = _signer().unsign(cursor).partition("~")
        return date.fromisoformat(since), int(record)
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise members.wrong_cursor() from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="pipeline.cursor", sep=".")


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


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one person stands: the furthest completed stage, since when, and the open reason ("" none)."""

    stage: int
    since: date
    reason: str = ""


# For every list of people; none is planned anew.
_STANDS = """
SELECT member_id, stage, reason, since_on FROM pipeline_standing
WHERE member_id = ANY(%(members)s::bigint[]) AND until_on IS NULL
ORDER BY stage
"""


def stands_of(found: list[Member]) -> dict[int, Stand]:
    """Where members in hand stand, by id, from the standings themselves. Public: the caller has read them."""
    stands: dict[int, Stand] = {}
    reasons: dict[int, dict[int, str]] = {}
    for member_id, stage, reason, since in run_prepared(_STANDS, {"members": id_array(found)}):
        if reason:
            reasons.setdefault(member_id, {})[stage] = reason
        else:
            stands[member_id] = Stand(stage, since)
    return {
        member_id: Stand(stand.stage, stand.since, _nearest(reasons.get(member_id, {}), stand.stage + 1))
        for member_id, stand in stands.items()
    }


def _nearest(reasons: dict[int, str], step: int) -> str:
    """The reason at the next step; else the first that is open, as positions tell it."""
    return reasons.get(step) or next(iter(reasons.values()), "")


def people_unplaced() -> bool:
    """Whether a mass deed has touched people whom the list does not know yet. Public: it names nobody."""
    return positions.waiting_notes() > 0


def standstill_choices() -> list[tuple[str, str]]:
    """Reasons for a form: code and words. Public."""
    return [(value, str(label)) for value, label in StandstillReason.choices]
