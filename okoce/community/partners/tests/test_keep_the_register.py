"""The register of agreements: signed, extended, ended early, what was promised, what runs out, the document."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.together import together
from okoce.community.partners.actions.agreements import (
    NewExtension,
    NewObligation,
    add_obligation,
    end_agreement,
    extend_agreement,
    strike_obligation,
)
from okoce.community.partners.actions.partners import close_partner, pause_partner
from okoce.community.partners.agreement_models import Agreement, Extension, NoticeTerm, Obligation, Party
from okoce.community.partners.queries.agreements import agreements_running_out
from okoce.community.partners.states import AgreementState
from okoce.community.partners.tests.factories import active_partner, proposed
from okoce.community.partners.tests.signing import JANUARY, LAST, MARCH, signed
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tests.pages import page, rows_of, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


class TestRegistering:
    def test_names_every_side_and_where_it_holds(self, citra: Actor) -> None:
        bank, office = active_partner("Bank Maju"), active_partner("Dinas UMKM", "skpd")
        group = active_group("Mawar")
        agreement = signed(
            citra, bank, office, group_id=group.pk, stages=(7, 2, 7), places=("31.71", "31.74")
        )
        sides = Party.objects.order_by("id").values_list("partner_id", "group_id")
        assert list(sides) == [(bank.pk, None), (office.pk, None), (None, group.pk)]
        assert (agreement.stages, agreement.places, agreement.region) == ([2, 7], ["31.71", "31.74"], "31")
        assert Event.objects.filter(kind="partners.agreement_registered").count() == 1

    def test_one_that_ends_before_it_starts_gets_one_clear_sentence(self, citra: Actor) -> None:
        with pytest.raises(Invalid) as refusal:
            signed(citra, from_on=MARCH, last_on=JANUARY)
        assert [str(error.sentence) for error in refusal.value.errors] == [
            "Berakhir 1 Januari 2026, sebelum mulai 1 Maret 2026. Periksa kedua tanggalnya."
        ]
        assert not Agreement.objects.exists()

    def test_one_day_is_long_enough(self, citra: Actor) -> None:
        agreement = signed(citra, last_on=JANUARY)
        assert agreement.state_on(JANUARY) == AgreementState.RUNNING
        assert agreement.state_on(JANUARY + timedelta(1)) == AgreementState.EXPIRED

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"number": " "}, "number"),
            ({"subject": "\x00"}, "subject"),
            ({"kind": "surat"}, "kind"),
            ({"stages": ()}, "stages"),
            ({"stages": (8,)}, "stages"),
            ({"places": ("99",)}, "places"),
            ({"partner_ids": ()}, "partners"),
            ({"group_id": 999}, "group"),
            ({"signed_on": date(2030, 1, 1)}, "signed_on"),
            ({"from_on": date(218, 1, 1)}, "from_on"),
        ],
    )
    def test_what_is_wrong_is_refused_at_its_field(
        self, citra: Actor, wrong: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            signed(citra, **wrong)
        assert [error.field for error in refusal.value.errors] == [field]
        assert not Agreement.objects.exists()

    def test_only_with_active_partners(self, citra: Actor) -> None:
        resting = active_partner("Bank Libur")
        pause_partner(citra, resting, "Kuota habis.")
        for partner in (proposed("Bank Baru"), resting):
            with pytest.raises(Refused):
                signed(citra, partner)
        assert not Agreement.objects.exists()

    def test_a_number_stands_once(self, citra: Actor) -> None:
        bank = active_partner()
        signed(citra, bank)
        with pytest.raises(Conflict):
            signed(citra, bank, number="38/pks/2018")
        assert Agreement.objects.count() == 1

    def test_is_for_the_secretariat_of_its_place_alone(self, ani: Actor, dewi: Actor) -> None:
        bank = active_partner()
        bandung = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="32")),))
        for somebody, refusal in ((ani, NotAllowed), (dewi, NotAllowed), (bandung, NotFound)):
            with pytest.raises(refusal):
                signed(somebody, bank)
        assert not Agreement.objects.exists()


class TestState:
    def test_follows_from_the_days(self, citra: Actor) -> None:
        agreement = signed(citra, from_on=MARCH)
        stands = {
            JANUARY: AgreementState.PLANNED,
            MARCH: AgreementState.RUNNING,
            LAST: AgreementState.RUNNING,
            LAST + timedelta(1): AgreementState.EXPIRED,
        }
        for day, state in stands.items():
            assert agreement.state_on(day) == state
            for other in AgreementState:
                assert Agreement.objects.standing(other, day).exists() == (other == state)

    def test_an_early_end_says_why_and_holds_from_its_day(self, citra: Actor) -> None:
        agreement = signed(citra)
        ended = end_agreement(citra, agreement, MARCH, "Bank menutup programnya.")
        end_agreement(citra, agreement, MARCH, "Bank menutup programnya.")  # a double click
        assert ended.state_on(MARCH - timedelta(1)) == AgreementState.RUNNING
        assert ended.state_on(MARCH) == AgreementState.CUT
        assert Agreement.objects.standing(AgreementState.CUT, MARCH).exists()
        assert Event.objects.filter(kind="partners.agreement_ended").count() == 1

    @pytest.mark.parametrize(
        ("day", "reason"), [(MARCH, " "), (JANUARY - timedelta(1), "Ya."), (LAST + timedelta(1), "Ya.")]
    )
    def test_no_end_outside_its_time_or_without_a_reason(self, citra: Actor, day: date, reason: str) -> None:
        agreement = signed(citra)
        with pytest.raises(Invalid):
            end_agreement(citra, agreement, day, reason)
        assert Agreement.objects.get().ended_on is None

    def test_what_was_ended_is_neither_ended_nor_extended_again(self, citra: Actor) -> None:
        agreement = signed(citra)
        end_agreement(citra, agreement, MARCH, "Selesai.")
        with pytest.raises(Refused):
            end_agreement(citra, agreement, JANUARY, "Lain.")
        with pytest.raises(Refused):
            extend_agreement(citra, agreement, NewExtension("2/2026", JANUARY, date(2027, 12, 31)))
        stored = Agreement.objects.get()
        assert (stored.ended_on, stored.ended_reason, Extension.objects.count()) == (MARCH, "Selesai.", 0)


class TestExtending:
    def test_is_a_dated_line_that_joins_on(self, citra: Actor) -> None:
        agreement, more = signed(citra), NewExtension("2/ADD/2026", MARCH, date(2027, 12, 31))
        extend_agreement(citra, agreement, more)
        extend_agreement(citra, agreement, more)  # a double click
        assert Agreement.objects.get().until_on == date(2028, 1, 1)
        assert list(Extension.objects.values_list("number", "from_on", "until_on")) == [
            ("2/ADD/2026", date(2027, 1, 1), date(2028, 1, 1))
        ]

    def test_no_day_that_lies_no_later(self, citra: Actor) -> None:
        agreement = signed(citra)
        with pytest.raises(Invalid) as refusal:
            extend_agreement(citra, agreement, NewExtension("2", MARCH, LAST))
        assert "sudah berlaku sampai 31 Desember 2026" in str(refusal.value)
        assert (Agreement.objects.get().until_on, Extension.objects.count()) == (date(2027, 1, 1), 0)


class TestObligations:
    def test_measured_or_in_words_and_struck_but_kept(self, citra: Actor) -> None:
        agreement = signed(citra)
        new = NewObligation(
            ower="partner", text="Kursi kelas", from_on=JANUARY, last_on=LAST, metric="seats", amount=1000
        )
        added = add_obligation(citra, agreement, new)
        assert add_obligation(citra, agreement, new).pk == added.pk  # a double click
        add_obligation(
            citra, agreement, NewObligation(ower="movement", text="Promosi", from_on=JANUARY, last_on=LAST)
        )
        strike_obligation(citra, added)
        assert list(Obligation.objects.order_by("id").values_list("amount", "struck_on")) == [
            (1000, today_wib()),
            (None, None),
        ]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"metric": "seats"},
            {"amount": 5},
            {"metric": "wings", "amount": 5},
            {"metric": "seats", "amount": 0},
            {"ower": "bank"},
            {"text": ""},
            {"from_on": LAST, "last_on": JANUARY},
        ],
    )
    def test_what_cannot_be_is_refused(self, citra: Actor, wrong: dict[str, Any]) -> None:
        agreement = signed(citra)
        new = {"ower": "partner", "text": "Kursi kelas", "from_on": JANUARY, "last_on": LAST} | wrong
        with pytest.raises(Invalid):
            add_obligation(citra, agreement, NewObligation(**new))
        assert not Obligation.objects.exists()


class TestRunningOut:
    @pytest.mark.parametrize(
        ("days", "is_told"), [(91, False), (90, True), (30, True), (0, True), (-1, False)]
    )
    def test_stands_on_the_list_as_many_days_before_as_the_term_says(
        self, citra: Actor, days: int, is_told: bool
    ) -> None:
        agreement = signed(citra)
        noon = agreement.until_on - timedelta(days + 1)
        with time_machine.travel(f"{noon.isoformat()}T05:00:00Z", tick=False):
            assert agreements_running_out(citra).exists() == is_told

    def test_what_was_ended_or_extended_stands_there_no_more(self, citra: Actor, dewi: Actor) -> None:
        bank = active_partner()
        first, second = signed(citra, bank), signed(citra, bank, number="2")
        with time_machine.travel("2026-12-20T05:00:00Z", tick=False):
            assert agreements_running_out(citra).count() == 2
            assert not agreements_running_out(dewi).exists()  # who may do nothing about it has no queue
            end_agreement(citra, first, date(2026, 12, 25), "Selesai.")
            extend_agreement(citra, second, NewExtension("3", MARCH, date(2028, 12, 31)))
            assert not agreements_running_out(citra).exists()

    def test_nobody_is_told_once_no_mitra_is_left_to_extend_it(self, citra: Actor, desk: Desk) -> None:
        bank, other = active_partner(), active_partner("Bank Lain")
        alone = signed(citra, bank)
        both = signed(citra, bank, other, number="39/PKS/2018")
        with time_machine.travel("2026-12-26T05:00:00Z", tick=False):
            assert set(agreements_running_out(citra)) == {alone, both}
            close_partner(citra, bank, "Izinnya dicabut.")
            assert list(agreements_running_out(citra)) == [both]
            assert sorted(row[-1] for row in rows_of(desk(citra).get("/perjanjian"))) == [
                "Berlaku",
                "Habis dalam 5 hari",
            ]
            told = words(page(desk(citra).get(f"/perjanjian/{alone.pk}")).main)
            assert "Habis dalam" not in told

    def test_where_no_notice_holds_nothing_runs_out(self, citra: Actor) -> None:
        signed(citra)
        NoticeTerm.objects.update(until_on=date(2026, 12, 1))
        with time_machine.travel("2026-12-31T05:00:00Z", tick=False):
            assert not agreements_running_out(citra).exists()

    def test_a_term_of_another_day_counts_from_then(self, citra: Actor) -> None:
        signed(citra)
        NoticeTerm.objects.filter(days__gt=7).update(until_on=date(2026, 12, 1))
        with time_machine.travel("2026-12-20T05:00:00Z", tick=False):
            assert not agreements_running_out(citra).exists()
        with time_machine.travel("2026-12-24T05:00:00Z", tick=False):
            assert agreements_running_out(citra).exists()

    def test_the_page_says_how_many_days_are_left_and_the_desk_how_many_run_out(
        self, desk: Desk, citra: Actor
    ) -> None:
        signed(citra)
        with time_machine.travel("2026-12-28T05:00:00Z", tick=False):
            shown = page(desk(citra).get("/perjanjian?keadaan=ending"))
        assert "Habis dalam 3 hari" in words(shown.main)
        assert "1" in words(shown.select_one("a[href='/perjanjian']"))


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_six_clicks_register_once(self, citra: Actor) -> None:
        bank = active_partner()
        results = together(6, lambda _place: signed(citra, bank))
        assert sum(isinstance(result, Agreement) for result in results) == Agreement.objects.count() == 1

    def test_two_extensions_follow_each_other_or_one_is_refused(self, citra: Actor) -> None:
        agreement = signed(citra)
        together(
            2,
            lambda place: extend_agreement(
                citra, agreement, NewExtension(str(place), MARCH, date(2027 + place, 12, 31))
            ),
        )
        lines = list(Extension.objects.order_by("from_on").values_list("from_on", "until_on"))
        assert lines[0][0] == date(2027, 1, 1)
        assert all(first[1] == second[0] for first, second in pairwise(lines))
        assert Agreement.objects.get().until_on == lines[-1][1] == date(2029, 1, 1)
