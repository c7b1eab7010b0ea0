"""How many belong to each layer, in a place and in those directly below it: one statement for two, the tallies for the third."""

from dataclasses import dataclass
from datetime import date

from okoce.community.association.queries.layers import Layers, LayersOfPlace, layers_of
from okoce.dashboards.funnel import Place
from okoce.foundation.territory import queries as territory
from okoce.pipeline import tallies
from okoce.pipeline.states import Stage

# Provinces and kabupaten/kota are public on any day; kecamatan are not, so a kabupaten/kota is not taken apart.
DEEPEST_TAKEN_APART = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One region below, with the three layers."""

    code: str
    name: str
    layers: Layers
    entrepreneurs: int

    @property
    def one(self) -> int:
        return self.layers.of("layer_one")

    @property
    def two(self) -> int:
        return self.layers.of("active")


@dataclass(frozen=True, slots=True)
class Counted:
    """The three layers of a place on a day; of layer 3 also how many there are in the nation."""

    place: Place
    found: LayersOfPlace
    entrepreneurs: int
    entrepreneurs_of_nation: int
    parts: list[Part]


def count_layers(place: Place, day: date) -> Counted:
    """The same numbers for officers and for everybody."""
    is_apart = len(place.code) <= DEEPEST_TAKEN_APART
    below = territory.children(place.code) if is_apart else []
    codes = [region.code for region in below]
    found = layers_of(place.code, codes, day)
    tally = tallies.counts_of(list(dict.fromkeys([place.node, tallies.NATION, *codes])), day)
    people = {node: counted.stages[Stage.P1_REGISTRATION].people for node, counted in tally.items()}
    nobody = Layers()
    parts = [
        Part(region.code, region.label, found.parts.get(region.code, nobody), people[region.code])
        for region in below
    ]
    parts.sort(key=lambda part: (-part.one, -part.two, -part.entrepreneurs, part.name))
    return Counted(place, found, people[place.node], people[tallies.NATION], parts)
