"""What was delivered under an agreement is counted from records: within its time, places, stages and partners, once a person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.agreements import NewObligation, add_obligation
from okoce.community.partners.actions.own_referrals import withdraw_own_referral
from okoce.community.partners.actions.referrals import accept_referral, close_referral
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.delivered import Delivered
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.factories import active_partner
from okoce.community.partners.tests.referring import World, make_world
from okoce.community.partners.tests.signing import JANUARY, LAST, signed
from okoce.dashboards.agreements.counting import delivered_under
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid
from okoce.pipeline.actions.evidence import give_evidence, withdraw_evidence
from okoce.pipeline.models import Evidence, StageRecord
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.tests.factories import complete_registration
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.pages import page, words
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def agreement(world: World, citra: Actor) -> Agreement:
    return signed(citra, world.bank, last_on=today_wib() + timedelta(days=60))


def told(agreement: Agreement) -> Delivered:
    return delivered_under(Agreement.objects.get(pk=agreement.pk), today_wib())


def completed(referral: Referral, days: int = 0) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        StageRecord.objects.update_or_create(
            member=referral.member,
            stage=referral.stage,
            defaults={"state": "completed", "completed_on": today_wib() + timedelta(days=days)},
        )


def sent_at(referral: Referral, at: datetime) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        Referral.objects.filter(pk=referral.pk).update(sent_at=at)


def promised(citra: Actor, agreement: Agreement, metric: str, amount: int, ower: str = "partner") -> None:
    new = NewObligation(
        ower=ower, text=f"Janji {metric}", metric=metric, amount=amount, from_on=JANUARY, last_on=LAST
    )
    add_obligation(citra, agreement, new)


def test_counts_each_step_and_each_person_once(world: World, agreement: Agreement) -> None:
    first = world.sent()
    second = world.sent(need="Modal toko", number=member_with(name="Wati", region=SENEN).number)
    accept_referral(world.banker, first)
    close_referral(world.banker, first, "served")
    again = world.sent(need="Modal kedua")
    completed(first)
    completed(second)  # but nobody took her on
    found = told(agreement)
    assert (found.sent, found.people, found.accepted, found.taken_on) == (3, 2, 1, 1)
    assert (found.served, found.completed) == (1, 1)
    accept_referral(world.banker, again)
    assert (told(agreement).accepted, told(agreement).taken_on, told(agreement).completed) == (2, 1, 1)


def test_leaves_out_another_partner_stage_place_and_time(world: World, agreement: Agreement) -> None:
    world.sent(to_partner_id=world.other.pk)
    with transaction.atomic(), opened_by(SYSTEM):
        Referral.objects.filter(pk=world.sent().pk).update(stage=2)
    moved = world.sent()
    assert told(agreement).sent == 1
    sent_at(moved, timezone.now() - timedelta(days=3_000))
    assert told(agreement).sent == 0
    sent_at(moved, timezone.now())
    type(world.siti).objects.filter(pk=world.siti.pk).update(region=COBLONG)
    assert told(agreement).sent == 0


def test_what_she_had_before_she_was_sent_is_not_theirs(world: World, agreement: Agreement) -> None:
    referral = world.sent()
    accept_referral(world.banker, referral)
    completed(referral, days=-5)
    assert told(agreement).completed == 0
    completed(referral)
    assert told(agreement).completed == 1


def test_who_took_her_consent_back_was_sent_and_is_not_taken_on(world: World, agreement: Agreement) -> None:
    referral = world.sent()
    accept_referral(world.banker, referral)
    withdraw_own_referral(herself(world.siti), referral)
    found = told(agreement)
    assert (found.sent, found.accepted) == (1, 0)


def test_a_measurable_promise_shows_how_far_it_is_kept_and_one_without_records_says_so(
    world: World, agreement: Agreement, citra: Actor, desk: Desk
) -> None:
    for metric, amount in (("loans", 4), ("people", 10), ("seats", 1_000), ("mentors", 5), ("permits", 3)):
        promised(citra, agreement, metric, amount)
    promised(citra, agreement, "people", 5, ower="movement")
    referral = world.sent()
    accept_referral(world.banker, referral)
    close_referral(world.banker, referral, "served")
    completed(referral)
    counted = {(one.obligation.metric, one.obligation.ower): one.counted for one in told(agreement).promises}
    assert counted == {
        ("loans", "partner"): 1,
        ("people", "partner"): 1,
        ("seats", "partner"): 0,
        ("mentors", "partner"): None,
        ("permits", "partner"): 0,
        ("people", "movement"): None,
    }
    shown = drawn(desk(citra).get(f"/perjanjian/{agreement.pk}/terlaksana"))
    for said in (
        "4 pinjaman",
        "25,0%",
        "10,0%",
        "Belum dihitung: belum ada catatan yang menyebut pendamping mana berasal dari mitra mana.",
    ):
        assert said in shown
    assert "Siti" not in shown


def proven(member: Member, partner: Partner | None, stage: int = 2, **told: Any) -> Evidence:
    """Verified evidence; without a mitra it is nobody's."""
    given = {"stage": stage, "happened_on": today_wib(), "partner": partner.pk if partner else None, **told}
    complete_registration(member, member.registered_on)
    return give_evidence(SYSTEM, member, GivenEvidence(**given))


def kept(agreement: Agreement) -> dict[str, int | None]:
    return {one.obligation.metric: one.counted for one in told(agreement).promises}


def test_seats_are_counted_from_evidence_that_names_the_mitra(world: World, citra: Actor) -> None:
    agreement = signed(citra, world.bank, stages=(2, 7), last_on=today_wib() + timedelta(days=60))
    promised(citra, agreement, "seats", 1_000)
    promised(citra, agreement, "people", 10)
    proven(world.siti, world.bank)
    proven(member_with(name="Wati", region=SENEN), None)
    proven(member_with(name="Dewi", region=SENEN), world.other)
    assert kept(agreement) == {"seats": 1, "people": 1}
    proven(member_with(name="Ayu", region=SENEN), world.bank, number="SK-1")
    assert kept(agreement) == {"seats": 2, "people": 2}


def test_whoever_was_sent_and_is_named_in_evidence_too_counts_once(
    world: World, agreement: Agreement, citra: Actor
) -> None:
    promised(citra, agreement, "loans", 4)
    promised(citra, agreement, "people", 4)
    referral = world.sent()
    accept_referral(world.banker, referral)
    close_referral(world.banker, referral, "served")
    completed(referral)
    proven(world.siti, world.bank, 7)
    proven(world.siti, world.bank, 7, number="Pinjaman kedua")
    assert kept(agreement) == {"loans": 1, "people": 1}


def test_evidence_withdrawn_or_from_before_the_agreement_counts_no_more(world: World, citra: Actor) -> None:
    agreement = signed(
        citra, world.bank, stages=(2,), from_on=today_wib(), last_on=today_wib() + timedelta(days=60)
    )
    promised(citra, agreement, "seats", 10)
    proven(world.siti, world.bank, happened_on=today_wib() - timedelta(days=9))
    assert kept(agreement) == {"seats": 0}
    evidence = proven(member_with(name="Wati", region=SENEN), world.bank)
    assert kept(agreement) == {"seats": 1}
    withdraw_evidence(SYSTEM, evidence, "Keliru orang.")
    assert kept(agreement) == {"seats": 0}


def test_a_mitra_that_never_worked_where_she_lives_gave_her_nothing(world: World) -> None:
    far = active_partner("Bank Bandung", areas=("32.73",))
    for wrong in (far.pk, 999_999):
        with pytest.raises(Invalid) as refused:
            give_evidence(SYSTEM, world.siti, GivenEvidence(stage=2, happened_on=today_wib(), partner=wrong))
        assert refused.value.errors[0].field == "partner"
    assert not Evidence.objects.exists()


def test_an_officer_names_the_mitra_on_the_form(world: World, desk: Desk, citra: Actor) -> None:
    sent = {"stage": "2", "happened_on": today_wib().isoformat(), "partner": str(world.bank.pk)}
    client = desk(citra)
    complete_registration(world.siti, world.siti.registered_on)
    shown = page(client.get(f"/anggota/{world.siti.number}"))
    assert shown.select_one(f"#id_partner option[value='{world.bank.pk}']") is not None
    client.post(f"/anggota/{world.siti.number}/bukti", sent)
    assert Evidence.objects.get().partner_id == world.bank.pk


def test_overlapping_agreements_say_that_they_count_the_same_people(
    world: World, agreement: Agreement, citra: Actor, desk: Desk
) -> None:
    until = today_wib() + timedelta(days=60)
    other = signed(citra, world.bank, number="77/PKS", places=("31.71",), last_on=until)
    signed(citra, world.bank, number="78/PKS", stages=(2,), last_on=until)
    signed(citra, world.other, number="79/PKS", last_on=until)
    shown = drawn(desk(citra).get(f"/perjanjian/{agreement.pk}/terlaksana"))
    assert "Jangan jumlahkan" in shown
    assert "77/PKS" in shown
    for apart in ("78/PKS", "79/PKS"):
        assert apart not in shown
    assert agreement.number in drawn(desk(citra).get(f"/perjanjian/{other.pk}/terlaksana"))


def test_one_question_however_many_promises(world: World, agreement: Agreement, citra: Actor) -> None:
    def asked() -> int:
        found = Agreement.objects.prefetch_related("parties").get(pk=agreement.pk)
        return len(statements(lambda: delivered_under(found, today_wib())))

    promised(citra, agreement, "loans", 4)
    few = asked()
    for amount in range(1, 10):
        promised(citra, agreement, "people", amount)
    assert asked() == few == 3  # the promises, what came of referrals, and the people of all promises


def test_one_that_has_not_begun_says_so_and_an_empty_one_draws_no_rate(
    world: World, citra: Actor, desk: Desk
) -> None:
    later = signed(
        citra,
        world.bank,
        number="39/PKS",
        from_on=today_wib() + timedelta(days=5),
        last_on=today_wib() + timedelta(days=9),
    )
    assert "belum mulai berlaku" in drawn(desk(citra).get(f"/perjanjian/{later.pk}/terlaksana"))
    now = signed(citra, world.other, number="40/PKS", last_on=today_wib() + timedelta(days=9))
    shown = drawn(desk(citra).get(f"/perjanjian/{now.pk}/terlaksana"))
    assert "Belum ada kewajiban terukur" in shown
    assert "%" not in shown.replace("0 dari 0", "")


def test_what_no_record_tells_of_is_said_in_words_with_the_record_to_come(
    world: World, agreement: Agreement, desk: Desk, citra: Actor
) -> None:
    for metric in ("mentors", "places", "rupiah"):
        promise = {"ower": "partner", "text": f"Janji {metric}", "metric": metric, "amount": 5}
        add_obligation(
            citra,
            agreement,
            NewObligation(**promise, from_on=JANUARY, last_on=agreement.until_on - timedelta(days=1)),
        )
    rows = {
        words(row.select_one("th")): words(row)
        for row in page(desk(citra).get(f"/perjanjian/{agreement.pk}/terlaksana")).select("tbody tr")
    }
    for metric, record in (("mentors", "tahap P3"), ("places", "tahap P5"), ("rupiah", "tahap P7")):
        line = rows[f"Janji {metric}"]
        assert line.count("belum dihitung") == 2
        assert record in line
        assert "–" not in line


def test_a_promise_without_a_number_says_why_nothing_is_counted(
    world: World, agreement: Agreement, desk: Desk, citra: Actor
) -> None:
    add_obligation(
        citra,
        agreement,
        NewObligation(
            ower="partner",
            text="Ramah",
            metric="",
            amount=None,
            from_on=JANUARY,
            last_on=agreement.until_on - timedelta(days=1),
        ),
    )
    shown = words(page(desk(world.banker).get(f"/mitra/{world.bank.pk}/kantor")).main)
    assert "Janji Mitra tanpa angka: dinilai orang, tidak bisa dihitung dari catatan." in shown
    assert "tidak dihitung" in shown
