"""The rows of the replay carry the published figures, each of them exactly; no database is asked."""

import csv
from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from okoce.demo import curves, history
from okoce.demo.figures import DATA, PublishedFigures, read_published
from okoce.demo.history import END_OF_2018, END_OF_2020, HEADER, JAKARTA, PRESS_DAY, START, History, Journey
from okoce.demo.tests.country import whole_country
from okoce.foundation.shared.phones import parse_phone

STAGE_OF = {"members": 1, "p1_registered": 1, "p2_trained": 2, "p3_mentored": 3, "p4_licensed": 4}
NAMES = [f"Contoh {number}" for number in range(156)]


@cache
def written(until: int) -> tuple[Journey, ...]:
    return tuple(History(read_published(), whole_country()).journeys(until))


def counted(journeys: tuple[Journey, ...], day: date, region: str, metric: str) -> int:
    """A figure as it follows from the journeys alone."""
    there = [one for one in journeys if one.region.startswith(region) and one.registered_on <= day]
    if metric == "jobs":
        return sum(one.workers for one in there if 4 in one.stages and one.stages[4] <= day)
    stage = STAGE_OF[metric]
    return sum(1 for one in there if stage == 1 or (stage in one.stages and one.stages[stage] <= day))


def published(last: date) -> list[tuple[date, str, str, int]]:
    """What the press published of people and jobs until a day."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return [
            (date.fromisoformat(row["as_of"]), row["scope_code"], row["metric"], int(row["value"]))
            for row in csv.DictReader(lines)
            if row["as_of"] <= last.isoformat() and row["metric"] in {*STAGE_OF, "jobs"}
        ]


@pytest.mark.parametrize(("day", "region", "metric", "value"), published(END_OF_2018))
def test_each_figure_of_2018_is_carried_exactly(day: date, region: str, metric: str, value: int) -> None:
    assert counted(written(2018), day, region, metric) == value


def test_the_figures_of_the_issue_are_those_of_the_press() -> None:
    """Typed here once, so that nobody can bend the file of figures."""
    told = {(day.isoformat(), region, metric): value for day, region, metric, value in published(END_OF_2018)}
    assert told == {
        ("2018-09-09", "", "members"): 51_207,
        ("2018-09-09", "31", "members"): 44_560,
        ("2018-09-09", "32", "members"): 2_260,
        ("2018-09-09", "33", "members"): 985,
        ("2018-12-31", "31", "p1_registered"): 65_414,
        ("2018-12-31", "31", "p2_trained"): 55_732,
        ("2018-12-31", "31", "p3_mentored"): 33_214,
        ("2018-12-31", "31", "p4_licensed"): 16_734,
        ("2018-12-31", "31", "jobs"): 29_346,
        ("2018-12-31", "31.73", "p1_registered"): 17_722,
        ("2018-12-31", "31.73", "p2_trained"): 11_473,
        ("2018-12-31", "31.73", "p3_mentored"): 1_137,
        ("2018-12-31", "31.73", "p4_licensed"): 904,
    }


def test_people_come_in_day_by_day() -> None:
    per_day = Counter(one.registered_on for one in written(2018))
    assert min(per_day) >= START
    assert max(per_day) <= END_OF_2018
    assert len(per_day) == (END_OF_2018 - START).days + 1
    assert max(per_day.values()) < len(written(2018)) * 0.02


def test_in_jakarta_each_stage_follows_the_one_before_and_nobody_skips() -> None:
    for one in written(2018):
        if one.region.startswith(JAKARTA):
            days = [one.registered_on, *(one.stages[stage] for stage in sorted(one.stages))]
            assert sorted(one.stages) == list(range(2, len(one.stages) + 2))
            assert days == sorted(days)
            assert days[-1] <= END_OF_2018


def test_every_licensed_business_has_its_owner_at_work_and_nobody_else_has_jobs() -> None:
    for one in written(2018):
        assert (one.workers >= 1) == (4 in one.stages)


def test_everybody_lives_in_a_kecamatan_of_the_country_and_every_province_has_somebody() -> None:
    known = {code for codes in whole_country().districts.values() for code in codes}
    lived_in = {one.region for one in written(2018)}
    assert lived_in <= known
    assert {code[:2] for code in lived_in} == set(whole_country().provinces())


def test_the_same_history_is_written_every_time() -> None:
    again = History(read_published(), whole_country()).journeys(2018)
    assert tuple(again) == written(2018)


def test_rows_are_people_with_telephones_that_nobody_has() -> None:
    rows = list(History(read_published(), whole_country()).rows(list(written(2018)), NAMES))
    assert {len(row) for row in rows} == {len(HEADER)}
    told = [dict(zip(HEADER, row, strict=True)) for row in rows[:2000] + rows[-2000:]]
    phones = [row[HEADER.index("telepon")] for row in rows]
    assert len(set(phones)) == len(phones) == len(written(2018))
    for row in told:
        assert row["telepon"].startswith("0890")
        assert str(parse_phone(row["telepon"])).startswith("+62890")
        assert row["persetujuan_tanggal"] == row["tanggal_daftar"]
        assert bool(row["p4_tanggal"]) == bool(row["p4_jenis"]) == bool(row["pekerja_saat_izin"])
        assert row["komunitas"] in {"", *NAMES[: history.GROUPS_OF_2018]}
        assert row["sumber"] == "demo"
    women = sum(row[HEADER.index("jenis_kelamin")] == "P" for row in rows)
    assert 0.69 <= women / len(rows) <= 0.71


@pytest.mark.long
class TestUntil2020:
    @pytest.mark.parametrize(("day", "region", "metric", "value"), published(END_OF_2020))
    def test_each_figure_until_2020_is_carried_exactly(
        self, day: date, region: str, metric: str, value: int
    ) -> None:
        assert counted(written(2020), day, region, metric) == value

    def test_the_total_is_that_of_the_press(self) -> None:
        assert len(written(2020)) == 378_212
        assert max(one.registered_on for one in written(2020)) <= END_OF_2020

    def test_it_begins_with_exactly_the_people_of_2018(self) -> None:
        shorter, longer = (History(read_published(), whole_country()) for _ in range(2))
        first = list(shorter.rows(shorter.journeys(2018), NAMES[: history.GROUPS_OF_2018]))
        rows = longer.rows(longer.journeys(2020), NAMES)
        assert first == [next(rows) for _ in first]

    def test_jakarta_keeps_its_order_until_its_rule_ends(self) -> None:
        for one in written(2020):
            days = [one.registered_on, *(one.stages[stage] for stage in sorted(one.stages))]
            assert days == sorted(days)
            assert sorted(one.stages) == list(range(2, len(one.stages) + 2))


def test_shares_are_rough_and_the_sum_is_exact() -> None:
    for total, weights in ((10, [1, 1, 1]), (0, [1, 2]), (7, [0, 0, 1]), (1_000_003, [0.1] * 37)):
        parts = curves.apportion(total, weights)
        assert sum(parts) == total
        assert min(parts) >= 0
    with pytest.raises(ValueError, match="positive weight"):
        curves.apportion(1, [0, 0])


def test_days_count_both_ends() -> None:
    assert curves.days_between(START, START) == [START]
    assert len(curves.days_between(PRESS_DAY, PRESS_DAY + timedelta(days=9))) == 10


def test_a_figure_that_nobody_published_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        PublishedFigures({}).value(PRESS_DAY, "31", "members")
