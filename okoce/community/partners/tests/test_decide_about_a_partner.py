"""The secretariat decides about a mitra: checks, validates, refuses, pauses, opens again, ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.members.tests.together import together
from okoce.community.partners.actions.contacts import end_contact
from okoce.community.partners.actions.partners import (
    check_partner,
    close_partner,
    pause_partner,
    refuse_partner,
    reopen_partner,
    validate_partner,
)
from okoce.community.partners.models import Contact, Partner, PartnerCheck, PartnerItem
from okoce.community.partners.tests.factories import PHONE, active_partner, contact_of, items, proposed
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused, TransitionRefused
from tests.cast import SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def state_of(partner: Partner) -> tuple[str, str]:
    stored = Partner.objects.get(pk=partner.pk)
    return stored.state, stored.state_reason


def speaker() -> Actor:
    """Somebody of the secretariat with the number under which the mitra was proposed."""
    user = account_of(Actor(label="rina"))
    User.objects.filter(pk=user.pk).update(phone=PHONE)
    grant_role(SYSTEM, user, "sekretariat", Anchors())
    return actor_for_user(User.objects.get(pk=user.pk))


class TestValidating:
    def test_needs_every_item_of_the_days_checklist(self, citra: Actor) -> None:
        partner = proposed()
        check_partner(citra, partner, items() - {min(items())})
        with pytest.raises(Refused) as refusal:
            validate_partner(citra, partner, today_wib())
        assert PartnerItem.objects.get(pk=min(items())).text in refusal.value.sentence
        assert state_of(partner) == ("proposed", "")
        check_partner(citra, partner, items())
        validate_partner(citra, partner, today_wib())
        validate_partner(citra, partner, today_wib())  # a double click
        assert (state_of(partner), Partner.objects.get().validated_on) == (("active", ""), today_wib())
        assert Event.objects.filter(kind="partners.partner_validated").count() == 1

    def test_no_day_before_the_proposal_goes_round_the_checklist(self, citra: Actor) -> None:
        partner = proposed()
        check_partner(citra, partner, items())
        for day in (today_wib() - timedelta(1), today_wib() + timedelta(3)):
            with pytest.raises((Refused, Invalid)):
                validate_partner(citra, partner, day)
        assert state_of(partner) == ("proposed", "")

    def test_nobody_judges_her_own(self) -> None:
        partner, rina = proposed(), speaker()
        check_partner(SYSTEM, partner, items())
        for deed in (
            lambda: check_partner(rina, partner, set()),
            lambda: validate_partner(rina, partner, today_wib()),
            lambda: refuse_partner(rina, partner, "Saya tidak mau."),
        ):
            with pytest.raises(Refused) as refusal:
                deed()
            assert "Minta orang lain" in refusal.value.sentence
        assert state_of(partner) == ("proposed", "")
        assert not PartnerCheck.objects.filter(is_met=False).exists()

    def test_what_has_changed_since_it_was_read_is_read_again(self, citra: Actor) -> None:
        partner = proposed()
        with pytest.raises(Refused):
            check_partner(citra, partner, items(), partner.updated_at - timedelta(seconds=1))
        assert not PartnerCheck.objects.exists()

    def test_is_for_the_secretariat_alone(self, ani: Actor, dewi: Actor) -> None:
        partner = proposed(areas=("31.71.04",))
        for somebody in (ani, dewi):
            with pytest.raises(NotAllowed):
                validate_partner(somebody, partner, today_wib())
        assert state_of(partner) == ("proposed", "")


class TestDeciding:
    def test_a_refusal_says_why_in_writing(self, citra: Actor) -> None:
        partner = proposed()
        with pytest.raises(Invalid):
            refuse_partner(citra, partner, "  ")
        assert state_of(partner) == ("proposed", "")
        refuse_partner(citra, partner, "Tidak ada surat resmi.")
        assert state_of(partner) == ("refused", "Tidak ada surat resmi.")
        line = history_of(citra, partner)[0]
        assert (line.kind, line.changes["reason"][1]) == (
            "partners.partner_refused",
            "Tidak ada surat resmi.",
        )

    def test_pauses_opens_again_and_ends(self, citra: Actor) -> None:
        partner = active_partner()
        pause_partner(citra, partner, "Kuota habis.")
        reopen_partner(citra, partner, "Kuota baru.")
        close_partner(citra, partner, "Kerja sama selesai.")
        assert state_of(partner) == ("closed", "Kerja sama selesai.")
        for deed in (pause_partner, reopen_partner, refuse_partner):
            with pytest.raises(TransitionRefused):
                deed(citra, partner, "Coba lagi.")
        assert state_of(partner) == ("closed", "Kerja sama selesai.")

    def test_what_was_only_proposed_is_not_opened_around_the_checklist(self, citra: Actor) -> None:
        partner = proposed()
        with pytest.raises(Refused):
            reopen_partner(citra, partner, "Cepat.")
        assert state_of(partner) == ("proposed", "")

    def test_an_end_ends_every_grant_for_it(self, citra: Actor) -> None:
        partner, other = active_partner(), active_partner("Bank Lain")
        contact_of(partner)
        contact_of(other)
        grant_role(SYSTEM, account_of(Actor(label="x")), "petugas_bank", Anchors(partner_id=partner.pk))
        close_partner(citra, partner, "Selesai.")
        assert not RoleAssignment.objects.filter(partner_id=partner.pk).not_ended_by(today_wib()).exists()
        assert RoleAssignment.objects.filter(partner_id=other.pk).not_ended_by(today_wib()).count() == 1
        assert {one.until_on for one in Contact.objects.filter(partner=partner)} == {today_wib()}


class TestReach:
    def test_a_contact_person_sees_her_own_mitra_and_no_other(self, desk: Desk) -> None:
        partner, other = active_partner("Bank Maju"), active_partner("Bank Lain")
        _contact, rina = contact_of(partner)
        client = desk(rina)
        assert "Bank Lain" not in words(page(client.get("/mitra")).main)
        assert client.get(f"/mitra/{partner.pk}").status_code == 200
        assert client.get(f"/mitra/{other.pk}").status_code == 404

    def test_a_kecamatan_sees_those_whose_whole_territory_is_its_own(self, ani: Actor) -> None:
        near, wide = proposed("Koperasi Senen", "ngo", areas=("31.71.04",)), proposed("Bank DKI")
        seen = set(Partner.objects.visible_to(ani, Permission.PARTNERS_READ).values_list("pk", flat=True))
        assert (near.pk in seen, wide.pk in seen) == (True, False)

    def test_a_contact_of_another_mitra_is_not_ended_by_this_ones_right(
        self, desk: Desk, citra: Actor
    ) -> None:
        partner, other = active_partner("Bank Maju"), active_partner("Bank Lain")
        contact, rina = contact_of(partner)
        address = f"/mitra/{other.pk}/narahubung/{contact.pk}/akhiri"
        assert desk(citra).post(address, {"until_on": "2030-01-01"}).status_code == 404
        with pytest.raises(NotAllowed):
            end_contact(rina, contact, today_wib())
        assert Contact.objects.get(pk=contact.pk).until_on is None
        with pytest.raises(NotFound):
            history_of(rina, partner)


@pytest.mark.django_db(transaction=True)
def test_validated_and_refused_at_once_is_one_of_the_two(citra: Actor, fitri: Actor) -> None:
    partner = proposed()
    check_partner(citra, partner, items())
    deeds = [
        lambda: validate_partner(citra, partner, today_wib()),
        lambda: refuse_partner(fitri, partner, "Belum sah."),
    ]
    results = together(2, lambda place: deeds[place]())
    assert sum(isinstance(result, Partner) for result in results) == 1
    assert (
        Event.objects.filter(kind__in=["partners.partner_validated", "partners.partner_refused"]).count() == 1
    )


class TestThePage:
    def test_checks_validates_and_says_so(self, desk: Desk, citra: Actor) -> None:
        partner, client = proposed(), desk(citra)
        read_at = page(client.get(f"/mitra/{partner.pk}")).select_one("input[name=dibaca]")["value"]
        told = {"butir": sorted(items())[1:], "dibaca": read_at, "validasi": "1"}
        shown = page(client.post(f"/mitra/{partner.pk}/periksa", told), 422)
        assert "Belum bisa divalidasi" in words(shown.main)
        told["butir"] = sorted(items())
        client.post(f"/mitra/{partner.pk}/periksa", told)
        assert state_of(partner) == ("active", "")

    def test_a_refusal_without_a_reason_stands_beside_its_field(self, desk: Desk, citra: Actor) -> None:
        partner = proposed()
        shown = page(desk(citra).post(f"/mitra/{partner.pk}/tolak", {"reason": ""}), 422)
        assert shown.select_one("details[open] #id_refuse_partner_reason_error") is not None
        assert state_of(partner) == ("proposed", "")
