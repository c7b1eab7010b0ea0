"""The secretariat notes a written request to be erased, with where the letter is; it waits, and can be taken back."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.privacy.models import ErasureRequest
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.pipeline.tests.factories import registered

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LETTER = "Surat 12/2026, map Maret"


def address(member: Member) -> str:
    return f"/anggota/{member.number}/hapus"


def test_is_noted_with_letter_and_number_and_told_on_her_page(desk: Desk, citra: Actor) -> None:
    siti = registered()
    client = desk(citra)
    answer = client.post(address(siti), {"letter": LETTER, "number": siti.number})
    assert answer.status_code == 302
    assert ErasureRequest.objects.values_list("origin", "letter").get() == ("written", LETTER)
    assert "Orang ini minta datanya dihapus" in client.get(f"/anggota/{siti.number}").content.decode()
    assert LETTER in client.get(address(siti)).content.decode()
    [fact] = Event.objects.filter(kind="privacy.erasure_asked")
    assert LETTER not in str(fact.payload)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"letter": "", "number": "own"}, "Tulis nomor atau tempat surat"),
        ({"letter": LETTER, "number": ""}, "Tulis nomor anggota"),
        ({"letter": LETTER, "number": "other"}, "bukan nomor orang di halaman ini"),
        ({"letter": LETTER, "number": "abc"}, "bukan nomor orang di halaman ini"),
        ({"letter": "x" * 201, "number": "own"}, "200"),
    ],
)
def test_what_is_missing_or_somebody_elses_is_refused_and_nothing_typed_is_lost(
    told: dict[str, str], sentence: str, desk: Desk, citra: Actor
) -> None:
    siti, wati = registered(), registered(name="Wati")
    numbers = {"own": siti.number, "other": wati.number}
    answer = desk(citra).post(address(siti), {**told, "number": numbers.get(told["number"], told["number"])})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert told["letter"] in answer.content.decode()
    assert not ErasureRequest.objects.exists()


def test_is_taken_back(desk: Desk, citra: Actor) -> None:
    siti = registered()
    client = desk(citra)
    client.post(address(siti), {"letter": LETTER, "number": siti.number})
    assert client.post(f"{address(siti)}/batal").status_code == 302
    assert not ErasureRequest.objects.waiting().exists()
    assert "Orang ini minta datanya dihapus" not in client.get(f"/anggota/{siti.number}").content.decode()


def test_who_lacks_the_right_neither_sees_nor_does_it(desk: Desk, ani: Actor) -> None:
    siti = registered()
    client = desk(ani)
    assert client.post(address(siti), {"letter": LETTER, "number": siti.number}).status_code == 403
    assert "Hapus data" not in client.get(f"/anggota/{siti.number}").content.decode()
    assert not ErasureRequest.objects.exists()
