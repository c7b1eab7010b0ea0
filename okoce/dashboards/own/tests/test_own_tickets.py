"""A member's own tickets: what she sent while she was signed in, with every answer, and nobody else's."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.tickets.actions.handling import answer_ticket
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.queries.tickets import own_ticket, own_tickets
from okoce.community.tickets.tests.tellers import fresh, seated, ticket
from okoce.dashboards.own.tests.conftest import Browser, drawn, herself
from okoce.foundation.access.actor import Actor
from tests.cast import SENEN
from tests.pages import page
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db


def test_what_she_sends_signed_in_is_hers(phone_of: Browser, ani: Actor) -> None:
    seated(SENEN)
    siti = member_with(name="Siti Aminah")
    client = phone_of(siti)
    form = page(client.get("/lapor"))
    assert form.select_one("input[name=phone]") is None
    assert "Senen" in str(form.select_one("input[name=place]"))
    key = form.select_one("input[name=key]")["value"]  # type: ignore[index]  # it is there
    sent = {"kind": "question", "text": "Kapan pelatihan?", "place": "Senen", "key": str(key)}
    assert client.post("/lapor", sent).status_code == 302
    [one] = Ticket.objects.filter(member=siti)
    answer_ticket(ani, one, "Bulan depan.")
    assert "Kapan pelatihan?" in drawn(client.get("/saya/laporan"))
    assert "Bulan depan." in drawn(client.get(f"/saya/laporan/{one.pk}"))
    assert client.post(f"/saya/laporan/{one.pk}", {"text": "Tanggal berapa?"}).status_code == 302
    assert fresh(one).state == "new"
    assert client.post(f"/saya/laporan/{one.pk}/selesai").status_code == 302
    assert fresh(one).ended == "solved"


def test_somebody_elses_reads_as_not_found(phone_of: Browser) -> None:
    siti, rina = member_with(name="Siti Aminah"), member_with(name="Rina Melati")
    one = ticket(member_id=rina.pk)
    client = phone_of(siti)
    assert client.get(f"/saya/laporan/{one.pk}").status_code == 404
    assert client.post(f"/saya/laporan/{one.pk}", {"text": "Halo"}).status_code == 404
    assert client.post(f"/saya/laporan/{one.pk}/selesai").status_code == 404
    assert fresh(one).state == "new"
    assert "Belum ada laporan" in drawn(client.get("/saya/laporan"))


def test_a_photo_that_she_adds_is_hers_to_see_and_nobody_elses(
    phone_of: Browser, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    siti, rina = member_with(name="Siti Aminah"), member_with(name="Rina Melati")
    one, file = ticket(member_id=siti.pk), io.BytesIO()
    Image.new("RGB", (90, 60)).save(file, "PNG")
    client, place = phone_of(siti), f"/saya/laporan/{one.pk}"
    sent = {"text": "Ini buktinya.", "photos": SimpleUploadedFile("a.png", file.getvalue())}
    assert client.post(place, sent).status_code == 302
    address = str(page(client.get(place)).select_one("main .photo a")["href"])  # type: ignore[index]  # it is there
    assert client.get(address)["Content-Type"] == "image/webp"
    assert phone_of(rina).get(address).status_code == 404
    refused = page(client.post(place, {"text": "Lagi", "photos": SimpleUploadedFile("a", b"x")}), 422)
    assert "bukan foto yang dikenal" in str(refused)
    assert fresh(one).entries.count() == 2


def test_no_words_are_refused_with_a_sentence(phone_of: Browser) -> None:
    siti = member_with(name="Siti Aminah")
    one = ticket(member_id=siti.pk)
    assert phone_of(siti).post(f"/saya/laporan/{one.pk}", {"text": " "}).status_code == 422
    assert fresh(one).entries.count() == 1


def test_her_list_costs_as_many_queries_for_thirty_as_for_three(phone_of: Browser) -> None:
    siti = member_with(name="Siti Aminah")
    client, many = phone_of(siti), iter(range(100))

    def grow(count: int) -> None:
        from okoce.community.tickets.models import TicketTerm

        TicketTerm.objects.get_or_create(
            code="sender_day", from_on="2019-01-01", defaults={"value": 100, "source": "uji"}
        )
        for _one in range(count):
            ticket(member_id=siti.pk, text=f"Pertanyaan {next(many)}")

    assert_constant_queries(lambda: client.get("/saya/laporan"), grow)


def test_what_was_sent_under_a_record_that_was_merged_twice_is_still_hers() -> None:
    first, second, third = (member_with(name=f"Rina {number}") for number in range(3))
    sent = ticket(member_id=first.pk)
    Member.objects.filter(pk=first.pk).update(merged_into=second)
    Member.objects.filter(pk=second.pk).update(merged_into=third)
    assert own_tickets(herself(third), third)[0] == [sent]
    assert own_ticket(herself(third), third, sent.pk) == sent
