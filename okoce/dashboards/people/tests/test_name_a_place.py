"""One place by what an officer writes, never by a guess."""

import pytest

from okoce.foundation.territory.naming import place_named

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


def test_the_nation_is_refused_where_it_may_not_be_chosen() -> None:
    found = place_named("Indonesia", allows_nation=False)
    assert (found.code, "lebih sempit" in found.sentence) == (None, True)
