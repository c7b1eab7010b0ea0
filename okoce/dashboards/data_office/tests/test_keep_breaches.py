"""A breach: noted with its clock, completed, told to the agency and the people in words that stay, and closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from okoce.community.privacy.actions.breaches import (
    Told,
    amend_breach,
    close_breach,
    name_affected,
    note_breach,
    tell_of_breach,
)
from okoce.community.privacy.models import Breach, BreachPerson
from okoce.community.privacy.queries.breaches import breaches_untold
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, Invalid, NotAllowed, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of, officer
from tests.query_counts import assert_constant_queries
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LIST = "/data-pribadi/kebocoran"
TYPED = {"title": "Laptop hilang", "what": "Tertinggal di bus", "data": "Nama"}


@pytest.fixture
def indah() -> Actor:
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


def told(**other: object) -> Told:
    known = {
        "title": "Laptop hilang", "what": "Tertinggal di bus kota", "data": "Nama dan nomor HP", "measures": "Kunci diganti",
        "people_count": 2, "noticed_since": timezone.now() - timedelta(hours=1),
    }  # fmt: skip
    return Told(**{**known, **other})  # type: ignore[arg-type]  # as a form hands them over


def test_from_noting_to_closing_in_a_browser(desk: Desk, indah: Actor) -> None:
    siti, office = registered(name="Siti"), desk(indah)
    typed = {**TYPED, "noticed_on": str(today_wib()), "noticed_time": "00:00"}
    assert office.post(f"{LIST}/baru", typed).status_code == 302
    breach = Breach.objects.get()
    address = f"{LIST}/{breach.pk}"
    assert breach.due - breach.noticed_since == timedelta(hours=72)
    assert "untuk memberi tahu" in drawn(office.get(LIST))
    assert "belum diketahui" in drawn(office.get(address))
    office.post(f"{address}/beri-tahu", {"audience": "agency"})
    assert Breach.objects.get().agency_told_at is None  # neither how many nor what was done is known
    office.post(f"{address}/ubah", {**TYPED, "people_count": "1", "measures": "Kunci diganti"})
    assert office.post(f"{address}/orang", {"numbers": siti.number}).status_code == 302
    for audience in ("agency", "subject"):
        office.post(f"{address}/beri-tahu", {"audience": audience, "reference": "TT-7"})
    shown = drawn(office.get(address))
    assert "TT-7" in shown
    assert "pasal 46 UU 27/2022" in shown
    assert "Kunci diganti" in shown
    office.post(f"{address}/selesai")
    assert Breach.objects.get().state == "closed"
    assert "Selesai ditangani" in drawn(office.get(LIST))
    kinds = Event.objects.filter(kind__startswith="privacy.breach").order_by("id")
    assert [kind.removeprefix("privacy.breach_") for kind in kinds.values_list("kind", flat=True)] == [
        "noted", "amended", "people_named", "told", "told", "closed",
    ]  # fmt: skip


def test_she_reads_it_on_her_page_once_she_is_told_and_the_words_stay(indah: Actor) -> None:
    siti, wati = registered(name="Siti"), registered(name="Wati")
    phones = []
    for member in (siti, wati):
        phone = Client()
        phone.force_login(account_of(herself(member)))
        phones.append(phone)
    breach = note_breach(indah, told())
    name_affected(indah, breach, [siti.number])
    assert "Laptop hilang" not in drawn(phones[0].get("/saya/data"))
    tell_of_breach(indah, breach, "subject")
    amend_breach(indah, breach, told(title="Nama lain"))
    assert "Laptop hilang" in drawn(phones[0].get("/saya/data"))
    assert "Laptop hilang" not in drawn(phones[1].get("/saya/data"))
    assert b"Laptop hilang" in phones[0].post("/saya/data/unduh").content


def test_a_notice_goes_out_in_indonesian_whatever_the_officer_reads(indah: Actor) -> None:
    breach = note_breach(indah, told(happened_on=date(2026, 5, 1)))
    with override("en"):
        tell_of_breach(indah, breach, "subject")
    words = Breach.objects.get().subject_words
    assert "Data Anda terkena kebocoran" in words
    assert "1 Mei 2026" in words


def test_late_says_so_and_is_counted_on_the_desk(desk: Desk, indah: Actor) -> None:
    note_breach(indah, told(noticed_since=timezone.now() - timedelta(hours=79, minutes=30)))
    assert "Terlambat 8 jam" in drawn(desk(indah).get(LIST))
    assert breaches_untold(indah).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"what": ""}, {"data": ""}, {"title": "x" * 201}, {"people_count": -1},
        {"noticed_since": timezone.now() + timedelta(days=2)}, {"happened_on": date(1990, 1, 1)},
        {"happened_on": today_wib() + timedelta(days=5)}, {"noticed_since": datetime(2010, 5, 1, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(indah: Actor, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        note_breach(indah, told(**wrong))
    assert not Breach.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"noticed_time": "25:99"}, {"noticed_on": "kapan"}, {"people_count": "banyak"}, {"title": ""}]
)
def test_a_wrong_form_loses_nothing_that_was_typed(desk: Desk, indah: Actor, wrong: dict[str, str]) -> None:
    typed = {**TYPED, "noticed_on": str(today_wib()), "noticed_time": "00:00", **wrong}
    answer = desk(indah).post(f"{LIST}/baru", typed)
    assert answer.status_code == 422
    assert "Tertinggal" in answer.content.decode()
    assert not Breach.objects.exists()


def test_numbers_that_nobody_has_are_refused_all_at_once(desk: Desk, indah: Actor) -> None:
    siti, breach = registered(), note_breach(indah, told())
    answer = desk(indah).post(f"{LIST}/{breach.pk}/orang", {"numbers": f"{siti.number}, OK-99999999-9"})
    assert answer.status_code == 422
    assert "OK-99999999-9" in answer.content.decode()
    assert not BreachPerson.objects.exists()


def test_more_people_by_name_raise_the_count_and_it_is_never_less(indah: Actor) -> None:
    breach = note_breach(indah, told(people_count=1))
    numbers = [registered(name=f"Orang {serial}").number for serial in range(3)]
    assert name_affected(indah, breach, numbers) == 3
    assert name_affected(indah, breach, numbers) == 0
    assert Breach.objects.get().people_count == 3
    with pytest.raises(Invalid):
        amend_breach(indah, breach, told(people_count=2))


def test_states_follow_each_other_and_a_closed_one_is_not_changed(indah: Actor) -> None:
    breach = note_breach(indah, told())
    with pytest.raises(DomainError):
        close_breach(indah, breach)
    for audience in ("agency", "subject", "agency"):
        tell_of_breach(indah, breach, audience)
    assert Event.objects.filter(kind="privacy.breach_told").count() == 2
    close_breach(indah, breach)
    close_breach(indah, breach)
    number = registered().number
    for deed in (
        lambda: amend_breach(indah, breach, told()),
        lambda: tell_of_breach(indah, breach, "agency"),
        lambda: name_affected(indah, breach, [number]),
    ):
        with pytest.raises(Refused):
            deed()
    with pytest.raises(Invalid):
        tell_of_breach(indah, breach, "press")
    assert Breach.objects.get().state == "closed"
    assert not BreachPerson.objects.exists()


def test_nobody_else_writes_and_no_office_of_a_place_reads(
    desk: Desk, ani: Actor, dewi: Actor, indah: Actor
) -> None:
    breach = note_breach(indah, told())
    for actor in (ani, dewi):
        with pytest.raises(NotAllowed):
            close_breach(actor, breach)
    assert desk(dewi).get(f"{LIST}/{breach.pk}").status_code == 200
    here = officer("x", "petugas_pelindungan_data", Scope(region="31"), 13)
    assert desk(here).get(f"{LIST}/{breach.pk}").status_code == 404
    assert "Laptop" not in drawn(desk(here).get(LIST))


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_once_tell_once(indah: Actor) -> None:
    breach = note_breach(indah, told())
    together(2, lambda _place: tell_of_breach(indah, breach, "agency"))
    assert Event.objects.filter(kind="privacy.breach_told").count() == 1


def test_the_list_costs_the_same_however_long_it_is(desk: Desk, indah: Actor) -> None:
    office = desk(indah)

    def grow(count: int) -> None:
        for _serial in range(count):
            note_breach(indah, told(title=f"Kejadian {Breach.objects.count()}"))

    assert_constant_queries(lambda: office.get(LIST), grow)
    grow(25)
    assert "sebelum=" in office.get(LIST).content.decode()
