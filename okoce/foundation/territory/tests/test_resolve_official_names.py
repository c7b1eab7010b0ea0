"""Official names have a quick path, which answers exactly what following them step by step does."""

from collections.abc import Iterator

import pytest

from okoce.foundation.territory.resolver import Address, Resolver
from okoce.foundation.territory.states import Level

ALL_DISTRICTS = 7_285


def officially(resolver: Resolver) -> Iterator[Address]:
    places = resolver.gazetteer.tree.places
    for district in resolver.gazetteer.tree.of_level(Level.DISTRICT):
        names = (places[code].name for code in (district.code[:2], district.parent, district.code))
        yield Address(*names, code=district.code)


def test_every_kecamatan_has_the_quick_path_and_it_tells_the_same(resolver: Resolver) -> None:
    compared = 0
    for address in officially(resolver):
        for code in ("", address.code):
            asked = address._replace(code=code)
            quick = resolver._official(asked)
            assert quick is not None
            assert quick == resolver._walked(asked)
        compared += 1
    assert compared == ALL_DISTRICTS


def test_capitals_and_other_ways_to_write_the_code_tell_the_same(resolver: Resolver) -> None:
    for address in list(officially(resolver))[::20]:
        parts = (address.province.upper(), address.regency.upper(), address.district.lower())
        asked = Address(*parts, code=f" {address.code.replace('.', '')}.0")
        quick = resolver._official(asked)
        assert quick is not None
        assert quick == resolver._walked(asked)


def test_a_code_of_another_kecamatan_or_no_code_at_all_is_never_passed_over(resolver: Resolver) -> None:
    one, other, *_ = officially(resolver)
    for code in (other.code, one.code[:5], "31.7", "-", "3,17E+09"):
        assert resolver._official(one._replace(code=code)) is None


def test_a_village_is_looked_for_step_by_step(resolver: Resolver) -> None:
    assert resolver._official(next(officially(resolver))._replace(village="Kenari")) is None


@pytest.mark.parametrize("missing", ["province", "regency", "district"])
def test_a_name_that_is_missing_or_another_one_is_never_filled_in(resolver: Resolver, missing: str) -> None:
    address = next(officially(resolver))._replace(code="")
    for written in ("", "Lain"):
        assert resolver._official(address._replace(**{missing: written})) is None
