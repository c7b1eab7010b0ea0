"""The person says what a column of her file means, before it is imported; the dry run and the import read it so."""

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import NotFound, Refused, TransitionRefused
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.imports.headers import read_header
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState
from tests.cast import SENEN
from tests.pages import page

pytestmark = pytest.mark.django_db
# The second "Catatan" is the address; P2 says only "ya"; the phone is under a name that nobody knows.
TEXT = "nama,Sambungan,nik,kode_wilayah,Catatan,Catatan,P2,\nSiti,081234567890,3171044101850003,31.71.04,x,Jl. Mawar 1,ya,\n"
PHONE, NOTE, ADDRESS = 1, 4, 5


def officer(name: str) -> User:
    system = Actor.system("test")
    made = create_user(system, NewUser(name=name, email=f"{name}@okoce.test", password="kata-sandi-panjang"))
    grant_role(system, made, "petugas_kecamatan", Anchors(region=SENEN))
    return made


@pytest.fixture
def user(db: None) -> User:
    return officer("ani")


@pytest.fixture
def work(user: User) -> Import:
    return actions.upload_members_file(actor_for_user(user), [TEXT.encode()], "anggota.csv")


def chosen_on_page(client: Client, work: Import, status: int = 200) -> dict[str, str]:
    """What every column means according to the page."""
    selects = page(client.get(f"/impor/{work.pk}"), status).select("select")
    return {
        one["name"]: one.select_one("option[selected]")["value"] if one.select_one("option[selected]") else ""
        for one in selects
    }


def test_a_column_is_given_a_meaning_and_another_is_left_out(
    client: Client, user: User, work: Import
) -> None:
    client.force_login(user)
    stands = chosen_on_page(client, work)
    assert (stands["column-0"], stands["column-1"], stands["column-2"]) == ("nama", "", "nik")
    assert "column-7" not in stands  # it has no header
    told = stands | {"column-1": "telepon", "column-2": "", "column-5": "alamat"}
    assert client.post(f"/impor/{work.pk}/kolom", told)["Location"] == f"/impor/{work.pk}"
    assert chosen_on_page(client, work) == told
    client.post(f"/impor/{work.pk}/periksa")
    runs.check(work.pk)
    work.refresh_from_db()
    assert (work.state, work.new, work.refused) == (ImportState.CHECKED, 1, 0)
    client.post(f"/impor/{work.pk}/mulai")
    runs.run(work.pk)
    member = Member.objects.get()
    assert (member.phone, member.nik_masked, member.address) == ("+6281234567890", "", "Jl. Mawar 1")
    assert Event.objects.filter(kind="registration.import_columns_chosen").count() == 1


def test_columns_that_somebody_decided_about_are_no_longer_told_as_unknown(user: User, work: Import) -> None:
    ani = actor_for_user(user)
    assert "Sambungan" in queries.columns_of(ani, work.pk).unread
    actions.choose_columns(ani, work.pk, {PHONE: "telepon"})
    assert queries.columns_of(ani, work.pk).unread == ""


def test_a_dry_run_of_another_reading_is_forgotten(user: User, work: Import) -> None:
    ani = actor_for_user(user)
    actions.check_import(ani, work.pk)
    runs.check(work.pk)
    actions.choose_columns(ani, work.pk, {ADDRESS: "alamat"})
    work.refresh_from_db()
    assert (work.state, work.rows, work.new) == (ImportState.UPLOADED, 0, 0)
    actions.choose_columns(ani, work.pk, {ADDRESS: "alamat"})
    assert Event.objects.filter(kind="registration.import_columns_chosen").count() == 1


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"column-1": "nik"}, "sama-sama berarti “NIK”"),
        ({"column-0": ""}, "nama"),
        ({"column-2": ""}, "telepon atau NIK"),
        ({"column-1": "sepatu"}, "Pilihan ini tidak ada"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_chosen_is_lost(
    client: Client, user: User, work: Import, chosen: dict[str, str], said: str
) -> None:
    client.force_login(user)
    told = chosen_on_page(client, work) | {"column-5": "alamat"} | chosen
    answer = client.post(f"/impor/{work.pk}/kolom", told)
    shown = page(answer, 422)
    assert said in shown.select_one("#h-columns ~ .notice").text
    assert shown.select_one("select[name=column-5] option[selected]")["value"] == "alamat"
    work.refresh_from_db()
    assert work.mapping == {}


def test_nobody_chooses_for_somebody_elses_file_or_once_it_is_read(user: User, work: Import) -> None:
    ani, budi = actor_for_user(user), actor_for_user(officer("budi"))
    with pytest.raises(NotFound):
        actions.choose_columns(budi, work.pk, {PHONE: "telepon"})
    with pytest.raises(Refused):
        actions.choose_columns(ani, work.pk, {PHONE: "baris"})
    actions.start_import(ani, work.pk)
    with pytest.raises(TransitionRefused):
        actions.choose_columns(ani, work.pk, {PHONE: "telepon"})
    work.refresh_from_db()
    assert work.mapping == {}


def test_hundreds_of_unread_columns_are_folded_away(client: Client, user: User) -> None:
    names = ",".join(f"Kolom {number}" for number in range(497))
    text = f"nama,telepon,kode_wilayah,{names}\nSiti,081234567890,31.71.04{',x' * 497}\n"
    wide = actions.upload_members_file(actor_for_user(user), [text.encode()], "anggota.csv")
    client.force_login(user)
    shown = page(client.get(f"/impor/{wide.pk}"))
    folded = shown.select_one("section[aria-labelledby=h-columns] details")
    assert folded is not None
    assert not folded.has_attr("open")
    assert "497" in folded.select_one("summary").text
    assert len(shown.select("select")) == 3 + 200
    assert len([one for one in shown.select("select") if one.find_parent("details") is None]) == 3


def test_a_second_header_of_the_same_words_has_a_meaning_of_its_own() -> None:
    columns = read_header(1, ["nama", "Catatan", "Catatan"], {"Catatan": "", "Catatan (2)": "alamat"})
    assert columns.positions == {"nama": 0, "alamat": 2}
    assert columns.unknown == []
