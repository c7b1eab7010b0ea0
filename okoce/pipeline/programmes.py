"""Where a programme holds, by its rules (ADR 0033). Pure: rules in, places and days out.

Whoever lives where a rule of the programme holds is counted under it. The places are told as the tallies can add them up: a place
in which such a rule holds is added, one within it in which another programme's holds is taken off again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okoce.pipeline.rules import Rule

PREFIX = "P:"
A_DAY = timedelta(days=1)


def programme_node(programme: str) -> str:
    """A programme as the scope of a target."""
    return PREFIX + programme


def programme_of(node: str) -> str:
    """The programme that a scope names; "" where it is none."""
    return node.removeprefix(PREFIX) if node.startswith(PREFIX) else ""


def places_of(rules: Iterable[Rule], programme: str, day: date) -> dict[str, int]:
    """Place → 1 where its count is added, -1 where it is taken off; all programmes together add up to the place of the widest rule."""
    holding = {rule.region: rule.programme for rule in rules if rule.runs_on(day)}
    places = {}
    for region, held in holding.items():
        part = (held == programme) - (_held_around(holding, region) == programme)
        if part:
            places[region] = part
    return places


def _held_around(holding: Mapping[str, str], region: str) -> str | None:
    """The programme of the next wider place that has a rule of its own."""
    while region:
        region = region.rpartition(".")[0]
        if region in holding:
            return holding[region]
    return None


def versions_of(rules: Iterable[Rule], programme: str) -> list[Rule]:
    """Those that held, hold, or will hold, by their first day; what was taken back never holds."""
    versions = [rule for rule in rules if rule.programme == programme and not rule.never_held]
    return sorted(versions, key=lambda rule: (rule.from_on or date.min, rule.code))


def name_on(rules: Iterable[Rule], programme: str, day: date) -> str:
    """As the version is called that began last; as the first will be, before there is any."""
    versions = versions_of(rules, programme)
    begun = [rule for rule in versions if (rule.from_on or date.min) <= day]
    return (begun[-1:] or versions[:1])[0].name if versions else programme


def last_day_held(rules: Iterable[Rule], programme: str, until: date) -> date | None:
    """The last day up to this one on which the programme holds anywhere."""
    versions = versions_of(rules, programme)
    days = [
        min(until, rule.until_on - A_DAY) if rule.until_on else until
        for rule in versions
        if (rule.from_on or date.min) <= until
    ]
    return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Course:
    """A programme in the time of a target. `as_of`: the day that counts, today or the last one before on which the programme held;
    `ends_on`: the day on which it is judged; `places`: of the day that counts."""

    as_of: date
    ends_on: date
    places: Mapping[str, int]
    name: str
    name_at_first: str
    never_holds: bool
    ends_early: bool
    has_moved: bool
    is_over: bool


def course_of(rules: Sequence[Rule], programme: str, first: date, last: date, today: date) -> Course:
    """The days, the places and the names of a programme from a first day until a last, seen from today."""
    held = last_day_held(rules, programme, last)
    never = held is None or held < first
    ends_on = last if held is None or never else held
    counted = min(ends_on, today)
    as_of = last_day_held(rules, programme, counted) or counted
    if as_of < first <= counted:  # it held before the target's time, and will again
        as_of = counted
    places = {} if never else places_of(rules, programme, as_of)
    begun = min(first, as_of)
    return Course(
        as_of=as_of,
        ends_on=ends_on,
        places=places,
        name=name_on(rules, programme, as_of),
        name_at_first=name_on(rules, programme, begun),
        never_holds=never,
        ends_early=ends_on < last,
        has_moved=not never and first <= as_of and places_of(rules, programme, first) != places,
        is_over=ends_on < today,
    )
