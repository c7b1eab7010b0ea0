"""A photo with a report: kept without what hides in it, seen by its sender and whoever may see the ticket, forgotten with it."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image
from pytest_django import Settings

from okoce.community.members.tests.factories import member_with
from okoce.community.privacy.models import Look
from okoce.community.tickets.actions.handling import close_ticket
from okoce.community.tickets.actions.replying import add_words
from okoce.community.tickets.actions.sending import send_ticket
from okoce.community.tickets.forgetting import forget_old
from okoce.community.tickets.models import Photo, Ticket, TicketTerm
from okoce.community.tickets.moves import SENDER
from okoce.community.tickets.tests.tellers import moved_back, officer_called, sent, ticket, told
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.personal import registry
from okoce.foundation.personal.person import Person
from okoce.foundation.shared.errors import Invalid
from okoce.foundation.verification.codes import show_code
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
FILLED = {"kind": "impostor", "text": "Ia meminta uang di pasar.", "place": "Senen", "key": "satu formulir"}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def jpeg(colour: str = "navy", size: tuple[int, int] = (1080, 2400)) -> bytes:
    """As a telephone sends a screenshot, with where it was taken."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Telepon Murah X1"
    exif.get_ifd(0x8825)[1] = "S"
    Image.new("RGB", size, colour).save(file, "JPEG", exif=exif)
    return file.getvalue()


def upload(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("../../a.jpg", content, "image/jpeg") for content in contents]


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def shown(client: Client, address: str) -> list[str]:
    return [str(link["href"]) for link in page(client.get(address)).select("main .photo a")]


def test_a_photo_with_a_report_is_read_by_its_sender_and_the_officer_without_what_hides_in_it(
    media: Path, ani: Actor, desk: Callable[[Actor], Client]
) -> None:
    client = Client()
    form = page(client.get("/lapor")).select_one("form[method=post]")
    assert form is not None
    assert form["enctype"] == "multipart/form-data"
    answer = client.post("/lapor", {**FILLED, "photos": upload(jpeg(), jpeg("gold"))})
    assert answer.status_code == 302, answer.content.decode()
    addresses = shown(client, answer["Location"])
    assert len(addresses) == 2
    [one] = Ticket.objects.all()
    at_desk = shown(desk(ani), f"/laporan/{one.pk}")
    for reader, address in ((client, addresses[0]), (desk(ani), at_desk[0])):
        picture = reader.get(address)
        assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/webp", "private, no-store")
        content = b"".join(picture.streaming_content)  # type: ignore[attr-defined]  # a file
        assert Image.open(io.BytesIO(content)).size == (900, 2000)
        assert b"Telepon" not in content
    assert len(files(media)) == 4
    assert all(b"Telepon" not in path.read_bytes() for path in files(media))


def test_nobody_else_sees_it(budi: Actor, hadi: Actor, desk: Callable[[Actor], Client], media: Path) -> None:
    user, _tono = officer_called("Tono Wijaya")
    accused = Client()
    accused.force_login(user)
    client = Client()
    client.post("/lapor", {**FILLED, "about": "Tono Wijaya", "photos": upload(jpeg())})
    one, name = Ticket.objects.get(), Photo.objects.get().name
    other = sent()
    for reader, status in ((desk(budi), 404), (accused, 404), (desk(hadi), 403)):
        assert reader.get(f"/laporan/{one.pk}/foto/{name}.webp").status_code == status
    strange = f"/lapor/{show_code(other.code)}/foto/{name}.webp"
    assert client.get(strange).status_code == 404
    assert Client().get(f"/laporan/{one.pk}/foto/{name}.webp").status_code == 302


def test_the_same_form_twice_keeps_its_photos_once(media: Path) -> None:
    client = Client()
    places = {client.post("/lapor", {**FILLED, "photos": upload(jpeg())})["Location"] for _time in range(2)}
    assert (len(places), Photo.objects.count(), len(files(media))) == (1, 1, 2)


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        ([b"bukan foto"], "bukan foto yang dikenal"),
        ([bytes(4) + b"ftypheic" + bytes(90)], "Foto HEIC dari iPhone belum bisa dibaca di sini."),
        (
            [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"],
            "bukan foto yang dikenal",
        ),
        ([jpeg(size=(90, 90))] * 3 + [b"x"], "Paling banyak 3 foto pada satu laporan."),
        ([jpeg(size=(90, 90)), b"x"], "bukan foto yang dikenal"),
        ([jpeg(size=(90, 90)) + bytes(2 * 1024 * 1024)], "lebih besar dari 1 MB"),
    ],
)
def test_what_is_wrong_with_a_photo_is_said_in_one_sentence_and_nothing_typed_is_lost(
    contents: list[bytes], sentence: str, media: Path
) -> None:
    TicketTerm.objects.create(code="photo_megabytes", value=1, from_on=date(2020, 1, 1), source="uji")
    answer = Client().post("/lapor", {**FILLED, "about": "Budi Palsu", "photos": upload(*contents)})
    again = page(answer, 422)
    assert sentence in words(again.select_one("#id_photos_error"))
    assert "Pilih lagi fotonya" in words(again.main)
    assert FILLED["text"] in words(again.main)
    assert again.select_one("input[name=about]")["value"] == "Budi Palsu"  # type: ignore[index]  # it is there
    assert (Ticket.objects.count(), Photo.objects.count(), files(media)) == (0, 0, [])


def test_she_adds_some_later_up_to_what_a_ticket_may_have(media: Path) -> None:
    one = sent(photos=[[jpeg(size=(90, 90))]])
    place = f"/lapor/{show_code(one.code)}"
    answer = Client().post(
        f"{place}/tambah", {"text": "Ini percakapannya.", "photos": upload(jpeg(), jpeg())}
    )
    assert answer.status_code == 302
    assert len(shown(Client(), place)) == 3
    with pytest.raises(Invalid, match="Paling banyak 3 foto"):
        add_words(SENDER, one.ticket, "Satu lagi.", [[jpeg()]])
    assert (Photo.objects.count(), len(files(media))) == (3, 6)
    assert one.ticket.entries.count() == 2


def test_of_a_members_photo_she_reads_who_looked(ani: Actor, desk: Callable[[Actor], Client]) -> None:
    member = member_with(name="Siti Aminah", region=SENEN)
    send_ticket(SENDER, told(member_id=member.pk, photos=[[jpeg()]]))
    one, name = Ticket.objects.get(), Photo.objects.get().name
    client = desk(ani)
    client.get(f"/laporan/{one.pk}")
    for _time in range(2):
        assert client.get(f"/laporan/{one.pk}/foto/{name}.webp").status_code == 200
    assert list(Look.objects.values_list("member_id", "page")) == [(member.pk, "ticket")]


def test_it_goes_with_the_ticket_at_the_end_of_its_term(
    ani: Actor, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    old, young = ticket(photos=[[jpeg()]]), ticket(photos=[[jpeg()]])
    for one in (old, young):
        close_ticket(ani, one, "Sudah jelas.")
    moved_back(old, timedelta(days=731))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old() == 1
    assert [one.ticket_id for one in Photo.objects.all()] == [young.pk]
    assert len(files(media)) == 2


def test_it_goes_with_the_data_of_its_sender_and_of_whoever_is_named_with_it(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    member = member_with(name="Rukmini Wulandari")
    hers = ticket(member_id=member.pk, photos=[[jpeg()]])
    ticket(text="Ibu Rukmini Wulandari meminta uang", photos=[[jpeg()]])
    ticket(about="Rukmini Wulandari", photos=[[jpeg()]])
    other = ticket(photos=[[jpeg()]])
    person = Person(member_ids=(member.pk,), names=("Rukmini Wulandari",))
    [row] = registry.all_told(person)["tickets"]["sent"]
    assert (row["id"], row["photos"]) == (hers.pk, 1)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic(), opened_by(SYSTEM):
        registry.forget_everywhere(person)
    assert [one.ticket_id for one in Photo.objects.all()] == [other.pk]
    assert len(files(media)) == 2
