"""The history as rows of a members file: who came in where and when, and how far each had come by which day.

The press gives totals for a few days; between them the spread is ours (and random with a fixed seed). The totals are read from
the published figures and hold because the rows hold them: nothing is counted here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from okoce.demo.curves import apportion, arrivals
from okoce.demo.figures import PublishedFigures
from okoce.demo.people import synthetic_person
from okoce.demo.places import Places

START = date(2017, 12, 4)
PRESS_DAY = date(2018, 9, 9)
END_OF_2018 = date(2018, 12, 31)
END_OF_2020 = date(2020, 8, 31)
JAKARTA = "31"
WEST_JAKARTA = "31.73"
STAGES_OF_2018 = ("p1_registered", "p2_trained", "p3_mentored", "p4_licensed")
# Twelve thousand outside Jakarta in January 2019 (Nusantaranews, 4 January 2019) is the only figure for the rest at year's end;
# the curve of the year leads there.
OUTSIDE_AT_END_OF_2018 = 11_900
# How many komunitas there were by then is not known: fewer than the published number of 2020.
GROUPS_OF_2018 = 60

HEADER = (
    "nama",
    "telepon",
    "kode_wilayah",
    "jenis_kelamin",
    "tanggal_lahir",
    "tanggal_daftar",
    "nama_usaha",
    "bidang_usaha",
    "mulai_usaha",
    "jumlah_pekerja",
    "komunitas",
    "p2_tanggal",
    "p3_tanggal",
    "p4_tanggal",
    "p4_jenis",
    "pekerja_saat_izin",
    "status_kerja",
    "persetujuan_tanggal",
    "sumber",
)


@dataclass(slots=True)
class Journey:
    """One synthetic person's way: kecamatan, day of registration, later stages, workers at the licence."""

    region: str
    registered_on: date
    stages: dict[int, date] = field(default_factory=dict)
    workers: int = 0


class History:
    """Builds the journeys of 2018, and of 2019–2020 on request. The longer history begins with exactly the people of the
    shorter one, so that it can be replayed on top of it."""

    def __init__(self, figures: PublishedFigures, places: Places, seed: int = 2018) -> None:
        self.figures = figures
        self.places = places
        self.seed = seed
        self.chance = Random(seed)

    def journeys(self, until: int) -> list[Journey]:
        """Everybody who came in by the end of the year 2018, or by August 2020, by day of registration."""
        found = [*self._jakarta(), *self._elsewhere()]
        if until >= 2020:
            found += self._to_2020(len(found))
        return sorted(found, key=lambda journey: journey.registered_on)

    def _jakarta(self) -> list[Journey]:
        """Jakarta Barat to its own published figures, the other five cities to what remains of Jakarta's."""
        at_press_day = self.figures.value(PRESS_DAY, JAKARTA, "members")
        whole = [self.figures.value(END_OF_2018, JAKARTA, metric) for metric in STAGES_OF_2018]
        west = [self.figures.value(END_OF_2018, WEST_JAKARTA, metric) for metric in STAGES_OF_2018]
        rest = [all_of - part for all_of, part in zip(whole, west, strict=True)]
        west_early, rest_early = apportion(at_press_day, [west[0], rest[0]])
        others = [code for code in self.places.regencies_of(JAKARTA) if code != WEST_JAKARTA]
        journeys = [
            *self._cohort([WEST_JAKARTA], west, west_early),
            *self._cohort(others, rest, rest_early),
        ]
        self._employ([journey for journey in journeys if 4 in journey.stages])
        return journeys

    def _cohort(self, regencies: list[str], reached: list[int], early: int) -> list[Journey]:
        """People of some kabupaten/kota: `early` of them by the press day, `reached` persons per stage by the year's end."""
        days = [
            *arrivals(early, START, PRESS_DAY, self.chance),
            *arrivals(reached[0] - early, PRESS_DAY + timedelta(days=1), END_OF_2018, self.chance),
        ]
        regions = self.places.draw(regencies, len(days), self.chance)
        journeys = [Journey(region, day) for region, day in zip(regions, days, strict=True)]
        reaching = journeys
        for stage, count in enumerate(reached[1:], start=2):
            reaching = sorted(self.chance.sample(reaching, count), key=lambda journey: journey.registered_on)
            for journey in reaching:
                journey.stages[stage] = self._later(journey, stage, END_OF_2018)
        return journeys

    def _later(self, journey: Journey, stage: int, last: date) -> date:
        """Some days or weeks after the stage before, and never after the last day."""
        before = journey.stages.get(stage - 1, journey.registered_on)
        room = (last - before).days
        return before + timedelta(days=min(room, int(self.chance.triangular(0, 90, 21))))

    def _employ(self, licensed: list[Journey]) -> None:
        """Share out the published jobs: the owner, and more people here and there."""
        jobs = self.figures.value(END_OF_2018, JAKARTA, "jobs")
        weights = [self.chance.choice((0.0, 0.0, 1.0, 1.0, 2.0, 4.0)) for _journey in licensed]
        for journey, added in zip(licensed, apportion(jobs - len(licensed), weights), strict=True):
            journey.workers = 1 + added

    def _elsewhere(self) -> list[Journey]:
        """The network outside Jakarta: registration, some training."""
        nation = self.figures.value(PRESS_DAY, "", "members")
        jakarta = self.figures.value(PRESS_DAY, JAKARTA, "members")
        named = {code: self.figures.value(PRESS_DAY, code, "members") for code in ("32", "33")}
        remaining = [code for code in self.places.provinces() if code not in {JAKARTA, *named}]
        spread = apportion(
            nation - jakarta - sum(named.values()), [self.places.population(code) for code in remaining]
        )
        early = {**named, **dict(zip(remaining, spread, strict=True))}
        late = apportion(
            OUTSIDE_AT_END_OF_2018 - sum(early.values()), [count + 1 for count in early.values()]
        )
        return [
            journey
            for (province, by_press_day), after in zip(early.items(), late, strict=True)
            for journey in self._network(province, by_press_day, after)
        ]

    def _network(self, province: str, early: int, late: int) -> Iterator[Journey]:
        days = [
            *(arrivals(early, START, PRESS_DAY, self.chance) if early else ()),
            *(arrivals(late, PRESS_DAY + timedelta(days=1), END_OF_2018, self.chance) if late else ()),
        ]
        regions = self.places.draw(self.places.regencies_of(province), len(days), self.chance)
        for region, day in zip(regions, days, strict=True):
            yield self._trained(Journey(region, day), END_OF_2018, 0.35)

    def _trained(self, journey: Journey, last: date, share: float) -> Journey:
        """Outside the sequential rule: each next stage with a falling chance."""
        for stage, chance in ((2, share), (3, share * 0.8), (4, share * 0.6)):
            if self.chance.random() > chance:
                break
            journey.stages[stage] = self._later(journey, stage, last)
        if 4 in journey.stages:
            journey.workers = self.chance.choice((1, 1, 2, 2, 3))
        return journey

    def _to_2020(self, already: int) -> list[Journey]:
        """Everybody who came after 2018, to the published total of August 2020; Jakarta keeps its sequence until 2020."""
        total = self.figures.value(END_OF_2020, "", "members") - already
        codes = self.places.provinces()
        weights = [self.places.population(code) * (6.0 if code == JAKARTA else 1.0) for code in codes]
        found = []
        for province, count in zip(codes, apportion(total, weights), strict=True):
            days = arrivals(count, END_OF_2018 + timedelta(days=1), END_OF_2020, self.chance) if count else []
            regions = self.places.draw(self.places.regencies_of(province), len(days), self.chance)
            found += [
                self._trained(Journey(region, day), END_OF_2020, 0.6)
                for region, day in zip(regions, days, strict=True)
            ]
        return found

    def rows(self, journeys: list[Journey], group_names: list[str]) -> Iterator[tuple[str, ...]]:
        """The journeys as rows of a members file, in the order of HEADER."""
        # People are drawn apart from journeys: how many journeys follow must not change who the first ones are.
        chance = Random(self.seed + 1)
        for number, journey in enumerate(journeys):
            yield _row(number, journey, group_names, chance)


def _row(number: int, journey: Journey, group_names: list[str], chance: Random) -> tuple[str, ...]:
    person = synthetic_person(number, chance)
    has_business = chance.random() < 0.55 or 4 in journey.stages
    started = journey.registered_on - timedelta(days=chance.randint(30, 2500)) if has_business else None
    stages = [journey.stages[stage].isoformat() if stage in journey.stages else "" for stage in (2, 3, 4)]
    return (
        person.name,
        person.phone,
        journey.region,
        person.sex,
        person.birth_on,
        journey.registered_on.isoformat(),
        person.business if has_business else "",
        person.sector if has_business else "",
        started.isoformat() if started and chance.random() < 0.7 else "",
        "1" if has_business else "",
        _group_of(journey, group_names, chance),
        *stages,
        "IUMK" if 4 in journey.stages else "",
        str(journey.workers) if journey.workers else "",
        "usaha" if has_business else chance.choice(("menganggur", "mengurus rumah", "bekerja")),
        journey.registered_on.isoformat(),
        "demo",
    )


def _group_of(journey: Journey, group_names: list[str], chance: Random) -> str:
    """A komunitas of the time for most people; the same draw whatever came to be founded later."""
    is_member, place = chance.random() < 0.6, chance.random()
    known = group_names if journey.registered_on > END_OF_2018 else group_names[:GROUPS_OF_2018]
    return known[int(place * len(known))] if known and is_member else ""
