"""What a file that waits offers: columns by their Indonesian names, the likely one chosen already, and nothing to start yet."""

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.stages.p1_registration.imports import actions
from okoce.stages.p1_registration.imports.column_names import COLUMN_NAMES
from okoce.stages.p1_registration.imports.spellings import COLUMNS
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState
from tests.pages import page, words

pytestmark = pytest.mark.django_db
# One header comes close to a known one; of the others the values tell; the last is a second telephone.
TEXT = (
    "Sebutan;Sambungan;Wilayah tinggal;Bidang ushaa;Tilpon rumah\n"
    "Siti Aminah;081234567890;31.71.04;kuliner;021-5550001\n"
    "Budi;081234567891;31.71.04;jasa;\n"
)


def uploaded(user: User, text: str = TEXT) -> Import:
    return actions.upload_members_file(actor_for_user(user), [text.encode()], "warga.csv")


def chosen(client: Client, work: Import) -> dict[str, str]:
    selects = page(client.get(f"/impor/{work.pk}")).select("select")
    marked = {one["name"]: one.select_one("option[selected]") for one in selects}
    return {name: one["value"] if one else "" for name, one in marked.items()}


def test_every_column_has_a_name_that_people_read() -> None:
    assert set(COLUMN_NAMES) == set(COLUMNS)
    assert not [name for name in map(str, COLUMN_NAMES.values()) if "_" in name]
    assert len(set(map(str, COLUMN_NAMES.values()))) == len(COLUMNS)


def test_the_meanings_are_offered_by_these_names(client: Client, user: User) -> None:
    client.force_login(user)
    offered = page(client.get(f"/impor/{uploaded(user).pk}")).select_one("select[name=column-0]")
    told = [words(one) for one in offered.select("option")]
    assert told == ["Lewati", *map(str, COLUMN_NAMES.values())]


def test_what_a_column_most_likely_holds_is_chosen_already_and_holds_once_it_is_saved(
    client: Client, user: User
) -> None:
    client.force_login(user)
    work = uploaded(user)
    offered = chosen(client, work)
    assert offered == {
        "column-0": "",
        "column-1": "telepon",
        "column-2": "kode_wilayah",
        "column-3": "bidang_usaha",
        "column-4": "",  # the telephone is found already
    }
    shown = words(page(client.get(f"/impor/{work.pk}")).main)
    assert "Judulnya mirip “Bidang usaha”." in shown
    assert "Isinya seperti “Telepon (HP atau WA)”." in shown
    work.refresh_from_db()
    assert (work.mapping, work.state) == ({}, ImportState.UNCLEAR)
    client.post(f"/impor/{work.pk}/kolom", offered | {"column-0": "nama"})
    work.refresh_from_db()
    assert work.state == ImportState.UPLOADED
    assert work.mapping["Wilayah tinggal"] == "kode_wilayah"


def test_nothing_is_offered_to_start_before_the_columns_are_clear(client: Client, user: User) -> None:
    client.force_login(user)
    work = uploaded(user)
    before = page(client.get(f"/impor/{work.pk}"))
    assert before.select(f"form[action='/impor/{work.pk}/mulai'], form[action$='/periksa']") == []
    assert before.select_one(f"form[action='/impor/{work.pk}/batal']") is not None
    client.post(f"/impor/{work.pk}/kolom", chosen(client, work) | {"column-0": "nama"})
    after = page(client.get(f"/impor/{work.pk}"))
    assert after.select_one(f"form[action='/impor/{work.pk}/mulai']") is not None
    assert after.select_one(f"form[action='/impor/{work.pk}/periksa']") is not None


def test_where_the_file_can_be_read_a_likeness_is_said_and_not_chosen(client: Client, user: User) -> None:
    client.force_login(user)
    work = uploaded(user, "Nama;HP;Kec;Bidang ushaa\nSiti;081234567890;Senen;kuliner\n")
    assert work.state == ImportState.UPLOADED
    assert chosen(client, work)["column-3"] == ""
    assert "Judulnya mirip “Bidang usaha”." in words(page(client.get(f"/impor/{work.pk}")).main)
