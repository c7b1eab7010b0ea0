"""Somebody under age comes in from a file, counted and with a warning; her consent alone is not taken over."""

from datetime import date

import pytest

from okoce.community.members.models import Consent, Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.stages.p1_registration.imports.tests.members_files import SITI, import_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("born", "agreed", "stands"),
    [
        ("2003-05-01", "2018-02-02", None),
        ("2000-02-03", "2018-02-02", None),  # of age tomorrow
        ("2000-02-02", "2018-02-02", date(2018, 2, 2)),
        ("2003-05-01", "2021-05-01", date(2021, 5, 1)),
        ("", "2018-02-02", date(2018, 2, 2)),
    ],
)
def test_a_minor_is_counted_with_a_warning_and_has_not_consented_yet(
    born: str, agreed: str, stands: date | None
) -> None:
    counts = import_rows({**SITI, "tanggal_lahir": born, "persetujuan_tanggal": agreed}).counts
    assert (counts.new, counts.warned) == (1, int(stands is None))
    assert Member.objects.get().consent_on == stands
    assert set(Consent.objects.values_list("given_on", flat=True)) == ({stands} if stands else set())


def test_a_later_row_does_not_bring_in_a_minors_consent_either() -> None:
    row = {**SITI, "tanggal_lahir": "2003-05-01"}
    counts = import_rows(row, {**row, "persetujuan_tanggal": "2018-02-02"}).counts
    assert (counts.new, counts.known) == (1, 1)
    assert not Consent.objects.exists()
    assert Member.objects.get().consent_on is None


def test_a_row_that_leaves_her_birth_date_out_does_not_either() -> None:
    minor = {**SITI, "tanggal_lahir": "2003-05-01"}
    agreed = {**SITI, "tanggal_lahir": "", "persetujuan_tanggal": "2018-02-02"}
    import_rows(minor)
    counts = import_rows(agreed).counts
    assert (counts.known, counts.warned) == (1, 1)
    assert not Consent.objects.exists()
    assert Member.objects.get().consent_on is None
    import_rows({**agreed, "persetujuan_tanggal": "2021-05-02"})  # she has come of age
    assert Member.objects.get().consent_on == date(2021, 5, 2)


def test_nor_one_of_the_same_file() -> None:
    counts = import_rows(
        {**SITI, "tanggal_lahir": "2003-05-01"},
        {**SITI, "tanggal_lahir": "", "persetujuan_tanggal": "2018-02-02"},
    ).counts
    assert (counts.new, counts.known, counts.warned) == (1, 1, 1)
    assert not Consent.objects.exists()
