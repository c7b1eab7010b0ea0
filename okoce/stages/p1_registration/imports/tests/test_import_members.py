"""People come in from a file: in full, once, with what later rows add; what contradicts is looked at by somebody."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.members.actions.entry import NIK_PURPOSE
from okoce.community.members.models import Business, DuplicateCandidate, Member
from okoce.community.members.tests.factories import new_member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotAllowed
from okoce.foundation.shared.keys import decrypt
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standing
from okoce.pipeline.recount import recount
from okoce.stages.p1_registration.actions import register_member
from okoce.stages.p1_registration.imports.tests.made_files import xlsx_file
from okoce.stages.p1_registration.imports.tests.members_files import (
    COBLONG,
    NIK,
    OTHER_NIK,
    SENEN,
    SITI,
    SYSTEM,
    completed,
    file_of,
    import_rows,
    imported,
    snapshot,
)

pytestmark = pytest.mark.django_db

WALKED = {
    "p2_tanggal": "2018-03-01", "p3_tanggal": "2018-04-01", "p4_tanggal": "2018-05-01", "p4_jenis": "IUMK",
    "p4_nomor": "12/1.824/2018", "pekerja_saat_izin": "3",
}  # fmt: skip


def days_of(member: Member) -> dict[int, date]:
    return dict(
        StageRecord.objects.filter(member=member).order_by("stage").values_list("stage", "completed_on")
    )


def queue() -> list[tuple[str, str]]:
    return list(DuplicateCandidate.objects.order_by("reason", "field").values_list("reason", "field"))


class TestANewPerson:
    def test_comes_in_with_everything_that_belongs_to_her(self, citra: Actor) -> None:
        group = active_group("Mawar")
        row = {
            **SITI, **WALKED, "nik": NIK, "jenis_kelamin": "P", "tanggal_lahir": "1 Juli 1990", "komunitas": "mawar",
            "nama_usaha": "Kue Siti", "mulai_usaha": "2015", "jumlah_pekerja": "2", "omzet_bulanan": "1,5 jt",
            "persetujuan_tanggal": "2018-02-02", "status_kerja": "usaha", "email": "siti@contoh.id", "sumber": "teman",
        }  # fmt: skip
        assert (import_rows(row, actor=citra).counts.new, Member.objects.count()) == (1, 1)
        member = Member.objects.get()
        assert (member.name, member.name_key, member.phone) == (
            "Siti Aminah",
            "siti aminah",
            "+6281234567890",
        )
        assert decrypt(NIK_PURPOSE, member.nik_encrypted) == NIK.encode()
        assert (member.region, member.group_id, member.consent_on) == ("31.71.04", group.pk, date(2018, 2, 2))
        assert (member.sex, member.birth_on, member.source) == ("female", date(1990, 7, 1), "teman")
        assert (member.business.entry_state, member.business.workers, member.business.monthly_turnover) == (
            "trading", 2, 1_500_000,
        )  # fmt: skip
        assert member.residences.count() == 0
        assert member.memberships.get().group_id == group.pk
        assert set(member.consents.values_list("purpose", "witnessed_by")) == {
            ("programme", citra.user_id),
            ("contact", citra.user_id),
        }
        assert days_of(member) == {
            1: date(2018, 2, 1),
            2: date(2018, 3, 1),
            3: date(2018, 4, 1),
            4: date(2018, 5, 1),
        }

    def test_has_verified_evidence_of_the_importing_officer_for_each_later_stage(self, citra: Actor) -> None:
        import_rows({**SITI, **WALKED}, actor=citra)
        proofs = Evidence.objects.order_by("stage")
        assert [(p.stage, p.state, p.origin, p.decided_by) for p in proofs] == [
            (stage, "verified", "import", citra.label) for stage in (2, 3, 4)
        ]
        assert (proofs[2].kind, proofs[2].number) == ("IUMK", "12/1.824/2018")
        jobs = JobStatement.objects.get()
        assert (jobs.stated_on, jobs.workers, jobs.level) == (date(2018, 5, 1), 3, "claimed")
        assert {record.rule_code for record in StageRecord.objects.all()} == {"7pas-2018"}

    def test_is_counted_at_once(self) -> None:
        import_rows({**SITI, **WALKED}, {**SITI, "nama": "Budi", "telepon": "0811111111"})
        assert completed("31.71.04") == [2, 1, 1, 1, 0, 0, 0]
        assert completed("31.71.04", date(2018, 3, 31)) == [2, 1, 0, 0, 0, 0, 0]
        assert Standing.objects.count() == 5
        assert recount() == []

    def test_has_one_audit_row_whose_personal_part_only_her_key_opens(self, citra: Actor) -> None:
        import_rows({**SITI, "nik": NIK}, actor=citra)
        event = Event.objects.get(kind="registration.member_imported")
        member = Member.objects.get()
        assert (event.subject_id, event.author, event.author_user_id) == (
            member.pk,
            citra.label,
            citra.user_id,
        )
        assert b"Siti" not in bytes(event.changes)
        line = history_of(citra, member)[0]
        assert line.changes["name"] == [None, "Siti Aminah"]
        assert line.changes["nik"] == [None, "3171••••••••0001"]
        assert member.number in line.sentence

    @pytest.mark.parametrize(
        ("given", "day"),
        [
            ({"tanggal_daftar": "2018-05-05", "persetujuan_tanggal": "2018-06-01"}, date(2018, 5, 5)),
            (
                {"tanggal_daftar": "", "persetujuan_tanggal": "2020-06-01", "p2_tanggal": "2020-07-01"},
                date(2020, 6, 1),
            ),
            (
                {"tanggal_daftar": "", "p3_tanggal": "2020-08-01", "p2_tanggal": "2020-07-01"},
                date(2020, 7, 1),
            ),
        ],
    )
    def test_is_registered_on_the_best_known_day(self, given: dict[str, str], day: date) -> None:
        import_rows({**SITI, **given})
        assert Member.objects.get().registered_on == day
        assert days_of(Member.objects.get())[1] == day

    def test_is_registered_today_where_no_day_is_known(self) -> None:
        import_rows({**SITI, "tanggal_daftar": ""})
        assert Member.objects.get().registered_on == today_wib()

    @pytest.mark.parametrize(
        ("given", "state"),
        [
            ({}, "none"),
            ({"nama_usaha": "Kue"}, "none"),
            ({"nama_usaha": "Kue", "mulai_usaha": "2017-01-01"}, "trading"),
            ({"nama_usaha": "Kue", "mulai_usaha": "2018-06-01"}, "none"),
            ({"status_kerja": "wiraswasta"}, "trading"),
            ({"nib": "1234567890123"}, "licensed"),
            ({"nib": "1234567890123", "p4_tanggal": "2020-06-01", "p4_jenis": "NIB", **COBLONG}, "none"),
            ({"p4_tanggal": "2017-06-01", **COBLONG}, "licensed"),
        ],
    )
    def test_has_the_business_that_she_came_with(self, given: dict[str, str], state: str) -> None:
        import_rows({**SITI, **given})
        assert Business.objects.get().entry_state == state

    def test_comes_from_a_workbook_or_an_old_windows_file_just_as_well(self) -> None:
        header = ["No", "NAMA LENGKAP", "No. HP/WA", "L/P", "Kec.", "Kab/Kota", "Tgl Daftar"]
        book = xlsx_file(
            ["Daftar anggota 2018"],
            [],
            header,
            [1, "Siti Aminah", "081234567890", "P", "Senen", "Jakpus", date(2018, 2, 1)],
        )
        assert imported(book).counts.new == 1
        text = (
            ";".join(header)
            + "\r\n"
            + "2;José Pérez;0812 1111 1111;L;Kec. Senen;Jakarta Pusat;17 Agustus 2018\r\n"
        )
        file = file_of()
        file = type(file)(text.encode("cp1252"))
        assert imported(file).counts.new == 1
        assert list(Member.objects.order_by("id").values_list("name", "sex", "registered_on")) == [
            ("Siti Aminah", "female", date(2018, 2, 1)), ("José Pérez", "male", date(2018, 8, 17)),
        ]  # fmt: skip


class TestTheSameFileAgain:
    def test_adds_nobody_and_changes_nothing(self) -> None:
        group = active_group("Mawar")
        rows = [
            {
                **SITI,
                **WALKED,
                "nik": NIK,
                "komunitas": group.name,
                "persetujuan_tanggal": "2018-02-02",
                "nama_usaha": "Kue",
            },
            {**SITI, "nama": "Budi", "telepon": "0811111111"},
            {**SITI, "jenis_kelamin": "P", "tanggal_lahir": "1990-07-01"},
            {**SITI, "tanggal_lahir": "1991-07-01"},
            {**SITI, "nama": "Siti Aminahh", "p2_tanggal": "2018-03-01"},
        ]
        first = import_rows(*rows)
        assert (first.counts.new, first.counts.known, first.counts.queued) == (3, 2, 2)
        before = snapshot()
        again = import_rows(*rows)
        assert (again.counts.new, again.counts.known, again.counts.queued) == (0, 5, 0)
        assert snapshot() == before

    def test_adds_nobody_after_a_merge_either(self) -> None:
        rows = [{**SITI, "nik": NIK}, {**SITI, "nama": "Siti Aminahh", "telepon": "081234567891"}]
        import_rows(*rows)
        kept, absorbed = Member.objects.order_by("id")
        merge_members(SYSTEM, kept, absorbed)
        again = import_rows(*rows)
        assert (again.counts.new, again.counts.known) == (0, 2)
        assert Member.objects.counted().get().pk == kept.pk


@pytest.mark.parametrize("chunk_rows", [1, 10])
class TestRowsOfOnePerson:
    """The border of a chunk makes no difference."""

    def test_are_one_person_by_nik_or_by_phone_and_name(self, chunk_rows: int) -> None:
        result = import_rows(
            {**SITI, "nik": NIK},
            {**SITI, "nama": "Hj. SITI  AMINAH"},
            {**SITI, "nik": NIK, "telepon": ""},
            {**SITI, "nama": "Budi"},
            chunk_rows=chunk_rows,
        )
        assert (result.counts.new, result.counts.known) == (2, 2)
        assert Member.objects.count() == 2  # a family shares a telephone

    def test_fill_blanks_and_add_stages_and_never_overwrite(self, chunk_rows: int) -> None:
        result = import_rows(
            {**SITI, "alamat": "Jl. Kwitang 1"},
            {
                **SITI,
                "nik": NIK,
                "jenis_kelamin": "P",
                "nama_usaha": "Kue",
                "jumlah_pekerja": "2",
                "p2_tanggal": "2018-03-01",
            },
            {
                **SITI,
                "alamat": "Jl. Lain 9",
                "nama_usaha": "Roti",
                "p2_tanggal": "2018-03-05",
                "p3_tanggal": "2018-04-01",
            },
            chunk_rows=chunk_rows,
        )
        assert (result.counts.new, result.counts.known, result.counts.queued) == (1, 2, 3)
        member = Member.objects.get()
        assert (member.address, member.sex, member.nik_masked) == (
            "Jl. Kwitang 1",
            "female",
            "3171••••••••0001",
        )
        assert (member.business.name, member.business.workers) == ("Kue", 2)
        assert days_of(member) == {1: date(2018, 2, 1), 2: date(2018, 3, 1), 3: date(2018, 4, 1)}
        assert queue() == [
            ("contradiction", "alamat"), ("contradiction", "nama_usaha"), ("contradiction", "p2_tanggal"),
        ]  # fmt: skip
        assert recount() == []

    def test_with_two_niks_are_queued_and_keep_the_first(self, chunk_rows: int) -> None:
        import_rows({**SITI, "nik": NIK}, {**SITI, "nik": OTHER_NIK}, chunk_rows=chunk_rows)
        assert Member.objects.get().nik_masked.endswith("0001")
        assert queue() == [("contradiction", "nik")]

    def test_where_nik_and_phone_mean_two_people_follow_the_nik_and_queue_both(self, chunk_rows: int) -> None:
        result = import_rows(
            {**SITI, "nik": NIK, "telepon": ""},
            SITI,
            {**SITI, "nik": NIK, "p2_tanggal": "2018-03-01"},
            chunk_rows=chunk_rows,
        )
        assert (result.counts.new, result.counts.known) == (2, 1)
        with_nik, with_phone = Member.objects.order_by("id")
        assert with_nik.phone is None
        assert set(days_of(with_nik)) == {1, 2}
        pair = DuplicateCandidate.objects.get()
        assert (pair.reason, pair.first_id, pair.second_id) == (
            "nik_and_phone_disagree",
            with_nik.pk,
            with_phone.pk,
        )

    def test_that_are_close_are_both_counted_and_queued(self, chunk_rows: int) -> None:
        result = import_rows(
            {**SITI, "tanggal_lahir": "1990-07-01"},
            {**SITI, "nama": "Siti Aminahh"},
            {**SITI, "telepon": "0813333333", "tanggal_lahir": "1990-07-01"},
            {**SITI, "nama": "Bambang"},
            chunk_rows=chunk_rows,
        )
        assert (result.counts.new, result.counts.queued) == (4, 2)
        assert queue() == [("same_name_and_birth_date", ""), ("same_phone_similar_name", "")]


class TestAKnownPerson:
    def test_gets_what_was_missing_with_one_audit_row(self, ani: Actor) -> None:
        register_member(
            ani, new_member(name="Siti Aminah", phone="081234567890", registered_on=date(2018, 2, 1))
        )
        import_rows({**SITI, **WALKED, "jenis_kelamin": "P"})
        member = Member.objects.get()
        assert (member.sex, set(days_of(member))) == ("female", {1, 2, 3, 4})
        assert member.consents.count() == 1  # the consent that was given stays as it was given
        event = Event.objects.get(kind="registration.member_supplemented")
        assert (
            event.payload["fields"] == "sex, p2_tanggal, p3_tanggal, p4_tanggal, p4_nomor, pekerja_saat_izin"
        )
        assert completed("31.71.04") == [1, 1, 1, 1, 0, 0, 0]
        assert recount() == []

    def test_is_not_touched_where_the_row_says_nothing_new(self, ani: Actor) -> None:
        register_member(
            ani, new_member(name="Siti Aminah", phone="081234567890", registered_on=date(2018, 2, 1))
        )
        before = snapshot()
        assert import_rows(SITI).counts.known == 1
        assert snapshot() == before

    def test_elsewhere_is_not_altered_but_the_claim_is_queued(self, ani: Actor, budi: Actor) -> None:
        import_rows({**SITI, **COBLONG}, actor=budi)
        result = import_rows({**SITI, "jenis_kelamin": "P"}, actor=ani)
        assert result.counts.known == 1
        assert Member.objects.get().sex == ""
        assert queue() == [("contradiction", "kecamatan")]

    def test_elsewhere_gets_no_stage_from_here(self, ani: Actor, budi: Actor) -> None:
        import_rows({**SITI, **COBLONG}, actor=budi)
        before = snapshot()
        result = import_rows({**SITI, "p2_tanggal": "2018-03-01"}, actor=ani)
        assert "di luar wilayah tugas" in result.only_refusal()[2]
        assert snapshot() == before


def test_a_komunitas_is_found_by_name_or_code_when_it_takes_members() -> None:
    group = active_group("Komunitas Mawar")
    applied_group("Melati")
    result = import_rows(
        {**SITI, "komunitas": "KOMUNITAS MAWAR"},
        {**SITI, "nama": "Budi", "komunitas": group.code.lower()},
        {**SITI, "nama": "Cici", "komunitas": "Melati"},
    )
    assert (result.counts.new, result.counts.refused) == (2, 1)
    assert set(Member.objects.values_list("group_id", flat=True)) == {group.pk}


def test_a_dry_run_counts_the_same_and_writes_nothing() -> None:
    rows = [
        {**SITI, **WALKED},
        {**SITI, "nama": "Siti Aminahh"},
        {**SITI, "telepon": "12"},
        SITI,
        {**SITI, "alamat": "Jl. 1"},
    ]
    before = snapshot()
    tried = import_rows(*rows, dry_run=True)
    assert snapshot() == before
    assert import_rows(*rows).counts == tried.counts


def test_nobody_writes_evidence_without_the_door() -> None:
    import_rows({**SITI, **WALKED})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.author', '', true)")
    with pytest.raises(DatabaseError, match="nobody has said who writes"), transaction.atomic():
        Evidence.objects.update(note="x")


def test_an_officer_without_the_right_imports_nothing(dewi: Actor) -> None:
    with pytest.raises(NotAllowed):
        import_rows(SITI, actor=dewi)
    assert not Member.objects.exists()


def test_everybody_of_one_import_lives_where_the_row_says() -> None:
    import_rows(
        SITI,
        {**SITI, "nama": "Budi", **COBLONG},
        {**SITI, "nama": "Cici", "kode_wilayah": "317104", "kecamatan": ""},
    )
    assert completed("31")[0] == 2
    assert completed("32.73.02")[0] == 1
    assert SENEN["kecamatan"] == "Senen"
