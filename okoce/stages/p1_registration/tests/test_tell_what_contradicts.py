"""What an officer or a program tells of a known person is held against her record by the same rule as a row of a file."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from okoce.community.members.actions.entry import NewMember
from okoce.community.members.actions.reviews import settle_contradiction
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import new_member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.pipeline.queries.duplicates import contradiction_of
from okoce.stages.p1_registration.actions import register_member
from okoce.stages.p1_registration.imports.tests.members_files import import_rows
from tests.cast import COBLONG

NIK, OTHER_NIK = "3171044107900001", "3171044107900002"
SITI: dict[str, Any] = {
    "name": "Siti Aminah",
    "phone": "081234567890",
    "nik": NIK,
    "birth_on": date(1990, 7, 1),
    "sex": "female",
    "work_status": "usaha",
    "address": "Jalan Kwitang 1",
    "business_name": "Kue",
    "business_workers": 2,
}
# The same in a file.
COLUMNS = {
    "name": "nama", "phone": "telepon", "nik": "nik", "birth_on": "tanggal_lahir", "sex": "jenis_kelamin",
    "work_status": "status_kerja", "address": "alamat", "business_name": "nama_usaha", "business_workers": "jumlah_pekerja",
}  # fmt: skip
TOLD_OTHERWISE = [
    ({"name": "Budi Santoso", "phone": "081300000000", "birth_on": date(1985, 1, 1)}, {"nama", "telepon", "tanggal_lahir"}),
    ({"nik": OTHER_NIK}, {"nik"}),
    ({"birth_on": date(1991, 7, 1)}, {"tanggal_lahir"}),
    ({"address": "Jalan Lain 9", "business_name": "Roti", "business_workers": 3}, {"alamat", "nama_usaha", "jumlah_pekerja"}),
    ({"sex": "male", "work_status": "bekerja"}, {"jenis_kelamin", "status_kerja"}),
    ({"name": "siti aminah", "address": "jalan  kwitang 1", "sex": ""}, set()),
]  # fmt: skip

pytestmark = pytest.mark.django_db


def queued() -> set[str]:
    return set(DuplicateCandidate.objects.filter(reason="contradiction").values_list("field", flat=True))


def as_row(told: dict[str, Any]) -> dict[str, str]:
    cells = {COLUMNS[name]: str(value) for name, value in told.items()}
    cells["jenis_kelamin"] = {"female": "P", "male": "L", "": ""}[told["sex"]]
    return {
        **cells,
        "kode_wilayah": "31.71.04",
        "tanggal_daftar": "2018-01-01",
        "persetujuan_tanggal": "2018-01-01",
    }


@pytest.mark.parametrize(("otherwise", "fields"), TOLD_OTHERWISE)
def test_the_same_is_queued_as_from_a_file(ani: Actor, otherwise: dict[str, Any], fields: set[str]) -> None:
    register_member(ani, new_member(**SITI))
    before = Member.objects.values().get()
    for _sent in range(2):
        registration = register_member(ani, new_member(**SITI | otherwise))
        assert (registration.is_new, registration.awaits_review) == (False, bool(fields))
    assert queued() == fields
    assert Member.objects.values().get() == before
    told = Event.objects.filter(kind="members.contradiction_queued").values_list("payload__field", flat=True)
    assert sorted(told) == sorted(fields)
    import_rows(as_row(SITI | otherwise))
    assert queued() == fields
    assert DuplicateCandidate.objects.count() == len(fields)


@pytest.mark.parametrize(("otherwise", "fields"), TOLD_OTHERWISE)
def test_a_file_queues_what_the_desk_does(otherwise: dict[str, Any], fields: set[str]) -> None:
    import_rows(as_row(SITI), as_row(SITI | otherwise))
    assert queued() == fields


def test_both_values_stand_in_her_history(ani: Actor) -> None:
    register_member(ani, new_member(**SITI))
    register_member(ani, new_member(**SITI | {"name": "Budi Santoso", "address": "Jalan Lain 9"}))
    candidate = DuplicateCandidate.objects.get(field="nama")
    told = contradiction_of(ani, candidate)
    assert (told.stored, told.came) == ("Siti Aminah", "Budi Santoso")


def test_a_nik_is_told_masked(ani: Actor) -> None:
    register_member(ani, new_member(**SITI))
    register_member(ani, new_member(**SITI | {"nik": OTHER_NIK}))
    [line] = [one for one in history_of(ani, Member.objects.get()) if "nik" in one.changes]
    assert line.changes["nik"] == [None, "3171••••••••0002"]


def test_what_was_settled_does_not_wait_again(ani: Actor, citra: Actor) -> None:
    register_member(ani, new_member(**SITI))
    again = new_member(**SITI | {"address": "Jalan Lain 9"})
    register_member(ani, again)
    settle_contradiction(citra, DuplicateCandidate.objects.get())
    assert not register_member(ani, again).awaits_review
    assert DuplicateCandidate.objects.get().state == "different"


def test_the_day_on_which_it_was_sent_contradicts_no_day(ani: Actor) -> None:
    register_member(ani, new_member(**SITI))
    on_another_day: NewMember = replace(new_member(**SITI), registered_on=date(2019, 5, 1))
    assert not register_member(ani, replace(on_another_day, is_day_told=False)).awaits_review
    assert queued() == set()
    assert register_member(ani, on_another_day).awaits_review
    assert queued() == {"tanggal_daftar"}


def test_of_somebody_elses_member_only_the_claim_is_queued_and_nothing_is_told(
    ani: Actor, budi: Actor
) -> None:
    register_member(budi, new_member(**SITI | {"region": COBLONG}))
    registration = register_member(
        ani, new_member(**SITI | {"name": "Budi Santoso", "birth_on": date(1985, 1, 1)})
    )
    assert (registration.member, registration.awaits_review) == (None, False)
    assert queued() == {"kecamatan"}


def test_where_nik_and_phone_mean_two_the_phone_is_no_contradiction(ani: Actor) -> None:
    register_member(ani, new_member(**SITI))
    register_member(ani, new_member(name="Aminah", phone="081377778888"))
    register_member(ani, new_member(**SITI | {"name": "Aminah", "phone": "081377778888"}))
    assert queued() == {"nama"}
    assert DuplicateCandidate.objects.filter(reason="nik_and_phone_disagree").count() == 1
