"""Contact persons: their time begins and ends, and with it their grant."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from okoce.community.members.tests.together import together
from okoce.community.partners.actions.contacts import appoint_contact, end_contact
from okoce.community.partners.models import Contact
from okoce.community.partners.terms import ContactTerm
from okoce.community.partners.tests.factories import PHONE, active_partner, proposed
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, Refused
from tests.cast import SYSTEM, account_of
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
IN_MAY = ContactTerm("Kepala seksi", MAY, JUNE)


def someone(label: str) -> str:
    return account_of(Actor(label=label)).email or ""


def terms() -> list[tuple[date, date | None]]:
    return list(Contact.objects.order_by("from_on", "id").values_list("from_on", "until_on"))


def grants() -> list[tuple[str, int | None, date, date | None]]:
    rows = RoleAssignment.objects.filter(partner_id__isnull=False).order_by("from_on", "id")
    return list(rows.values_list("role", "partner_id", "from_on", "until_on"))


class TestAppointing:
    def test_brings_the_grant_of_its_kind_as_long_as_the_term(self, citra: Actor) -> None:
        bank, campus = active_partner("Bank Maju"), active_partner("Kampus", "campus")
        appoint_contact(citra, bank, someone("dian"), IN_MAY)
        appoint_contact(citra, campus, someone("eko"), IN_MAY)
        assert grants() == [
            ("petugas_bank", bank.pk, MAY, JUNE),
            ("kontak_mitra", campus.pk, MAY, JUNE),
        ]

    def test_whoever_spoke_for_it_gets_an_account_for_her_number(self, citra: Actor) -> None:
        bank = active_partner()
        appoint_contact(citra, bank, PHONE, ContactTerm("", today_wib()))
        user = User.objects.get(phone=PHONE)
        assert user.name == "Rina Hartati"
        assert actor_for_user(user).may(Permission.PARTNERS_READ)

    def test_one_that_is_not_validated_has_none(self, citra: Actor) -> None:
        with pytest.raises(Refused):
            appoint_contact(citra, proposed(), someone("dian"), IN_MAY)
        assert terms() == grants() == []

    @pytest.mark.parametrize("term", [ContactTerm("", JUNE, MAY), ContactTerm("", date(218, 5, 1))])
    def test_days_that_cannot_be_are_refused(self, citra: Actor, term: ContactTerm) -> None:
        with pytest.raises(Invalid):
            appoint_contact(citra, active_partner(), someone("dian"), term)
        assert terms() == grants() == []

    def test_terms_that_cross_are_refused_and_the_same_twice_is_once(self, citra: Actor) -> None:
        bank, dian = active_partner(), someone("dian")
        appoint_contact(citra, bank, dian, IN_MAY)
        appoint_contact(citra, bank, dian, IN_MAY)
        with pytest.raises(Refused) as refusal:
            appoint_contact(citra, bank, dian, ContactTerm("", MAY + timedelta(5)))
        assert "sudah menjadi narahubung dari 1 Mei 2026" in refusal.value.sentence
        assert (len(terms()), len(grants())) == (1, 1)
        appoint_contact(citra, bank, dian, ContactTerm("", JUNE))
        assert len(grants()) == 2

    def test_the_database_refuses_them_too(self, citra: Actor) -> None:
        contact = appoint_contact(citra, active_partner(), someone("dian"), IN_MAY)
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            Contact.objects.create(partner_id=contact.partner_id, user_id=contact.user_id, from_on=MAY)

    def test_nobody_appoints_herself(self, citra: Actor) -> None:
        user = account_of(citra)
        with pytest.raises(Invalid) as refusal:
            appoint_contact(actor_for_user(user), active_partner(), user.email or "", IN_MAY)
        assert "menunjuk diri sendiri" in str(refusal.value)
        assert terms() == []


class TestEnding:
    def test_ends_the_grant_on_the_same_day(self, citra: Actor) -> None:
        contact = appoint_contact(citra, active_partner(), someone("dian"), ContactTerm("", MAY))
        user = User.objects.get(pk=contact.user_id)
        tomorrow = today_wib() + timedelta(days=1)
        end_contact(citra, contact, tomorrow)
        assert actor_for_user(user).may(Permission.PARTNERS_READ)
        with time_machine.travel(tomorrow + timedelta(days=1)):
            assert not actor_for_user(user).may(Permission.PARTNERS_READ)

    def test_what_has_ended_is_not_made_longer(self, citra: Actor) -> None:
        contact = appoint_contact(citra, active_partner(), someone("dian"), IN_MAY)
        with pytest.raises(Refused):
            end_contact(citra, contact, JULY)
        assert terms() == [(MAY, JUNE)]

    def test_an_end_before_its_first_day_takes_nothing_back_of_what_has_begun(self, citra: Actor) -> None:
        contact = appoint_contact(citra, active_partner(), someone("dian"), ContactTerm("", MAY))
        before = grants()
        with pytest.raises(Invalid) as refusal:
            end_contact(citra, contact, MAY - timedelta(days=365))  # the year is a slip of the hand
        assert "mulai pada 1 Mei 2026" in str(refusal.value)
        assert (terms(), grants()) == ([(MAY, None)], before)

    def test_what_has_not_begun_is_taken_back_whole_and_may_be_given_again(self, citra: Actor) -> None:
        bank, dian, today = active_partner(), someone("dian"), today_wib()
        contact = appoint_contact(citra, bank, dian, ContactTerm("", today))
        end_contact(citra, contact, MAY)
        assert grants() == []
        appoint_contact(citra, bank, dian, ContactTerm("", today))
        assert len(grants()) == 1


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_appoint_once(citra: Actor) -> None:
    bank, who = active_partner(), someone("dian")
    results = together(6, lambda _place: appoint_contact(citra, bank, who, IN_MAY))
    assert len({result.pk for result in results if isinstance(result, Contact)}) == 1
    assert (len(terms()), len(grants())) == (1, 1)


class TestThePage:
    def test_appoints_and_ends(self, desk: Desk, citra: Actor) -> None:
        bank, client = active_partner(), desk(citra)
        told = {"who": someone("dian"), "duty": "Kepala seksi", "from_on": "1-5-2026", "until_on": ""}
        client.post(f"/mitra/{bank.pk}/narahubung", told)
        contact = Contact.objects.get()
        assert "Kepala seksi" in words(page(client.get(f"/mitra/{bank.pk}")).main)
        client.post(f"/mitra/{bank.pk}/narahubung/{contact.pk}/akhiri", {"until_on": "2026-06-01"})
        assert terms() == [(MAY, JUNE)]
        assert "Narahubung sebelumnya" in words(page(client.get(f"/mitra/{bank.pk}")).main)

    def test_the_number_of_whoever_speaks_for_it_stands_in_the_form_until_somebody_acts(
        self, desk: Desk, citra: Actor
    ) -> None:
        bank, client = active_partner(), desk(citra)
        offered = []
        for _look in range(2):
            box = page(client.get(f"/mitra/{bank.pk}")).select_one("#id_appoint_who")
            assert box is not None
            offered.append(bool(box.get("value")))
            appoint_contact(citra, bank, someone("dian"), ContactTerm("", today_wib()))
        assert offered == [True, False]

    def test_shows_what_is_wrong_beside_its_field_and_keeps_what_was_typed(
        self, desk: Desk, citra: Actor
    ) -> None:
        bank, client = active_partner(), desk(citra)
        told = {"who": "siapa", "duty": "x", "from_on": "2026-05-01", "until_on": "2026-04-01"}
        shown = page(client.post(f"/mitra/{bank.pk}/narahubung", told), 422)
        assert shown.select_one("details[open] #id_appoint_until_on_error") is not None
        assert shown.select_one("#id_appoint_who")["value"] == "siapa"
        assert terms() == []

    def test_costs_the_same_for_many_contact_persons(self, desk: Desk, citra: Actor) -> None:
        bank, client = active_partner(), desk(citra)

        def grow(count: int) -> None:
            for _one in range(count):
                appoint_contact(citra, bank, someone("dian"), ContactTerm("", MAY))

        assert_constant_queries(lambda: client.get(f"/mitra/{bank.pk}"), grow)
