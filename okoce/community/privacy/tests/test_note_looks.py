"""Whoever opens somebody's page is noted: once in a while, with role and office, and gone when the term is over."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.privacy.actions.looks import SAME_LOOK, Sight, note_look
from okoce.community.privacy.forgetting import forget_old_looks
from okoce.community.privacy.models import Look, PrivacyTerm
from okoce.community.privacy.queries.rights import PER_PAGE, looks_at
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.query_counts import statements

pytestmark = pytest.mark.django_db


def look(actor: Actor, member: Member, page: LookedAt = LookedAt.PERSON) -> None:
    note_look(actor, Sight.of(member, page))


def herself(member: Member) -> Actor:
    return Actor(label="user:90", user_id=90, grants=(Grant("anggota", Scope(member_id=member.pk)),))


def test_a_page_opened_twice_within_ten_minutes_is_one_look(ani: Actor) -> None:
    siti = member_with()
    look(ani, siti)
    look(ani, siti)
    [noted] = Look.objects.values_list("member_id", "user_id", "role", "region", "page")
    assert noted == (siti.pk, ani.user_id, "petugas_kecamatan", SENEN, "person")


def test_the_end_of_a_span_does_not_make_two_looks_of_one(ani: Actor) -> None:
    siti = member_with()
    look(ani, siti)
    Look.objects.update(span=Look.objects.get().span - 1)
    look(ani, siti)
    assert Look.objects.count() == 1


def test_after_ten_minutes_it_is_another_look(ani: Actor) -> None:
    siti = member_with()
    look(ani, siti)
    Look.objects.update(
        at=timezone.now() - timedelta(seconds=SAME_LOOK + 1), span=Look.objects.get().span - 1
    )
    look(ani, siti)
    assert Look.objects.count() == 2


def test_another_page_person_or_officer_is_another_look(ani: Actor, citra: Actor) -> None:
    siti, wati = member_with(), member_with(name="Wati")
    look(ani, siti)
    look(ani, siti, LookedAt.HISTORY)
    look(ani, wati)
    look(citra, siti)
    assert Look.objects.count() == 4


def test_neither_she_herself_nor_the_system_is_noted() -> None:
    siti = member_with()
    look(herself(siti), siti)
    look(SYSTEM, siti)
    assert not Look.objects.exists()


def test_an_officer_who_looks_at_his_own_record_is_not_noted(ani: Actor) -> None:
    siti = member_with()
    both = Actor(label="user:1", user_id=1, grants=(*ani.grants, Grant("anggota", Scope(member_id=siti.pk))))
    look(both, siti)
    assert not Look.objects.exists()


def test_the_office_is_the_one_that_reaches_her() -> None:
    siti = member_with()
    grants = (Grant("pelatih", Scope(region=COBLONG)), Grant("petugas_ptsp", Scope(region="31")))
    look(Actor(label="user:5", user_id=5, grants=grants), siti)
    assert Look.objects.values_list("role", "region").get() == ("petugas_ptsp", "31")


def test_a_helper_is_noted_as_such() -> None:
    siti = member_with()
    grants = (Grant("pelatih", Scope(region=COBLONG)), Grant("pendamping", Scope(helper_user_id=5)))
    look(Actor(label="user:5", user_id=5, grants=grants), siti)
    assert Look.objects.get().role == "pendamping"


def test_a_look_costs_one_insert(ani: Actor) -> None:
    siti = member_with()
    look(ani, member_with(name="Wati"))  # the server knows the statements from here on
    asked = [text for text in statements(lambda: look(ani, siti)) if "SAVEPOINT" not in text]
    assert len(asked) <= 3  # the author is told, the row written, the author forgotten


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_leave_one_look(ani: Actor) -> None:
    siti = member_with()
    barrier, failures = threading.Barrier(20), []

    def open_page() -> None:
        try:
            barrier.wait(timeout=30)
            look(ani, siti)
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_page) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    # two, where the span ended between them
    assert Look.objects.count() in {1, 2}


def test_looks_go_when_their_term_is_over_and_the_term_is_data(ani: Actor) -> None:
    siti = member_with()
    look(ani, siti)
    look(ani, siti, LookedAt.HISTORY)
    Look.objects.filter(page="person").update(at=timezone.now() - timedelta(days=364))
    assert forget_old_looks() == 0
    PrivacyTerm.objects.create(code="looks_kept_days", value=30, from_on=today_wib(), source="Keputusan")
    assert forget_old_looks() == 1
    assert Look.objects.get().page == "history"


def test_she_reads_them_by_the_page_newest_first_and_nobody_else_does(ani: Actor, citra: Actor) -> None:
    siti, wati = member_with(), member_with(name="Wati")
    Look.objects.bulk_create(
        Look(member=siti, user_id=1, role="auditor", page="person", span=serial)
        for serial in range(PER_PAGE + 3)
    )
    first = looks_at(herself(siti))
    rest = looks_at(herself(siti), before=first.next)
    assert (len(first.looks), len(rest.looks), rest.next) == (PER_PAGE, 3, None)
    assert first.looks[0].id > first.looks[-1].id > rest.looks[0].id
    assert looks_at(herself(wati)).looks == []
    assert looks_at(ani).looks == []


def test_looks_at_a_record_that_was_merged_into_hers_are_hers(ani: Actor) -> None:
    siti, older = member_with(), member_with(name="Siti A")
    look(ani, older)
    Member.objects.filter(pk=older.pk).update(merged_into=siti)
    assert len(looks_at(herself(siti)).looks) == 1
