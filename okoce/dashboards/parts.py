"""The regions directly below a place, beside each other: how many completed the chosen stage out of the one before."""

from dataclasses import dataclass
from datetime import date

from okoce.dashboards.funnel import Place, ratio
from okoce.foundation.territory import queries as territory
from okoce.pipeline import tallies
from okoce.pipeline.states import Stage

# Provinces and kabupaten/kota are public on any day; kecamatan are not, so a kabupaten/kota is not taken apart.
DEEPEST_TAKEN_APART = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One region below: people in the stage before, people in the chosen stage, their ratio."""

    code: str
    name: str
    before: int
    reached: int
    of_before: float | None


def parts_of(place: Place, day: date, stage: int | None) -> list[Part]:
    """The parts of the nation or a province, most people first; empty below."""
    if len(place.code) > DEEPEST_TAKEN_APART:
        return []
    chosen = stage or Stage.P2_TRAINING.value
    below = territory.children(place.code)
    counted = tallies.counts_of([region.code for region in below], day)
    parts = [
        Part(
            code=region.code,
            name=region.label,
            before=counted[region.code].stages[chosen - 1].people,
            reached=counted[region.code].stages[chosen].people,
            of_before=ratio(
                counted[region.code].stages[chosen].people, counted[region.code].stages[chosen - 1].people
            ),
        )
        for region in below
    ]
    return sorted(parts, key=lambda part: (-part.before, part.name))
