"""Consents given before an officer: read out, noted with the day, taken back; a child's with her guardian alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from okoce.community.members.actions.helping import Helping, NotHelped, assign_helper
from okoce.community.members.actions.paper_consents import (
    Named,
    PaperConsent,
    note_paper_consent,
    withdraw_for,
)
from okoce.community.members.models import Consent, GuardianConsent, Helper, Member, Purpose
from okoce.community.members.queries import consent_wordings, member_for, purposes_on
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.tests.factories import active_partner
from okoce.community.privacy.models import Look
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.cast import SENEN, account_of
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def paper(purpose: str = "shop", **told: object) -> PaperConsent:
    return PaperConsent(**{"purpose": purpose, "given_on": today_wib(), **told})  # type: ignore[arg-type]  # as a form does


def child(*, with_guardian: bool = True) -> Member:
    her = member_with(
        name="Anak",
        birth_on=today_wib() - timedelta(days=16 * 365),
        registered_on=today_wib(),
        consent_on=today_wib(),
    )
    if with_guardian:
        GuardianConsent.objects.create(
            consent=Consent.objects.filter(member=her, purpose="programme")[0], name="Ibu Anak", phone="+6281200000001",
            relation="parent", text_version="1", witnessed_by=1,
        )  # fmt: skip
    return her


def standing(her: Member) -> set[str]:
    return set(Consent.objects.filter(member=her, withdrawn_on=None).values_list("purpose", flat=True))


def test_an_officer_notes_what_was_said_in_her_office_and_takes_it_back(desk: Desk, ani: Actor) -> None:
    siti, office = member_with(name="Siti"), desk(ani)
    address = f"/anggota/{siti.number}/izin"
    assert office.post(address, {"purpose": "shop", "given_on": str(today_wib())}).status_code == 302
    given = Consent.objects.get(member=siti, purpose="shop")
    assert (given.text_version, given.witnessed_by is not None) == ("2", True)
    assert "di depan petugas" in drawn(office.get(address))
    assert Look.objects.filter(member=siti, page="consents").exists()
    assert office.post(f"{address}/{given.pk}/tarik").status_code == 302
    assert "shop" not in standing(siti)
    assert "oleh petugas" in drawn(office.get(address))


def test_a_bank_is_named_on_paper_too(desk: Desk, ani: Actor) -> None:
    siti, bank = member_with(), active_partner("Bank Maju", areas=(SENEN,))
    told = {"purpose": "share_bank", "given_on": str(today_wib())}
    office, address = desk(ani), f"/anggota/{siti.number}/izin"
    assert office.post(address, told).status_code == 422
    assert office.post(address, {**told, "partner": bank.pk}).status_code == 302
    assert Consent.objects.get(purpose="share_bank").partner_id == bank.pk
    assert "Bank Maju" in drawn(office.get(address))


@pytest.mark.parametrize(
    "wrong",
    [
        paper("programme"), paper("statistics"), paper("unknown"), paper("child"), paper("share_bank"),
        paper("shop", named=Named(1, "Bank")), paper(given_on=today_wib() + timedelta(days=3)),
        paper("share_bank", given_on=date(2019, 1, 1), named=Named(1, "Bank")),
    ],
)  # fmt: skip
def test_what_cannot_have_been_agreed_to_is_refused(ani: Actor, wrong: PaperConsent) -> None:
    siti = member_with()
    before = Consent.objects.count()
    with pytest.raises(Invalid):
        note_paper_consent(ani, siti, wrong)
    assert Consent.objects.count() == before


def test_noted_twice_is_once_and_nothing_without_the_programme(ani: Actor) -> None:
    siti = member_with()
    assert note_paper_consent(ani, siti, paper()).pk == note_paper_consent(ani, siti, paper()).pk
    Consent.objects.filter(member=siti).delete()
    with pytest.raises(Refused, match="program"):
        note_paper_consent(ani, siti, paper())
    assert standing(siti) == set()


def test_the_programmes_own_consent_is_not_taken_back_here_nor_a_strangers(ani: Actor, budi: Actor) -> None:
    siti, wati = member_with(), member_with(name="Wati")
    programme = Consent.objects.filter(member=siti, purpose="programme")[0]
    with pytest.raises(Refused):
        withdraw_for(ani, siti, programme.pk)
    given = note_paper_consent(ani, wati, paper())
    with pytest.raises(NotFound):
        withdraw_for(ani, siti, given.pk)
    with pytest.raises(NotFound):
        withdraw_for(budi, wati, given.pk)
    assert "shop" in standing(wati)
    assert "programme" in standing(siti)


def test_nobody_notes_her_own_and_nobody_without_the_right(ani: Actor, gita: Actor) -> None:
    siti = member_with()
    both = Actor(label="user:1", user_id=1, grants=(*ani.grants, *herself(siti).grants))
    for deed in (lambda: note_paper_consent(both, siti, paper()), lambda: withdraw_for(both, siti, 1)):
        with pytest.raises(Refused, match="catatan Anda sendiri"):
            deed()
    with pytest.raises(NotAllowed):
        note_paper_consent(gita, siti, paper())
    assert "shop" not in standing(siti)


def test_for_a_child_her_guardian_agrees_and_stands_beside_it(desk: Desk, ani: Actor) -> None:
    her, office = child(), desk(ani)
    address = f"/anggota/{her.number}/izin"
    told = {"purpose": "child", "given_on": str(today_wib())}
    assert "Orang tua atau wali setuju" in drawn(office.get(address))
    assert office.post(address, told).status_code == 422
    assert "child" not in standing(her)
    assert office.post(address, {**told, "has_guardian": "on"}).status_code == 302
    assert GuardianConsent.objects.get(consent__purpose="child").name == "Ibu Anak"


def test_a_child_whose_guardian_is_not_known_waits_for_that(ani: Actor) -> None:
    her = child(with_guardian=False)
    with pytest.raises(Refused, match="belum tercatat"):
        note_paper_consent(ani, her, paper("child", has_guardian=True))
    assert "child" not in standing(her)


def test_a_mentor_is_given_to_a_child_only_with_her_guardians_own_consent(ani: Actor) -> None:
    her = child()
    user = account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope(region="")),)))
    helping = Helping(user.pk, "mentoring", today_wib())
    assert assign_helper(ani, [her.pk], helping).not_taken == ((her.pk, NotHelped.NO_CONSENT_FOR_CHILD),)
    assert not Helper.objects.exists()
    note_paper_consent(ani, her, paper("child", has_guardian=True))
    assert assign_helper(ani, [her.pk], helping).taken == 1


def a_mentor() -> Actor:
    grant = Grant("pendamping", Scope(region=""))
    return actor_for_user(account_of(Actor(label="mentor", grants=(grant,))))


def helped_by(mentor: Actor, ani: Actor, her: Member, from_on: date) -> None:
    assert assign_helper(ani, [her.pk], Helping(mentor.user_id or 0, "mentoring", from_on)).taken == 1


def test_taking_back_a_childs_consent_ends_her_mentors_at_once(desk: Desk, ani: Actor) -> None:
    her, mentor, later = child(), a_mentor(), a_mentor()
    given = note_paper_consent(ani, her, paper("child", has_guardian=True))
    helped_by(mentor, ani, her, today_wib() - timedelta(days=9))
    helped_by(later, ani, her, today_wib())
    assert member_for(mentor, her.number) == her
    office, address = desk(ani), f"/anggota/{her.number}/izin"
    assert office.post(f"{address}/{given.pk}/tarik").status_code == 302
    helper = Helper.objects.get()  # who began today never has
    assert (helper.user_id, helper.until_on) == (mentor.user_id, today_wib())
    for one in (mentor, later):
        with pytest.raises(NotFound):
            member_for(one, her.number)
    kinds = [line.kind for line in history_of(ani, her)]
    assert kinds.count("members.helper_ended") == 2
    assert "ikut berakhir" in drawn(office.get(address))
    withdraw_for(ani, her, given.pk)  # twice is once
    assert [line.kind for line in history_of(ani, her)] == kinds


def test_taking_back_anything_else_leaves_her_mentor_and_so_does_the_grown_ones_old_consent(
    ani: Actor,
) -> None:
    her, mentor = child(), a_mentor()
    given = note_paper_consent(ani, her, paper("child", has_guardian=True))
    shop = note_paper_consent(ani, her, paper(has_guardian=True))
    helped_by(mentor, ani, her, today_wib() - timedelta(days=9))
    withdraw_for(ani, her, shop.pk)
    Member.objects.filter(pk=her.pk).update(birth_on=today_wib() - timedelta(days=30 * 365))
    withdraw_for(ani, her, given.pk)
    assert Helper.objects.get().until_on is None
    assert standing(her) == {"programme"}


def test_every_purpose_with_consent_has_words_in_force_and_a_ground() -> None:
    today = today_wib()
    purposes, words = purposes_on(today), consent_wordings(today)
    assert {code for code in purposes if code not in words} == set()
    assert {"programme", "statistics", "share_bank", "share_office", "shop", "contact"} <= set(purposes)
    assert all(one.source and one.data for one in purposes.values())
    assert {code for code, one in purposes.items() if one.is_specific} == {
        "finances_mentor",
        "finances_bank",
        "child",
    }


def test_the_database_knows_no_consent_for_anything_else_and_keeps_every_purpose() -> None:
    siti = member_with()
    with pytest.raises(DatabaseError, match="no purpose of the register"), transaction.atomic():
        Consent.objects.create(member=siti, purpose="anything", text_version="1", given_on=today_wib())
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Purpose.objects.filter(code="shop").delete()
    assert Purpose.objects.filter(code="shop").exists()


def test_the_page_costs_the_same_however_often_she_changed_her_mind(desk: Desk, ani: Actor) -> None:
    siti, office = member_with(), desk(ani)

    def grow(count: int) -> None:
        for _time in range(count):
            given = note_paper_consent(ani, siti, paper())
            withdraw_for(ani, siti, given.pk)

    assert_constant_queries(lambda: office.get(f"/anggota/{siti.number}/izin"), grow)
