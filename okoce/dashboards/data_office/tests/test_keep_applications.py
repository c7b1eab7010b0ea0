"""How long what is left of public applications is kept stands in the registers, with what its jobs would touch now."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.groups.actions.groups import ask_group, refuse_group
from okoce.community.groups.jobs import forget_applicants as forget_founders
from okoce.community.groups.models import Group
from okoce.community.groups.tests.founders import applied as group_applied
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.organisations.models import Filed
from okoce.community.partners.actions.partners import ask_partner, refuse_partner
from okoce.community.partners.jobs import forget_applicants as forget_speakers
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.applicants import applied as partner_applied
from okoce.dashboards.data_office.registers import record_of_processing, retention_dry_run
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM, officer

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=200)
CONTACTS = (
    "Kontak pendiri komunitas yang pengajuannya ditolak atau berakhir",
    "Kontak mitra yang pengajuannya ditolak, ditarik, atau berakhir",
)
UNFINISHED = (
    "Pengajuan komunitas yang menunggu dilengkapi, sebelum berakhir",
    "Pengajuan mitra yang menunggu dilengkapi, sebelum berakhir",
)


@pytest.fixture
def left(citra: Actor) -> None:
    """Of each kind one that was refused long ago, and one whose question nobody answered."""
    refuse_group(citra, group_applied(name="Ditolak"), "Tidak.")
    ask_group(citra, group_applied(), "Di mana?")
    refuse_partner(citra, partner_applied(name="Ditolak"), "Tidak.")
    ask_partner(citra, partner_applied(), "Mana aktanya?")
    with transaction.atomic(), opened_by(SYSTEM):
        for table in (Group, Partner):
            table.objects.update(state_on=today_wib() - LONG_AGO)


def over() -> dict[str, tuple[str, int]]:
    return {one.what: (one.kept_for, one.over) for one in retention_dry_run()}


def test_the_dry_run_says_what_the_jobs_then_do(left: None) -> None:
    told = over()
    assert [told[what] for what in CONTACTS] == [("180 hari", 1)] * 2
    assert [told[what] for what in UNFINISHED] == [("60 hari", 1)] * 2
    for _time in range(2):
        forget_founders()
        forget_speakers()
    # what ended just now keeps its contact for the term from today on
    assert [over()[what][1] for what in (*CONTACTS, *UNFINISHED)] == [0, 0, 0, 0]
    assert Group.objects.filter(state="refused", application__founder_phone="-").count() == 1
    assert Partner.objects.filter(state="refused", proposal__contact_phone="-").count() == 1
    assert (Group.objects.count(), Partner.objects.count()) == (2, 2)


def test_the_data_officer_reads_it_at_her_desk(left: None, desk: Callable[[Actor], Client]) -> None:
    indah = officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)
    shown = drawn(desk(indah).get("/data-pribadi/penyimpanan"))
    assert all(what in shown for what in (*CONTACTS, *UNFINISHED))


def test_the_record_says_of_which_rows_the_term_is_and_that_the_rest_stays() -> None:
    kept = {one.table: one.kept_for for one in record_of_processing()}
    assert "180 hari" in kept["groups.Application"]
    assert "selebihnya selama menjadi anggota" in kept["groups.Application"]
    assert "180 hari" in kept["partners.Proposal"]
    assert kept["organisations.Filed"] == "30 hari"
    assert kept["members.Member"] == "selama menjadi anggota, atau sampai dihapus"


def test_who_applied_is_counted_under_a_keyed_hash_alone(left: None) -> None:
    counted = Filed.objects.order_by("id").values_list("applies", flat=True)
    assert list(counted) == ["group", "group", "partner", "partner"]
    assert all(len(bytes(one.phone_hash)) == 32 for one in Filed.objects.all())
