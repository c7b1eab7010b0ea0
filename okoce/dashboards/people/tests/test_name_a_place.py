"""One place by what an officer writes, never by a guess."""

import pytest

from okoce.foundation.shared.errors import Refused
from okoce.foundation.territory.finding import district_named
from okoce.foundation.territory.models import Region
from okoce.foundation.territory.naming import code_asked_for, place_named
from tests.cast import SENEN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Indonesia", ""),
        ("nasional", ""),
        (" Seluruh  INDONESIA ", ""),
        ("DKI Jakarta", "31"),
        ("Jakarta Pusat", "31.71"),
        ("Kota Bandung", "32.73"),
        ("Senen", "31.71.04"),
        ("Senen, Jakarta Pusat", "31.71.04"),
        ("Kec. Senen, Kota Jakarta Pusat, DKI Jakarta", "31.71.04"),
        ("Jakarta Pusat, DKI Jakarta", "31.71"),
        ("31.71.04", "31.71.04"),
        ("317104", "31.71.04"),
        ("Senen, Kota Jakarta Pusat, DKI Jakarta (31.71.04)", "31.71.04"),
    ],
)
def test_a_place_is_read_as_people_write_it(written: str, code: str) -> None:
    assert place_named(written).code == code


@pytest.mark.parametrize(
    "written", ["Bandung", "Sukajadi", "Senenn", "Jakarta", "Senen, Bandung", "99.99", "!!", "x\x00y"]
)
def test_what_may_mean_several_or_only_resembles_a_name_is_never_guessed(written: str) -> None:
    found = place_named(written)
    assert found.code is None
    assert found.sentence.endswith(".")


def test_every_likely_place_that_is_named_can_be_written_back() -> None:
    sentence = place_named("Bandung").sentence
    offered = sentence.partition("bisa berarti: ")[2].partition(". Tulis")[0].split("; ")
    assert len(offered) > 1
    assert all(place_named(one).code for one in offered)
    assert place_named(offered[0].partition(" (")[0]).code == offered[0].partition("(")[2].rstrip(")")


def test_those_that_may_be_meant_are_given_with_where_they_lie() -> None:
    misspelt = place_named("Senenn")
    assert misspelt.code is None
    assert ("31.71.04", "Senen, Kota Jakarta Pusat, DKI Jakarta") in misspelt.offers()
    twins = place_named("Sukajadi")
    assert twins.code is None
    assert len({path.split(", ")[1] for _code, path in twins.offers()}) == len(twins.offers()) > 1


def test_of_those_that_only_resemble_a_name_the_ones_near_come_first() -> None:
    assert place_named("sukajdi", near="32.73.02").candidates[0].startswith("32.73.")


def test_kecamatan_alone_are_found_where_nothing_wider_may_be_chosen() -> None:
    assert district_named("Senen").code == "31.71.04"
    wide = district_named("Jakarta Pusat")
    assert wide.code is None
    assert "31.71.04" in wide.candidates
    assert all(len(code) == len("31.71.04") for code in wide.candidates)
    assert district_named("31.71").code is None


@pytest.fixture
def kwitang() -> str:
    """A kelurahan, and the kecamatan in which it lies."""
    Region.objects.create(
        code="31.71.04.1005", level="village", kind="kelurahan", parent=SENEN, name="Kwitang", zone="WIB"
    )
    return SENEN


def test_where_a_kelurahan_is_called_so_comes_before_what_only_resembles_it(kwitang: str) -> None:
    near_misses = place_named("Kwitang", allows_nation=False, levels=("district",))
    assert near_misses.candidates
    assert kwitang not in near_misses.candidates
    offered = district_named("Kwitang").candidates
    assert offered[0] == kwitang
    assert set(near_misses.candidates) < set(offered)


def test_kecamatan_of_that_very_name_come_first_wherever_a_kelurahan_is_called_so_too() -> None:
    Region.objects.create(
        code="31.71.04.1099", level="village", kind="kelurahan", parent=SENEN, name="Sukajadi", zone="WIB"
    )
    called = place_named("Sukajadi", allows_nation=False, levels=("district",)).candidates
    offered = district_named("Sukajadi").candidates
    assert len(called) > 1
    assert offered[: len(called)] == called
    assert SENEN in offered


@pytest.mark.parametrize(
    ("asked", "code"),
    [("Kota Bandung", "32.73"), ("32.73", "32.73"), ("", ""), ("K:1", "K:1"), ("xqzv", "xqzv")],
)
def test_what_narrows_a_page_may_be_a_name(asked: str, code: str) -> None:
    assert code_asked_for(asked) == code


def test_a_name_that_narrows_a_page_is_never_guessed() -> None:
    for asked in ("Bandung", "Senenn"):
        with pytest.raises(Refused) as refusal:
            code_asked_for(asked)
        assert "Kota" in refusal.value.sentence


def test_the_nation_is_refused_where_it_may_not_be_chosen() -> None:
    found = place_named("Indonesia", allows_nation=False)
    assert (found.code, "lebih sempit" in found.sentence) == (None, True)
