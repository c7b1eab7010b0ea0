"""What `usulan` says of a place can be put into the column that `kolom` names, as it stands: the fault is gone then."""

import random
from collections.abc import Mapping

import pytest

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.territory.queries import resolver
from okoce.foundation.territory.states import Level
from okoce.stages.p1_registration.imports.candidates import Gate
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.refusals import RowError
from okoce.stages.p1_registration.imports.tests.members_files import SITI, file_of

pytestmark = pytest.mark.django_db
PLACES = {"provinsi": "", "kabupaten": "", "kecamatan": "", "kelurahan": "", "kode_wilayah": ""}


def faults(gate: Gate, written: Mapping[str, str]) -> list[RowError]:
    read = gate.read(list(open_table(file_of({**SITI, **PLACES, **written})).rows()))
    return [error for _raw, errors in read.refused for error in errors]


def test_a_wrong_regency_is_answered_with_the_regency() -> None:
    gate = Gate(Actor.system("test"), {})
    [fault] = faults(
        gate, {"provinsi": "DKI Jakarta", "kabupaten": "Jakarta Pusatt Raya", "kecamatan": "Tanah Abang"}
    )
    assert (fault.column, fault.suggestion) == ("kabupaten", "Kota Jakarta Pusat")


@pytest.mark.parametrize("seed", range(4))
def test_every_suggestion_makes_its_fault_go_away(seed: int) -> None:
    chance, gate = random.Random(seed), Gate(Actor.system("test"), {})
    tree = resolver().gazetteer.tree
    districts = tree.of_level(Level.DISTRICT)
    suggested = 0
    for _row in range(150):
        home, other = chance.choice(districts), chance.choice(districts)
        written = _address(tree, home.code)
        column = chance.choice(list(written))
        written[column] = chance.choice(
            [_misspelt(chance, written[column]), _address(tree, other.code)[column]]
        )
        if chance.random() < 0.2:
            written["kode_wilayah"] = other.code
        for fault in faults(gate, written):
            for value in filter(None, fault.suggestion.split(" | ")):
                suggested += 1
                mended = {**written, fault.column: value}
                assert fault.column not in [left.column for left in faults(gate, mended)], (written, fault)
    assert suggested > 20


def _address(tree, code: str) -> dict[str, str]:
    return {
        "provinsi": tree.get(code[:2]).label,
        "kabupaten": tree.get(code[:5]).label,
        "kecamatan": tree.get(code).label,
    }


def _misspelt(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text))
    return (
        text[:place] + chance.choice(["", "x", "qq", text[place] * 3]) + text[place + chance.randrange(3) :]
    )


@pytest.mark.parametrize("column", ["provinsi", "kabupaten", "kecamatan"])
def test_the_form_that_we_print_ourselves_is_read(column: str) -> None:
    printed = "Tanah Abang, Kota Jakarta Pusat, DKI Jakarta (31.71.07)"
    address = {"provinsi": "DKI Jakarta", "kabupaten": "Jakarta Pusat", "kecamatan": "Tanah Abang"}
    assert faults(Gate(Actor.system("test"), {}), {**address, column: printed}) == []


def test_a_printed_form_whose_code_is_anothers_is_not_believed() -> None:
    printed = "Tanah Abang, Kota Jakarta Pusat, DKI Jakarta (31.74.01)"
    written = {"provinsi": "DKI Jakarta", "kabupaten": printed, "kecamatan": "Tanah Abang"}
    assert [fault.column for fault in faults(Gate(Actor.system("test"), {}), written)] == ["kabupaten"]
