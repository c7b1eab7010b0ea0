"""Two chunks are written at a time: the outcome is that of one after the other, whatever the rows, and wherever it stops."""

import random
import threading
import time
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from structlog.testing import capture_logs

from okoce.community.groups.models import Group
from okoce.community.members.models import Member
from okoce.community.members.states import PAPER_PURPOSES
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.members.tests.together import together
from okoce.foundation.shared.copying import ready_text
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.pipeline import tallies
from okoce.pipeline.models import TallySum
from okoce.pipeline.recount import recount
from okoce.pipeline.tallies import backlog, counts
from okoce.stages.p1_registration.imports import engine, writing
from okoce.stages.p1_registration.imports.chunks import ChunkResult
from okoce.stages.p1_registration.imports.engine import Counts, Options, import_members
from okoce.stages.p1_registration.imports.order import Order, RethoughtError, StoppedError, is_waited_for
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.roll import Roll
from okoce.stages.p1_registration.imports.tests.members_files import (
    COBLONG,
    SENEN,
    SYSTEM,
    file_of,
    import_rows,
    imported,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Everything that an import writes about a person, without the numbers of rows.
_STORY = """
SELECT m.name, m.nik_masked, m.phone, m.email, m.birth_on, m.sex, m.work_status, m.region, m.address, m.source, m.registered_on,
  m.consent_on, g.code, b.name, b.entry_state, b.workers,
  (SELECT array_agg((r.stage, r.completed_on, e.kind, e.number)::text ORDER BY r.stage) FROM pipeline_stagerecord r
   LEFT JOIN pipeline_evidence e ON e.id = r.evidence_id WHERE r.member_id = m.id),
  (SELECT array_agg((j.stated_on, j.workers)::text ORDER BY j.stated_on) FROM pipeline_jobstatement j WHERE j.member_id = m.id),
  (SELECT array_agg(s.group_id ORDER BY s.id) FROM groups_membership s WHERE s.member_id = m.id),
  (SELECT count(*) FROM members_consent c WHERE c.member_id = m.id),
  (SELECT array_agg((d.reason, d.field)::text ORDER BY d.reason, d.field) FROM members_duplicatecandidate d
   WHERE m.id IN (d.first_id, d.second_id)),
  (SELECT array_agg(v.kind ORDER BY v.id) FROM events_event v WHERE v.subject_id = m.id AND v.subject_type = 'members.member')
FROM members_member m LEFT JOIN members_business b ON b.member_id = m.id LEFT JOIN groups_group g ON g.id = m.group_id
ORDER BY m.id
"""


def story() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_STORY)
        return cursor.fetchall()


def messy_rows(seed: int, count: int = 60) -> list[dict[str, str]]:
    """A few people in many rows, who gain, repeat and contradict things from one row to the next."""
    chance = random.Random(seed)
    rows = []
    for _number in range(count):
        person = chance.randrange(12)
        row = {
            "nama": chance.choice([f"Siti Nomor {person}", f"Siti Nomor {person}", f"Siti Nomer {person}"]),
            "telepon": chance.choice([f"0812000000{person:02d}", f"0812000000{person:02d}", ""]),
            "nik": chance.choice([f"31710441079{person:02d}001", ""]),
            "tanggal_daftar": chance.choice(["01-02-2018", "", "02-02-2018"]),
            **chance.choice([SENEN, SENEN, COBLONG]),
            "email": chance.choice(["", "", f"siti{person}@contoh.id"]),
            "komunitas": chance.choice(["", "", "Komunitas Melati"]),
            "persetujuan_tanggal": chance.choice(["", "2018-02-01"]),
            "alamat": chance.choice(["", "Jl. Satu", "Jl. Dua"]),
            "p2_tanggal": chance.choice(["", "2018-03-01", "2018-03-02"]),
            "sumber": chance.choice(["", "teman"]),
        }
        if row["p2_tanggal"] and chance.random() < 0.5:
            row |= {"p3_tanggal": "2018-04-01"}
            if chance.random() < 0.5:
                row |= {
                    "p4_tanggal": "2018-05-01",
                    "p4_jenis": "IUMK",
                    "p4_nomor": f"{person}/X",
                    "pekerja_saat_izin": "2",
                }
        rows.append(row)
    return rows


@pytest.fixture
def melati() -> Group:
    return Group.objects.create(
        code="MELATI", name="Komunitas Melati", name_key="komunitas melati", state="active"
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_outcome_is_that_of_one_chunk_after_the_other(melati: Group, seed: int) -> None:
    content = file_of(*messy_rows(seed)).getvalue()
    size = 1 + seed % 4
    with transaction.atomic():  # which has one connection, and so one lane
        alone = imported(file_of_bytes(content), chunk_rows=size)
        expected = story()
        transaction.set_rollback(True)
    assert expected
    assert Member.objects.count() == 0
    both = imported(file_of_bytes(content), chunk_rows=size)
    assert both.counts == alone.counts
    assert both.refusals == alone.refusals
    assert story() == expected
    assert recount() == []


def test_a_known_person_who_gains_a_komunitas_and_a_consent_has_them_on_record(melati: Group) -> None:
    row = {"nama": "Siti Aminah", "telepon": "081234567890", **SENEN}
    imported(file_of(row))
    imported(file_of({**row, "komunitas": "Komunitas Melati", "persetujuan_tanggal": "2018-02-01"}))
    member = Member.objects.get()
    assert [one.group_id for one in member.memberships.all()] == [melati.pk] == [member.group_id]
    assert {one.purpose for one in member.consents.all()} == set(PAPER_PURPOSES)
    assert recount() == []


def test_nothing_after_a_chunk_that_fails_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(20)]

    def note(so_far: Counts, _result: ChunkResult, _line: int) -> None:
        if so_far.rows >= 6:
            raise Refused("the disk of the rejects file is full")

    with pytest.raises(Refused), open_table(file_of(*rows), "anggota.csv") as table:
        import_members(SYSTEM, table, Options(chunk_rows=2), note=note)
    assert Member.objects.count() == 6
    assert recount() == []


def test_who_is_asked_to_stop_stops_after_that_very_chunk() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(20)]
    with open_table(file_of(*rows), "anggota.csv") as table:
        counts = import_members(SYSTEM, table, Options(chunk_rows=2), go_on=lambda so_far: so_far.rows < 8)
    assert counts.rows == 8 == Member.objects.count()


def test_no_connection_is_left_open() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(20)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        before = cursor.fetchone()
        imported(file_of(*rows), chunk_rows=2)
        cursor.execute("SELECT pg_sleep(0.2)")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        assert cursor.fetchone() == before
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("import-")]


def test_a_chunk_that_fails_early_does_not_take_the_one_before_along(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(8)]
    failed = threading.Event()

    def ready(value: str) -> str:
        if value == "Siti 3":
            failed.set()
            raise ValueError("made up")
        return ready_text(value)

    monkeypatch.setattr(writing, "ready_text", ready)
    written: list[int] = []

    def note(_so_far: Counts, result: ChunkResult, _line: int) -> None:
        assert failed.wait(10)
        written.append(result.rows)

    with pytest.raises(ValueError, match="made up"), open_table(file_of(*rows), "anggota.csv") as table:
        import_members(SYSTEM, table, Options(chunk_rows=2), note=note)
    assert Member.objects.count() == sum(written) == 2
    assert recount() == []


def test_what_was_noted_of_a_chunk_that_fails_is_taken_back() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(4)]
    noted: list[int] = []

    def note(_so_far: Counts, result: ChunkResult, line: int) -> Any:
        noted.append(line)
        if len(noted) == 2:
            with connection.cursor() as cursor:  # found out at the commit only
                cursor.execute(
                    "INSERT INTO members_helper (member_id, user_id, purpose, from_on) VALUES (-1, 1, 'mentoring', now())"
                )
        return noted.pop

    with pytest.raises(IntegrityError), open_table(file_of(*rows), "anggota.csv") as table:
        import_members(SYSTEM, table, Options(chunk_rows=2), note=note)
    assert noted == [3]
    assert Member.objects.count() == 2


def test_a_dry_run_beside_an_import_of_the_same_people_ends() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(40)]
    orders = (rows, rows[::-1])
    results = together(
        2, lambda place: import_rows(*orders[place], chunk_rows=5, dry_run=place == 1).counts.taken
    )
    assert results == [40, 40]
    assert Member.objects.count() == 40


def test_whoever_waits_for_the_later_chunk_while_the_earlier_waits_for_him_is_let_through() -> None:
    """A circle that the database cannot see: the later chunk waits for the earlier one in the program."""
    siti, dewi = (
        {"nama": name, "telepon": phone, **SENEN}
        for name, phone in (("Siti", "0812000001"), ("Dewi", "0812000002"))
    )
    has_siti = threading.Event()

    def deed(place: int) -> Any:
        if place == 0:
            assert has_siti.wait(10)
            return import_rows(siti, dewi, chunk_rows=1).counts.new
        with transaction.atomic():
            import_rows(siti)
            has_siti.set()
            _wait_until_the_later_chunk_waits()
            taken = import_rows(dewi).counts.new
            transaction.set_rollback(True)
        return taken

    assert together(2, deed) == [2, 1]
    assert Member.objects.count() == 2


def _wait_until_the_later_chunk_waits() -> None:
    """The earlier one waits in the database for us; the later one is in a transaction and asks nothing of the database."""
    with connection.cursor() as cursor:
        for _look in range(500):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FILTER (WHERE wait_event_type = 'Lock') > 0"
                " AND count(*) FILTER (WHERE state = 'idle in transaction' AND query LIKE 'COPY pipeline_stagerecord%') > 0"
                " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("no chunk waits for the one before")


def test_a_chunk_sees_also_those_who_have_come_since_it_looked_first() -> None:
    def wait_for_it() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(4711); SELECT pg_advisory_unlock(4711)")
        connection.close()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(4711)")
        assert not is_waited_for()
        newcomer = threading.Thread(target=wait_for_it)
        newcomer.start()
        deadline = time.monotonic() + 10
        while not is_waited_for():
            assert time.monotonic() < deadline
    newcomer.join()


def test_imports_that_share_people_crosswise_end() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(48)]
    orders = (rows, rows[::-1], rows[24:] + rows[:24])
    results = together(3, lambda place: import_rows(*orders[place], chunk_rows=6).counts.taken)
    assert results == [48] * 3
    assert Member.objects.count() == 48
    assert recount() == []


def test_a_repair_beside_an_import_ends() -> None:
    rows = [
        {"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN, "p2_tanggal": "2018-03-01"}
        for n in range(60)
    ]
    import_rows(*rows[:30])

    def deed(place: int) -> Any:
        if place == 0:
            return import_rows(*rows, chunk_rows=4).counts.taken
        for _round in range(6):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pipeline_rebuild_tallies()")
        return None

    assert together(2, deed) == [60, None]
    assert recount() == []


class TestOrder:
    """The places of chunks, without any chunk."""

    def test_a_chunk_that_built_on_one_thought_through_anew_is_thought_through_anew_itself(self) -> None:
        order = Order(2)
        first, second = order.place(0), order.place(1)
        with first.thinking():
            first.settle(_roll())
        with second.thinking() as before:
            assert before is not None
            second.settle(_roll())
        with first.thinking():
            with pytest.raises(RethoughtError):
                second.await_commit()
            first.settle(_roll())
        first.commit()
        with second.thinking() as before:
            assert before is None  # committed: the database shows it
        second.await_commit()

    def test_a_stop_reaches_whoever_waits(self) -> None:
        order = Order(2)
        with order.place(0).thinking():
            pass
        waiting = order.place(5)
        threading.Timer(0.05, order.stop_after, [4]).start()
        with pytest.raises(StoppedError):
            waiting.await_commit()
        with pytest.raises(StoppedError), waiting.thinking():
            pass

    def test_reading_rests_while_somebody_thinks(self) -> None:
        order = Order(2)
        read = threading.Event()

        def reader() -> None:
            order.let_read()
            read.set()

        with order.place(0).thinking():
            threading.Thread(target=reader, daemon=True).start()
            assert not read.wait(0.1)
        assert read.wait(2)


def _roll() -> Roll:
    return Roll(engine.Gate(SYSTEM, {}).reach)


def file_of_bytes(content: bytes) -> Any:
    return type(file_of())(content)


def test_counts_are_folded_beside_the_last_chunk_and_the_rest_is_left_to_the_job() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(8)]
    import_rows(*rows, chunk_rows=2)
    assert TallySum.objects.filter(node="", stage=1).exists()
    assert counts("", today_wib()).stages[1].people == 8
    assert recount() == []


def test_a_fold_that_fails_is_told_and_spoils_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_half: int) -> None:
        raise DatabaseError("no room left")

    monkeypatch.setattr(tallies, "fold_half", fail)
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(8)]
    with capture_logs() as told:
        import_rows(*rows, chunk_rows=2)
    assert [entry["reason"] for entry in told] == ["no room left"] * 2
    assert counts("", today_wib()).stages[1].people == 8
    assert recount() == []


def test_much_that_is_left_is_folded_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "MOST_LEFT", 0)
    import_rows({"nama": "Siti", "telepon": "081200000001", **SENEN})
    assert backlog() == 0
    assert recount() == []
