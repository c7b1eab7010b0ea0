"""A file whose needed columns have headers that nobody knows is taken, and waits until somebody says which they are."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.imports.purging import purge_old_files
from okoce.stages.p1_registration.imports.reading import FileRefused, open_table
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.imports.tests.made_files import xlsx_file
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState
from tests.cast import SENEN
from tests.pages import page, refusal, words

pytestmark = pytest.mark.django_db
TITLE = "Data warga Senen, 2018\n;;;\n"
HEADER = "Sebutan;Sambungan;Wilayah tinggal;Tilpon rumah\n"
ROWS = "Siti Aminah;081234567890;31.71.04;\nBudi;081234567891;31.71.04;021-555\n"
TEXT = TITLE + HEADER + ROWS
CHOSEN = {"column-0": "nama", "column-1": "telepon", "column-2": "kode_wilayah", "column-3": ""}


def officer(name: str) -> User:
    system = Actor.system("test")
    made = create_user(system, NewUser(name=name, email=f"{name}@okoce.test", password="kata-sandi-panjang"))
    grant_role(system, made, "petugas_kecamatan", Anchors(region=SENEN))
    return made


@pytest.fixture
def user(db: None) -> User:
    return officer("ani")


def uploaded(user: User, text: str = TEXT) -> Import:
    return actions.upload_members_file(actor_for_user(user), [text.encode()], "warga.csv")


def test_a_file_without_one_known_header_is_mapped_column_by_column_and_imported(
    client: Client, user: User
) -> None:
    client.force_login(user)
    answer = client.post("/impor", {"file": SimpleUploadedFile("warga.csv", TEXT.encode())})
    work = Import.objects.get()
    assert (answer.url, work.state, work.mapping) == (f"/impor/{work.pk}", ImportState.UNCLEAR, {})
    shown = page(client.get(answer.url))
    section = shown.select_one("section[aria-labelledby=h-columns]")
    told = words(section.select_one(".notice"))
    assert all(part in told for part in ("nama", "telepon atau NIK", "kecamatan atau kode wilayah"))
    assert [words(title) for title in section.select("h3")] == ["Belum dibaca"]
    assert section.select_one("details") is None
    assert [words(cell) for cell in section.select("td:last-child")] == [
        "Siti Aminah, Budi",
        "081234567890, 081234567891",
        "31.71.04",
        "021-555",
    ]
    assert client.post(f"{answer.url}/kolom", CHOSEN)["Location"] == answer.url
    work.refresh_from_db()
    assert work.state == ImportState.UPLOADED
    client.post(f"{answer.url}/mulai")
    runs.run(work.pk)
    work.refresh_from_db()
    assert (work.state, work.new, work.refused) == (ImportState.DONE, 2, 0)
    assert set(Member.objects.values_list("name", "phone")) == {
        ("Siti Aminah", "+6281234567890"),
        ("Budi", "+6281234567891"),
    }


@pytest.mark.parametrize("step", ["mulai", "periksa"])
def test_it_does_not_start_before_what_is_needed_was_chosen_and_says_what_is_missing(
    client: Client, user: User, step: str
) -> None:
    work = uploaded(user, "Nama;Sambungan;Kec\nSiti;081234567890;Senen\n")
    client.force_login(user)
    said = refusal(client.post(f"/impor/{work.pk}/{step}"), 422)
    assert said == (
        "Belum diketahui kolom mana yang berisi telepon atau NIK. Pilih artinya di bawah, lalu simpan."
    )
    work.refresh_from_db()
    assert (work.state, work.started_at) == (ImportState.UNCLEAR, None)
    assert not Event.objects.filter(kind="registration.import_asked").exists()
    runs.run(work.pk)
    assert not Member.objects.exists()


def test_a_choice_that_leaves_something_missing_is_told_and_kept_on_the_page(
    client: Client, user: User
) -> None:
    work = uploaded(user)
    client.force_login(user)
    shown = page(client.post(f"/impor/{work.pk}/kolom", CHOSEN | {"column-2": ""}), 422)
    assert "kecamatan atau kode wilayah" in words(shown.select_one("[role=alert]"))
    assert shown.select_one("select[name=column-0] option[selected]")["value"] == "nama"
    work.refresh_from_db()
    assert (work.state, work.mapping) == (ImportState.UNCLEAR, {})


def test_each_meaning_is_given_once(client: Client, user: User) -> None:
    work = uploaded(user)
    client.force_login(user)
    said = refusal(client.post(f"/impor/{work.pk}/kolom", CHOSEN | {"column-3": "telepon"}), 422)
    assert (
        said
        == "“Sambungan” dan “Tilpon rumah” sama-sama berarti “Telepon (HP atau WA)”. Pilih satu, dan lewati yang lain."
    )
    work.refresh_from_db()
    assert work.state == ImportState.UNCLEAR


def test_two_headers_of_one_meaning_are_chosen_between(client: Client, user: User) -> None:
    work = uploaded(user, "nama;No. HP;No. WA;kode_wilayah\nSiti;021-7654321;081234567890;31.71.04\n")
    assert work.state == ImportState.UNCLEAR
    client.force_login(user)
    assert "“No. HP” dan “No. WA”" in words(
        page(client.get(f"/impor/{work.pk}")).select_one("#h-columns ~ .notice")
    )
    with pytest.raises(Refused, match="sama-sama berarti “Telepon"):
        actions.start_import(actor_for_user(user), work.pk)
    actions.choose_columns(actor_for_user(user), work.pk, {1: "", 2: "telepon"})
    actions.start_import(actor_for_user(user), work.pk)
    runs.run(work.pk)
    assert Member.objects.get().phone == "+6281234567890"


def test_what_she_chose_is_proposed_for_the_same_headers_to_her_alone(client: Client, user: User) -> None:
    first = uploaded(user)
    actions.choose_columns(actor_for_user(user), first.pk, {0: "nama", 1: "telepon", 2: "kode_wilayah"})
    again = uploaded(
        user, "No;Sambungan;Sebutan;Wilayah tinggal;Tilpon rumah\n1;081234567892;Wati;31.71.04;\n"
    )
    assert again.state == ImportState.UPLOADED
    assert again.mapping == {"Sambungan": "telepon", "Sebutan": "nama", "Wilayah tinggal": "kode_wilayah"}
    client.force_login(user)
    assert client.get(f"/impor/{again.pk}").text.count("Dipilih petugas.") == 3
    # what was passed over is told again
    assert "Tilpon rumah" in queries.columns_of(actor_for_user(user), again.pk).unread
    assert uploaded(officer("budi")).state == ImportState.UNCLEAR


def test_a_proposal_never_spoils_a_file_that_can_be_read_as_it_is(user: User) -> None:
    first = uploaded(user)
    actions.choose_columns(actor_for_user(user), first.pk, {0: "nama", 1: "telepon", 2: "kode_wilayah"})
    whole = uploaded(user, "Nama;Sebutan;HP;Kec\nSiti;Ibu;081234567890;Senen\n")
    assert (whole.state, whole.mapping) == (ImportState.UPLOADED, {})


TWO_PHONES = "nama;No. HP;No. WA;kode_wilayah\nSiti;021-7654321;081234567890;31.71.04\n"


def test_a_column_passed_over_in_one_file_is_read_in_another_where_it_stands_alone(user: User) -> None:
    first = uploaded(user, TWO_PHONES)
    actions.choose_columns(actor_for_user(user), first.pk, {1: "", 2: "telepon"})
    nik = "3171044101850003"
    alone = uploaded(user, f"nama;No. HP;NIK;kode_wilayah\nBudi;081234567891;{nik};31.71.04\n")
    assert (alone.state, alone.mapping) == (ImportState.UPLOADED, {})
    actions.start_import(actor_for_user(user), alone.pk)
    runs.run(alone.pk)
    assert Member.objects.get().phone == "+6281234567891"


def test_between_the_same_two_headers_she_is_asked_once_and_told_each_time(
    client: Client, user: User
) -> None:
    ani = actor_for_user(user)
    actions.choose_columns(ani, uploaded(user, TWO_PHONES).pk, {1: "", 2: "telepon"})
    for _again in range(2):
        again = uploaded(user, TWO_PHONES)
        assert (again.state, again.mapping) == (ImportState.UPLOADED, {"No. HP": "", "No. WA": "telepon"})
        assert "dilewati sesuai pilihan: “No. HP”" in queries.columns_of(ani, again.pk).unread
        client.force_login(user)
        shown = page(client.get(f"/impor/{again.pk}"))
        assert "dilewati sesuai pilihan: “No. HP”" in words(shown.select_one(".notice"))
        assert "Dilewati petugas." in words(shown.main)
    other = uploaded(user, TWO_PHONES.replace("No. WA", "Telepon"))
    assert other.state == ImportState.UNCLEAR


def test_the_last_word_on_a_header_is_the_one_that_counts(user: User) -> None:
    ani, header = actor_for_user(user), "Nama;Sebutan;HP;Alamat;Kec\n"
    row = "Siti;Ibu;081234567890;Jl. Mawar 1;Senen\n"
    actions.choose_columns(ani, uploaded(user, header + row).pk, {1: "sumber"})
    assert uploaded(user, header + row).mapping == {"Sebutan": "sumber"}
    actions.choose_columns(ani, uploaded(user, header + row).pk, {1: ""})
    last = uploaded(user, header + row)
    assert last.mapping == {}
    assert "Sebutan" in queries.columns_of(ani, last.pk).unread


def test_what_was_chosen_outlasts_the_file_and_what_was_passed_over_does_not(user: User) -> None:
    work = uploaded(user)
    actions.choose_columns(actor_for_user(user), work.pk, {0: "nama", 1: "telepon", 2: "kode_wilayah"})
    Import.objects.filter(pk=work.pk).update(created_at="2020-01-01T00:00:00Z")
    assert purge_old_files() == 1
    work.refresh_from_db()
    assert work.mapping == {"Sebutan": "nama", "Sambungan": "telepon", "Wilayah tinggal": "kode_wilayah"}
    assert uploaded(user).state == ImportState.UPLOADED


def test_a_workbook_is_mapped_on_the_sheet_that_was_shown(user: User) -> None:
    cover = [["Laporan"], ["Senen"]]
    file = xlsx_file(
        ["Sebutan", "Sambungan", "Wilayah tinggal"], ["Siti", 81234567890, "31.71.04"], Sampul=cover
    )
    work = actions.upload_members_file(actor_for_user(user), [file.getvalue()], "warga.xlsx")
    assert work.state == ImportState.UNCLEAR
    actions.choose_columns(actor_for_user(user), work.pk, {0: "nama", 1: "telepon", 2: "kode_wilayah"})
    actions.start_import(actor_for_user(user), work.pk)
    runs.run(work.pk)
    assert Member.objects.get().name == "Siti"


def test_a_header_with_a_nul_byte_can_be_chosen(user: User) -> None:
    work = uploaded(user, "Se\0butan;HP;Kode wilayah\nSiti;081234567890;31.71.04\n")
    actions.choose_columns(actor_for_user(user), work.pk, {0: "nama"})
    work.refresh_from_db()
    assert work.mapping["Se butan"] == "nama"


@pytest.mark.parametrize(
    "text",
    [
        "Siti;081234567890;Senen;Jakarta Pusat\nBudi;081234567891;Senen;Jakarta Pusat\n",  # data at once
        "Siti;17 Agustus 1990;Senen\nBudi;081234567891;Senen\n",
        "Siti;siti@contoh.id;Senen\nBudi;081234567891;Senen\n",
        "Sebutan;Sambungan;Tempat\n",  # nothing below shows that it is a header
        "Sebutan;Kesan;Pesan\nSiti;baik;semangat\n",
        "Sebutan;Sambungan\nSiti;081234567890\n",  # two columns can never do
        "sekadar catatan, bukan tabel, apa pun\nyang berlanjut di sini\n",
    ],
)
def test_what_has_no_row_like_a_header_is_refused_as_before(user: User, text: str) -> None:
    with pytest.raises(FileRefused, match="Tidak ada baris judul di 20 baris pertama"):
        uploaded(user, text)
    assert not Import.objects.exists()
    assert list(UPLOADS.folder().iterdir()) == []


@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_unknown_headers_are_found_below_title_lines(above: int) -> None:
    titles = [f"Kecamatan Senen;Tahun 2018;Judul {number}\n" for number in range(above)]
    text = "".join(titles) + HEADER + ROWS
    table = open_table(io.BytesIO(text.encode()), "warga.csv", is_to_be_whole=False)
    assert (table.columns.row, table.headers[0]) == (above + 1, "Sebutan")
    assert [row.cells[0] for row in table.rows()] == ["Siti Aminah", "Budi"]
