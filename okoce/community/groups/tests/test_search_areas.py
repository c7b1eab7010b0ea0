"""Which kecamatan are offered for a name, and which of them one button may add."""

import pytest

from okoce.community.groups.areas import search_areas
from okoce.community.groups.tests.founders import MENTENG, SENEN
from okoce.foundation.territory.models import Region

pytestmark = pytest.mark.django_db
TANAH_ABANG = "31.71.07"


def test_a_kecamatan_of_that_name_comes_alone_and_what_resembles_it_apart() -> None:
    found = search_areas("Tanah Abang", ())
    assert {one.name for one in found.named} == {
        "Kec. Tanah Abang"
    }  # one in Jakarta, one in Sumatera Selatan
    assert found.all_codes == ""
    assert TANAH_ABANG in {one.code for one in found.named}
    assert TANAH_ABANG not in {one.code for one in (*found.by_village, *found.near)}


def test_all_kecamatan_of_one_kabupaten_are_added_at_once_and_those_of_several_never() -> None:
    assert len(search_areas("Jakarta Pusat", ()).all_codes.split()) == 8
    several = search_areas("Cempaka", ())
    assert several.all_codes == ""
    assert SENEN in search_areas("Jakarta Pusat", ()).all_codes
    assert SENEN not in search_areas("Jakarta Pusat", (SENEN,)).all_codes


@pytest.mark.parametrize("typed", ["", "  ", ",,", "\x00"])
def test_an_empty_search_says_what_to_write_and_asks_nobody_where_she_lives(typed: str) -> None:
    found = search_areas(typed, ())
    assert found.sentence == "Tulis nama kecamatannya, atau nama kabupaten atau kotanya."
    assert found.offers == ()


def test_a_kelurahan_says_why_its_kecamatan_is_offered() -> None:
    Region.objects.update_or_create(
        code="31.71.06.1003",
        defaults={
            "level": "village",
            "kind": "kelurahan",
            "parent": MENTENG,
            "name": "Cikini",
            "zone": "WIB",
        },
    )
    found = search_areas("Cikini", ())
    assert (MENTENG, "karena kelurahan/desa Cikini") in {(one.code, one.note) for one in found.by_village}
    assert found.named == ()
    assert found.all_codes == ""


def test_what_is_chosen_already_is_not_offered() -> None:
    assert SENEN not in {one.code for one in search_areas("Senen", (SENEN,)).offers}
