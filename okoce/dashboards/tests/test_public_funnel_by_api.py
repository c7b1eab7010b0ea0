"""The public funnel as JSON: exactly the shape that is promised, the numbers of the page, discreet below kabupaten."""

from typing import Any

import pytest
import time_machine

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (autouse)
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.callers import MEMBERS, Program, citras_program, person
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db
FUNNEL = "/api/v1/public/funnel"


def asked(query: str = "") -> Any:
    answer = Program().get(f"{FUNNEL}?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def counts(told: Any) -> list[int | None]:
    return [stage["count"] for stage in told["stages"]]


def test_it_has_exactly_the_promised_shape() -> None:
    told = asked()
    assert set(told) == {"scope", "as_of", "stages", "losses", "jobs", "is_synthetic"}
    assert told["scope"] == {"code": "", "name": "Indonesia"}
    assert [stage["stage"] for stage in told["stages"]] == ["P1", "P2", "P3", "P4", "P5", "P6", "P7"]
    for stage in told["stages"]:
        assert set(stage) == {"stage", "name", "count", "of_previous", "of_first", "definition"}
        assert isinstance(stage["definition"], str)
        assert stage["definition"]
    assert [(loss["after"], loss["before"]) for loss in told["losses"]] == [
        (f"P{stage}", f"P{stage + 1}") for stage in range(1, 7)
    ]
    assert told["jobs"] == {"claimed": 0, "verified": 0}


def test_it_says_where_examples_are_counted() -> None:
    registered(is_synthetic=True)
    registered(region=COBLONG)
    told = {
        place: asked(f"scope={place}")["is_synthetic"]
        for place in ("", "31", SENEN[:5], SENEN, "32", COBLONG)
    }
    assert told == {"": True, "31": True, SENEN[:5]: True, SENEN: True, "32": False, COBLONG: False}


def test_a_loss_is_broken_down_by_reasons_that_add_up_to_it() -> None:
    citra = citras_program()
    numbers = [citra.register(person()).json()["number"] for _serial in range(7)]
    citra.post(f"{MEMBERS}/{numbers[0]}/evidence", {"stage": "P2", "happened_on": today_wib().isoformat()})
    loss = asked()["losses"][0]
    assert (loss["people"], loss["of"]) == (6, 7)
    assert sum(reason["people"] for reason in loss["reasons"]) == 6
    assert all(reason["label"] and reason["reason"] for reason in loss["reasons"])
    assert loss["definition"]


def test_definitions_come_in_the_language_that_is_asked_for() -> None:
    english = Program().get(FUNNEL, **{"Accept-Language": "en"}).json()
    told = {stage["stage"]: stage["definition"] for stage in english["stages"]}
    assert "certificate" in told["P2"]
    assert "sertifikat" in asked()["stages"][1]["definition"]


def test_it_counts_who_completed_a_stage_by_that_day() -> None:
    citra = citras_program()
    for _serial in range(4):
        citra.register(person())
    number = citra.register(person()).json()["number"]
    citra.post(f"{MEMBERS}/{number}/evidence", {"stage": "P2", "happened_on": "2018-03-01"})
    told = asked("scope=31.71&as_of=2018-03-01")
    assert (
        told["scope"] == {"code": "31.71", "name": "Kota Jakarta Pusat"} or told["scope"]["code"] == "31.71"
    )
    assert (told["as_of"], counts(told)) == ("2018-03-01", [5, 1, 0, 0, 0, 0, 0])
    assert told["stages"][1]["of_previous"] == 0.2
    assert counts(asked("scope=3171&as_of=2018-02-28"))[:2] == [5, 0]
    assert counts(asked("scope=32"))[0] == 0
    assert counts(asked())[:2] == [5, 1]


@time_machine.travel("2018-03-15T05:00:00+00:00", tick=False)
def test_below_kabupaten_small_numbers_and_open_months_are_kept_back() -> None:
    citra = citras_program()
    for _serial in range(5):
        citra.register(person())
    citra.register(person(registered_on="2018-03-05", consent={"witnessed": True, "given_on": "2018-03-05"}))
    number = citra.register(person()).json()["number"]
    citra.post(f"{MEMBERS}/{number}/evidence", {"stage": "P2", "happened_on": "2018-02-10"})
    told = asked("scope=31.71.04&as_of=2018-03-15")
    assert (told["as_of"], counts(told)) == ("2018-02-28", [6, None, 0, 0, 0, 0, 0])
    assert (told["losses"][0]["people"], told["losses"][0]["reasons"]) == (None, [])
    assert counts(asked("scope=31.71&as_of=2018-03-15"))[:2] == [7, 1]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("scope=99", 404),
        ("scope=31.71.99", 404),
        ("scope=jakarta", 404),
        ("scope=31.71.04.1001", 422),
        ("scope=%00", 422),
        ("scope=K:1", 404),
        ("scope=" + "3" * 500, 422),
        ("as_of=2099-01-01", 422),
        ("as_of=9999-12-31", 422),
        ("as_of=0001-01-01&scope=31.71.04", 422),
        ("as_of=1900-01-01&scope=31.71.04", 200),
        ("as_of=kemarin", 422),
        ("as_of=2018-02-30", 422),
        ("as_of=1545955200", 422),
        ("as_of=", 422),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(query: str, status: int) -> None:
    answer = Program().get(f"{FUNNEL}?{query}")
    assert answer.status_code == status, answer.content
    if status != 200:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].endswith((".", "!"))
