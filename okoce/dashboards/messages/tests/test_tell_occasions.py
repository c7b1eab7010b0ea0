"""What the movement tells its people by itself: each once, in the words of each one's language."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from okoce.community.members.actions.departures import note_departure
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with, new_member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.tests.signing import signed
from okoce.community.privacy.actions.requests import answer_data_request, ask_about_own_data
from okoce.dashboards import reactions
from okoce.dashboards.messages import occasions
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.events.gathering import react_to_gathered
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.tests.people import chosen, term
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.tests.factories import completed, proof, registered
from okoce.stages.p1_registration.actions import register_member
from tests.cast import SYSTEM, account_of

pytestmark = pytest.mark.django_db


def told(code: str) -> list[dict[str, str]]:
    rows = Message.objects.filter(code=code).order_by("id").values_list("variables_encrypted", flat=True)
    return [unseal(sealed) for sealed in rows]


def happened(kind: str) -> int:
    return Event.objects.filter(kind=kind).latest("id").pk


def react(kind: str, reaction) -> None:
    """As the worker does, and once more, as it may."""
    reaction(happened(kind))
    reaction(happened(kind))


def test_whoever_registers_is_welcomed_once() -> None:
    siti = register_member(SYSTEM, new_member(name="Siti Aminah")).member
    assert siti is not None
    assert (react_to_gathered(), react_to_gathered()) == (1, 0)
    reactions.welcome([happened("registration.member_registered")])
    assert told("welcome") == [{"number": siti.number}]
    assert Message.objects.get().member_id == siti.pk


def test_a_completed_stage_is_followed_by_the_next_step() -> None:
    siti = registered(name="Siti Aminah")
    react("pipeline.stage_completed", reactions.tell_next_step)
    assert told("next_step") == [], "of registering the welcome tells"
    completed(siti, p2=date(2018, 3, 1))
    react("pipeline.stage_completed", reactions.tell_next_step)
    [one] = told("next_step")
    assert (one["stage"], one["order"]) == ("P2 Pelatihan", "Terima 3 kunjungan pendamping")
    assert int(one["due"].split()[-1]) >= today_wib().year, "what was written down years later is due no more"


def test_of_several_stages_written_down_together_the_last_one_is_told() -> None:
    siti = registered()
    completed(siti, p2=date(2018, 3, 1))
    second = happened("pipeline.stage_completed")
    for day in (1, 2, 3):
        give_evidence(SYSTEM, siti, proof(3, date(2018, 4, day), kind="visit"))
    reactions.tell_next_step(second)
    reactions.tell_next_step(happened("pipeline.stage_completed"))
    assert [one["stage"] for one in told("next_step")] == ["P3 Pendampingan"]


def test_whoever_has_left_is_told_no_next_step() -> None:
    siti = registered()
    completed(siti, p2=date(2018, 3, 1))
    note_departure(SYSTEM, siti, today_wib())
    reactions.tell_next_step(happened("pipeline.stage_completed"))
    assert told("next_step") == []


def test_the_step_is_told_in_the_language_that_she_chose() -> None:
    siti = registered()
    chosen(To(member_id=siti.pk), language="en")
    completed(siti, p2=date(2018, 3, 1))
    react("pipeline.stage_completed", reactions.tell_next_step)
    assert told("next_step")[0]["stage"] == "P2 Training"
    assert Message.objects.get().language == "en"


def test_an_answer_about_ones_data_is_told_without_the_answer(citra: Actor) -> None:
    siti = member_with()
    asked = ask_about_own_data(herself(siti), siti, "access", "Minta salinan data saya")
    answer_data_request(citra, asked, "Salinan sudah kami siapkan.")
    react("privacy.data_request_answered", reactions.tell_of_answer)
    assert told("data_answered") == [{}]


def standing_since(days: int, **given: object) -> Member:
    return registered(registered_on=today_wib() - timedelta(days=days), consent_on=today_wib(), **given)


def test_whoever_stands_still_for_thirty_days_is_asked_once() -> None:
    long_ago, just, _short = standing_since(90), standing_since(30), standing_since(29)
    left = standing_since(31)
    note_departure(SYSTEM, left, today_wib())
    for _time in range(2):
        occasions.tell_of_standstills()
    [message] = Message.objects.filter(code="stuck")
    assert message.member_id == just.pk != long_ago.pk
    [one] = told("stuck")
    assert (one["days"], bool(one["order"])) == ("30", True)


def test_a_standstill_is_as_long_as_the_term_says() -> None:
    standing_since(30)
    term("stuck_days", 40)
    occasions.tell_of_standstills()
    assert told("stuck") == []


def test_the_next_hour_goes_on_where_the_last_one_stopped() -> None:
    for _one in range(3):
        standing_since(31)
    assert [occasions.tell_of_standstills(2) for _time in range(3)] == [2, 1, 0]
    assert Message.objects.filter(code="stuck").count() == 3


def test_people_who_were_made_up_are_asked_nothing() -> None:
    siti = standing_since(31)
    Member.objects.filter(pk=siti.pk).update(is_synthetic=True)
    occasions.tell_of_standstills()
    assert told("stuck") == []


def ends_in(days: int) -> Agreement:
    """An agreement of the secretariat's whose last day comes after so many days."""
    return signed(SYSTEM, last_on=today_wib() + timedelta(days=days))


def test_whoever_may_extend_an_agreement_is_told_at_each_notice(citra: Actor, ani: Actor) -> None:
    secretary, _officer = account_of(citra), account_of(ani)
    agreement = ends_in(30)
    for _time in range(2):
        occasions.tell_of_agreements()
    [message] = Message.objects.filter(code="agreement_ending")
    assert message.user_id == secretary.pk
    [one] = told("agreement_ending")
    assert (one["agreement"], one["days"]) == (agreement.number, "30")
    with transaction.atomic(), opened_by(SYSTEM):
        Agreement.objects.filter(pk=agreement.pk).update(until_on=today_wib() + timedelta(days=7))
    occasions.tell_of_agreements()
    assert [one["days"] for one in told("agreement_ending")] == ["30", "6"]


def test_an_agreement_that_ends_later_than_any_notice_is_not_told(citra: Actor) -> None:
    account_of(citra)
    ends_in(91)
    occasions.tell_of_agreements()
    assert told("agreement_ending") == []


def test_who_serves_no_more_is_told_nothing(citra: Actor) -> None:
    User.objects.filter(pk=account_of(citra).pk).update(is_active=False)
    ends_in(5)
    occasions.tell_of_agreements()
    assert told("agreement_ending") == []
