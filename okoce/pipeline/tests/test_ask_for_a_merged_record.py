"""The number of a record that was merged leads programs to the surviving one, within the caller's scope and no further."""

from typing import Any

import pytest

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.models import Evidence
from tests.callers import MEMBERS, SYSTEM, Program, anis_program, budis_program, citras_program
from tests.cast import COBLONG

pytestmark = pytest.mark.django_db
PATHS = ("", "/journey")


def merged(keep: Member, *absorbed: Member) -> Member:
    for record in absorbed:
        merge_members(SYSTEM, keep, record)
    return Member.objects.get(pk=keep.pk)


def assert_reads_as_nobody(caller: Program, number: str, path: str) -> None:
    answer, nobody = caller.get(f"{MEMBERS}/{number}{path}"), caller.get(f"{MEMBERS}/OK-99999999-4{path}")
    assert answer.status_code == 404
    assert {**answer.json(), "instance": ""} == {**nobody.json(), "instance": ""}


@pytest.mark.parametrize("path", PATHS)
def test_the_old_number_leads_to_the_surviving_record(path: str) -> None:
    old = member_with()
    kept = merged(member_with(), old)
    ani = anis_program()
    answer = ani.get(f"{MEMBERS}/{old.number.lower()}{path}")
    assert (answer.status_code, answer["Location"]) == (301, f"{MEMBERS}/{kept.number}{path}")
    assert answer.json() == {
        "number": kept.number,
        "merged_from": old.number,
        "detail": f"Catatan {old.number} sudah digabung ke catatan {kept.number}.",
    }
    assert "no-store" in answer["Cache-Control"]
    followed: Any = ani.get(answer["Location"])
    assert (followed.status_code, followed.json()["number"]) == (200, kept.number)


def test_a_chain_of_merges_leads_to_its_end_at_once() -> None:
    first, second, last = member_with(), member_with(), member_with()
    merged(second, first)
    merged(last, second)
    for old in (first, second):
        assert citras_program().get(f"{MEMBERS}/{old.number}")["Location"] == f"{MEMBERS}/{last.number}"


@pytest.mark.parametrize("path", PATHS)
def test_a_survivor_outside_of_the_scope_reads_as_nobody(path: str) -> None:
    old = member_with()
    merged(member_with(region=COBLONG), old)
    assert_reads_as_nobody(anis_program(), old.number, path)


@pytest.mark.parametrize("path", PATHS)
def test_a_survivor_within_the_scope_is_found_by_a_number_from_elsewhere(path: str) -> None:
    """The person is one whom the caller may see; the number is only an older one."""
    old = member_with()
    kept = merged(member_with(region=COBLONG), old)
    answer = budis_program().get(f"{MEMBERS}/{old.number}{path}")
    assert (answer.status_code, answer.json()["number"]) == (301, kept.number)


@pytest.mark.parametrize("path", PATHS)
def test_nobody_learns_of_a_merge_elsewhere(path: str) -> None:
    old = member_with()
    kept = merged(member_with(), old)
    for number in (old.number, kept.number):
        assert_reads_as_nobody(budis_program(), number, path)
    assert Program().get(f"{MEMBERS}/{old.number}{path}").status_code == 401


def test_evidence_for_a_merged_record_is_refused_and_nothing_is_written() -> None:
    old = member_with()
    merged(member_with(), old)
    answer = citras_program().post(
        f"{MEMBERS}/{old.number}/evidence", {"stage": "P2", "happened_on": "2018-03-01"}
    )
    assert answer.status_code == 409
    assert not Evidence.objects.exists()


def test_the_document_tells_of_it() -> None:
    paths = Program().get("/api/v1/openapi.json").json()["paths"]
    for path in PATHS:
        answer = paths[f"{MEMBERS}/{{number}}{path}"]["get"]["responses"]["301"]
        assert "Location" in answer["headers"]
        assert "content" in answer
