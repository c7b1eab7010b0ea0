"""The refused rows of an import are read a page at a time, however many there are, from where the page before ended."""

from typing import Any

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.stages.p1_registration.imports import actions, engine, queries, runs, said
from okoce.stages.p1_registration.imports.purging import purge_old_files
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.imports.tests.members_files import SITI, file_of
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState
from tests.pages import next_page, page, words
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
HEADER = "nama;telepon;kode_wilayah;alamat\n"
# A cell of several lines, a sign that keeps cells apart, a quote, a formula, a row that is too long.
ROWS = [
    'Joko;{n};31.71.04;"Jl. Mawar\n{n}; RT ""2"""\n',
    "=Rumus{n};08123456{n:04d};31.71.04;Jl. Melati\n",
    "Wati;{n};31.71.04;Jl. Anggrek;lebih;\n",
]


def checked(user: User, rows: int) -> Import:
    actor = actor_for_user(user)
    text = HEADER + "".join(ROWS[number % 3].format(n=number + 10) for number in range(rows))
    work = actions.upload_members_file(actor, [text.encode()], "anggota.csv")
    actions.check_import(actor, work.pk)
    runs.check(work.pk)
    work.refresh_from_db()
    assert work.refused == rows
    return work


def test_page_after_page_shows_every_refused_row_once(client: Client, user: User) -> None:
    work = checked(user, 50)
    client.force_login(user)
    address, lines, pages = f"/impor/{work.pk}", [], 0
    while address:
        answer = client.get(address)
        section = page(answer).select_one("section[aria-labelledby=h-refused]")
        reasons, listed = section.select("table")
        assert sum(int(words(row.select_one("td"))) for row in reasons.select("tbody tr")) >= 50
        lines += [words(row.select_one("th")) for row in listed.select("tbody tr")]
        address, pages = next_page(answer), pages + 1
    assert pages == 3
    assert len(lines) == len(set(lines)) == 50
    assert lines == sorted(lines, key=int)


def test_a_page_reads_no_more_than_it_shows(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    work = checked(user, 300)
    read = []
    monkeypatch.setattr(said, "unguard", lambda cell: read.append(cell) or cell)
    first = queries.refused_rows(actor_for_user(user), work.pk)
    size = UPLOADS.path_of(work.rejects_as).stat().st_size
    assert len(read) == 4 * said.SHOWN_ROWS
    assert first.next_after < size / 10
    monkeypatch.undo()
    later = queries.refused_rows(actor_for_user(user), work.pk, first.next_after)
    assert not {row.line for row in first.rows} & {row.line for row in later.rows}
    assert sum(count for _kind, count in later.kinds) >= 300


@pytest.mark.parametrize("shift", [-3, 1, 40, 10**9])
def test_an_address_that_leads_into_a_row_leads_to_the_first(user: User, shift: int) -> None:
    work = checked(user, 30)
    first = queries.refused_rows(actor_for_user(user), work.pk)
    odd = queries.refused_rows(actor_for_user(user), work.pk, first.next_after + shift)
    assert odd == first


def test_every_byte_of_the_file_may_stand_in_the_address(user: User) -> None:
    work = checked(user, 25)
    path = UPLOADS.path_of(work.rejects_as)
    begins = set()
    for after in range(path.stat().st_size + 2):
        read = said.read_said(path, {}, after)
        assert all(row.line.isdigit() for row in read.rows)
        if not read.is_first:
            begins.add(int(read.rows[0].line))
    assert begins == set(range(3, 27))  # every row but the first, which is the second of its file


def test_three_hundred_refused_rows_cost_as_many_queries_as_three(client: Client, user: User) -> None:
    few, many = checked(user, 3), checked(user, 300)
    client.force_login(user)
    client.get(f"/impor/{few.pk}")
    counts = [len(statements(lambda work=work: client.get(f"/impor/{work.pk}"))) for work in (few, many)]
    assert counts[0] == counts[1]


def test_reasons_are_counted_by_rows_and_a_run_counts_anew(user: User) -> None:
    actor = actor_for_user(user)
    wrong = [{**SITI, "nama": f"Budi {n}", "telepon": str(n), "jenis_kelamin": "?"} for n in range(12, 24)]
    work = actions.upload_members_file(actor, [file_of(SITI, *wrong).getvalue()], "anggota.csv")
    for ask, do in ((actions.check_import, runs.check), (actions.start_import, runs.run)):
        ask(actor, work.pk)
        do(work.pk)
        work.refresh_from_db()
        assert sorted(work.refused_kinds.values()) == [12, 12]
    assert work.warned_kinds == {}


def test_a_reason_is_counted_once_a_row_whatever_it_quotes() -> None:
    kinds = said.count_kinds([["“a” salah.", "“b” salah."], ["“c” salah.", "Kosong."]])
    assert dict(kinds) == {"“…” salah.": 2, "Kosong.": 1}
    assert said.frequent(kinds, 1) == [("“…” salah.", 2)]


def test_what_was_counted_goes_with_the_files(user: User) -> None:
    work = checked(user, 3)
    Import.objects.filter(pk=work.pk).update(created_at="2020-01-01T00:00:00Z")
    purge_old_files()
    work.refresh_from_db()
    assert work.refused_kinds == {}


def test_an_import_that_goes_on_counts_no_row_twice(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = actor_for_user(user)
    wrong = [{**SITI, "nama": f"Budi {n}", "telepon": str(n)} for n in range(12, 32)]
    work = actions.upload_members_file(actor, [file_of(*wrong).getvalue()], "anggota.csv")
    actions.start_import(actor, work.pk)
    monkeypatch.setattr(engine, "FIRST_ROWS", 5)
    noted = runs._note_progress
    calls = iter([noted])

    def once(*told: Any) -> None:
        next(calls)(*told)

    monkeypatch.setattr(runs, "_note_progress", once)
    with pytest.raises(StopIteration):
        runs.run(work.pk)
    monkeypatch.setattr(runs, "_note_progress", noted)
    work.refresh_from_db()
    assert list(work.refused_kinds.values()) == [5]
    runs.run(work.pk)
    work.refresh_from_db()
    assert (work.state, work.refused, list(work.refused_kinds.values())) == (ImportState.DONE, 20, [20])
    assert len(set(UPLOADS.path_of(work.rejects_as).read_text().splitlines())) == 21
