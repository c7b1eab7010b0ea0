"""A member asks something about her data; the data officer sees the clock and answers; she reads the answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.privacy.actions.requests import MOST_WAITING, answer_data_request, ask_about_own_data
from okoce.community.privacy.models import DataRequest, Look, PrivacyTerm
from okoce.community.privacy.queries.rights import requests_to_answer
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MINE, QUEUE = "/saya/data/permintaan", "/data-pribadi"
WORDS, ANSWER = "Saya minta salinan formulir saya", "Salinannya sudah dikirim lewat pos"


def asked_by(member: Member, text: str = WORDS) -> DataRequest:
    return ask_about_own_data(herself(member), member, "access", text)


def phone_of(member: Member) -> Client:
    client = Client()
    client.force_login(account_of(herself(member)))
    return client


def test_she_asks_the_officer_answers_and_she_reads_it(desk: Desk, citra: Actor) -> None:
    siti = registered()
    phone, office = phone_of(siti), desk(citra)
    assert phone.post(MINE, {"kind": "access", "text": WORDS}).status_code == 302
    one = DataRequest.objects.get()
    assert one.due - one.asked_at == timedelta(hours=72)
    assert "Dijawab paling lambat" in drawn(phone.get(MINE))
    assert "Sisa 71 jam" in drawn(office.get(QUEUE))
    assert requests_to_answer(citra).count() == 1
    assert WORDS in drawn(office.get(f"{QUEUE}/permintaan/{one.pk}"))
    assert office.post(f"{QUEUE}/permintaan/{one.pk}", {"answer": ANSWER}).status_code == 302
    assert ANSWER in drawn(phone.get(MINE))
    assert "Tidak ada yang menunggu" in drawn(office.get(QUEUE))
    assert Look.objects.filter(member=siti, page="request").exists()
    facts = Event.objects.filter(kind__startswith="privacy.data_request")
    assert facts.count() == 2
    assert all(WORDS not in str(fact.payload) and ANSWER not in str(fact.payload) for fact in facts)


def test_a_bookmark_of_the_former_address_leads_to_the_new_one(desk: Desk, citra: Actor) -> None:
    one, office = asked_by(registered()), desk(citra)
    assert office.get("/permintaan-data")["Location"] == QUEUE
    assert office.get(f"/permintaan-data/{one.pk}")["Location"] == f"{QUEUE}/permintaan/{one.pk}"


def test_what_is_late_says_so_and_the_hours_are_data(desk: Desk, citra: Actor) -> None:
    PrivacyTerm.objects.create(code="request_hours", value=24, from_on=today_wib(), source="Keputusan")
    one = asked_by(registered())
    assert one.due - one.asked_at == timedelta(hours=24)
    DataRequest.objects.update(due=timezone.now() - timedelta(hours=5, minutes=30))
    assert "Terlambat 6 jam" in drawn(desk(citra).get(QUEUE))


@pytest.mark.parametrize(
    "told", [{}, {"kind": "access"}, {"kind": "access", "text": " "}, {"kind": "x", "text": WORDS}]
)
def test_a_request_that_says_nothing_is_refused_and_nothing_typed_is_lost(told: dict[str, str]) -> None:
    answer = phone_of(registered()).post(MINE, told)
    assert answer.status_code == 422
    assert told.get("text", "").strip() in answer.content.decode()
    assert not DataRequest.objects.exists()


def test_the_same_question_is_asked_once_and_a_sixth_waits() -> None:
    siti = registered()
    assert asked_by(siti).pk == asked_by(siti).pk
    for serial in range(1, MOST_WAITING):
        asked_by(siti, f"Pertanyaan {serial}")
    with pytest.raises(Refused):
        asked_by(siti, "Satu lagi")
    assert DataRequest.objects.count() == MOST_WAITING


def test_an_answer_given_twice_is_one_and_another_one_is_refused(citra: Actor) -> None:
    one = asked_by(registered())
    answer_data_request(citra, one, ANSWER)
    answer_data_request(citra, one, ANSWER)
    assert Event.objects.filter(kind="privacy.data_request_answered").count() == 1
    with pytest.raises(Refused, match="sudah dijawab"):
        answer_data_request(citra, one, "Lain")
    with pytest.raises(Invalid):
        answer_data_request(citra, asked_by(registered(name="Wati")), " ")


def test_nobody_asks_for_another_answers_herself_or_without_the_right(ani: Actor, citra: Actor) -> None:
    siti, wati = registered(), registered(name="Wati")
    with pytest.raises(NotFound):
        ask_about_own_data(herself(wati), siti, "access", WORDS)
    one = asked_by(siti)
    with pytest.raises(NotAllowed):
        answer_data_request(ani, one, ANSWER)
    both = Actor(
        label="user:3", user_id=3, grants=(*citra.grants, Grant("anggota", Scope(member_id=siti.pk)))
    )
    with pytest.raises(Refused, match="permintaan Anda sendiri"):
        answer_data_request(both, one, ANSWER)
    assert DataRequest.objects.get().answered_at is None
    assert phone_of(wati).get(MINE).content.decode().count(WORDS) == 0


def test_the_queue_costs_the_same_however_long_it_is(desk: Desk, citra: Actor) -> None:
    office = desk(citra)

    def grow(count: int) -> None:
        for _ in range(count):
            asked_by(registered())

    assert_constant_queries(lambda: office.get(QUEUE), grow)
    grow(25)
    assert "sesudah=" in office.get(QUEUE).content.decode()
