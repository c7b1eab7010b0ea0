"""How far each target is: from the tallies on the days that it takes, all targets of a page in one query."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.groups.queries import active_groups_since
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.pipeline import tallies
from okoce.pipeline.programmes import Course, course_of, programme_of
from okoce.pipeline.rules import all_rules
from okoce.pipeline.states import EACH_GROUP, Metric, Stage
from okoce.pipeline.tallies import Tally
from okoce.pipeline.target_models import Target

QUARTER = timedelta(days=91)
QUARTERS = 4
LEAST_QUARTERS = 2
DAYS_A_MONTH = 365.25 / 12
_STAGE_OF = {
    Metric.MEMBERS: Stage.P1_REGISTRATION,
    Metric.P2_TRAINED: Stage.P2_TRAINING,
    Metric.P3_MENTORED: Stage.P3_MENTORING,
    Metric.P4_LICENSED: Stage.P4_PERMITS,
    Metric.ENTREPRENEURS: Stage.P4_PERMITS,
    Metric.ENTREPRENEURS_PER_COMMUNITY: Stage.P4_PERMITS,  # asked of one komunitas
    Metric.P5_SELLING: Stage.P5_MARKETING,
    Metric.P6_REPORTING: Stage.P6_BOOKKEEPING,
    Metric.P7_FINANCED: Stage.P7_FINANCING,
}
Point = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the pace of the last quarters leads by the end: with the slowest, the mean, and the quickest of them."""

    low: int
    mean: int
    high: int


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far one target is on `as_of`: today, or the day on which it is judged where that is past. Paces are per month; `out_of` is
    the denominator where not the value is it (komunitas that reached it, out of all). `course`: of a target of a programme."""

    target: Target
    as_of: date
    reached: int
    out_of: int
    pace: float | None
    needed: float | None
    forecast: Forecast | None
    ends_on: date
    course: Course | None = None

    @property
    def share(self) -> float | None:
        return self.reached / self.out_of if self.out_of else None

    @property
    def is_over(self) -> bool:
        return self.ends_on < today_wib()

    @property
    def has_begun(self) -> bool:
        return self.target.from_on <= today_wib()

    @property
    def has_few_quarters(self) -> bool:
        """Whether it runs but has no forecast yet: its own time is younger than two whole quarters."""
        runs = self.has_begun and self.as_of < self.ends_on and self.target.node != EACH_GROUP
        return runs and self.forecast is None

    @property
    def is_met(self) -> bool:
        return bool(self.out_of) and self.reached >= self.out_of


def targets_among(nodes: Iterable[str] | None, *, with_withdrawn: bool = False) -> list[Target]:
    """Targets of these scopes, or of all. Public: what was set out is told to everybody; whoever shows the numbers beside
    them asks what the reader may see."""
    among = Q() if nodes is None else Q(node__in=list(nodes))
    standing = Q() if with_withdrawn else Q(withdrawn_on__isnull=True)
    return list(Target.objects.filter(among, standing).order_by("until_on", "node", "metric", "id"))


def common_targets(group_id: int) -> list[Target]:
    """The targets that are set to each komunitas, as they are asked of one of them: none of those that were over before it was
    validated, and none of one that is not active. Public, as `targets_among` is."""
    since = active_groups_since().get(group_id)
    if since is None:
        return []
    return [_asked_of(one, group_id) for one in targets_among([EACH_GROUP]) if since[1] <= one.until_on]


def _asked_of(target: Target, group_id: int) -> Target:
    asked = copy(target)  # never saved: it only says of whom it is asked
    asked.node = tallies.group_node(group_id)
    return asked


def standing_target(target_id: int) -> Target:
    """One target that holds. Public, as `targets_among` is."""
    found = Target.objects.filter(pk=target_id, withdrawn_on__isnull=True).first()
    if found is None:
        raise NotFound(_("Target itu tidak ada, atau sudah dicabut."))
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for one target: the day that counts and the ends of quarters before it; the places of the first of these days,
    on all of them, since a place that came or went is no progress; and until when."""

    days: Sequence[date]
    places: Mapping[str, int]
    ends_on: date
    course: Course | None = None


def attainments(targets: Sequence[Target]) -> list[Attainment]:
    """How far these targets are, in the order given. Public, as `targets_among` is."""
    today = today_wib()
    groups = active_groups_since()
    asked = {target.pk: _asked(target, today, groups) for target in targets}
    counted = tallies.counts_at({
        (node, day)
        for target in targets
        if target.metric != Metric.COMMUNITIES
        for node in _nodes(target, asked[target.pk], groups)
        for day in asked[target.pk].days
    })  # fmt: skip

    def measured(target: Target) -> Callable[[date], int]:
        return lambda day: _measure(target, asked[target.pk].places, day, counted, groups)

    def asked_of(target: Target) -> int:
        """How many komunitas it is about: whoever was validated later was not."""
        return sum(1 for _region, since in groups.values() if since <= asked[target.pk].days[0])

    return [_attainment(target, asked[target.pk], measured(target), asked_of(target)) for target in targets]


def course_of_target(target: Target) -> Course | None:
    """Where and until when the programme of a target holds; None for other scopes. Public, as rules are."""
    programme = programme_of(target.node)
    if not programme:
        return None
    return course_of(all_rules(), programme, target.from_on, target.until_on, today_wib())


def _attainment(target: Target, asked: _Asked, measured: Callable[[date], int], groups: int) -> Attainment:
    per_group = target.node == EACH_GROUP
    as_of, reached = asked.days[0], measured(asked.days[0])
    out_of = groups if per_group else target.value
    months = (asked.ends_on - max(as_of, target.from_on)).days / DAYS_A_MONTH
    gains = [] if per_group else _gains(asked.days, measured)
    pace = sum(gains) / len(gains) if gains else None
    needed = max(0, out_of - reached) / months if months > 0 and not per_group else None
    has_forecast = len(gains) >= LEAST_QUARTERS and months > 0
    forecast = _forecast(reached, gains, months) if has_forecast else None
    return Attainment(target, as_of, reached, out_of, pace, needed, forecast, asked.ends_on, asked.course)


def _gains(days: Sequence[date], measured: Callable[[date], int]) -> list[float]:
    """The increase per month of each of the last whole quarters, the latest first."""
    numbers = [measured(day) for day in days]
    months = QUARTER.days / DAYS_A_MONTH
    return [(later - earlier) / months for later, earlier in pairwise(numbers)]


def _forecast(reached: int, gains: Sequence[float], months: float) -> Forecast:
    slowest, mean, quickest = (
        round(reached + gain * months) for gain in (min(gains), sum(gains) / len(gains), max(gains))
    )
    return Forecast(max(0, slowest), max(0, mean), max(0, quickest))


def _asked(target: Target, today: date, groups: Mapping[int, tuple[str, date]]) -> _Asked:
    course = course_of_target(target)
    if course is None:
        days = _days(target, min(target.until_on, today), target.until_on, today)
        if target.metric == Metric.ENTREPRENEURS_PER_COMMUNITY and target.node != EACH_GROUP:
            days = _since_validated(days, groups.get(int(target.node.removeprefix("K:"))))
        return _Asked(days, {target.node: 1}, target.until_on)
    days = _days(target, course.as_of, course.ends_on, today)
    return _Asked(days, course.places, course.ends_on, course)


def _days(target: Target, as_of: date, ends_on: date, today: date) -> list[date]:
    """The day that counts, then the ends of the quarters before it within the target's own time, none in a target that is over
    or that counts each komunitas."""
    if ends_on < today or target.node == EACH_GROUP:
        return [as_of]
    before = [as_of - QUARTER * number for number in range(1, QUARTERS + 1)]
    return [as_of, *(day for day in before if day >= target.from_on)]


def _since_validated(days: list[date], group: tuple[str, date] | None) -> list[date]:
    """Of one komunitas only the quarters since it was validated: before, it could have no pace."""
    since = group[1] if group else date.min
    return [days[0], *(day for day in days[1:] if day >= since)]


def _nodes(target: Target, asked: _Asked, groups: Mapping[int, tuple[str, date]]) -> Iterable[str]:
    return map(tallies.group_node, groups) if target.node == EACH_GROUP else asked.places


def _measure(
    target: Target,
    places: Mapping[str, int],
    day: date,
    counted: Mapping[Point, Tally],
    groups: Mapping[int, tuple[str, date]],
) -> int:
    if target.node == EACH_GROUP:
        licensed = (
            counted[tallies.group_node(group), day].stages[Stage.P4_PERMITS].people
            for group, (_region, since) in groups.items()
            if since <= day
        )
        return sum(1 for people in licensed if people >= target.value)
    if target.metric == Metric.COMMUNITIES:
        homes = [region for region, since in groups.values() if since <= day]
        return sum(
            part * sum(1 for region in homes if _lies_in(region, place)) for place, part in places.items()
        )
    metric = Metric(target.metric)
    return sum(part * _of_tally(metric, counted[place, day]) for place, part in places.items())


def _of_tally(metric: Metric, tally: Tally) -> int:
    if metric is Metric.JOBS_CLAIMED:
        return tally.stages[Stage.P4_PERMITS].jobs_claimed
    if metric is Metric.JOBS_VERIFIED:
        return tally.stages[Stage.P4_PERMITS].jobs_verified
    return tally.stages[_STAGE_OF[metric]].people


def _lies_in(region: str, node: str) -> bool:
    return not node or region_within(region, node)
