"""What belongs to whoever walks, and who serves where: made anew for each walk."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from okoce.community.centres.models import Centre
from okoce.community.centres.tests.factories import opened_centre
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.terms import Term
from okoce.community.members.models import Member
from okoce.community.privacy.actions.breaches import Told, note_breach
from okoce.community.privacy.models import Breach
from okoce.dashboards.people.actions import ask_export
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import EmergencyAccess
from okoce.pipeline.actions.evidence_batches import EvidenceForMany, start_evidence_batch
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.stages.p1_registration.imports.actions import upload_members_file
from tests.cast import SENEN, SYSTEM, account_of, officer
from tests.house.pages import Keys
from tests.house.partnered import STRANGER


def exported_by(user_id: int) -> int:
    """A file that waits to be made, of somebody who may have one."""
    author = officer("x", "petugas_kecamatan", Scope(region=SENEN), user_id)
    return ask_export(author, "", "csv", "semua anggota", "Undangan pelatihan").pk


def batch_by(user_id: int, member: Member) -> int:
    """Evidence for many that waits to be handed in, of somebody who may."""
    author = officer("x", "petugas_kecamatan", Scope(region=SENEN), user_id)
    given = GivenEvidence(stage=2, happened_on=date(2018, 3, 1))
    return start_evidence_batch(author, EvidenceForMany(key="a", given=given, numbers={member.pk: ""})).pk


def imported_by(user_id: int) -> int:
    """An upload that waits, of somebody who may import."""
    author = officer("x", "petugas_kecamatan", Scope(region=SENEN), user_id)
    return upload_members_file(
        author, [f"nama;telepon;kode_wilayah\n{STRANGER};081299990000;32.73.02\n".encode()], "asep.csv"
    ).pk


def served(group: Group) -> None:
    """Let somebody chair the komunitas, which has a centre."""
    chair = account_of(Actor(label=f"ketua {group.name}"))
    appoint_officer(SYSTEM, group, chair.email or "", Term("chair", date(2018, 1, 2)))
    opened_centre(group, f"Pusat {group.name}", group.region)


def officer_of(group_id: int | None) -> int:
    """Whoever chairs it."""
    return Officer.objects.get(group_id=group_id).pk


def centre_of(group_id: int | None) -> int:
    """Its centre."""
    return Centre.objects.get(group_id=group_id).pk


def emergency_past() -> int:
    """One that somebody opened for herself, and that has run out."""
    then = timezone.now() - timedelta(days=2)
    with transaction.atomic(), opened_by(SYSTEM):
        return EmergencyAccess.objects.create(
            user_id=98,
            role="akses_darurat",
            region=SENEN,
            reason="Laporan penipuan, petugasnya sakit",
            opened_since=then,
            until=then + timedelta(minutes=30),
        ).pk


def breached() -> None:
    """Something got out, and somebody opened an emergency."""
    told = Told(title="Laptop hilang", what="Tertinggal di bus", data="Nama", noticed_since=timezone.now())
    note_breach(SYSTEM, told)
    emergency_past()


def data_keys() -> Keys:
    """What addresses of the data office name that belongs to no person."""
    return {
        "breach_id": lambda: first_of(Breach.objects.all()),
        "emergency_id": lambda: first_of(EmergencyAccess.objects.all()),
    }


def first_of(rows: QuerySet[Any]) -> int:
    """The number of the first of them."""
    return rows.order_by("id").values_list("pk", flat=True)[0]
