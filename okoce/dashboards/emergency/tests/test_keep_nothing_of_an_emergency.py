"""What is written within an emergency brings nobody within a grant that the officer keeps when it is over."""

import pytest

from okoce.community.groups.actions.memberships import join_group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.actions.paper_consents import PaperConsent, note_paper_consent
from okoce.community.members.actions.residences import correct_residence, move_member
from okoce.community.members.consenting import Named
from okoce.community.members.models import Consent, Member
from okoce.community.members.states import ConsentPurpose
from okoce.community.partners.queries.referrals import person_to_send
from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.actions import Anchors, grant_role, open_emergency
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_session
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer

pytestmark = pytest.mark.django_db
WHY = "Laporan penipuan atas nama anggota di Senen, petugasnya sakit"


@pytest.fixture
def rini(db: None) -> User:
    """She serves at the secretariat for West Java alone; the data officer is there to be told."""
    account_of(officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12))
    return account_of(officer("rini", "sekretariat", Scope(region="32"), 21))


@pytest.fixture
def siti(db: None) -> Member:
    return registered(name="Siti", phone="081234567890")


def opened(user: User, *, may_write: bool = False) -> None:
    open_emergency(actor_for_session(user), SENEN, WHY, may_write=may_write)


def given(user: User, role: str, **anchors: object) -> None:
    grant_role(SYSTEM, user, role, Anchors(**anchors))  # type: ignore[arg-type]  # one of its fields


def test_nobody_is_moved_to_where_she_serves(rini: User, siti: Member) -> None:
    opened(rini, may_write=True)
    actor, today = actor_for_session(rini), today_wib()
    with pytest.raises(Refused, match="Selama akses darurat"):
        move_member(actor, siti, region=COBLONG, moved_on=today, address="Jalan Dago 1")
    with pytest.raises(Refused, match="Selama akses darurat"):
        correct_residence(actor, siti, region=COBLONG)
    siti.refresh_from_db()
    assert (siti.region, siti.address) == (SENEN, "")
    assert not Event.objects.filter(
        kind__in=("members.member_moved", "members.residence_corrected", "members.member_corrected")
    ).exists()
    assert move_member(actor, siti, region="31.73.01", moved_on=today).region == "31.73.01"


def test_nobodys_phone_is_changed_so_that_another_signs_in(rini: User, siti: Member) -> None:
    opened(rini, may_write=True)
    actor = actor_for_session(rini)
    with pytest.raises(Refused, match="nomor HP orang di sana tidak bisa diganti"):
        correct_member(actor, siti, Correction(phone="081399990000"))
    siti.refresh_from_db()
    assert siti.phone == "+6281234567890"
    assert not Event.objects.filter(kind="members.member_corrected").exists()
    assert correct_member(actor, siti, Correction(phone="081234567890", email="siti@contoh.id")).changed == (
        "email",
    )


def test_nobody_joins_a_komunitas_of_hers(rini: User, siti: Member) -> None:
    hers, another = active_group("Hers"), active_group("Another")
    given(rini, "pengurus_komunitas", group_id=hers.pk)
    opened(rini, may_write=True)
    actor, today = actor_for_session(rini), today_wib()
    with pytest.raises(Refused, match="Selama akses darurat"):
        join_group(actor, siti, hers.pk, today)
    siti.refresh_from_db()
    assert siti.group_id is None
    assert join_group(actor, siti, another.pk, today).group_id == another.pk


def test_nobody_is_sent_to_or_by_a_mitra_of_hers(rini: User, siti: Member) -> None:
    hers = active_partner("Bank Maju")
    given(rini, "kontak_mitra", partner_id=hers.pk)
    assert person_to_send(SYSTEM, siti.number, ()) == siti
    opened(rini)
    with pytest.raises(NotFound):
        person_to_send(actor_for_session(rini), siti.number, (hers.pk,))


def test_no_consent_is_noted_for_a_mitra_of_hers(rini: User, siti: Member) -> None:
    hers, another = active_partner("Bank Maju"), active_partner("Bank Lain")
    given(rini, "kontak_mitra", partner_id=hers.pk)
    opened(rini, may_write=True)
    actor = actor_for_session(rini)

    def noted(partner_id: int, name: str) -> Consent:
        told = PaperConsent(
            purpose=ConsentPurpose.SHARE_BANK, given_on=today_wib(), named=Named(partner_id, name)
        )
        return note_paper_consent(actor, siti, told)

    with pytest.raises(Refused, match="Selama akses darurat"):
        noted(hers.pk, "Bank Maju")
    assert not Consent.objects.filter(member=siti, partner_id=hers.pk).exists()
    assert noted(another.pk, "Bank Lain").partner_id == another.pk
