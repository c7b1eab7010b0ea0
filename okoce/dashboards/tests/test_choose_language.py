"""Indonesian, unless the reader chose English here; the browser's own language says nothing."""

import pytest
from django.test import Client

from tests.pages import page, words

pytestmark = pytest.mark.django_db


def language(answer: object) -> str:
    html = page(answer).html
    assert html is not None
    return str(html["lang"])


@pytest.mark.parametrize("accepted", ["en", "en-US,en;q=0.9", "fr", "*", "x" * 5000, ""])
def test_the_browsers_own_language_changes_nothing(client: Client, accepted: str) -> None:
    answer = client.get("/corong", headers={"accept-language": accepted})
    assert (language(answer), answer["Content-Language"]) == ("id", "id")
    assert words(page(answer).h1) == "Corong 7 tahap"


def test_a_choice_is_remembered_and_can_be_taken_back(client: Client) -> None:
    answer = client.get("/bahasa/en?kembali=/corong%3Fwilayah%3D31")
    assert (answer.status_code, answer["Location"]) == (302, "/corong?wilayah=31")
    shown = client.get("/corong?wilayah=31")
    assert (language(shown), shown["Content-Language"]) == ("en", "en")
    assert words(page(shown).h1) != "Corong 7 tahap"
    client.get("/bahasa/id")
    assert language(client.get("/corong")) == "id"


def test_refusals_are_told_in_the_chosen_language_too(client: Client) -> None:
    indonesian = words(page(client.get("/corong?wilayah=99"), 404).main)
    client.get("/bahasa/en")
    english = words(page(client.get("/corong?wilayah=99"), 404).main)
    assert english != indonesian
    assert "99" in english


def test_the_chosen_language_does_not_stick_to_the_process(client: Client) -> None:
    client.get("/bahasa/en")
    client.get("/")
    assert language(Client().get("/")) == "id"


@pytest.mark.parametrize(
    "back", ["https://jahat.contoh/", "//jahat.contoh", "/\\jahat.contoh", "javascript:alert(1)"]
)
def test_the_way_back_stays_in_the_house(client: Client, back: str) -> None:
    assert client.get("/bahasa/en", {"kembali": back})["Location"] == "/"


def test_an_unknown_language_is_not_found_and_a_forged_cookie_is_ignored(client: Client) -> None:
    assert client.get("/bahasa/fr").status_code == 404
    client.cookies["django_language"] = "../../fr"
    assert language(client.get("/")) == "id"
