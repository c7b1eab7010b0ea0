"""Applications for a komunitas that came to nothing: those that nobody completes end, and their founder's contact goes by the term;
that somebody applied, and what became of it, stays."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.groups.actions.applications import FOUNDER, apply_group
from okoce.community.groups.actions.groups import (
    ask_group,
    check_group,
    close_group,
    refuse_group,
    validate_group,
)
from okoce.community.groups.forgetting import contacts_over, end_unfinished, forget_contacts, unfinished
from okoce.community.groups.models import Application, Group
from okoce.community.groups.queries import counts_by_state
from okoce.community.groups.tests.founders import PHONE, application, applied, items, proven
from okoce.community.organisations.models import ApplicationTerm
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import Message
from okoce.foundation.personal.retention import all_rules
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM, account_of
from tests.outbox import Outbox
from tests.pages import page, words
from tests.together import somebody_waits, together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
KEPT, ENDED, UNFINISHED = 180, 365, 60


def since(group: Group, days: int) -> Group:
    """As if it had stood so since so many days."""
    with transaction.atomic(), opened_by(SYSTEM):
        Group.objects.filter(pk=group.pk).update(state_on=today_wib() - timedelta(days=days))
    return Group.objects.get(pk=group.pk)


def refused(citra: Actor, days: int, **otherwise: str) -> Group:
    return since(refuse_group(citra, applied(**otherwise), "Tidak ditemukan."), days)


def test_the_contact_of_a_refused_application_is_kept_to_the_last_day_and_no_longer(citra: Actor) -> None:
    refused(citra, KEPT)
    assert forget_contacts() == 0
    since(Group.objects.get(), KEPT + 1)
    [rule] = [rule for rule in all_rules() if rule.code == "groups.contacts"]
    assert (rule.over().count(), rule.kept_for()) == (1, timedelta(days=KEPT))
    assert forget_contacts() == 1
    assert (rule.over().count(), forget_contacts()) == (0, 0)


def test_name_number_and_words_go_and_the_count_stays(citra: Actor, desk: Desk) -> None:
    group = refused(citra, KEPT + 1, others="Rina, bendahara")
    counts = counts_by_state(citra)
    forget_contacts()
    kept = Application.objects.get()
    assert (kept.founder_name, kept.founder_phone, kept.others, kept.answer) == ("Data dihapus", "-", "", "")
    assert (kept.founder_user_id, kept.phone_proven_since) == (None, None)
    assert kept.applied_on is not None
    assert counts_by_state(citra) == counts == {"refused": 1}
    assert Group.objects.get().state_reason == "Tidak ditemukan."
    assert Event.objects.filter(kind="groups.founder_forgotten").get().author == "system:retention"
    shown = page(desk(citra).get(f"/komunitas/{group.pk}"))
    assert "Data dihapus" in words(shown.main)
    assert shown.select_one("a[href^='tel:']") is None


def test_of_an_active_komunitas_and_of_one_that_waits_everything_stays(citra: Actor) -> None:
    active = applied(name="Aktif")
    check_group(citra, active, items())
    for group in (validate_group(citra, active, today_wib()), applied(name="Menunggu")):
        since(group, 10 * KEPT)
    assert (forget_contacts(), end_unfinished()) == (0, 0)
    assert not Application.objects.exclude(founder_phone=PHONE).exists()


def test_of_a_closed_komunitas_it_is_kept_longer_and_not_for_ever(citra: Actor) -> None:
    group = applied(others="Rina, bendahara")
    check_group(citra, group, items())
    closed = close_group(citra, validate_group(citra, group, today_wib()), "Anggotanya pindah.")
    since(closed, ENDED)
    assert forget_contacts() == 0
    since(closed, ENDED + 1)
    [rule] = [rule for rule in all_rules() if rule.code == "groups.ended_contacts"]
    assert (rule.over().count(), rule.kept_for()) == (1, timedelta(days=ENDED))
    assert forget_contacts() == 1
    assert (rule.over().count(), forget_contacts()) == (0, 0)
    kept = Application.objects.get()
    assert (kept.founder_name, kept.founder_phone, kept.others) == ("Data dihapus", "-", "")
    assert Event.objects.filter(kind="groups.founder_forgotten").count() == 1


def test_the_account_that_was_opened_to_write_to_her_goes_with_the_message(citra: Actor) -> None:
    refused(citra, KEPT + 1)
    assert (User.objects.filter(phone=PHONE).count(), Message.objects.count()) == (1, 1)
    forget_contacts()
    assert not User.objects.filter(phone=PHONE).exists()
    assert not Message.objects.exists()


def test_the_account_stays_while_another_komunitas_that_she_founds_waits(citra: Actor) -> None:
    refused(citra, KEPT + 1)
    other = ask_group(citra, applied(name="Kedua"), "Di mana?")
    assert forget_contacts() == 1
    assert (User.objects.filter(phone=PHONE).count(), Message.objects.count()) == (1, 2)
    since(refuse_group(citra, other, "Tidak ditemukan."), KEPT + 1)
    assert forget_contacts() == 1
    assert not User.objects.filter(phone=PHONE).exists()
    assert not Message.objects.exists()


def test_an_account_that_she_uses_or_that_has_an_office_stays(citra: Actor) -> None:
    user = account_of(Actor(label="founder"))
    user.phone = PHONE
    user.last_login = user.created_at
    user.save()
    refused(citra, KEPT + 1, founder_user_id=user.pk)
    forget_contacts()
    assert User.objects.get(pk=user.pk).phone == PHONE
    assert Application.objects.get().founder_user_id is None


def test_what_nobody_completes_ends_with_a_reason_and_its_name_is_free(citra: Actor) -> None:
    group = since(ask_group(citra, applied(), "Di mana?"), UNFINISHED)
    assert end_unfinished() == 0
    since(group, UNFINISHED + 1)
    assert unfinished().count() == end_unfinished() == 1
    ended = Group.objects.get()
    assert (ended.state, ended.state_on) == ("refused", today_wib())
    assert "60 hari" in ended.state_reason
    assert Message.objects.filter(code="group_refused").count() == 1
    assert Application.objects.get().founder_phone == PHONE  # kept for its own term from now on
    assert end_unfinished() == 0
    assert applied().pk != group.pk


def test_the_founder_reads_why_it_ended(client: Client, outbox: Outbox, citra: Actor) -> None:
    since(ask_group(citra, applied(), "Di mana?"), UNFINISHED + 1)
    end_unfinished()
    proven(client, outbox)
    assert "Anda boleh mengajukan lagi." in words(page(client.get("/komunitas/daftar/selesai")).main)


def test_a_new_term_holds_at_once(citra: Actor) -> None:
    refused(citra, 31)
    assert not contacts_over().exists()
    with transaction.atomic(), opened_by(SYSTEM):
        ApplicationTerm.objects.create(
            code="contact_days", value=30, from_on=today_wib(), source="Rapat sekretariat"
        )
    assert contacts_over().count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_answers_at_the_last_moment_is_not_refused(citra: Actor) -> None:
    group = since(ask_group(citra, applied(), "Di mana?"), UNFINISHED + 1)
    is_answered = threading.Event()

    def answer() -> None:
        with transaction.atomic():
            apply_group(FOUNDER, application(purpose="Melatih penjahit."))
            is_answered.set()
            assert somebody_waits(), "the job comes to it meanwhile"

    def end() -> int:
        assert is_answered.wait(10)
        return end_unfinished()

    assert together(2, lambda place: (answer, end)[place]()) == [None, 0]
    assert Group.objects.get(pk=group.pk).state == "applied"
