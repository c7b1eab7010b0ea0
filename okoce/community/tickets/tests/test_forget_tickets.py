"""Tickets are kept for the term alone; whoever is erased is named in none; her file tells what she sent."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from okoce.community.members.tests.factories import member_with
from okoce.community.tickets.actions.handling import answer_ticket, close_ticket
from okoce.community.tickets.actions.replying import add_words
from okoce.community.tickets.forgetting import forget_old, networks_over, tickets_over
from okoce.community.tickets.models import Accused, Entry, Ticket
from okoce.community.tickets.moves import SENDER
from okoce.community.tickets.sealing import ABOUT, WORDS, unseal
from okoce.community.tickets.tests.tellers import fresh, moved_back, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.personal import registry
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.retention import all_rules
from tests.cast import SYSTEM, account_of
from tests.together import together

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def forget(person: Person) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        registry.forget_everywhere(person)


def test_the_job_deletes_what_the_dry_run_counts_and_nothing_else(ani: Actor) -> None:
    old, young, open_one = ticket(), ticket(), ticket()
    for one in (old, young):
        close_ticket(ani, one, "Sudah jelas.")
    moved_back(old, 731 * DAY)
    moved_back(open_one, 731 * DAY)
    rules = {rule.code: rule for rule in all_rules() if rule.code.startswith("tickets.")}
    assert rules["tickets.tickets"].over().count() == 1
    assert rules["tickets.networks"].over().count() == 2
    assert forget_old() == 1
    assert set(Ticket.objects.values_list("pk", flat=True)) == {young.pk, open_one.pk}
    assert not Entry.objects.filter(ticket_id=old.pk).exists()
    assert fresh(open_one).sent_from is None
    assert fresh(young).sent_from is not None
    assert not tickets_over().exists()
    assert not networks_over().exists()


def test_her_file_tells_her_tickets_whole_and_of_others_no_words() -> None:
    member = member_with(name="Rukmini Wulandari", phone="081234500001")
    hers = ticket(member_id=member.pk, text="Ini cerita saya", about="Seseorang")
    ticket(phone="081234500001", text="Ini cerita orang lain")
    person = Person(member_ids=(member.pk,), phones=("+6281234500001",))
    told = registry.all_told(person)["tickets"]
    [sent] = told["sent"]
    assert (sent["id"], sent["about"], sent["lines"][0]["words"]) == (hers.pk, "Seseorang", "Ini cerita saya")
    assert len(told["with_your_number"]) == 1
    assert "Ini cerita orang lain" not in str(told)


def test_whoever_is_erased_leaves_no_words_and_is_named_in_none(ani: Actor) -> None:
    member = member_with(name="Rukmini Wulandari", phone="081234500001")
    hers = ticket(member_id=member.pk, text="Ini cerita saya", about="Seseorang")
    about_her = ticket(
        text="Ibu Rukmini Wulandari meminta uang", about="Rukmini Wulandari", phone="081234500001"
    )
    neutral = ticket(text="Tentang hal lain")
    with transaction.atomic(), opened_by(SYSTEM):
        Accused.objects.create(ticket=about_her, member=member)
    answer_ticket(ani, neutral, "Ini jawabannya.")
    forget(Person(member_ids=(member.pk,), names=("Rukmini Wulandari",), phones=("+6281234500001",)))
    assert (fresh(hers).state, fresh(hers).ended) == ("closed", "erased")
    for one, about, words in (
        (hers, "", ""),
        (about_her, "[dihapus]", "Ibu [dihapus] meminta uang"),
    ):
        kept = fresh(one)
        assert (unseal(ABOUT, kept.about_encrypted), kept.phone_encrypted, kept.phone_hash) == (
            about,
            None,
            None,
        )
        assert [unseal(WORDS, entry.words_encrypted) for entry in Entry.objects.filter(ticket=one)] == [words]
    assert fresh(about_her).due == about_her.due, "its clock runs on"
    assert fresh(about_her).state == "new"
    assert not Accused.objects.filter(member=member).exists()
    texts = [
        unseal(WORDS, entry.words_encrypted) for entry in Entry.objects.filter(ticket=neutral).order_by("id")
    ]
    assert texts == ["Tentang hal lain", "Ini jawabannya."]


def test_half_a_name_goes_where_it_is_known_whom_it_is_about_and_an_officer_stays_kept_away(
    ani: Actor,
) -> None:
    member = member_with(name="Rukmini Wulandari", phone="081234500001")
    about_her = ticket(text="Orang ini meminta uang", about="rukmini")
    officer = account_of(ani)
    with transaction.atomic(), opened_by(SYSTEM):
        Accused.objects.create(ticket=about_her, member=member)
        Accused.objects.create(ticket=about_her, user_id=officer.pk)
    forget(Person(member_ids=(member.pk,), user_ids=(officer.pk,), names=("Rukmini Wulandari",)))
    assert unseal(ABOUT, fresh(about_her).about_encrypted) == "[dihapus]"
    assert [unseal(WORDS, one.words_encrypted) for one in Entry.objects.filter(ticket=about_her)] == [
        "Orang ini meminta uang"
    ]
    assert list(Accused.objects.values_list("user_id", flat=True)) == [officer.pk]


def somebody_waits() -> bool:
    """Whether another transaction comes to wait for this one, within ten seconds."""
    for _look in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False


@pytest.mark.django_db(transaction=True)
def test_words_that_are_written_while_she_is_erased_are_gone_too() -> None:
    member = member_with(name="Rukmini Wulandari", phone="081234500001")
    hers = ticket(member_id=member.pk, text="Ini cerita saya")
    is_written = threading.Event()

    def add() -> None:
        with transaction.atomic():
            add_words(SENDER, hers, "Rumah saya di gang tiga.")
            is_written.set()
            assert somebody_waits(), "the erasure comes to it meanwhile"

    def erase() -> None:
        assert is_written.wait(10)
        forget(Person(member_ids=(member.pk,), names=("Rukmini Wulandari",), phones=("+6281234500001",)))

    assert together(2, lambda place: (add, erase)[place]()) == [None, None]
    lines = Entry.objects.filter(ticket=hers)
    assert [unseal(WORDS, one.words_encrypted) for one in lines] == ["", ""]
    assert (fresh(hers).state, fresh(hers).ended) == ("closed", "erased")
