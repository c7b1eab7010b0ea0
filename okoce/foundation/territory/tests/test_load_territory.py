"""Loading the committed territory into the database, and asking it."""

import sys
from time import perf_counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries
from okoce.foundation.territory.loading import is_loaded, load_territory
from okoce.foundation.territory.models import Edition, Region
from okoce.foundation.territory.states import Level

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _territory(django_db_setup, django_db_blocker):
    """Loaded once for the tests of this file: it takes longer than they do. What each writes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        yield
        transaction.set_rollback(True)
    queries.forget()


@pytest.fixture(autouse=True)
def _loaded(_territory, db):
    """Each test finds it loaded, and nothing remembered of what another one has changed."""
    queries.forget()
    yield
    queries.forget()


def test_every_level_has_the_counts_of_the_decree():
    counts = {level: Region.objects.filter(level=level).count() for level in Level}
    assert counts == {Level.PROVINCE: 38, Level.REGENCY: 514, Level.DISTRICT: 7_285, Level.VILLAGE: 83_762}
    jakarta = Region.objects.filter(code__startswith="31.")
    assert jakarta.filter(level=Level.DISTRICT).count() == 44
    assert jakarta.filter(level=Level.VILLAGE).count() == 267


def test_a_second_load_does_nothing_and_takes_no_time():
    editions = Edition.objects.count()
    began = perf_counter()
    with CaptureQueriesContext(connection) as asked:
        assert load_territory() == 91_599
    sys.stdout.write(f"second load: {(perf_counter() - began) * 1000:.1f} ms\n")
    assert len(asked) <= 2
    assert Edition.objects.count() == editions
    assert is_loaded()


def test_another_edition_is_merged_row_by_row():
    Edition.objects.all().delete()
    Region.objects.filter(code="31.71.04").update(name="Sennen")
    Region.objects.filter(code__startswith="31.01").delete()
    Region.objects.create(
        code="31.99", level="regency", kind="kota", parent="31", name="Kota Khayal", zone="WIB"
    )
    began = perf_counter()
    told: list[tuple[int, int]] = []
    assert load_territory(lambda done, total: told.append((done, total))) == 91_599
    sys.stdout.write(f"merge of a changed edition: {perf_counter() - began:.2f} s\n")
    assert Region.objects.get(code="31.71.04").name == "Senen"
    assert Region.objects.filter(code__startswith="31.01").count() == 9
    assert not Region.objects.filter(code="31.99").exists()
    assert told[-1] == (91_599, 91_599)
    assert Edition.objects.count() == 1


def test_a_first_load_takes_seconds():
    Region.objects.all().delete()
    Edition.objects.all().delete()
    began = perf_counter()
    load_territory()
    sys.stdout.write(f"first load: {perf_counter() - began:.2f} s\n")
    assert Region.objects.count() == 91_599


def test_every_region_lies_in_a_zone_and_under_its_parent():
    assert Region.objects.filter(zone="").count() == 0
    assert Region.objects.get(code="94.01.01").zone == "WIT"
    assert Region.objects.get(code="51.71").zone == "WITA"
    orphans = (
        "SELECT count(*) FROM territory_region c LEFT JOIN territory_region p ON p.code = c.parent"
        " WHERE c.parent <> '' AND p.code IS NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(orphans)
        assert cursor.fetchone()[0] == 0


def test_every_kecamatan_has_a_point_and_a_cell_of_its_own():
    districts = Region.objects.filter(level=Level.DISTRICT)
    assert districts.filter(lat__isnull=False, lon__isnull=False).count() == 7_285
    assert len(set(districts.values_list("map_x", "map_y"))) == 7_285


def test_residents_of_a_province_are_the_sum_of_its_regencies():
    assert queries.region("31").population == 11_038_216


def test_all_within_a_region_is_a_range_of_the_key():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE territory_region")
        cursor.execute("EXPLAIN SELECT * FROM territory_region WHERE code LIKE '31.74.%'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'territory_region' AND indexname LIKE '%like'"
        )
        assert cursor.fetchall() == []
    assert "territory_region_pkey" in plan


def test_a_region_is_found_by_its_code_at_every_level():
    assert queries.region("31").label == "DKI Jakarta"
    assert queries.region("31.71").name == "Kota Jakarta Pusat"
    assert queries.region("31.71.04").name == "Senen"
    assert queries.region("31.71.04.1001").kind == "kelurahan"
    for code in ("99", "31.99", "31.71.04.9999", "", "' OR 1=1"):
        with pytest.raises(NotFound):
            queries.region(code)


def test_children_and_ancestors_follow_the_tree():
    assert len(queries.children()) == 38
    assert [place.code for place in queries.children("31")] == [
        "31.01",
        "31.71",
        "31.72",
        "31.73",
        "31.74",
        "31.75",
    ]
    assert queries.children("31.71.04")[0].name == "Senen"
    assert [place.label for place in queries.ancestors("31.71.04.1001")] == [
        "DKI Jakarta",
        "Kota Jakarta Pusat",
        "Senen",
    ]
    assert queries.path_of("31.71.04") == "Senen, Kota Jakarta Pusat, DKI Jakarta"
    assert len(queries.districts()) == 7_285
    assert len(queries.districts("31")) == 44


def test_names_of_many_cost_one_query_or_none(django_assert_num_queries):
    queries.tree()
    with django_assert_num_queries(0):
        assert queries.names_for(["31.71", "31.71.04", "", "77"]) == {
            "31.71": "Kota Jakarta Pusat", "31.71.04": "Senen", "": "Indonesia", "77": "77",
        }  # fmt: skip
    with django_assert_num_queries(1):
        assert queries.names_for(["31.71.04.1001", "31.71.06.1003", "31"])["31.71.06.1003"] == "Cikini"


def test_the_zone_of_a_place_is_that_of_its_regency():
    zones = {code: queries.zone_of(code) for code in ("31.71.04.1001", "51", "93.01.01", "", "xx")}
    assert zones == {"31.71.04.1001": "WIB", "51": "WITA", "93.01.01": "WIT", "": "WIB", "xx": "WIB"}


def test_a_search_box_offers_beginnings_first_then_misspellings():
    def names(*args, **options):
        return [place.label for place in queries.suggest(*args, **options)]

    assert names("dki", "province") == ["DKI Jakarta"]
    assert names("jak", "regency", limit=3) == [
        "Kota Jakarta Barat",
        "Kota Jakarta Pusat",
        "Kota Jakarta Selatan",
    ]
    assert names("jakpus", "regency")[0] == "Kota Jakarta Pusat"
    assert names("kby", "district", within="31.74") == ["Kebayoran Baru", "Kebayoran Lama"]
    assert names("mentng", "district", within="31")[0] == "Menteng"
    assert names("cik", "village", within="31.71.06") == ["Cikini"]
    assert "Cikini" in names("cikin", "village", within="31.71")
    assert "Cikini" in names("cikini", "village")
    assert len(names("", "district", within="31.71")) == 8
    assert names("solo", "regency")[0] == "Kota Surakarta"
    assert names("\x00%_';--", "district") == names("", "district")
    assert names("\x00%_qqqq", "village") == []


def test_the_resolver_reads_villages_once_per_regency(django_assert_num_queries):
    resolver = queries.resolver()
    with django_assert_num_queries(0):
        assert resolver.resolve(regency="Jakpus", district="Kec. Senen").region.code == "31.71.04"
    with django_assert_num_queries(1):
        assert (
            resolver.resolve(regency="Jakpus", district="Senen", village="Kwitang").region.code
            == "31.71.04.1005"
        )
        assert resolver.resolve(regency="Jakpus", district="Menteng", village="Cikini").region.zone == "WIB"
        assert resolver.resolve(code="31.71.06.1003").region.name == "Cikini"
    with django_assert_num_queries(0):
        assert resolver.resolve(regency="Jakpus", district="Senen", village="Kwitang").region


def test_a_new_edition_is_seen_by_the_next_question():
    Edition.objects.all().delete()
    Region.objects.filter(code="31.71.04").update(name="Sennen")
    queries.forget()
    assert queries.region("31.71.04").name == "Sennen"
    load_territory()
    assert queries.region("31.71.04").name == "Senen"
