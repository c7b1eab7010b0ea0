"""A name that many places bear: those of that very name first, and how many more there are."""

import pytest
from django.test import Client

from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import MOST_OFFERS, search_places
from okoce.foundation.territory.models import Region
from okoce.foundation.territory.states import Level
from okoce.stages.p1_registration.applications.tests.walking import filled, verified
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db
MANY = 66


@pytest.fixture
def namesakes() -> list[str]:
    """The codes of 66 villages called so, each in a kecamatan of its own; in the first of them lies a Mandalabaru Baru besides."""
    districts = territory.tree().under(["32", "33"], Level.DISTRICT)[:MANY]
    rows = [(f"{district.code}.2099", "Mandalabaru", district.code) for district in districts]
    rows.append((f"{districts[0].code}.2098", "Mandalabaru Baru", districts[0].code))
    Region.objects.bulk_create(
        Region(code=code, level=Level.VILLAGE, kind="desa", parent=parent, name=name, zone="WIB")
        for code, name, parent in rows
    )
    return [code for code, name, _parent in rows if name == "Mandalabaru"]


def test_those_of_that_very_name_stand_before_all_that_resemble_it(namesakes: list[str]) -> None:
    found = search_places("mandalabaru")
    assert len(found.offers) == MOST_OFFERS
    assert {one.code for one in found.offers} <= set(namesakes)


def test_how_many_more_there_are_is_said_with_what_to_add(namesakes: list[str]) -> None:
    found = search_places("Mandalabaru")
    district = territory.region(found.offers[0].code[:8]).name
    assert found.note == (
        f"Masih ada 56 lagi yang bernama “Mandalabaru”. Tulis juga kecamatannya, misalnya: Mandalabaru, {district}"
    )
    assert search_places(f"Mandalabaru, {district}").offers[0].code == found.offers[0].code


def test_letters_that_occur_in_many_names_are_counted_too(namesakes: list[str]) -> None:
    found = search_places("mandalabar")
    assert "Masih ada 57 lagi yang namanya memuat “mandalabar”" in found.note


def test_the_example_is_not_what_was_just_written(namesakes: list[str]) -> None:
    one = Region.objects.get(code=namesakes[0])
    Region.objects.create(
        code=f"{one.code[:9]}9001",
        level="village",
        kind="desa",
        parent=one.code[:8],
        name="Mandalabar",
        zone="WIB",
    )
    note = search_places("Mandalabar").note
    assert "misalnya: Mandalabaru, " in note


@pytest.mark.parametrize("typed", ["Senen", "Kembangan, Jakarta Barat", "qqqqqq", "Jawa Barat"])
def test_nothing_is_said_where_all_of_that_name_are_shown(typed: str) -> None:
    found = search_places(typed)
    assert "Masih ada" not in found.note


def test_it_is_said_wherever_a_place_is_looked_for(
    client: Client, outbox: Outbox, namesakes: list[str]
) -> None:
    verified(client, outbox)
    filled(client, until="/daftar/tempat")
    for path in ("/daftar/tempat", "/pusat"):
        answer = client.get(path, {"cari": "Mandalabaru"})
        assert "Masih ada 56 lagi" in words(page(answer).select_one("main")), path
    suggested = client.get("/daftar/tempat", {"cari": "Mandalabaru"}, headers={"X-Suggest": "1"})
    assert "Masih ada 56 lagi" in suggested.content.decode()


@pytest.fixture
def of_another_kecamatan() -> str:
    """A kelurahan of Cempaka Putih."""
    code, parent = "31.71.05.1003", "31.71.05"
    Region.objects.create(
        code=code,
        level=Level.VILLAGE,
        kind="kelurahan",
        parent=parent,
        name="Cempaka Putih Timur",
        zone="WIB",
    )
    return code


@pytest.mark.parametrize(
    "typed",
    [
        "cempaka putih timur, senen",
        "senen, bandung",
        "senen, kota bandung, jawa barat",
        "n/a, senen",
        "senen, n/a",
    ],
)
def test_whoever_types_into_one_box_reads_of_no_columns(
    client: Client, outbox: Outbox, of_another_kecamatan: str, typed: str
) -> None:
    verified(client, outbox)
    filled(client, until="/daftar/tempat")
    said = words(page(client.get("/daftar/tempat", {"cari": typed})).select_one("main"))
    assert "kolom" not in said
    assert "kode_wilayah" not in said


def test_a_kelurahan_of_another_kecamatan_is_said_with_where_it_lies(of_another_kecamatan: str) -> None:
    found = search_places("cempaka putih timur, senen")
    assert "tidak ada di Senen" in found.sentence
    assert "Cempaka Putih Timur, Cempaka Putih" in found.sentence
    assert found.sentence.endswith("Pilih yang benar, atau tulis kecamatannya saja.")
    assert of_another_kecamatan in [offer.code for offer in found.offers]
