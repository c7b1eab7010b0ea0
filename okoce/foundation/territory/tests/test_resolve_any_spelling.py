"""Whatever the case, the title and the spacing: an official name never leads to another region."""

import sys
from time import perf_counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okoce.foundation.territory import reference
from okoce.foundation.territory.resolver import Resolver
from okoce.foundation.territory.states import Level
from okoce.foundation.territory.tree import Place

_ROWS = [row for row in reference.territory_rows() if row["level"] != "village"]
_DISTRICTS = st.sampled_from([(row["code"], row["name"]) for row in _ROWS if row["level"] == "district"])
_REGENCIES = st.sampled_from(
    [(row["code"], row["kind"], row["name"].split(" ", 1)[1]) for row in _ROWS if row["level"] == "regency"]
)
_TITLES = st.sampled_from(["", "Kec. ", "KECAMATAN ", "kec ", "Distrik ", "Kapanewon ", "Kemantren ", "Kec:"])
_REGENCY_TITLES = {
    "kabupaten": st.sampled_from(["", "Kabupaten ", "Kab. ", "KAB ", "Kab. Adm. ", "Kab/Kota "]),
    "kota": st.sampled_from(["", "Kota ", "KOTA ADM. ", "Kotamadya ", "kodya ", "Kab/Kota "]),
}
_SPACES = st.sampled_from([" ", "  ", "-", ".", "", " . ", "\t", "\u00a0"])
_CASES = st.sampled_from([str.upper, str.lower, str.title, str])
_FREELY = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def _spelt(draw, name):
    spelt = draw(_CASES)(name.replace(" ", draw(_SPACES)))
    return spelt.replace("'", draw(st.sampled_from(["'", "’", "`", ""])))


def _leads_home(resolver: Resolver, code: str, **address: str) -> None:
    found = resolver.resolve(**address)
    if found.region:
        assert found.region.code == code, (address, found.path)
        assert not found.corrected
    else:
        assert code in [one.code for one in found.candidates], (address, found.sentence)


@_FREELY
@given(st.data())
def test_an_official_kecamatan_leads_to_itself_or_is_among_the_candidates(resolver, data):
    code, name = data.draw(_DISTRICTS)
    written = data.draw(_TITLES) + data.draw(_spelt(name))
    province, regency = resolver.gazetteer.tree.ancestors(code)
    within = data.draw(st.sampled_from(["regency", "province", "both"]))
    address = {"province": province.name, "regency": regency.name}
    if within != "both":
        address = {within: address[within]}
    _leads_home(resolver, code, **address, district=written)


@_FREELY
@given(st.data())
def test_an_official_regency_leads_to_itself_or_is_among_the_candidates(resolver, data):
    code, kind, name = data.draw(_REGENCIES)
    written = data.draw(_REGENCY_TITLES[kind]) + data.draw(_spelt(name))
    _leads_home(resolver, code, regency=written)


@_FREELY
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_any_text_at_all_gets_an_answer(resolver, regency, district, code):
    found = resolver.resolve(regency=regency, district=district, code=code)
    assert bool(found.region) != bool(found.sentence)
    assert found.region or found.field


def _lose_a_letter(name: str) -> str:
    return name[: len(name) // 2] + name[len(name) // 2 + 1 :]


def test_what_it_costs(resolver):
    """Printed, not asserted: a noisy machine proves nothing."""
    tree = resolver.gazetteer.tree
    places = [(place, *tree.ancestors(place.code)) for place in tree.of_level(Level.DISTRICT)]

    def timed(what: str, addresses: list[dict[str, str]]) -> None:
        began = perf_counter()
        for address in addresses:
            resolver.resolve(**address)
        each = (perf_counter() - began) / len(addresses) * 1_000_000
        sys.stdout.write(f"{what}: {each:.1f} µs each\n")

    exact = [_address(place, province, regency, f"Kec. {place.name}") for place, province, regency in places]
    some = places[::15]
    resolver._remembered.clear()
    timed("exact, seen first", exact)
    timed("exact, seen again", exact)
    timed("misspelt within a regency", [_address(p, o, r, _lose_a_letter(p.name)) for p, o, r in some])
    timed(
        "misspelt within a province",
        [{"province": o.name, "district": _lose_a_letter(p.name)} for p, o, _ in some],
    )
    timed("misspelt in the nation", [{"district": _lose_a_letter(p.name)} for p, _, _ in some])


def _address(place: Place, province: Place, regency: Place, written: str) -> dict[str, str]:
    return {"province": province.name, "regency": regency.name, "district": written}
