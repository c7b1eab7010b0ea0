"""What is counted under a programme on a day: the tallies of its places, added and taken off (ADR 0033). All in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from okoce.pipeline import tallies
from okoce.pipeline.programmes import last_day_held, name_on, places_of, programme_node, versions_of
from okoce.pipeline.rules import Rule, all_rules
from okoce.pipeline.states import Stage
from okoce.pipeline.tallies import Count, Tally

Part = tuple[int, Tally]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as it stands on a day: what it is called, its places (1 added, -1 taken off), its versions by their first day, and
    the last day on which it holds, None where no end is known."""

    key: str
    name: str
    places: Mapping[str, int]
    versions: tuple[Rule, ...]
    last_on: date | None


def programme_on(programme: str, day: date) -> Programme | None:
    """A programme on a day; None where there is none of that key. Public: rules are told to everybody."""
    rules = all_rules()
    versions = versions_of(rules, programme)
    if not versions:
        return None
    has_end = all(rule.until_on for rule in versions)
    return Programme(
        key=programme,
        name=name_on(rules, programme, day),
        places=places_of(rules, programme, day),
        versions=tuple(versions),
        last_on=last_day_held(rules, programme, date.max) if has_end else None,
    )


def programmes_on(day: date) -> dict[str, str]:
    """Programmes that hold anywhere on a day, by key with their names. Public."""
    rules = all_rules()
    held = {rule.programme for rule in rules if rule.runs_on(day)}
    return {key: name_on(rules, key, day) for key in sorted(held)}


def programme_tally(programme: str, day: date) -> Tally:
    """The counts of whoever lives, on that day, where a rule of the programme holds on that day. Public: whoever shows it asks
    whether its places are large enough."""
    places = places_of(all_rules(), programme, day)
    counted = tallies.counts_of(list(places), day) if places else {}
    parts = [(part, counted[place]) for place, part in places.items()]
    return Tally(
        node=programme_node(programme),
        day=day,
        stages={
            stage: _total((part, tally.stages[stage]) for part, tally in parts) for stage in map(int, Stage)
        },
        reasons={stage: _reasons(stage, parts) for stage in map(int, Stage)},
    )


def _total(parts: Iterable[tuple[int, Count]]) -> Count:
    rows = list(parts)
    return Count(
        **{
            field.name: sum(part * getattr(count, field.name) for part, count in rows)
            for field in fields(Count)
        }
    )


def _reasons(stage: int, parts: Iterable[Part]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part, tally in parts:
        for reason, people in tally.reasons[stage].items():
            total[reason] = total.get(reason, 0) + part * people
    return {reason: people for reason, people in total.items() if people}
