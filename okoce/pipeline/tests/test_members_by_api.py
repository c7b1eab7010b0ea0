"""The list of members, one member and her journey, as programs read them: each caller within her own grants."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.foundation.accounts.actions import Anchors
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.position_models import Unplaced
from tests.callers import (
    MEMBERS,
    SYSTEM,
    Program,
    anis_program,
    budis_program,
    citras_program,
    person,
    program,
    wrong_fields,
)
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def citra() -> Program:
    return citras_program()


def registered(caller: Program, **told: Any) -> str:
    answer = caller.register(person(**told))
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


def numbers(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [item["number"] for item in answer.json()["items"]]


def test_each_officer_lists_her_own_territory(citra: Program) -> None:
    senen, coblong = registered(citra), registered(citra, region=COBLONG)
    assert numbers(anis_program().get(MEMBERS)) == [senen]
    assert numbers(budis_program().get(MEMBERS)) == [coblong]
    assert set(numbers(citra.get(MEMBERS))) == {senen, coblong}


def test_two_grants_reach_their_two_parts_and_no_more(citra: Program) -> None:
    mawar, melati = active_group("Mawar"), active_group("Melati")
    in_senen = registered(citra, region=SENEN, group=melati.pk)
    in_mawar = registered(citra, region=COBLONG, group=mawar.pk)
    registered(citra, region=COBLONG, group=melati.pk)
    both = program(("penggerak", Anchors(group_id=mawar.pk)), ("petugas_kecamatan", Anchors(region=SENEN)))
    assert set(numbers(both.get(MEMBERS))) == {in_senen, in_mawar}
    assert numbers(both.get(f"{MEMBERS}?scope={COBLONG}")) == [in_mawar]
    assert numbers(both.get(f"{MEMBERS}?scope=K:{melati.pk}")) == [in_senen]


def test_a_person_out_of_scope_reads_as_nobody(citra: Program) -> None:
    number = registered(citra, region=COBLONG)
    ani = anis_program()
    nobody = ani.get(f"{MEMBERS}/OK-99999999-9")
    for path in (f"{MEMBERS}/{number}", f"{MEMBERS}/{number}/journey"):
        answer = ani.get(path)
        assert answer.status_code == 404
        assert {**answer.json(), "instance": ""} == {**nobody.json(), "instance": ""}
    assert numbers(ani.get(f"{MEMBERS}?q={number}")) == []


def test_a_number_is_understood_as_people_type_it(citra: Program) -> None:
    number = registered(citra)
    assert citra.get(f"{MEMBERS}/{number.replace('-', '').lower()}").json()["number"] == number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert citra.get(f"{MEMBERS}/{wrong}").status_code == 404
    assert citra.get(f"{MEMBERS}/%00").status_code == 404


def test_the_list_is_searched_by_phone_and_name(citra: Program) -> None:
    number = registered(citra, name="Wulandari", phone="081311112222")
    registered(citra, name="Bambang")
    assert numbers(citra.get(f"{MEMBERS}?q=0813-1111-2222")) == [number]
    assert numbers(citra.get(f"{MEMBERS}?q=wulan")) == [number]
    assert numbers(citra.get(f"{MEMBERS}?q=%25")) == []


def test_a_page_leads_to_the_next(citra: Program) -> None:
    everybody = {registered(citra) for _serial in range(5)}
    found: list[str] = []
    cursor = ""
    for _page in range(4):
        answer = citra.get(f"{MEMBERS}?limit=2&cursor={cursor}")
        found += numbers(answer)
        cursor = answer.json()["next"] or ""
        if not cursor:
            break
    assert (len(found), set(found)) == (5, everybody)


def test_a_list_that_lacks_people_of_a_mass_deed_says_so(citra: Program) -> None:
    registered(citra)
    assert citra.get(f"{MEMBERS}?stage=P1").json()["is_behind"] is False
    Unplaced.objects.create(ids=[1])
    assert citra.get(f"{MEMBERS}?stage=P1").json()["is_behind"] is True


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=AAAA", "cursor"),
        ("stage=P8", "stage"),
        ("stage=0", "stage"),
        ("stuck=lelah", "stuck"),
        ("scope=99", "scope"),
        ("scope=%00", "scope"),
        ("scope=jakarta", "scope"),
        ("q=%00", "q"),
        ("q=" + "x" * 300, "q"),
    ],
)
def test_a_wrong_question_names_its_field(citra: Program, query: str, field: str) -> None:
    assert list(wrong_fields(citra.get(f"{MEMBERS}?{query}"))) == [field]


def test_the_list_is_narrowed_by_stage_and_reason(citra: Program) -> None:
    first, second, third = (registered(citra, region=KEBAYORAN_BARU) for _serial in range(3))
    for number in (second, third):
        citra.post(f"{MEMBERS}/{number}/evidence", {"stage": "P2", "happened_on": "2018-03-01"})
    set_standstill(SYSTEM, Member.objects.get(number=third), 3, "waiting_for_mentor")
    assert numbers(citra.get(f"{MEMBERS}?stage=P1")) == [first]
    assert set(numbers(citra.get(f"{MEMBERS}?stage=2"))) == {second, third}
    assert numbers(citra.get(f"{MEMBERS}?stuck=waiting_for_mentor")) == [third]
    stages = {item["number"]: item["stage"] for item in citra.get(MEMBERS).json()["items"]}
    assert stages == {first: "P1", second: "P2", third: "P2"}


def test_a_list_costs_the_same_for_two_and_for_ten(citra: Program) -> None:
    group = active_group("Mawar")

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            numbers(citra.get(MEMBERS))
        return len(captured)

    for _serial in range(2):
        registered(citra, group=group.pk)
    before = statements()
    for _serial in range(8):
        registered(citra, group=group.pk)
    assert statements() == before <= 6


def test_the_journey_tells_all_seven_stages(citra: Program) -> None:
    number = registered(citra)
    citra.post(f"{MEMBERS}/{number}/evidence", {"stage": "P2", "happened_on": "2018-03-01", "number": "S-1"})
    told = anis_program().get(f"{MEMBERS}/{number}/journey").json()
    steps = {step["stage"]: step for step in told["stages"]}
    assert list(steps) == ["P1", "P2", "P3", "P4", "P5", "P6", "P7"]
    assert (steps["P2"]["state"], steps["P2"]["completed_on"]) == ("completed", "2018-03-01")
    assert [evidence["number"] for evidence in steps["P2"]["evidence"]] == ["S-1"]
    assert steps["P3"]["state"] == "not_started"
    assert steps["P3"]["missing"]
    assert steps["P3"]["stuck_reason"] is None


def test_sentences_come_in_the_language_that_is_asked_for(citra: Program) -> None:
    assert citra.get(f"{MEMBERS}/x").headers["Content-Language"] == "id"
    answer = citra.get(f"{MEMBERS}/x", **{"Accept-Language": "fr;q=0.3, en-GB;q=0.9"})
    assert answer.headers["Content-Language"] == "en"
    assert citra.get(f"{MEMBERS}/x", **{"Accept-Language": "*"}).headers["Content-Language"] == "id"


def test_the_list_is_narrowed_by_business_and_time_and_ordered_by_it(citra: Program) -> None:
    later = registered(citra, registered_on="2020-05-01")
    earlier = registered(citra, registered_on="2019-05-01")
    assert numbers(citra.get(f"{MEMBERS}?order=since")) == [earlier, later]
    first = citra.get(f"{MEMBERS}?order=since&limit=1").json()
    assert [item["number"] for item in first["items"]] == [earlier]
    assert numbers(citra.get(f"{MEMBERS}?order=since&limit=1&cursor={first['next']}")) == [later]
    assert numbers(citra.get(f"{MEMBERS}?least_days=99999")) == []
    assert numbers(citra.get(f"{MEMBERS}?entry=licensed")) == []
    assert set(wrong_fields(citra.get(f"{MEMBERS}?entry=apa"))) == {"entry"}
    assert citra.get(f"{MEMBERS}?order=acak").status_code == 422
