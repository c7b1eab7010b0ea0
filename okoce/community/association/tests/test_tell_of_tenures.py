"""Whoever holds an office, and whoever may appoint the next one, is told before a term runs out: once for each notice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from okoce.community.association.actions.tenures import end_tenure
from okoce.community.association.models import AssociationTerm
from okoce.community.association.reminding import tell_of_tenures
from okoce.community.association.tests.factories import branch_at, holding, someone
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import Person
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.tests.people import chosen
from okoce.foundation.shared.days import day_in_words, today_wib
from tests.cast import SYSTEM, account_of, officer
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
BEGUN = date(2020, 1, 1)
NOON = datetime(2030, 12, 31, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def ends_in(days: int) -> date:
    """The day after a last day that comes after so many days."""
    return today_wib() + timedelta(days=days + 1)


def told() -> list[tuple[int | None, dict[str, str]]]:
    rows = Message.objects.filter(code="tenure_ending").order_by("id")
    return [
        (user_id, unseal(sealed)) for user_id, sealed in rows.values_list("user_id", "variables_encrypted")
    ]


def test_holder_and_whoever_appoints_are_told_once_a_notice(citra: Actor) -> None:
    secretary = account_of(citra)
    tenure = holding(branch_at("31"), someone("dian"), "ketua_cabang", BEGUN, ends_in(90))
    assert (tell_of_tenures(), tell_of_tenures()) == (2, 0)
    assert {user_id for user_id, _said in told()} == {tenure.user_id, secretary.pk}
    _to, said = told()[0]
    assert said["who"] == "Uji dian"
    assert said["position"] == "Ketua cabang"
    assert said["branch"] == "Cabang DKI Jakarta"
    assert (said["days"], said["last"]) == ("90", day_in_words(today_wib() + timedelta(days=90)))


def test_each_notice_is_told_on_its_day_and_the_days_between_are_quiet() -> None:
    last = date(2030, 12, 31)
    holding(branch_at(), someone("dian"), "ketua_umum", BEGUN, last + timedelta(days=1))
    sent = {}
    for days in (91, 90, 89, 31, 30, 29, 8, 7, 6, 0, -1):
        with time_machine.travel(NOON - timedelta(days=days), tick=False):
            sent[days] = tell_of_tenures()
    assert {days for days, messages in sent.items() if messages} == {90, 30, 7}
    assert [said["days"] for _to, said in told()] == ["90", "30", "7"]


def test_a_worker_that_stood_still_for_weeks_tells_the_shortest_notice_alone() -> None:
    holding(branch_at(), someone("dian"), "ketua_umum", BEGUN, ends_in(5))
    assert (tell_of_tenures(), tell_of_tenures()) == (1, 0)
    [(_to, said)] = told()
    assert said["days"] == "5"


def test_a_term_without_an_end_or_that_was_ended_is_told_to_nobody(citra: Actor) -> None:
    account_of(citra)
    branch = branch_at()
    holding(branch, someone("dian"), "ketua_umum", BEGUN)
    over = holding(branch, someone("eko"), "sekretaris_jenderal", BEGUN, ends_in(20))
    end_tenure(SYSTEM, over, today_wib(), "Mengundurkan diri")
    holding(branch, someone("fajar"), "bendahara_umum", today_wib() + timedelta(days=3), ends_in(20))
    assert tell_of_tenures() == 0


def test_where_a_successor_is_appointed_only_the_holder_is_told(citra: Actor) -> None:
    account_of(citra)
    branch = branch_at()
    tenure = holding(branch, someone("dian"), "ketua_umum", BEGUN, ends_in(20))
    holding(branch, someone("eko"), "ketua_umum", ends_in(20))
    assert tell_of_tenures() == 1
    [(user_id, _said)] = told()
    assert user_id == tenure.user_id


def test_only_whoever_stands_above_a_branch_is_told_of_it() -> None:
    above, same, elsewhere = (
        account_of(officer("x", "pengurus_cabang", Scope(region=region), 0))
        for region in ("31", "31.71", "32")
    )
    tenure = holding(branch_at("31.71"), someone("dian"), "ketua_cabang", BEGUN, ends_in(7))
    tell_of_tenures()
    assert {user_id for user_id, _said in told()} == {tenure.user_id, above.pk}
    assert same.pk != elsewhere.pk


def test_a_holder_without_an_account_is_told_as_a_member_and_one_who_was_made_up_is_not() -> None:
    branch = branch_at()
    siti, rekaan = member_with(name="Siti"), member_with(name="Rekaan")
    Member.objects.filter(pk=rekaan.pk).update(is_synthetic=True)
    holding(branch, siti.number, "ketua_umum", BEGUN, ends_in(7))
    holding(branch, rekaan.number, "sekretaris_jenderal", BEGUN, ends_in(7))
    assert tell_of_tenures() == 1
    assert Message.objects.get(code="tenure_ending").member_id == siti.pk


def test_a_holder_who_is_a_member_is_told_as_one_though_she_has_an_account() -> None:
    """So her stop, her restriction and a missing consent count, and it stands on her own page."""
    siti = member_with(name="Siti")
    account = open_member_account(SYSTEM, Person(siti.pk, siti.name, phone="+628111222333"))
    chosen(To(member_id=siti.pk), is_stopped=True)
    tenure = holding(branch_at(), siti.number, "ketua_umum", BEGUN, ends_in(7))
    assert (tenure.user_id, tell_of_tenures()) == (account.pk, 1)
    told_to = Message.objects.filter(code="tenure_ending").values_list("member_id", "user_id")
    assert list(told_to) == [(siti.pk, None)]


def test_the_message_is_in_the_language_of_whoever_reads_it() -> None:
    tenure = holding(branch_at(), someone("dian"), "ketua_umum", BEGUN, ends_in(7))
    chosen(To(user_id=tenure.user_id), language="en")
    tell_of_tenures()
    [(_to, said)] = told()
    assert said["position"] == "General chair"


def test_an_officer_who_serves_no_more_is_told_nothing(citra: Actor) -> None:
    User.objects.filter(pk=account_of(citra).pk).update(is_active=False)
    tenure = holding(branch_at(), someone("dian"), "ketua_umum", BEGUN, ends_in(7))
    tell_of_tenures()
    assert [user_id for user_id, _said in told()] == [tenure.user_id]


def test_the_days_of_notice_are_those_that_were_decided() -> None:
    AssociationTerm.objects.create(code="first_notice_days", value=120, from_on=BEGUN, source="Keputusan")
    holding(branch_at(), someone("dian"), "ketua_umum", BEGUN, ends_in(120))
    assert tell_of_tenures() == 1


def test_many_terms_cost_the_queries_of_few(citra: Actor) -> None:
    account_of(citra)
    branch = branch_at()

    def grow(number: int) -> None:
        for _one in range(number):
            holding(branch, someone(f"staf {_one}"), "staf_sekretariat", BEGUN, ends_in(7))
        Message.objects.all().delete()

    def tell() -> None:
        Message.objects.all().delete()
        tell_of_tenures()

    assert_constant_queries(tell, grow)
