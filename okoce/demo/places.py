"""Where synthetic people live: kecamatan drawn with a skew, kabupaten/kota by population."""

from dataclasses import dataclass
from random import Random

from okoce.foundation.territory.queries import districts, tree


@dataclass(frozen=True, slots=True)
class Places:
    """Kecamatan codes by kabupaten/kota, and the population of each kabupaten/kota."""

    districts: dict[str, list[str]]
    people: dict[str, int]

    @classmethod
    def load(cls) -> "Places":
        """From the territory of the installation."""
        codes: dict[str, list[str]] = {}
        for place in districts():
            codes.setdefault(place.code[:5], []).append(place.code)
        regencies = {code: tree().places[code] for code in codes}
        return cls(codes, {code: place.population or 1 for code, place in regencies.items()})

    def provinces(self) -> list[str]:
        return sorted({code[:2] for code in self.districts})

    def regencies_of(self, province: str) -> list[str]:
        return sorted(code for code in self.districts if code[:2] == province)

    def population(self, province: str) -> int:
        return sum(self.people[code] for code in self.regencies_of(province))

    def draw(self, regencies: list[str], count: int, chance: Random) -> list[str]:
        """A kecamatan for each of `count` people: some kecamatan have three times the people of others."""
        codes = [code for regency in regencies for code in self.districts[regency]]
        weights = [
            self.people[code[:5]] / len(self.districts[code[:5]]) * (1 + hash_fraction(code) * 2)
            for code in codes
        ]
        return chance.choices(codes, weights, k=count)


def hash_fraction(code: str) -> float:
    """A stable fraction between 0 and 1 for a code, so that the same kecamatan are lively in every replay."""
    digits = int(code.replace(".", ""))
    return (digits * 2_654_435_761 % 1_000) / 1_000
