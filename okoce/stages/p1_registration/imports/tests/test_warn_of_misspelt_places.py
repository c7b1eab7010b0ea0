"""A place that is misspelt and can mean one only, or has a code of before, is taken; the report says what it was read as."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.imports.engine import Options, import_members
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.refusals import Warned
from okoce.stages.p1_registration.models import Import
from tests.cast import KEBAYORAN_BARU
from tests.pages import page, words

pytestmark = pytest.mark.django_db
HEADER = "nama;telepon;kab_kota;kec\n"
READ_AS = "“Kebayoran Barru” dibaca sebagai “Kebayoran Baru, Kota Jakarta Selatan, DKI Jakarta”."
FILE = (
    HEADER
    + "Siti;081234567801;Jakarta Selatan;Kebayoran Barru\n"
    + "Budi;081234567802;Jaksel;Kec. Kebayoran Baru\n"
)


@pytest.fixture
def user(db: None) -> User:
    made = create_user(
        Actor.system("test"), NewUser(name="ani", email="ani@okoce.test", password="kata-sandi-panjang")
    )
    grant_role(Actor.system("test"), made, "petugas_kecamatan", Anchors(region=KEBAYORAN_BARU))
    return made


def imported(user: User, text: str) -> Import:
    actor = actor_for_user(user)
    work = actions.upload_members_file(actor, [text.encode()], "anggota.csv")
    actions.start_import(actor, work.pk)
    runs.run(work.pk)
    work.refresh_from_db()
    return work


def test_the_row_is_taken_and_the_report_says_what_it_was_read_as(client: Client, user: User) -> None:
    work = imported(user, FILE)
    assert (work.new, work.refused, work.warned) == (2, 0, 1), "usual spellings are no mistakes"
    assert set(Member.objects.values_list("name", "region")) == {
        ("Siti", KEBAYORAN_BARU),
        ("Budi", KEBAYORAN_BARU),
    }
    lines = queries.warnings_path(actor_for_user(user), work.pk).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"2;kec;{READ_AS};Bila bukan itu yang dimaksud")
    client.force_login(user)
    section = page(client.get(f"/impor/{work.pk}")).select_one("section[aria-labelledby=h-warned]")
    assert READ_AS in words(section)


def test_many_of_them_are_one_kind_of_warning(user: User) -> None:
    rows = "".join(
        f"Siti {n};0812345{n:05d};Jakarta Selatan;Kebayoran Ba{'rru' if n % 2 else 'ruu'}\n"
        for n in range(20)
    )
    work = imported(user, HEADER + rows)
    assert (work.new, work.warned) == (20, 20)
    assert list(work.warned_kinds.values()) == [20]


def test_a_code_of_before_is_taken_and_the_report_says_what_it_was_read_as() -> None:
    """The kecamatan of Merauke lie in Papua Selatan since 2022."""
    text = (
        "nama;telepon;kode_wilayah\n"
        "Siti;081234567801;91.01.01\nBudi;081234567802;910101\nAni;081234567803;93.01.01\nEko;081234567804;31.71.04\n"
    )
    warned: list[Warned] = []
    table = open_table(io.BytesIO(text.encode()), "anggota.csv")
    counts = import_members(
        Actor.system("test"), table, Options(), note=lambda _sum, chunk, _line: warned.extend(chunk.warnings)
    )
    assert (counts.new, counts.refused) == (4, 0)
    assert dict(Member.objects.values_list("name", "region")) == {
        "Siti": "93.01.01", "Budi": "93.01.01", "Ani": "93.01.01", "Eko": "31.71.04",
    }  # fmt: skip
    assert [line for line, _warnings in warned] == [2, 3]
    [[one], [other]] = [warnings for _line, warnings in warned]
    assert one == other
    assert one.column == "kode_wilayah"
    assert one.reason.startswith("Kode lama “91.01.01” dibaca sebagai “93.01.01, Merauke, ")
    assert one.suggestion.startswith("Bila bukan itu yang dimaksud")


def test_what_may_be_several_is_refused_as_before(user: User) -> None:
    work = imported(user, HEADER + "Siti;081234567801;;Kebayoran Barru\n")
    assert (work.new, work.refused, work.warned) == (0, 1, 0)
    assert not Member.objects.exists()


def test_the_command_counts_it_among_its_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], user: User
) -> None:
    path = tmp_path / "anggota.csv"
    path.write_text(FILE, encoding="utf-8")
    call_command("import_members", str(path), "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["taken"], told["refused"]) == (2, 0)
    assert told["warned"] == 1
    assert [kind["column"] for kind in told["warnings"]] == ["kecamatan"]
