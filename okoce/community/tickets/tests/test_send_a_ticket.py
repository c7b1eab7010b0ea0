"""Somebody tells of an impostor, complains or asks: without sign-in, without script, once however often it is sent."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.tickets.actions.sending import ToldTooOften, send_ticket
from okoce.community.tickets.codes import code_from, code_typed
from okoce.community.tickets.models import Entry, Ticket, TicketTerm
from okoce.community.tickets.moves import SENDER
from okoce.community.tickets.sealing import PHONE, WORDS, unseal
from okoce.community.tickets.tests.tellers import STORY, sent, ticket, told
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Invalid, NotAllowed
from okoce.foundation.verification import brake
from okoce.foundation.verification.codes import ALPHABET, LOT_LENGTH, show_code
from tests.cast import SENEN
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db
FILLED = {
    "kind": "impostor",
    "text": STORY,
    "place": "Senen",
    "about": "Budi Palsu",
    "phone": "0812-3456-7890",
}


def form_key(client: Client) -> str:
    return str(page(client.get("/lapor")).select_one("input[name=key]")["value"])  # type: ignore[index]  # it is there


def send(client: Client, status: int = 302, **changed: str) -> Any:
    answer = client.post("/lapor", {**FILLED, "key": form_key(client), **changed})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def test_anybody_tells_of_an_impostor_and_reads_it_under_her_code() -> None:
    client = Client()
    place = send(client)["Location"]
    shown = words(page(Client().get(place)).main)
    for part in (
        STORY,
        "Budi Palsu",
        "Baru masuk",
        "Kecamatan Senen",
        "Sisa 2",
        "Laporan diterima",
        place.rpartition("/")[2],
    ):
        assert part in shown
    [kept] = Ticket.objects.all()
    assert (kept.region, kept.office, unseal(PHONE, kept.phone_encrypted)) == (SENEN, SENEN, "+6281234567890")
    assert kept.due - kept.sent_since == timedelta(hours=24)
    assert Event.objects.filter(kind="tickets.ticket_sent", subject_id=kept.pk).count() == 1


def test_a_code_has_eighty_four_bits_and_follows_from_nothing_that_is_stored() -> None:
    assert len(ALPHABET) ** LOT_LENGTH > 2**80
    one = sent()
    assert code_typed(show_code(one.code).lower()) == one.code
    assert one.code.encode() not in bytes(one.ticket.code_hash)
    assert code_from("a", "b") != code_from("a", "c") != code_from("b", "c")


def test_the_words_stand_sealed(django_assert_num_queries: object) -> None:
    one = ticket(text="Namanya Rukmini Wulandari", about="Rukmini Wulandari")
    entry = Entry.objects.get(ticket=one)
    assert unseal(WORDS, entry.words_encrypted) == "Namanya Rukmini Wulandari"
    for sealed in (entry.words_encrypted, one.about_encrypted):
        assert b"Rukmini" not in bytes(sealed or b"")


def test_the_same_form_sent_twice_is_one_and_leads_to_the_same_page() -> None:
    client = Client()
    key = form_key(client)
    places = {client.post("/lapor", {**FILLED, "key": key})["Location"] for _time in range(3)}
    assert len(places) == 1
    assert (Ticket.objects.count(), Entry.objects.count()) == (1, 1)
    other = client.post("/lapor", {**FILLED, "key": key, "text": "Ada yang lain lagi."})["Location"]
    assert other not in places
    assert Ticket.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_ticket() -> None:
    new = told(key="satu formulir")
    results = together(20, lambda _place: send_ticket(SENDER, new))
    assert {one.code for one in results} == {results[0].code}
    assert (Ticket.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_limit_holds_also_when_all_come_at_once() -> None:
    many = [told(key=f"banjir-{number}", address="203.0.113.9", phone="081234567890") for number in range(8)]
    results = together(8, lambda place: send_ticket(SENDER, many[place]))
    refused = [one for one in results if isinstance(one, ToldTooOften)]
    assert (Ticket.objects.count(), len(refused)) == (5, 3)


def test_a_flood_from_one_network_is_told_when_to_come_again() -> None:
    TicketTerm.objects.create(code="network_hour", value=2, from_on=date(2020, 1, 1), source="uji")
    client = Client(REMOTE_ADDR="203.0.113.7")
    for number in range(2):
        send(client, text=f"Laporan {number}")
    refused = send(client, 429, text="Yang ketiga")
    assert "Sudah 2 laporan dari jaringan internet ini dalam satu jam" in refused.content.decode()
    assert "Yang ketiga" in refused.content.decode()
    assert Ticket.objects.count() == 2


def test_a_misspelt_place_is_offered_and_never_guessed() -> None:
    client = Client()
    form = page(send(client, 422, place="Senenn"), 422)
    offered = {str(box["value"]) for box in form.select("input[name=region]")}
    assert SENEN in offered
    assert "Kota Jakarta Pusat" in words(form.main)
    assert not Ticket.objects.exists()
    send(client, place="Senenn", region=SENEN)
    assert Ticket.objects.get().region == SENEN


def test_of_one_name_in_two_places_both_are_offered_with_where_they_lie() -> None:
    form = page(send(Client(), 422, place="Sukajadi"), 422)
    offered = words(form.main)
    assert len(form.select("input[name=region]")) > 1
    assert "Kota Bandung" in offered
    assert not Ticket.objects.exists()


def test_a_place_that_may_be_several_is_chosen_and_nothing_typed_is_lost() -> None:
    client = Client()
    refused = send(client, 422, place="Jakarta Pusat")
    form = page(refused, 422)
    assert "Ada beberapa tempat yang cocok. Pilih satu." in words(form.main)
    assert STORY in words(form.main)
    offered = [str(box["value"]) for box in form.select("input[name=region]")]
    assert SENEN in offered
    send(client, place="Jakarta Pusat", region=SENEN)
    assert Ticket.objects.get().region == SENEN


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Pilih salah satu."),
        ({"kind": "gosip"}, "Pilih salah satu."),
        ({"text": ""}, "Bagian ini kosong."),
        ({"text": "  "}, "Bagian ini kosong."),
        ({"text": "x" * 3000}, "Isian ini terlalu panjang"),
        ({"place": ""}, "Bagian ini kosong."),
        ({"place": "Zzyzx Qwerty"}, "Zzyzx"),
        ({"phone": "12345"}, "nomor telepon"),
        ({"text": "rusak \x00 huruf"}, "tidak terbaca"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_kept(
    changed: dict[str, str], sentence: str
) -> None:
    answer = send(Client(), 422, **changed)
    assert sentence in words(page(answer, 422).main)
    assert Ticket.objects.count() == 0


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        send_ticket(SENDER, told(kind="gosip", text="", region="99.99.99", phone="x"))
    assert {error.field for error in refused.value.errors} == {"kind", "text", "place", "phone"}
    assert Ticket.objects.count() == 0


def test_whoever_holds_nothing_sends_nothing_past_the_form(hadi: Actor) -> None:
    with pytest.raises(NotAllowed):
        send_ticket(hadi, told())
    assert Ticket.objects.count() == 0


def test_a_wrong_code_says_what_is_wrong_and_whoever_tries_codes_is_slowed() -> None:
    client = Client(REMOTE_ADDR="203.0.113.8")
    assert "salah ketik" in client.get("/lapor/TK-AAAAAA").content.decode()
    stranger = show_code(code_from("nobody", "nothing"))
    assert client.get(f"/lapor/{stranger}").status_code == 404
    for _time in range(brake.MOST_MISSED):
        client.get(f"/lapor/{stranger}")
    assert client.get(f"/lapor/{stranger}").status_code == 429
    assert client.get("/lapor/cari", {"kode": stranger})["Location"] == f"/lapor/{stranger}"


@pytest.mark.parametrize(
    "address", ["/verifikasi", "/verifikasi/cari", "/verifikasi/KA-AAAAAA", "/lapor/cari"]
)
def test_the_form_is_linked_from_wherever_something_is_not_genuine(address: str) -> None:
    links = page(Client().get(address), 404 if "KA-" in address else 200).select("main a[href^='/lapor']")
    assert links
    assert page(Client().get(links[0]["href"])).select_one("form[method=post]") is not None


def test_the_term_of_the_day_is_the_one_that_holds_there() -> None:
    TicketTerm.objects.create(
        code="question_hours", value=5, from_on=timezone.now().date() - timedelta(days=2), source="uji"
    )
    one = ticket(kind="question")
    assert one.due - one.sent_since == timedelta(hours=5)
