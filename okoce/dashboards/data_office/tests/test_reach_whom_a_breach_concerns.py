"""Whoever is concerned by a breach gets a message, whatever she has refused; whom nothing reached the data officer sees."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.privacy.actions.breaches import Told, name_affected, note_breach, tell_of_breach
from okoce.community.privacy.models import Breach, BreachPerson
from okoce.community.privacy.queries.breaches import unreached, unreached_count
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.notifications.kinds import BREACH, WELCOME
from okoce.foundation.notifications.models import Message, Preference
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.queries import waiting_for_hands
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.routing import routes_of
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import registered
from tests.cast import SYSTEM, officer
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


class Mailing:
    """A channel that exists, and is asked for nothing here."""

    takes_templates_only = False
    is_remote = False
    wakes_people = True

    def send(self, ready: object) -> str:
        raise AssertionError("nothing is sent in these tests")


ADAPTERS = {"email": Mailing()}


@pytest.fixture
def indah() -> Actor:
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


def breach_about(indah: Actor, *members: Member) -> Breach:
    told = Told(
        title="Laptop hilang",
        what="Tertinggal di bus kota",
        data="Nama dan nomor HP",
        measures="Kunci diganti",
        people_count=len(members),
        noticed_since=timezone.now() - timedelta(hours=1),
    )
    breach = note_breach(indah, told)
    if members:
        name_affected(indah, breach, [one.number for one in members])
    return breach


def route_of(message: Message) -> tuple[str, str]:
    route = routes_of([message], ADAPTERS, timezone.now())[message.pk]
    return str(route.state), route.channel


def became(member: Member, **columns: object) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        Message.objects.filter(member_id=member.pk, code="breach").update(**columns)


def test_telling_writes_to_each_once_also_to_whoever_is_found_later(indah: Actor) -> None:
    siti, wati = registered(name="Siti", email="siti@contoh.id"), registered(name="Wati")
    breach = breach_about(indah, siti)
    assert not Message.objects.filter(code="breach").exists(), "nobody is told before it is said so"
    tell_of_breach(indah, breach, "subject")
    tell_of_breach(indah, breach, "subject")
    name_affected(indah, breach, [wati.number, siti.number])
    told = Message.objects.filter(code="breach").order_by("id").values_list("member_id", flat=True)
    assert list(told) == [siti.pk, wati.pk]


def test_neither_a_preference_nor_a_missing_consent_keeps_it_back(indah: Actor) -> None:
    siti = registered(name="Siti", email="siti@contoh.id")
    with transaction.atomic(), opened_by(SYSTEM):
        Preference.objects.create(member_id=siti.pk, is_stopped=True)
        siti.consents.update(withdrawn_on=siti.registered_on)
    tell_of_breach(indah, breach_about(indah, siti), "subject")
    with transaction.atomic(), opened_by(SYSTEM):
        send(WELCOME, To(member_id=siti.pk), occasion="x", number=siti.number)
    by_code = {message.code: route_of(message) for message in Message.objects.filter(member_id=siti.pk)}
    assert by_code["breach"] == ("sending", "email")
    assert by_code["welcome"] == ("sent", "in_app")


def test_no_volunteer_sees_it_and_whom_it_is_for_nobody_reads(indah: Actor, citra: Actor) -> None:
    siti = registered(name="Siti")
    tell_of_breach(indah, breach_about(indah, siti), "subject")
    [message] = Message.objects.filter(code="breach")
    assert route_of(message) == ("sent", "in_app"), "no channel reaches her, and no hand is asked"
    became(siti, state="sent", channel="in_app", sent_since=timezone.now())
    assert not waiting_for_hands(citra).exists()
    assert BREACH.is_private


def test_whom_nothing_reached_stands_in_the_list_until_she_has_opened_it(desk: Desk, indah: Actor) -> None:
    people = {name: registered(name=name) for name in ("Siti", "Wati", "Dewi", "Sri", "Nur")}
    breach = breach_about(indah, *people.values())
    assert unreached_count(indah, breach) == 0, "nobody was told yet"
    tell_of_breach(indah, breach, "subject")
    breach.refresh_from_db()
    now = timezone.now()
    became(people["Siti"], state="sent", channel="email", sent_since=now)
    became(people["Wati"], state="sent", channel="in_app", sent_since=now)
    became(people["Dewi"], state="failed", problem="smtp 550", ended_since=now)
    became(people["Sri"], state="sent", channel="in_app", sent_since=now, opened_since=now)
    with transaction.atomic(), opened_by(SYSTEM):
        Message.objects.filter(member_id=people["Nur"].pk, code="breach").delete()
    found, following = unreached(indah, breach)
    assert [one.member.name for one in found] == ["Wati", "Dewi", "Nur"]
    assert following is None
    office = desk(indah)
    assert "3 orang belum terjangkau pesan" in drawn(office.get(f"/data-pribadi/kebocoran/{breach.pk}"))
    shown = drawn(office.get(f"/data-pribadi/kebocoran/{breach.pk}/tidak-sampai"))
    for part in ("Wati", "Dewi", "smtp 550", "Nur", "tidak dapat dihubungi"):
        assert part in shown
    assert "Siti" not in shown
    assert "Sri" not in shown


def test_whom_a_merge_gave_another_record_is_reached_as_before(indah: Actor) -> None:
    siti, double = registered(name="Siti"), registered(name="Siti", phone="081234567001")
    breach = breach_about(indah, double)
    tell_of_breach(indah, breach, "subject")
    breach.refresh_from_db()
    became(double, state="delivered", channel="email", sent_since=timezone.now())
    merge_members(SYSTEM, siti, double)
    assert unreached_count(indah, breach) == 0


def test_the_list_goes_on_page_by_page_at_the_same_cost(
    desk: Desk, indah: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    breach = breach_about(indah)
    tell_of_breach(indah, breach, "subject")
    office, address = desk(indah), f"/data-pribadi/kebocoran/{breach.pk}/tidak-sampai"
    assert "Semua orang yang tercatat terjangkau" in drawn(office.get(address))

    def grow(count: int) -> None:
        people = [registered(name=f"Anggota {number}") for number in range(count)]
        BreachPerson.objects.bulk_create(BreachPerson(breach=breach, member=one) for one in people)

    assert_constant_queries(lambda: office.get(address), grow)
    monkeypatch.setattr("okoce.community.privacy.queries.breaches.PER_PAGE", 20)
    breach.refresh_from_db()
    first, following = unreached(indah, breach)
    rest, over = unreached(indah, breach, following)
    assert (len(first), len(rest), over) == (20, 10, None)
    assert f"sesudah={following}" in office.get(address).content.decode()
