"""Officers take, answer, ask back, hand over and close; the sender reads every step, and her clock stands while she is waited for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.members.tests.factories import member_with
from okoce.community.tickets.actions.handling import (
    answer_ticket,
    ask_sender,
    close_ticket,
    hand_over_ticket,
    take_ticket,
)
from okoce.community.tickets.actions.replying import add_words, confirm_solved
from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.moves import SENDER
from okoce.community.tickets.tests.tellers import fresh, moved_back, sent, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.foundation.verification.codes import show_code
from tests.cast import COBLONG, SENEN
from tests.pages import page, words

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Desk = Callable[[Actor], Client]


def facts(one: Ticket) -> list[str]:
    rows = Event.objects.filter(subject_type="tickets.ticket", subject_id=one.pk).order_by("id")
    return [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]


def senders_page(code: str) -> str:
    return words(page(Client().get(f"/lapor/{show_code(code)}")).main)


def test_an_officer_of_the_kecamatan_answers_and_the_sender_reads_it(ani: Actor, desk: Desk) -> None:
    one = sent()
    client = desk(ani)
    assert "Keluhan nomor" in words(page(client.get("/laporan")).main)
    client.post(f"/laporan/{one.ticket.pk}/ambil")
    client.post(f"/laporan/{one.ticket.pk}/jawab", {"text": "Itu bukan petugas kami. Terima kasih."})
    shown = senders_page(one.code)
    for part in (
        "Mulai ditangani",
        "Jawaban",
        "Itu bukan petugas kami. Terima kasih.",
        "Sudah dijawab",
        "Boleh dibuka lagi",
    ):
        assert part in shown
    assert "Uji" not in shown  # which officer it was stays with the house
    assert facts(one.ticket) == ["ticket_sent", "ticket_taken", "ticket_answered"]


def test_somebody_of_another_place_finds_nothing(budi: Actor, desk: Desk) -> None:
    one = ticket()
    with pytest.raises(NotFound):
        answer_ticket(budi, one, "Jawaban")
    assert desk(budi).get(f"/laporan/{one.pk}").status_code == 404
    assert "nomor" not in words(page(desk(budi).get("/laporan")).select_one("#h-queue").parent)  # type: ignore[union-attr]  # there
    assert fresh(one).state == "new"


def test_whoever_only_reads_does_nothing(dewi: Actor, desk: Desk) -> None:
    one = ticket()
    assert desk(dewi).get(f"/laporan/{one.pk}").status_code == 200
    with pytest.raises(NotAllowed):
        take_ticket(dewi, one)
    assert fresh(one).taken_by is None


def test_asking_back_stops_the_clock_until_the_sender_has_answered(ani: Actor) -> None:
    one = ticket()
    ask_sender(ani, one, "Kapan kejadiannya?")
    waiting = moved_back(one, 5 * HOUR)
    add_words(SENDER, waiting, "Kemarin sore.")
    after = fresh(one)
    assert after.state == "new"
    assert after.asked_since is None
    assert abs(after.waited - 5 * HOUR) < timedelta(minutes=1)
    assert abs((after.due - waiting.due) - 5 * HOUR) < timedelta(minutes=1)
    assert after.step_until == after.due


def test_an_answer_waits_for_words_and_is_given_once(ani: Actor) -> None:
    one = ticket()
    with pytest.raises(Invalid):
        answer_ticket(ani, one, "  ")
    assert fresh(one).state == "new"
    answer_ticket(ani, one, "Ini jawabannya.")
    with pytest.raises(Refused):
        answer_ticket(ani, one, "Ini jawaban lain.")
    assert Entry.objects.filter(ticket=one, what="answered").count() == 1


def test_the_sender_opens_it_again_in_her_days_and_not_after(ani: Actor) -> None:
    one = ticket()
    answer_ticket(ani, one, "Ini jawabannya.")
    add_words(SENDER, one, "Belum beres.")
    again = fresh(one)
    assert (again.state, again.taken_by, again.reopen_until) == ("new", None, None)
    assert again.due > again.sent_since
    answer_ticket(ani, again, "Sekarang beres.")
    moved_back(one, 15 * DAY)
    with pytest.raises(Refused, match="sudah lewat"):
        add_words(SENDER, one, "Masih belum.")
    assert fresh(one).state == "answered"


def test_the_sender_says_it_is_solved_and_thinks_better_of_it() -> None:
    one = sent()
    client, place = Client(), f"/lapor/{show_code(one.code)}"
    assert client.post(f"{place}/selesai").status_code == 302
    assert client.post(f"{place}/selesai").status_code == 302
    closed = fresh(one.ticket)
    assert (closed.state, closed.ended) == ("closed", "solved")
    assert facts(one.ticket) == ["ticket_sent", "ticket_closed"]
    assert client.post(f"{place}/tambah", {"text": "Ternyata belum."}).status_code == 302
    assert fresh(one.ticket).state == "new"
    assert "Dibuka lagi oleh pelapor" in senders_page(one.code)


def test_the_same_words_twice_are_once_and_too_many_a_day_are_refused() -> None:
    one = ticket()
    for _time in range(2):
        add_words(SENDER, one, "Satu lagi: ia memakai rompi.")
    assert Entry.objects.filter(ticket=one, what="added").count() == 1
    for number in range(18):
        add_words(SENDER, one, f"Keterangan {number}")
    with pytest.raises(Refused, match="Sudah 20 keterangan"):
        add_words(SENDER, one, "Dan lagi")
    confirm_solved(SENDER, one)


def test_closing_takes_a_reason_that_the_sender_reads(ani: Actor) -> None:
    one = sent()
    with pytest.raises(Invalid):
        close_ticket(ani, one.ticket, "")
    close_ticket(ani, one.ticket, "Sudah dilaporkan di nomor lain.")
    assert "Sudah dilaporkan di nomor lain." in senders_page(one.code)
    assert fresh(one.ticket).answered_since is not None


def test_handing_over_to_another_kecamatan_takes_it_there(ani: Actor, budi: Actor, desk: Desk) -> None:
    one = ticket()
    promised = fresh(one).due
    answer = desk(ani).post(
        f"/laporan/{one.pk}/teruskan",
        {"target": "kecamatan", "place": "Coblong, Kota Bandung", "reason": "Kejadiannya di Bandung"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/laporan")
    moved = fresh(one)
    assert (moved.region, moved.office, moved.due) == (COBLONG, COBLONG, promised)
    with pytest.raises(NotFound):
        answer_ticket(ani, moved, "Jawaban")
    answer_ticket(budi, moved, "Kami urus.")


def test_what_was_handed_up_is_answered_up_there(ani: Actor, citra: Actor) -> None:
    one = ticket()
    hand_over_ticket(ani, one, "31", "Perlu provinsi")
    with pytest.raises(Refused, match="Provinsi DKI Jakarta"):
        answer_ticket(ani, one, "Jawaban")
    with pytest.raises(Invalid):
        hand_over_ticket(citra, one, "99.99.99", "Ke mana pun")
    hand_over_ticket(citra, one, "", "Perlu sekretariat")
    top = fresh(one)
    assert (top.office, top.step_until, top.region) == ("", None, SENEN)
    answer_ticket(citra, one, "Kami jawab.")


def test_a_refused_form_says_so_and_loses_nothing(ani: Actor, desk: Desk) -> None:
    one = ticket()
    client = desk(ani)
    answer = client.post(
        f"/laporan/{one.pk}/teruskan", {"target": "kecamatan", "place": "Jakarta Pusat", "reason": "Salah"}
    )
    shown = page(answer, 422)
    assert "Ada beberapa tempat yang cocok. Pilih satu." in words(shown.main)
    assert shown.select("input[name=region]")
    assert page(client.post(f"/laporan/{one.pk}/tutup", {"reason": ""}), 422).select(".field-invalid")
    assert fresh(one).office == SENEN


def test_a_member_is_told_by_the_outbox_once_an_answer_and_others_are_not(ani: Actor) -> None:
    member = member_with(name="Rina Melati")
    hers, others = ticket(member_id=member.pk), ticket(phone="081277788899")
    for one in (hers, others):
        answer_ticket(ani, one, "Ini jawabannya.")
    [message] = Message.objects.filter(code="ticket_answered")
    assert message.member_id == member.pk


def test_an_impostor_report_shows_what_is_on_record(ani: Actor, desk: Desk) -> None:
    from okoce.community.groups.tests.factories import active_group

    active_group("Mawar Senen", SENEN)
    client = desk(ani)
    found = ticket(kind="impostor", about="mawar")
    shown = words(page(client.get(f"/laporan/{found.pk}")).select_one("#h-record").parent)  # type: ignore[union-attr]  # there
    assert "Mawar Senen" in shown
    assert "Asli dan berlaku" in shown
    unknown = ticket(kind="impostor", about="KA-AAAAAA-AAAAAA-AAAAAA")
    assert "Tidak tercatat" in words(page(client.get(f"/laporan/{unknown.pk}")).main)
