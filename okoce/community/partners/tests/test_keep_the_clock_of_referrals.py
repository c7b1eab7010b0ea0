"""Each step of a referral has its day: until then it waits, afterwards it is overdue, and whoever can do something hears it once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.community.partners.actions.partners import close_partner
from okoce.community.partners.actions.referral_clock import escalate_referral
from okoce.community.partners.actions.referral_terms import NewReferralTerm, decide_referral_term
from okoce.community.partners.actions.referrals import (
    accept_referral,
    close_referral,
    decline_referral,
    withdraw_referral,
)
from okoce.community.partners.queries.referrals import list_referrals, referrals_waiting
from okoce.community.partners.referral_clock import HOUSE, keep_clock
from okoce.community.partners.referral_models import Referral, ReferralTerm
from okoce.community.partners.tests.referring import REASON, World, make_world
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed
from tests.cast import SYSTEM, account_of, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
TERMS, NEW = "/rujukan/batas", "/rujukan/batas/baru"


def fresh(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def overdue(referral: Referral, days: int = 1) -> Referral:
    """As if it had been due so many days ago."""
    with transaction.atomic(), opened_by(SYSTEM):
        Referral.objects.filter(pk=referral.pk).update(due_on=today_wib() - timedelta(days=days))
    return fresh(referral)


def told(code: str) -> list[tuple[int | None, dict[str, str]]]:
    rows = Message.objects.filter(code=code).order_by("id")
    return [(one.user_id, unseal(one.variables_encrypted)) for one in rows]


def escalated() -> int:
    return Event.objects.filter(kind="partners.referral_overdue").count()


class TestDueDays:
    def test_an_answer_is_due_in_seven_days_and_its_outcome_in_thirty_from_then_on(
        self, world: World
    ) -> None:
        referral = world.sent()
        assert fresh(referral).due_on == today_wib() + timedelta(days=7)
        accept_referral(world.banker, referral)
        assert fresh(referral).due_on == today_wib() + timedelta(days=30)
        close_referral(world.banker, referral, "served")
        assert fresh(referral).due_on is None

    @pytest.mark.parametrize("step", ["declined", "withdrawn", "partner ended"])
    def test_what_is_over_is_due_no_more(self, world: World, citra: Actor, step: str) -> None:
        referral = overdue(world.sent())
        assert keep_clock() == 1
        if step == "declined":
            decline_referral(world.banker, referral, REASON)
        elif step == "withdrawn":
            withdraw_referral(world.coach, referral, REASON)
        else:
            close_partner(citra, world.bank, "Bubar.")
        after = fresh(referral)
        assert (after.due_on, after.escalated_since) == (None, None)

    def test_the_database_keeps_no_open_one_without_a_day_and_no_day_of_one_that_is_over(
        self, world: World
    ) -> None:
        referral = world.sent()
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            Referral.objects.filter(pk=referral.pk).update(due_on=None)
        decline_referral(world.banker, referral, REASON)
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            Referral.objects.filter(pk=referral.pk).update(due_on=today_wib())

    def test_the_days_are_those_that_were_decided_and_what_was_promised_stays(
        self, world: World, citra: Actor
    ) -> None:
        before = world.sent()
        with transaction.atomic(), opened_by(SYSTEM):
            ReferralTerm.objects.create(code="answer", days=3, from_on=today_wib(), source="Keputusan")
        after = world.sent(stage=2)
        assert fresh(before).due_on == today_wib() + timedelta(days=7)
        assert fresh(after).due_on == today_wib() + timedelta(days=3)


class TestOverdue:
    def test_receiver_and_secretariat_hear_of_it_once_and_nobody_is_named(
        self, world: World, citra: Actor
    ) -> None:
        secretary = account_of(citra)
        referral = overdue(world.sent(), 2)
        assert [keep_clock() for _run in range(3)] == [1, 0, 0]
        [(banker, said)] = told("referral_late")
        assert banker == world.banker.user_id
        assert (said["sender"], said["partner"], said["owed"]) == ("Dinas UMKM", "Bank Maju", "jawaban")
        [(watcher, _said)] = told("referral_escalated")
        assert watcher == secretary.pk
        assert "Siti" not in str(told("referral_late") + told("referral_escalated"))
        assert fresh(referral).escalated_since is not None
        assert escalated() == 1

    def test_the_last_day_is_still_in_time(self, world: World) -> None:
        overdue(world.sent(), 0)
        assert keep_clock() == 0
        assert escalated() == 0

    def test_the_outcome_is_a_step_of_its_own(self, world: World, citra: Actor) -> None:
        account_of(citra)
        referral = overdue(world.sent())
        keep_clock()
        accept_referral(world.banker, referral)
        assert keep_clock() == 0
        overdue(referral)
        assert (keep_clock(), keep_clock()) == (1, 0)
        assert [said["owed"] for _to, said in told("referral_late")] == ["jawaban", "hasilnya"]

    def test_where_somebody_watches_over_the_place_she_is_told_before_the_nation(
        self, world: World, citra: Actor
    ) -> None:
        account_of(citra)
        jakarta = account_of(officer("jaka", "sekretariat", Scope(region="31"), 55))
        account_of(officer("bandu", "sekretariat", Scope(region="32"), 56))
        overdue(world.sent())
        keep_clock()
        assert [user_id for user_id, _said in told("referral_escalated")] == [jakarta.pk]

    def test_what_was_answered_meanwhile_is_not_told_of(self, world: World) -> None:
        referral = overdue(world.sent())
        accept_referral(world.banker, referral)
        assert escalate_referral(HOUSE, referral) is False
        assert escalated() == 0

    def test_one_that_fails_keeps_no_other_waiting(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from okoce.community.partners import referral_clock

        first, second = overdue(world.sent(), 5), overdue(world.sent(stage=2), 4)
        real = referral_clock.escalate_referral

        def fails_once(actor: Actor, referral: Referral) -> bool:
            if referral.pk == first.pk:
                raise RuntimeError("gagal")
            return real(actor, referral)

        monkeypatch.setattr(referral_clock, "escalate_referral", fails_once)
        with pytest.raises(RuntimeError):
            keep_clock()
        assert fresh(second).escalated_since is not None
        assert fresh(first).escalated_since is None


class TestTheQueue:
    def test_what_is_overdue_stands_first_is_marked_and_can_be_asked_for(
        self, world: World, desk: Desk
    ) -> None:
        late = overdue(world.sent(), 3)
        with transaction.atomic(), opened_by(SYSTEM):  # sent before the other one, but in time
            early = world.sent(stage=2)
            Referral.objects.filter(pk=early.pk).update(sent_at=timezone.now() - timedelta(days=6))
        assert [one.pk for one in list_referrals(world.banker, "", 0).referrals] == [late.pk, early.pk]
        banker = desk(world.banker)
        shown = page(banker.get("/rujukan"))
        assert "lewat batas 3 hari" in words(shown.main)
        assert shown.select_one("[href='/rujukan?keadaan=lewat']") is not None
        narrowed = page(banker.get("/rujukan?keadaan=lewat"))
        assert len(narrowed.select("tbody tr")) == 1
        assert "1 rujukan, 1 orang" in words(narrowed.main)
        assert "lewat batas 3 hari" in words(page(banker.get(f"/rujukan/{late.pk}")).main)
        assert "Hasilnya dicatat" not in words(page(banker.get(f"/rujukan/{late.pk}")).main)

    def test_in_time_nothing_is_marked(self, world: World, desk: Desk) -> None:
        world.sent()
        shown = page(desk(world.banker).get("/rujukan"))
        assert shown.select_one("tbody .badge-stuck") is None
        assert "lewat batas" not in words(shown.select_one("tbody"))
        assert shown.select_one("[href='/rujukan?keadaan=lewat']") is None

    def test_an_outcome_that_is_overdue_waits_for_the_office_again(self, world: World) -> None:
        referral = world.sent()
        accept_referral(world.banker, referral)
        assert not referrals_waiting(world.banker).exists()
        overdue(referral)
        assert referrals_waiting(world.banker).get() == referral
        assert not referrals_waiting(world.coach).exists(), "who sent it owes nothing"

    def test_a_long_queue_costs_the_queries_of_a_short_one(self, world: World, desk: Desk) -> None:
        banker = desk(world.banker)

        def grow(number: int) -> None:
            for _one in range(number):
                overdue(world.sent(number=member_with(region=world.siti.region).number))

        assert_constant_queries(lambda: banker.get("/rujukan"), grow)


class TestTerms:
    def test_the_page_says_what_holds_and_that_days_are_those_of_the_calendar(
        self, world: World, desk: Desk
    ) -> None:
        shown = page(desk(world.banker).get(TERMS))
        told = words(shown.main)
        assert "Hari untuk menjawab rujukan 7" in told
        assert "hari kalender" in told
        assert "Menghitung hari kerja saja belum bisa" in told
        assert shown.select_one(f"[href='{NEW}']") is None
        assert desk(world.banker).get(NEW).status_code == 403

    def test_the_secretariat_decides_from_tomorrow_on(self, desk: Desk, citra: Actor) -> None:
        secretariat, tomorrow = desk(citra), today_wib() + timedelta(days=1)
        form = {"code": "answer", "days": "5", "from_on": tomorrow.isoformat(), "source": "SK 9"}
        assert secretariat.post(NEW, form).status_code == 302
        shown = words(page(secretariat.get(TERMS)).main)
        assert "SK 9" in shown
        assert "seterusnya" in shown
        assert Event.objects.filter(kind="partners.referral_term_decided").count() == 1
        wrong = secretariat.post(NEW, {**form, "days": "banyak", "from_on": "besok lusa"})
        assert "angka saja" in words(page(wrong, 422).main)
        assert 'value="SK 9"' in wrong.content.decode()

    def test_twice_is_once_and_what_cannot_be_is_refused_at_its_field(self, citra: Actor) -> None:
        tomorrow = today_wib() + timedelta(days=1)
        new = NewReferralTerm("outcome", 45, tomorrow, "SK 9")
        assert decide_referral_term(citra, new) == decide_referral_term(citra, new)
        before = ReferralTerm.objects.count()
        with pytest.raises(Conflict):
            decide_referral_term(citra, NewReferralTerm("outcome", 46, tomorrow, "SK 9"))
        with pytest.raises(Invalid) as refusal:
            decide_referral_term(citra, NewReferralTerm("x", 0, date(2020, 1, 1), " "))
        assert [wrong.field for wrong in refusal.value.errors] == ["code", "days", "from_on", "source"]
        for somebody in (officer("jaka", "sekretariat", Scope(region="31"), 55),):
            with pytest.raises(NotAllowed):
                decide_referral_term(somebody, NewReferralTerm("answer", 9, tomorrow, "SK 9"))
        assert ReferralTerm.objects.count() == before

    def test_the_database_changes_and_deletes_no_term(self) -> None:
        for deed in (
            lambda: ReferralTerm.objects.update(days=99),
            lambda: ReferralTerm.objects.all().delete(),
        ):
            with (
                pytest.raises((InternalError, ProgrammingError, IntegrityError)),
                transaction.atomic(),
                opened_by(SYSTEM),
            ):
                deed()
        assert ReferralTerm.objects.filter(days=99).count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_of_it_once() -> None:
    world = make_world()
    referral = overdue(world.sent())
    done = together(2, lambda _place: escalate_referral(HOUSE, referral))
    assert sorted(done) == [False, True]
    assert escalated() == 1
    assert len(told("referral_late")) == 1
