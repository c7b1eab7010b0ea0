"""Draws people of a made-up movement: where they live, when they came, how far they have come. Nothing is written here.

Days are ordinals (`date.toordinal`) until they are written: a million people have ten million days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from random import Random
from typing import Any

from okoce.demo.people import FAMILY, MEN, SECTORS, SHARE_OF_WOMEN, TRADES, WOMEN
from okoce.demo.places import Places, hash_fraction
from okoce.pipeline.states import StandstillReason
from okoce.pipeline.tallies import NATION

YEARS = 10
JAKARTA = "31"
# Half of the first year's people lived in Jakarta; over ten years about a fifth do.
JAKARTA_FACTOR = 6.0
# Chance to complete P2 … P7 for those who completed the stage before, and days that it takes at most.
ONWARD = (0.80, 0.72, 0.65, 0.58, 0.62, 0.5)
LONGEST_DAYS = (120, 150, 150, 200, 250, 300)
REASONS = tuple(reason for reason in StandstillReason.values if reason != StandstillReason.UNKNOWN)
WORK = ("menganggur", "mengurus_rumah", "bekerja", "sekolah")
_SYLLABLES_TEXT = "ba ca da fa ga ha ja ka la ma na pa ra sa ta wa ya bi di fi gi hi ji ki li mi ni pi ri si ti wi yu ru su tu"
_SYLLABLES = tuple(_SYLLABLES_TEXT.split())


@dataclass(slots=True)
class GeneratedPerson:
    """One made-up person. `moved` is the kecamatan before the current one and the day of the move."""

    name: str
    is_woman: bool
    birth_on: str
    region: str
    registered: int
    work_status: str
    business: str = ""
    sector: str = ""
    since: int | None = None
    moved: tuple[str, int] | None = None
    group_id: int | None = None
    left_group: int | None = None
    has_consent: bool = True
    has_nik: bool = False
    workers: int = 1
    stages: list[tuple[int, int]] = field(default_factory=list)  # P2 to P7 with their days
    standstill: tuple[int, str, int] | None = None  # before which stage, why, since when
    jobs: list[tuple[int, int, str]] = field(default_factory=list)  # day, workers, level

    def region_on(self, day: int) -> str:
        return self.moved[0] if self.moved and day < self.moved[1] else self.region


class Weighted:
    """Draws from a few or many things with given weights."""

    def __init__(self, things: Sequence[str] | Sequence[int], weights: Sequence[float]) -> None:
        self.things = list(things)
        self.sums = list(accumulate(weights))

    def draw(self, count: int, chance: Random) -> list[Any]:
        return chance.choices(self.things, cum_weights=self.sums, k=count)


def weighted_districts(places: Places) -> Weighted:
    """Kecamatan by the population of their kabupaten/kota; one in ten is heavy, a few are very heavy."""
    codes = [code for found in places.districts.values() for code in found]
    weights = [
        places.people[code[:5]] / len(places.districts[code[:5]])
        * (JAKARTA_FACTOR if code[:2] == JAKARTA else 1.0)
        * (0.4 + 6 * hash_fraction(code) ** 8)
        for code in codes
    ]  # fmt: skip
    return Weighted(codes, weights)


class People:
    """The source of made-up people; the same seed gives the same ones."""

    def __init__(self, districts: Weighted, groups: dict[str, Weighted], last: date, seed: int) -> None:
        self._districts = districts
        self._groups = groups
        self._last = last.toordinal()
        self._span = last.toordinal() - last.replace(year=last.year - YEARS, day=1).toordinal()
        self._chance = Random(seed)

    def draw(self, count: int) -> list[GeneratedPerson]:
        """So many people, in no order."""
        regions = self._districts.draw(count, self._chance)
        people = [self._person(region) for region in regions]
        for person in people:
            self._join(person)
            self._walk(person)
        return people

    def _person(self, region: str) -> GeneratedPerson:
        random = self._chance.random
        is_woman = random() < SHARE_OF_WOMEN
        # More came lately than at first.
        registered = self._last - int(self._span * (1 - random() ** 0.6))
        person = GeneratedPerson(
            name=self._name(is_woman),
            is_woman=is_woman,
            birth_on=f"{1958 + int(42 * random())}-{1 + int(12 * random()):02d}-{1 + int(28 * random()):02d}",
            region=region,
            registered=registered,
            work_status=WORK[int(4 * random())],
            has_consent=random() < 0.8,
            has_nik=random() < 0.6,
        )
        if random() < 0.6:
            self._trade(person)
        if random() < 0.03 and registered < self._last:
            before = self._districts.draw(1, self._chance)[0]
            person.moved = (before, registered + 1 + int(random() * (self._last - registered)))
        return person

    def _name(self, is_woman: bool) -> str:
        random = self._chance.random
        given = WOMEN if is_woman else MEN
        first = given[int(random() * len(given))]
        family = FAMILY[int(random() * len(FAMILY))]
        kind = random()
        if kind < 0.25:
            return f"{first} {family}" if family else first
        many = len(_SYLLABLES)
        coined = f"{_SYLLABLES[int(random() * many)]}{_SYLLABLES[int(random() * many)]}{_SYLLABLES[int(random() * many)]}"
        if kind < 0.65 or not family:
            return f"{first} {coined.capitalize()}"
        return f"{first} {coined.capitalize()} {family}"

    def _trade(self, person: GeneratedPerson) -> None:
        random = self._chance.random
        person.sector = SECTORS[int(random() * len(SECTORS))]
        person.business = f"{TRADES.get(person.sector, 'Usaha')} {person.name.split(' ', 1)[0]}"
        person.work_status = "usaha"
        person.workers = 1 + int(random() ** 3 * 5)
        if random() < 0.8:
            person.since = person.registered - 30 - int(random() * 2500)

    def _join(self, person: GeneratedPerson) -> None:
        """A komunitas for a little more than half of the people, mostly one of the own province."""
        random = self._chance.random
        if random() >= 0.55 or not self._groups:
            return
        near = self._groups.get(person.region[:2]) if random() < 0.8 else None
        person.group_id = (near or self._groups[NATION]).draw(1, self._chance)[0]
        if random() < 0.05 and person.registered < self._last:
            person.left_group = person.registered + 1 + int(random() * (self._last - person.registered))

    def _walk(self, person: GeneratedPerson) -> None:
        """From stage to stage until the person stops, or today is reached."""
        random = self._chance.random
        day, reached, may_skip = person.registered, 1, not person.region.startswith(JAKARTA)
        may_skip = may_skip and not (person.moved and person.moved[0].startswith(JAKARTA))
        for stage, (onward, longest) in enumerate(zip(ONWARD, LONGEST_DAYS, strict=True), start=2):
            if random() >= onward:
                # Outside the sequential rule some take a later stage without this one.
                if may_skip and random() < 0.04:
                    continue
                break
            later = day + int(random() * longest)
            if later > self._last:
                break
            day, reached = later, stage
            person.stages.append((stage, day))
            if stage == 4:
                self._employ(person, day)
        if reached < 7 and random() < 1 / 3:
            self._stop(person, reached + 1, day)

    def _employ(self, person: GeneratedPerson, day: int) -> None:
        random = self._chance.random
        person.jobs.append((day, person.workers + int(random() * 2), "claimed"))
        later = day + 180 + int(random() * 400)
        if random() < 0.3 and later <= self._last:
            person.jobs.append((later, person.workers + int(random() * 3), "seen"))

    def _stop(self, person: GeneratedPerson, stage: int, day: int) -> None:
        since = min(self._last, day + 14 + int(self._chance.random() * 90))
        # Few reasons account for most of the standstills.
        reason = REASONS[int(self._chance.random() ** 2 * len(REASONS))]
        person.standstill = (stage, reason, since)
