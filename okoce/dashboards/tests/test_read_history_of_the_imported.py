"""What a file says of somebody stands in her history: her stages, licence, business and jobs, in words."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.changes import change_labels
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import trail_of
from okoce.stages.p1_registration.imports.tests.members_files import SITI, import_rows

pytestmark = pytest.mark.django_db

WALKED = {
    **SITI, "p2_tanggal": "2018-03-01", "p3_tanggal": "2018-04-01", "p4_tanggal": "2018-05-01",
    "p4_jenis": "IUMK", "p4_nomor": "12/1.824/2018",
    "pekerja_saat_izin": "3", "komunitas": "mawar", "nama_usaha": "Kue Siti", "bidang_usaha": "kuliner",
    "mulai_usaha": "2015", "jumlah_pekerja": "0", "omzet_bulanan": "1,5 jt", "persetujuan_tanggal": "2018-02-02",
    "jenis_kelamin": "P",
}  # fmt: skip


@pytest.fixture(autouse=True)
def group() -> None:
    active_group("Mawar")


@pytest.fixture
def history_page(desk: Callable[[Actor], Client], ani: Actor) -> Callable[[], str]:
    def shown() -> str:
        return desk(ani).get(f"/anggota/{Member.objects.get().number}/riwayat").content.decode()

    return shown


def test_whoever_comes_in_by_a_file_has_its_stages_business_and_consent_in_her_history(
    history_page: Callable[[], str],
) -> None:
    import_rows(WALKED)
    page = history_page()
    for told in (
        "tanggal P2", "1 Maret 2018", "tanggal P4", "nomor izin", "12/1.824/2018", "pekerja saat izin", "Mawar", "Kue Siti",
        "mulai usaha", "tanggal persetujuan", "2 Februari 2018", "Perempuan",
    ):  # fmt: skip
        assert told in page
    assert "pekerja saat mendaftar" in page  # none is a number, too


def test_what_a_later_file_adds_or_contradicts_stands_there_in_words(history_page: Callable[[], str]) -> None:
    import_rows(SITI | {"jenis_kelamin": "P"})
    import_rows(WALKED | {"jenis_kelamin": "L"})
    page = history_page()
    assert "nomor izin" in page
    assert "Perempuan" in page
    assert "Laki-laki" in page
    assert "female" not in page
    assert "business_since" not in page
    assert "Mawar" in page


def test_every_name_that_an_import_uses_is_known() -> None:
    import_rows(SITI)
    import_rows(WALKED)
    labels = change_labels()
    told = {
        name
        for line in trail_of(Member._meta.label_lower, [Member.objects.get().pk])
        for name in line.changes
    }
    assert told <= labels.keys()
