"""The data officer's desk: everything that has a clock, the shortest first; who answers; letters; what was answered in time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.privacy.actions.erasures import ask_own_erasure
from okoce.community.privacy.actions.requests import (
    WrittenRequest,
    answer_data_request,
    ask_about_own_data,
    note_written_request,
    take_data_request,
)
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import DataRequest, ErasureRequest
from okoce.community.privacy.queries.cases import PER_PAGE, Mark, cases_waiting
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of, officer
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
QUEUE = "/data-pribadi"


@pytest.fixture
def indah() -> Actor:
    """The data officer."""
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


def asked(name: str, text: str = "Minta salinan") -> DataRequest:
    member = registered(name=name)
    return ask_about_own_data(herself(member), member, "access", text)


def letter(**other: object) -> WrittenRequest:
    told = {"kind": "correct", "text": "Tanggal lahir keliru", "letter": "Map 3", "received_on": today_wib()}
    return WrittenRequest(**{**told, **other})  # type: ignore[arg-type]  # as a form hands them over


def test_the_queue_holds_questions_and_erasures_by_the_clock_that_runs_out_first(
    desk: Desk, indah: Actor
) -> None:
    late, early = asked("Terlambat Sekali"), asked("Masih Lama")
    DataRequest.objects.filter(pk=late.pk).update(due=timezone.now() - timedelta(hours=2, minutes=5))
    going = registered(name="Mau Pergi")
    ask_own_erasure(herself(going), going)
    ErasureRequest.objects.update(not_before=timezone.now() + timedelta(hours=3, minutes=5))
    page = drawn(desk(indah).get(QUEUE))
    assert page.index("Terlambat Sekali") < page.index("Mau Pergi") < page.index("Masih Lama")
    assert "Terlambat 3 jam" in page
    assert "Masih bisa dibatalkan 3 jam" in page
    assert "Hapus data" in page
    assert early.due > timezone.now()


def test_an_erasure_is_late_only_when_the_house_has_had_its_hour(indah: Actor) -> None:
    going = registered()
    ask_own_erasure(herself(going), going)
    ErasureRequest.objects.update(not_before=timezone.now() - timedelta(minutes=30))
    assert not cases_waiting(indah).cases[0].is_late
    ErasureRequest.objects.update(not_before=timezone.now() - timedelta(minutes=61))
    assert cases_waiting(indah).cases[0].is_late


def test_pages_follow_each_other_without_losing_or_repeating_anybody(indah: Actor) -> None:
    now = timezone.now()
    for serial in range(PER_PAGE + 3):
        member = registered(name=f"Orang {serial}")
        ask_about_own_data(herself(member), member, "access", "Minta salinan")
        ask_own_erasure(herself(member), member)
    DataRequest.objects.update(due=now)
    ErasureRequest.objects.update(not_before=now)
    seen: list[tuple[bool, int]] = []
    mark: Mark | None = None
    for _turn in range(4):
        page = cases_waiting(indah, mark)
        seen += [(case.is_erasure, case.row.pk) for case in page.cases]
        if page.next is None:
            break
        mark = Mark.read(page.next.text)
    assert len(seen) == len(set(seen)) == 2 * (PER_PAGE + 3)


@pytest.mark.parametrize(
    "text", ["x", "", "2026-01-01_1_2", "2026-01-01T00:00:00+00:00_9_1", "a_b_c", "1_1_99999999999999999999"]
)
def test_an_address_that_nobody_wrote_shows_the_first_page(desk: Desk, indah: Actor, text: str) -> None:
    asked("Siti")
    answer = desk(indah).get(QUEUE, {"sesudah": text})
    assert answer.status_code == 200
    assert "Siti" in drawn(answer)


def test_who_answers_is_seen_by_others_and_may_be_taken_over(desk: Desk, indah: Actor, citra: Actor) -> None:
    one = asked("Siti")
    mine, hers = desk(indah), desk(citra)
    assert "belum ada yang mengambil" in drawn(hers.get(QUEUE))
    assert mine.post(f"{QUEUE}/permintaan/{one.pk}/ambil").status_code == 302
    assert "dijawab oleh Uji user:12" in drawn(hers.get(QUEUE))
    assert "Ambil alih" in drawn(hers.get(f"{QUEUE}/permintaan/{one.pk}"))
    assert "Ambil alih" not in drawn(mine.get(f"{QUEUE}/permintaan/{one.pk}"))
    hers.post(f"{QUEUE}/permintaan/{one.pk}/ambil")
    assert "dijawab oleh Uji user:3" in drawn(mine.get(QUEUE))


def test_nobody_takes_her_own_or_what_is_answered(indah: Actor, ani: Actor) -> None:
    one = asked("Siti")
    with pytest.raises(NotAllowed):
        take_data_request(ani, one)
    both = Actor(label="user:12", user_id=12, grants=(*indah.grants, *herself(one.member).grants))
    with pytest.raises(Refused, match="permintaan Anda sendiri"):
        take_data_request(both, one)
    answer_data_request(indah, one, "Sudah dikirim")
    with pytest.raises(Refused, match="sudah dijawab"):
        take_data_request(indah, one)
    assert DataRequest.objects.get().taken_by is None


def test_a_letter_counts_from_the_day_on_which_it_came_and_is_noted_once(desk: Desk, indah: Actor) -> None:
    siti = registered(name="Siti")
    office = desk(indah)
    typed = {
        "kind": "correct",
        "text": "Tanggal lahir keliru",
        "letter": "Map 3",
        "received_on": str(today_wib() - timedelta(days=2)),
    }
    for _time in range(2):
        assert office.post(f"/anggota/{siti.number}/permintaan", typed).status_code == 302
    one = DataRequest.objects.get()
    assert (one.origin, one.letter) == ("written", "Map 3")
    assert one.due - one.asked_at == timedelta(hours=72)
    assert one.asked_at < timezone.now() - timedelta(hours=23)
    assert Event.objects.filter(kind="privacy.data_request_noted").count() == 1
    assert "Map 3" in drawn(office.get(f"{QUEUE}/permintaan/{one.pk}"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"text": " "},
        {"letter": ""},
        {"received_on": today_wib() + timedelta(days=3)},
        {"received_on": date(2010, 5, 1)},
        {"letter": "x" * 201},
    ],
)
def test_a_letter_that_says_nothing_is_refused(indah: Actor, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        note_written_request(indah, registered(), letter(**wrong))
    assert not DataRequest.objects.exists()


def test_what_was_answered_says_by_whom_and_whether_in_time(desk: Desk, indah: Actor) -> None:
    good, bad = asked("Tepat"), asked("Lambat")
    DataRequest.objects.filter(pk=bad.pk).update(
        asked_at=timezone.now() - timedelta(hours=80), due=timezone.now() - timedelta(hours=8)
    )
    office = Client()
    account = account_of(indah)
    office.force_login(account)
    for one in (good, bad):
        office.post(f"{QUEUE}/permintaan/{one.pk}", {"answer": "Sudah"})
    page = drawn(office.get(f"{QUEUE}/dijawab"))
    assert "Dijawab dalam 80 jam, terlambat" in page
    assert "Dijawab dalam 0 jam" in page
    assert f"dijawab oleh {account.name}" in page
    assert "2, 1 di antaranya tepat waktu" in drawn(office.get(QUEUE))


def test_the_desk_of_a_place_shows_that_place_alone(desk: Desk) -> None:
    asked("Siti Senen")
    far = registered(name="Asep Coblong", region="32.73.02")
    ask_about_own_data(herself(far), far, "access", "Minta salinan")
    here = officer("x", "petugas_pelindungan_data", Scope(region="32"), 13)
    page = drawn(desk(here).get(QUEUE))
    assert "Asep Coblong" in page
    assert "Siti Senen" not in page


def test_both_lists_cost_the_same_however_long_they_are(desk: Desk, indah: Actor) -> None:
    office = desk(indah)

    def grow(count: int) -> None:
        for _serial in range(count):
            one = asked("Siti")
            take_data_request(indah, one)
            ask_own_erasure(herself(one.member), one.member)

    assert_constant_queries(lambda: office.get(QUEUE), grow)

    def grow_answered(count: int) -> None:
        for _serial in range(count):
            answer_data_request(indah, asked("Wati"), "Sudah")

    assert_constant_queries(lambda: office.get(f"{QUEUE}/dijawab"), grow_answered)


def test_a_carried_out_erasure_stays_as_a_line_without_a_name_and_is_counted(
    desk: Desk, indah: Actor
) -> None:
    office = desk(indah)
    assert "Belum ada yang dihapus" in drawn(office.get(f"{QUEUE}/dijawab"))
    for name, late in (("Rukmini Wulandari", 0), ("Dewi Sekar", 5)):
        going = registered(name=name)
        asked_for = ask_own_erasure(herself(going), going)
        due = timezone.now() - timedelta(hours=late)
        ErasureRequest.objects.filter(pk=asked_for.pk).update(
            not_before=due, asked_at=due - timedelta(days=3)
        )
        assert carry_out_due() == 1
    shown = drawn(office.get(f"{QUEUE}/dijawab"))
    assert (shown.count("Tepat waktu"), shown.count("Terlambat")) == (1, 1)
    assert "Rukmini" not in shown
    assert "OKOCE-" not in shown
    assert "2, 1 di antaranya tepat waktu" in drawn(office.get(QUEUE))
