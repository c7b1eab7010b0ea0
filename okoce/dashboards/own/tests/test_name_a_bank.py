"""She lets one bank see her data, and what of it; takes it back; and financial data is a consent of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.members.actions.own_consents import (
    Named,
    allow_named,
    choose_own_consents,
    withdraw_named,
)
from okoce.community.members.models import Consent, GuardianConsent, Helper, Member
from okoce.community.members.queries import may_see_finances
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.factories import active_partner
from okoce.community.privacy.actions.restrictions import restrict_own
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotFound, Refused
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
Desk = Callable[[Actor], Client]
PAGE, ALLOW = "/saya/data/izin", "/saya/data/izin/berbagi"


@pytest.fixture
def siti() -> Member:
    return registered(
        name="Siti Aminah", business_monthly_turnover=4_250_000, business_npwp="123456789012345"
    )


@pytest.fixture
def bank() -> Partner:
    return active_partner("Bank Maju", areas=(SENEN,))


def banker(bank: Partner) -> Actor:
    return Actor(label="user:30", user_id=30, grants=(Grant("petugas_bank", Scope(partner_id=bank.pk)),))


def standing(her: Member) -> set[tuple[str, int | None]]:
    rows = Consent.objects.filter(member=her, withdrawn_on__isnull=True).exclude(partner_id=None)
    return set(rows.values_list("purpose", "partner_id"))


def test_the_bank_that_she_names_sees_her_until_she_takes_it_back(
    phone_of: Phone, desk: Desk, siti: Member, bank: Partner
) -> None:
    phone, office = phone_of(siti), desk(banker(bank))
    other = desk(banker(active_partner("Bank Lain", areas=(SENEN,))))
    address = f"/anggota/{siti.number}"
    assert office.get(address).status_code == 404
    assert phone.post(ALLOW, {"purpose": "share_bank", "partner": bank.pk}).status_code == 302
    shown = words(page(office.get(address)).main)
    assert "Siti Aminah" in shown
    assert "4.250.000" not in shown
    assert "123456789012345" not in shown
    assert "Omzet dan NPWP disembunyikan" in shown
    assert other.get(address).status_code == 404
    assert "Bank Maju" in drawn(phone.get(PAGE))
    given = Consent.objects.get(purpose="share_bank")
    assert phone.post(f"{PAGE}/{given.pk}/tarik").status_code == 302
    assert office.get(address).status_code == 404
    given.refresh_from_db()
    assert (given.withdrawn_on, given.withdrawn_by is not None, given.text_version) == (
        today_wib(),
        True,
        "2",
    )
    assert "ditarik" in drawn(phone.get(PAGE))


def test_finances_are_shown_to_the_bank_by_their_own_consent_alone(
    phone_of: Phone, desk: Desk, siti: Member, bank: Partner
) -> None:
    phone, office = phone_of(siti), desk(banker(bank))
    for purpose in ("share_bank", "finances_bank"):
        phone.post(ALLOW, {"purpose": purpose, "partner": bank.pk})
    shown = words(page(office.get(f"/anggota/{siti.number}")).main)
    assert "4.250.000" in shown
    assert "123456789012345" in shown
    told = Event.objects.filter(subject_id=siti.pk, kind="members.consent_given")
    assert all("Bank Maju" in event.payload["purposes"] for event in told)


def test_a_mentor_sees_finances_only_when_she_ticks_that(phone_of: Phone, siti: Member) -> None:
    mentor = account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope(region="")),)))
    Helper.objects.create(member=siti, user_id=mentor.pk, purpose="mentoring", from_on=today_wib())
    browser, phone = Client(), phone_of(siti)
    browser.force_login(mentor)
    address = f"/anggota/{siti.number}"
    assert "4.250.000" not in browser.get(address).content.decode()
    phone.post(PAGE, {"finances_mentor": "on"})
    assert "4.250.000" in browser.get(address).content.decode()
    phone.post(PAGE, {})
    assert "4.250.000" not in browser.get(address).content.decode()


def test_finances_are_shown_to_no_mentor_of_others_and_to_nobody_while_she_restricts(
    siti: Member, bank: Partner
) -> None:
    mentor, both = Grant("pendamping", Scope(helper_user_id=30)), banker(bank)
    both = Actor(label="user:30", user_id=30, grants=(*both.grants, mentor))
    allow_named(herself(siti), siti, "share_bank", Named(bank.pk, bank.name))
    choose_own_consents(herself(siti), siti, wanted=["finances_mentor"], text_version="2")
    assert not may_see_finances(
        both, siti
    )  # he reaches her as a banker; the mentor whom she means is another
    Helper.objects.create(member=siti, user_id=30, purpose="mentoring", from_on=today_wib())
    assert may_see_finances(both, siti)
    restrict_own(herself(siti), siti)
    siti.refresh_from_db()
    assert not may_see_finances(both, siti)


def test_one_click_takes_back_what_both_records_of_one_person_had_allowed(
    citra: Actor, siti: Member, bank: Partner
) -> None:
    other, named = registered(name="Siti A."), Named(bank.pk, bank.name)
    for member in (siti, other):
        allow_named(herself(member), member, "share_bank", named)
    merge_members(citra, siti, other)
    given = Consent.objects.filter(member=siti, purpose="share_bank")[0]
    withdraw_named(herself(siti), siti, given.pk, bank.name)
    assert standing(siti) == set()
    told = Event.objects.get(kind="members.consent_withdrawn").payload["purposes"]
    assert told.count("Bank Maju") == told.count("satu bank") == 1


def test_who_keeps_the_record_and_she_herself_see_it(
    phone_of: Phone, desk: Desk, ani: Actor, siti: Member
) -> None:
    assert "4.250.000" in desk(ani).get(f"/anggota/{siti.number}").content.decode()
    assert "4.250.000" in phone_of(siti).get("/saya/data").content.decode()


@pytest.mark.parametrize(
    ("purpose", "partner"),
    [
        ("share_office", "bank"),
        ("share_bank", ""),
        ("share_bank", "999"),
        ("programme", "bank"),
        ("", "bank"),
        ("share_bank", "x"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_nothing_is_written(
    phone_of: Phone, siti: Member, bank: Partner, purpose: str, partner: str
) -> None:
    told = {"purpose": purpose, "partner": str(bank.pk) if partner == "bank" else partner}
    answer = phone_of(siti).post(ALLOW, told)
    assert answer.status_code == 422
    assert page(answer, 422).select_one("[role=alert]")
    assert standing(siti) == set()


def test_a_bank_that_does_not_serve_there_cannot_be_named(phone_of: Phone, siti: Member) -> None:
    far = active_partner("Bank Jauh", areas=("32.73",))
    phone = phone_of(siti)
    assert phone.post(ALLOW, {"purpose": "share_bank", "partner": far.pk}).status_code == 422
    assert "Bank Jauh" not in drawn(phone.get(ALLOW))
    assert standing(siti) == set()


def test_twice_is_once(siti: Member, bank: Partner) -> None:
    named = Named(bank.pk, bank.name)
    first = allow_named(herself(siti), siti, "share_bank", named)
    assert allow_named(herself(siti), siti, "share_bank", named).pk == first.pk
    for _time in range(2):
        withdraw_named(herself(siti), siti, first.pk, bank.name)
    assert Event.objects.filter(kind="members.consent_withdrawn").count() == 1
    assert standing(siti) == set()


def test_nobody_names_a_bank_for_somebody_else_nor_takes_back_what_is_not_hers(
    siti: Member, bank: Partner
) -> None:
    wati, named = registered(name="Wati"), Named(bank.pk, bank.name)
    with pytest.raises(NotFound):
        allow_named(herself(wati), siti, "share_bank", named)
    given = allow_named(herself(siti), siti, "share_bank", named)
    with pytest.raises(NotFound):
        withdraw_named(herself(wati), wati, given.pk, bank.name)
    with pytest.raises(Invalid):
        allow_named(herself(siti), siti, "contact", named)
    assert standing(siti) == {("share_bank", bank.pk)}


def test_a_minor_names_a_bank_with_her_guardian_in_the_office_alone(siti: Member, bank: Partner) -> None:
    GuardianConsent.objects.create(
        consent=Consent.objects.get(member=siti, purpose="programme"), name="Ibu", phone="+6281200000001", relation="parent",
        text_version="1", witnessed_by=1,
    )  # fmt: skip
    with pytest.raises(Refused, match="orang tua atau wali"):
        allow_named(herself(siti), siti, "share_bank", Named(bank.pk, bank.name))
    assert standing(siti) == set()


def test_a_minor_whose_guardian_nobody_noted_names_no_bank_herself(bank: Partner) -> None:
    today = today_wib()
    child = registered(
        name="Anak", birth_on=today - timedelta(days=16 * 365), registered_on=today, consent_on=today
    )
    with pytest.raises(Refused, match="orang tua atau wali"):
        allow_named(herself(child), child, "share_bank", Named(bank.pk, bank.name))
    with pytest.raises(Refused, match="orang tua atau wali"):
        choose_own_consents(herself(child), child, wanted=["finances_mentor"], text_version="2")
    assert standing(child) == set()
    assert not Consent.objects.filter(member=child, purpose="finances_mentor").exists()


def test_her_file_tells_what_she_took_back_and_not_by_which_account(
    phone_of: Phone, siti: Member, bank: Partner
) -> None:
    given = allow_named(herself(siti), siti, "share_bank", Named(bank.pk, bank.name))
    withdraw_named(herself(siti), siti, given.pk, bank.name)
    file = phone_of(siti).post("/saya/data/unduh").content.decode()
    assert '"withdrawn_at"' in file
    assert '"withdrawn_by"' not in file


def test_the_list_of_a_bank_holds_who_named_it_and_nobody_else(siti: Member, bank: Partner) -> None:
    registered(name="Wati")
    allow_named(herself(siti), siti, "share_bank", Named(bank.pk, bank.name))
    seen = Member.objects.visible_to(banker(bank), Permission.MEMBERS_READ)
    assert list(seen.values_list("pk", flat=True)) == [siti.pk]


def test_where_no_bank_serves_the_page_says_so(phone_of: Phone, siti: Member) -> None:
    assert "Belum ada bank atau kantor di sini" in drawn(phone_of(siti).get(ALLOW))
