"""One call registers one person in full; wrong fields come back all at once, known persons unrevealed."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okoce.community.groups.models import Membership
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Consent, DuplicateCandidate, Member, Residence
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (autouse)
from okoce.foundation.accounts.actions import Anchors, revoke_token
from okoce.foundation.accounts.models import ApiToken
from okoce.foundation.events.models import Event
from okoce.pipeline import rules
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.models import StageRecord
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
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db

# Token, key, author, known or not, person, stage, trail, duplicates, answer. Within a test the author is taken back by one
# more, which a commit does by itself.
STATEMENTS = 9 + 1


@pytest.fixture
def ani() -> Program:
    return anis_program()


def test_a_person_is_registered_in_full(ani: Program) -> None:
    group = active_group("Mawar")
    answer = ani.register(
        person(
            name="Siti Rahayu",
            phone="0812-3456-7890",
            nik="3171045708900001",
            birth_on="1990-08-17",
            sex="female",
            work_status="usaha",
            email="siti@contoh.id",
            address="Jalan Kramat 1",
            group=group.code,
            source="bazar",
            consent={"witnessed": True, "given_on": "2018-01-02", "contact": True},
            business={
                "name": "Keripik Siti",
                "sector": "Kuliner",
                "workers": 2,
                "monthly_turnover": 4_500_000,
            },
        )
    )
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["stage"] == "P1"
    assert told["phone"] == "+6281234567890"
    assert told["region"]["path"] == "Senen, Kota Jakarta Pusat, DKI Jakarta"
    assert told["group"] == {"id": group.pk, "name": "Mawar"}
    assert told["business"]["workers"] == 2
    assert "570890" not in told["nik"], "a NIK is masked"
    member = Member.objects.get(number=told["number"])
    assert (member.region, Residence.objects.count()) == (SENEN, 0)
    assert Membership.objects.filter(member=member, group=group).count() == 1
    assert set(Consent.objects.filter(member=member).values_list("purpose", "witnessed_by")) == {
        ("programme", ani.user.pk),
        ("contact", ani.user.pk),
    }
    assert StageRecord.objects.get(member=member, stage=1).completed_on.isoformat() == "2018-01-02"
    assert (
        Event.objects.get(subject_id=member.pk, kind="registration.member_registered").author
        == f"user:{ani.user.pk}"
    )


def test_what_was_answered_is_what_is_read_afterwards(ani: Program) -> None:
    answer = ani.register(person(business={"name": "Warung", "nib": "1234567890123"})).json()
    notes = answer.pop("notes")
    assert notes == []
    assert ani.get(f"{MEMBERS}/{answer['number']}").json() == answer


def test_the_least_that_is_needed_is_enough(ani: Program) -> None:
    answer = ani.register({"name": "Siti", "nik": "3171045708900002", "region": "317104", "consent": True})
    assert answer.status_code == 201, answer.content
    assert answer.json()["consent_on"] == answer.json()["registered_on"]


@pytest.mark.parametrize(
    ("nik", "noted"),
    [
        ("3171049913900003", "bukan tanggal lahir"),
        ("9999994101850002", "99.99.99"),
        ("3171045608900001", "16-08-1990"),
        ("3171041708900001", "Jenis kelamin"),
    ],
)
def test_an_odd_nik_is_taken_and_noted(ani: Program, nik: str, noted: str) -> None:
    told = person(nik=nik, sex="female", birth_on="1985-01-01" if nik.startswith("9") else "1990-08-17")
    answer = ani.register(told)
    assert answer.status_code == 201, answer.content
    [note] = answer.json()["notes"]
    assert noted in note
    assert Member.objects.get().nik_masked == f"{nik[:4]}••••••••{nik[12:]}"


def test_the_spellings_of_the_members_file_are_understood(ani: Program) -> None:
    answer = ani.register(
        {
            "nama": "Siti Rahayu",
            "telepon": "081234567891",
            "provinsi": "DKI",
            "kabupaten": "Jakpus",
            "kecamatan": "Kec. Senen",
            "jenis_kelamin": "P",
            "tanggal_lahir": "1990-08-17",
            "tanggal_daftar": "2018-02-03",
            "status_kerja": "ibu rumah tangga",
            "nama_usaha": "Keripik",
            "jumlah_pekerja": 3,
            "persetujuan_tanggal": "2018-02-01",
        }
    )
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["sex"], told["work_status"]) == ("female", "mengurus_rumah")
    assert (told["region"]["code"], told["business"]["workers"]) == (SENEN, 3)
    assert (told["registered_on"], told["consent_on"]) == ("2018-02-03", "2018-02-01")


def test_a_corrected_place_is_said(ani: Program) -> None:
    answer = ani.register(person(region=None, regency="Jakarta Pusat", district="Senenn"))
    assert answer.status_code == 201, answer.content
    assert answer.json()["region"]["code"] == SENEN
    assert "Senen" in answer.json()["notes"][0]


def test_an_ambiguous_place_is_refused_with_its_candidates() -> None:
    answer = citras_program().register(person(region=None, district="Sukajaya"))
    errors = wrong_fields(answer)
    assert list(errors) == ["regency"] or list(errors) == ["district"]
    assert "(" in next(iter(errors.values())), "candidates come with their codes"
    assert Member.objects.count() == 0


def test_everything_wrong_is_said_at_once_under_the_names_that_were_sent(ani: Program) -> None:
    answer = ani.register(
        {
            "nama": "",
            "telepon": "12",
            "nik": "123",
            "region": "99.99.99",
            "birth_on": "1990-13-40",
            "sex": "banyak",
            "email": "siti",
            "group": "Tidak Ada",
            "registered_on": "2099-01-01",
            "business": {"workers": -1, "nib": "12", "hantu": 1},
            "hantu": 1,
        }
    )
    assert set(wrong_fields(answer)) == {
        "nama", "telepon", "nik", "region", "birth_on", "sex", "email", "group", "registered_on", "consent",
        "business.workers", "business.nib", "business.hantu", "hantu",
    }  # fmt: skip
    assert Member.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"consent": None}, "consent"),
        ({"consent": {"witnessed": False}}, "consent.witnessed"),
        ({"consent": {"given_on": "2018-01-01"}}, "consent.witnessed"),
        ({"consent": {"witnessed": True, "given_on": "2099-01-01"}}, "consent.given_on"),
        ({"phone": None}, "phone"),
        ({"phone": 81234567890}, "phone"),
        ({"name": "Siti\x00"}, "name"),
        ({"name": "x" * 5000}, "name"),
        ({"name": ["Siti"]}, "name"),
        ({"region": "31.71"}, "district"),
        ({"region": "31.71.04\x00"}, "region"),
        ({"region": None}, "district"),
        ({"village": "32.73.02.1001"}, "village"),
        ({"group": 10**30}, "group"),
        ({"group": 10**18}, "group"),
        ({"business": {"monthly_turnover": 10**40}}, "business.monthly_turnover"),
        ({"business": {"workers": "2"}}, "business.workers"),
        ({"business": []}, "business"),
        ({"birth_on": 631152000}, "birth_on"),
        ({"birth_on": "0001-01-01"}, "birth_on"),
        ({"registered_on": "2018-02-30"}, "registered_on"),
        ({"registered_on": "2018-02-03T00:00:00Z"}, "registered_on"),
        ({"nama": "Siti"}, "nama"),
    ],
)
def test_one_wrong_field_is_named(ani: Program, told: dict[str, Any], field: str) -> None:
    answer = ani.register(person(**told))
    assert list(wrong_fields(answer)) == [field]
    assert Member.objects.count() == 0


def test_somebody_outside_of_the_territory_is_refused(ani: Program) -> None:
    answer = ani.register(person(region=COBLONG))
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["field"] == "region"
    assert Member.objects.count() == 0


def test_two_grants_never_add_up_to_a_third() -> None:
    mawar, melati = active_group("Mawar"), active_group("Melati")
    both = program(
        ("penggerak", Anchors(group_id=mawar.pk)), ("petugas_kecamatan", Anchors(region=SENEN)), name="Eko"
    )
    assert both.register(person(region=SENEN, group=melati.pk)).status_code == 201, (
        "the kecamatan grant reaches her"
    )
    assert both.register(person(region=COBLONG, group=mawar.pk)).status_code == 201, (
        "the komunitas grant reaches her"
    )
    assert both.register(person(region=COBLONG, group=melati.pk)).status_code == 403
    assert both.register(person(region=COBLONG)).status_code == 403


def test_an_auditor_and_a_stranger_register_nobody() -> None:
    for caller in (program(("auditor", Anchors())), program()):
        assert caller.register(person()).status_code == 403
    assert Program().register(person()).status_code == 401
    assert Program("salah").register(person()).status_code == 401
    assert Member.objects.count() == 0


def test_a_known_person_is_answered_and_left_as_she_is(ani: Program) -> None:
    first = person(phone="081234567892", email="lama@contoh.id")
    number = ani.register(first).json()["number"]
    answer = ani.register({**first, "email": "baru@contoh.id"})
    assert answer.status_code == 200
    assert answer.json()["number"] == number
    assert answer.json()["member"]["email"] == "lama@contoh.id"
    assert Member.objects.get().email == "lama@contoh.id"


def test_what_contradicts_a_known_person_is_queued_and_said(ani: Program) -> None:
    first = person(phone="081234567892", nik="3171045708900003")
    ani.register(first)
    other = {**first, "name": "Lain Sekali", "phone": "081399998888"}
    for _sent in range(2):
        answer = ani.register(other)
        assert answer.status_code == 200
        assert "akan memeriksanya" in answer.json()["detail"]
    waiting = DuplicateCandidate.objects.order_by("field").values_list("field", flat=True)
    assert list(waiting) == ["nama", "telepon"]
    assert Member.objects.get().phone == "+6281234567892"


def test_a_known_person_elsewhere_is_not_revealed(ani: Program) -> None:
    nik = "3273025708900001"
    number = budis_program().register(person(name="Rahasia", region=COBLONG, nik=nik)).json()["number"]
    answer = ani.register(person(name="Lain Sekali", nik=nik))
    assert answer.status_code == 200
    assert answer.json()["number"] is None
    assert answer.json()["member"] is None
    text = answer.content.decode()
    assert number not in text
    assert "memeriksanya" not in text
    assert "Rahasia" not in text
    assert COBLONG not in text
    assert Member.objects.get().region == COBLONG


def test_somebody_merged_into_another_record_is_known_there(ani: Program) -> None:
    first, second, third = person(), person(nik="3171045708900004"), person()
    numbers = [ani.register(body).json()["number"] for body in (first, second, third)]
    keep, absorb, last = (Member.objects.get(number=number) for number in numbers)
    merge_members(SYSTEM, keep, absorb)
    merge_members(SYSTEM, last, Member.objects.get(pk=keep.pk))
    for body in (first, second, {**person(), "nik": second["nik"]}):
        answer = ani.register(body)
        assert (answer.status_code, answer.json()["number"]) == (200, last.number)
    assert Member.objects.count() == 3


def test_nik_and_phone_of_two_persons_wait_for_review(ani: Program) -> None:
    ani.register(person(nik="3171045708900003"))
    other = person()
    ani.register(other)
    answer = ani.register({**other, "nik": "3171045708900003"})
    assert answer.status_code == 200
    assert DuplicateCandidate.objects.filter(reason="nik_and_phone_disagree").count() == 1
    assert Member.objects.count() == 2


def statements_of(ani: Program, told: dict[str, Any]) -> list[str]:
    """What one registration sends; the test's own savepoints are left out."""
    with CaptureQueriesContext(connection) as captured:
        assert ani.register(told, key=str(told["phone"])).status_code == 201
    sent = [query["sql"] or "(a plan that is kept)" for query in captured]
    return [sql for sql in sent if "SAVEPOINT" not in sql]


def test_a_registration_costs_nine_statements_however_many_were_there_before(
    ani: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "REMEMBERED_SECONDS", 60.0)  # on a slow machine a second passes between two
    ani.register(person())  # reads the rules
    for _each in range(3):
        sent = statements_of(ani, person(business={"name": "Warung", "workers": 2}))
        assert len(sent) == STATEMENTS, sent


def test_the_server_has_a_plan_for_every_statement_of_a_registration(ani: Program) -> None:
    statements_of(ani, person())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        (before,) = cursor.fetchone()
        told = person(birth_on="1990-01-01", business={"workers": 100_000, "monthly_turnover": 2**40})
        statements_of(ani, told)
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (before,)
    assert before >= STATEMENTS - 1, "telling and taking back the author is one statement"


def test_a_token_counts_until_it_is_revoked(ani: Program) -> None:
    assert ani.get(MEMBERS).status_code == 200
    revoke_token(SYSTEM, ApiToken.objects.get(user=ani.user))
    assert ani.get(MEMBERS).status_code == 401


@pytest.mark.parametrize(("given_on", "counts"), [("2018-01-02", False), ("2026-01-02", True)])
def test_somebody_under_age_is_registered_and_her_consent_waits_for_her_guardian(
    ani: Program, given_on: str, counts: bool
) -> None:
    told = person(birth_on="2004-08-17", consent={"witnessed": True, "given_on": given_on})
    answer = ani.register(told)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert said["consent_on"] == (given_on if counts else None)
    assert any("orang tua atau walinya" in note for note in said["notes"]) is not counts
    assert Consent.objects.exists() is counts
    assert StageRecord.objects.get().stage == 1
