"""A centre shows one photo of its place, to whoever sees the centre."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from okoce.community.centres.actions import close_centre, keep_centre_photo, remove_centre_photo
from okoce.community.centres.models import Centre
from okoce.community.centres.tests.factories import OPENED, chair_of, opened_centre, planned_centre
from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import NotFound, Refused
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def jpeg(colour: str = "navy") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(file, "JPEG")
    return file.getvalue()


def files(media: Path) -> int:
    return sum(path.is_file() for path in media.rglob("*"))


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    return client


def shown(client: Client, address: str) -> list[str]:
    return [str(image["src"]) for image in page(client.get(address)).select("main img")]


def test_the_public_page_shows_it_with_its_size_and_both_pictures_come(client: Client) -> None:
    centre = keep_centre_photo(SYSTEM, opened_centre(active_group("Mawar", SENEN)), [jpeg()])
    [image] = page(client.get(f"/pusat/{centre.pk}")).select("main img")
    assert (image["width"], image["height"], image["alt"]) == ("800", "600", "Foto Pusat Senen")
    small, large = (one.split()[0] for one in str(image["srcset"]).split(", "))
    for address, width in ((small, 480), (large, 800)):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/webp"
        assert "immutable" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).width == width


def test_the_photo_of_a_plan_is_for_the_desk_alone(client: Client) -> None:
    group = active_group("Mawar", SENEN)
    centre = keep_centre_photo(SYSTEM, planned_centre(group), [jpeg()])
    assert client.get(f"/pusat/{centre.pk}/foto/{centre.photo}.webp").status_code == 404
    desk = client_of(chair_of(group))
    [address] = shown(desk, f"/pusat/kelola/{centre.pk}")
    assert desk.get(address)["Cache-Control"] == "private, no-store"
    stranger = client_of(chair_of(active_group("Melati", SENEN), 52))
    assert stranger.get(address).status_code == 404


def test_another_one_takes_its_place_and_the_one_before_is_gone(
    client: Client, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    centre = opened_centre(active_group("Mawar", SENEN))
    with django_capture_on_commit_callbacks(execute=True):
        before = keep_centre_photo(SYSTEM, centre, [jpeg()]).photo
        keep_centre_photo(SYSTEM, centre, [jpeg("gold")])
    assert files(media) == 2
    assert client.get(f"/pusat/{centre.pk}/foto/{before}.webp").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        remove_centre_photo(SYSTEM, centre)
    assert files(media) == 0
    assert shown(client, f"/pusat/{centre.pk}") == []


def test_a_komunitas_sends_it_from_its_page_and_reads_it_in_the_history() -> None:
    group = active_group("Mawar", SENEN)
    centre = planned_centre(group)
    desk, sent = client_of(chair_of(group)), SimpleUploadedFile("../../pusat.jpg", jpeg())
    answer = desk.post(reverse("keep_centre_photo", args=[centre.pk]), {"photo": sent})
    assert answer.status_code == 302
    assert Centre.objects.get().photo
    kinds = Event.objects.filter(subject_type="centres.centre").values_list("kind", flat=True)
    assert list(kinds.order_by("id")) == ["centres.centre_planned", "centres.centre_photo_kept"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Belum ada foto yang dipilih"),
        ({"photo": SimpleUploadedFile("a.jpg", b"bukan foto")}, "bukan foto yang dikenal"),
    ],
)
def test_what_is_no_photo_is_told_beside_the_field_and_the_one_before_stays(
    sent: dict[str, object], said: str
) -> None:
    group = active_group("Mawar", SENEN)
    centre = keep_centre_photo(SYSTEM, planned_centre(group), [jpeg()])
    answer = client_of(chair_of(group)).post(reverse("keep_centre_photo", args=[centre.pk]), sent)
    assert said in words(page(answer, 422).select_one(".error"))
    assert Centre.objects.get().photo == centre.photo


def test_a_closed_centre_keeps_the_photo_that_it_had(media: Path) -> None:
    centre = keep_centre_photo(SYSTEM, opened_centre(active_group("Mawar", SENEN)), [jpeg()])
    close_centre(SYSTEM, centre, OPENED, "Gedung dijual.")
    with pytest.raises(Refused):
        keep_centre_photo(SYSTEM, centre, [jpeg("gold")])
    assert Centre.objects.get().photo == centre.photo
    assert files(media) == 2


def test_nobody_hangs_a_photo_on_the_centre_of_another_komunitas(media: Path) -> None:
    centre = planned_centre(active_group("Mawar", SENEN))
    stranger = chair_of(active_group("Melati", SENEN), 52)
    with pytest.raises(NotFound):
        keep_centre_photo(stranger, centre, [jpeg()])
    assert Centre.objects.get().photo == ""
    assert files(media) == 0
