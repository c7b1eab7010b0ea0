"""Evidence handed in by programs: verified at once where the caller may, claimed otherwise, refused with reasons."""

from typing import Any

import pytest

from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.accounts.actions import Anchors
from okoce.pipeline.models import Evidence, StageRecord
from tests.callers import (
    MEMBERS,
    Program,
    anis_program,
    budis_program,
    citras_program,
    person,
    program,
    wrong_fields,
)
from tests.cast import SENEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani() -> Program:
    return anis_program()


@pytest.fixture
def number(ani: Program) -> str:
    return str(ani.register(person()).json()["number"])


def given(caller: Program, member_number: str, **told: Any) -> Any:
    return caller.post(
        f"{MEMBERS}/{member_number}/evidence", {"stage": "P2", "happened_on": "2018-03-01", **told}
    )


def test_an_entitled_officer_completes_the_stage(ani: Program, number: str) -> None:
    answer = given(ani, number, note="Kelas Senen")
    assert answer.status_code == 201, answer.content
    assert answer.json()["state"] == "verified"
    assert StageRecord.objects.get(stage=2).completed_on.isoformat() == "2018-03-01"


def test_the_mitra_that_gave_it_is_named_and_one_that_never_worked_there_is_refused(
    ani: Program, number: str
) -> None:
    near, far = active_partner("Kampus Senen", "campus"), active_partner("Bank Bandung", areas=("32.73",))
    for wrong in (far.pk, 999_999):
        assert list(wrong_fields(given(ani, number, partner=wrong))) == ["partner"]
    for wrong in (0, -1, "bank", 2**70):
        assert given(ani, number, mitra=wrong).status_code == 422
    assert Evidence.objects.count() == 0
    answer = given(ani, number, mitra=near.pk)
    assert (answer.status_code, answer.json()["partner"]) == (201, near.pk)
    assert Evidence.objects.get().partner_id == near.pk


def test_evidence_of_somebody_else_waits(ani: Program, number: str) -> None:
    answer = given(program(("petugas_ptsp", Anchors(region="31"))), number)
    assert (answer.status_code, answer.json()["state"]) == (201, "claimed")
    journey = ani.get(f"{MEMBERS}/{number}/journey").json()["stages"]
    assert journey[1]["state"] == "claimed"
    assert not StageRecord.objects.filter(stage=2, state="completed").exists()


def test_a_person_walks_from_p1_to_p7(number: str) -> None:
    citra = citras_program()
    days = {
        "P2": "2018-03-01",
        "P3": "2018-04-01",
        "P4": "2018-05-01",
        "P5": "2018-06-01",
        "P6": "2018-07-01",
    }
    for stage, day in days.items():
        kind = {"kind": "IUMK"} if stage == "P4" else {}
        assert given(citra, number, stage=stage, happened_on=day, **kind).status_code == 201
    assert citra.get(f"{MEMBERS}/{number}").json()["stage"] == "P6"
    assert given(citra, number, stage=7, tanggal="2018-08-01", happened_on=None).status_code == 422
    assert (
        citra.post(f"{MEMBERS}/{number}/evidence", {"tahap": "p7", "tanggal": "2018-08-01"}).status_code
        == 201
    )
    journey = citra.get(f"{MEMBERS}/{number}/journey").json()["stages"]
    assert [step["state"] for step in journey] == ["completed"] * 7
    funnel = Program().get("/api/v1/public/funnel?scope=31&as_of=2018-12-31").json()
    assert [stage["count"] for stage in funnel["stages"]] == [1] * 7


def test_a_stage_before_its_time_is_refused(ani: Program, number: str) -> None:
    answer = given(ani, number, stage="P3", happened_on="2018-04-01")
    assert answer.status_code == 422
    assert "P2" in answer.json()["detail"]
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"stage": "P1"}, "stage"),
        ({"stage": "P9"}, "stage"),
        ({"stage": True}, "stage"),
        ({"stage": None}, "stage"),
        ({"happened_on": "2099-01-01"}, "happened_on"),
        ({"happened_on": "besok"}, "happened_on"),
        ({"happened_on": 5}, "happened_on"),
        ({"requirement": "permits.licence"}, "requirement"),
        ({"kind": "visit"}, "kind"),
        ({"number": "x" * 150}, "number"),
        ({"stage": "P4", "kind": "NIB", "number": "123"}, "number"),
        ({"note": "\x07"}, "note"),
        ({"hantu": 1}, "hantu"),
    ],
)
def test_one_wrong_field_is_named(ani: Program, number: str, told: dict[str, Any], field: str) -> None:
    assert list(wrong_fields(given(ani, number, **told))) == [field]
    assert Evidence.objects.count() == 0


def test_nobody_hands_in_for_people_elsewhere(number: str) -> None:
    assert given(budis_program(), number).status_code == 404
    assert given(program(("auditor", Anchors())), number).status_code == 403
    assert given(program(), number).status_code == 403
    assert given(Program(), number).status_code == 401
    assert Evidence.objects.count() == 0


def test_the_same_evidence_twice_is_one_row(ani: Program, number: str) -> None:
    first, second = given(ani, number).json(), given(ani, number).json()
    assert first["id"] == second["id"]
    assert Evidence.objects.count() == 1


def test_a_read_right_and_a_giving_right_of_two_grants_do_not_mix(ani: Program, number: str) -> None:
    both = program(("auditor", Anchors()), ("petugas_kecamatan", Anchors(region="32.73.02")))
    assert both.get(f"{MEMBERS}/{number}").status_code == 200
    assert given(both, number).status_code == 404
    assert given(program(("petugas_kecamatan", Anchors(region=SENEN))), number).status_code == 201
