"""The board: every active komunitas that the reader reaches, with its numbers of today, in the order asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from okoce.community.groups.models import Group
from okoce.community.groups.queries import quiet_after
from okoce.community.groups.states import GroupState
from okoce.dashboards.funnel import ratio
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.models import Target
from okoce.pipeline.queries.boards import Board, boards_of
from okoce.pipeline.queries.targets import targets_among
from okoce.pipeline.states import EACH_GROUP, Metric, Stage


@dataclass(frozen=True, slots=True)
class Score:
    """One komunitas on the board; `quiet_since` is the day from which on nothing was noted."""

    group: Group
    board: Board
    today: date
    quiet_since: date | None
    is_quiet: bool

    def people(self, stage: int) -> int:
        return self.board.stages[stage].people

    @property
    def members(self) -> int:
        return self.people(Stage.P1_REGISTRATION)

    @property
    def licensed(self) -> int:
        return self.people(Stage.P4_PERMITS)

    @property
    def licensed_share(self) -> float | None:
        return ratio(self.licensed, self.members)

    @property
    def completed_share(self) -> float | None:
        return ratio(self.people(Stage.P7_FINANCING), self.members)

    @property
    def jobs(self) -> int:
        return self.board.stages[Stage.P4_PERMITS].jobs_claimed

    @property
    def quiet_days(self) -> int:
        return (self.today - self.quiet_since).days if self.quiet_since else 0

    @property
    def months(self) -> int | None:
        """Whole months since it was validated."""
        since = self.group.validated_on
        if since is None:
            return None
        whole = (self.today.year - since.year) * 12 + self.today.month - since.month
        return max(0, whole - (self.today.day < since.day))


Key = Callable[[Score], float]
# In the address → by what. The largest comes first; alphabetical where several are alike.
ORDERS: dict[str, Key] = {
    "berizin": lambda score: score.licensed,
    "anggota": lambda score: score.members,
    "tumbuh": lambda score: score.board.gained,
    "bagian": lambda score: score.licensed_share or 0,
    "selesai": lambda score: score.completed_share or 0,
    "sunyi": lambda score: score.quiet_days,
    "umur": lambda score: score.months or 0,
    "nama": lambda _score: 0,
}


DEFAULT_ORDER = "berizin"


@dataclass(frozen=True, slots=True)
class ScoresAsked:
    """What the board is narrowed to, and its order."""

    scope: str = ""
    kind: str = ""
    order: str = DEFAULT_ORDER
    page: int = 1


def scores(
    actor: Actor, asked: ScoresAsked, right: Permission = Permission.PIPELINE_READ_FUNNEL
) -> list[Score]:
    """All of them, in order: two questions, one for the komunitas and one for their numbers."""
    groups, today = _groups(actor, asked, right), today_wib()
    boards = boards_of([group.pk for group in groups], today)
    quiet_before = today - timedelta(days=quiet_after(today))
    found = [_score(group, boards[group.pk], today, quiet_before) for group in groups]
    key = ORDERS[asked.order]
    return sorted(found, key=lambda score: (-key(score), score.group.name_key, score.group.pk))


def score_of(actor: Actor, group_id: int) -> Score | None:
    """One komunitas that takes members or rests, as the board counts it; None where the actor reads no figures of it."""
    seen = Group.objects.visible_to(actor, Permission.PIPELINE_READ_FUNNEL)
    group = seen.filter(pk=group_id, state__in=(GroupState.ACTIVE, GroupState.PAUSED)).first()
    if group is None:
        return None
    today = today_wib()
    quiet_before = today - timedelta(days=quiet_after(today))
    return _score(group, boards_of([group.pk], today)[group.pk], today, quiet_before)


def quiet_since(group: Group, noted_on: date | None) -> date | None:
    """The last day on which something was noted of its people, without any that of its validation. Of one that takes members not
    before the day since which it does so: while it rested, nothing was to be noted."""
    known = [noted_on or group.validated_on, group.state_on if group.state == GroupState.ACTIVE else None]
    return max((day for day in known if day is not None), default=None)


def each_groups_target(day: date) -> Target | None:
    """How many entrepreneurs each komunitas is to have: of the targets that run on a day the one that runs longest; where none
    does, the last that there was or will be. No other one is derived from it."""
    standing = targets_among([EACH_GROUP])
    told = [one for one in standing if one.metric == Metric.ENTREPRENEURS_PER_COMMUNITY]
    best = [one for one in told if runs(one, day)] or told
    return best[-1] if best else None


def runs(target: Target, day: date) -> bool:
    """Whether a day is one of a target's own, the last included."""
    return target.from_on <= day <= target.until_on


def measures(target: Target, day: date) -> bool:
    """Whether komunitas are measured against a target on a day: once it has begun, and on after its end, which the board tells,
    for how far each has come stays worth knowing until there is a new one."""
    return target.from_on <= day


def _groups(actor: Actor, asked: ScoresAsked, right: Permission) -> Sequence[Group]:
    rows = Group.objects.visible_to(actor, right).filter(state=GroupState.ACTIVE).order_by("id")
    if asked.scope:
        rows = rows.filter(Q(region=asked.scope) | Q(region__startswith=f"{asked.scope}."))
    return list(rows.filter(kind=asked.kind) if asked.kind else rows)


def _score(group: Group, board: Board, today: date, quiet_before: date) -> Score:
    since = quiet_since(group, board.active_on)
    return Score(group, board, today, since, is_quiet=since is not None and since < quiet_before)
