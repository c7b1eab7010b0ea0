"""What is refused at sign-in stands at an address of its own, so that "back" and "reload" find it; no secret is kept for that."""

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture)
from okoce.foundation.accounts.tests.people import EMAIL, PASSWORD, account
from okoce.foundation.shared.refusals import COOKIE, PURPOSE
from okoce.pipeline.tests.factories import registered
from tests.outbox import Outbox
from tests.pages import page, refused, words
from tests.sealed import opened

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"
WRONG_PASSWORD = "salah-salah-salah"


def errors(client: Client, path: str) -> int:
    return len(page(client.get(path)).select("#kesalahan, main [role=alert]"))


def value(client: Client, field: str) -> str:
    found = page(client.get("/masuk")).select_one(f"#id_{field}")
    assert found is not None
    return str(found.get("value", ""))


def asked(client: Client, outbox: Outbox) -> str:
    """A code is on its way; the answer is another one."""
    assert client.post("/masuk", {"phone": PHONE, "cara": "kode"})["Location"] == "/masuk/kode"
    return f"{(int(outbox.code(PHONE)) + 1) % 10**6:06d}"


def test_a_number_that_is_none_stays_until_one_is_taken(client: Client, outbox: Outbox) -> None:
    answer = client.post("/masuk", {"phone": "0812", "cara": "kode"})
    assert refused(answer).select_one("#id_phone_error")
    assert value(client, "phone") == "0812"  # reloaded
    asked(client, outbox)
    assert not errors(client, "/masuk")
    assert value(client, "phone") == ""


def test_what_was_typed_beside_and_where_she_wanted_to_go_are_not_lost(client: Client) -> None:
    told = {"phone": "0812", "contact": EMAIL, "next": "/anggota?q=siti", "cara": "kode"}
    shown = refused(client.post("/masuk", told))
    assert shown.select_one("#id_contact")["value"] == EMAIL
    assert shown.select_one("[name=next]")["value"] == "/anggota?q=siti"
    account()
    told = {"phone": "0813", "contact": EMAIL, "password": WRONG_PASSWORD, "cara": "sandi"}
    shown = refused(client.post("/masuk?next=/anggota", told))
    assert shown.select_one("#id_phone")["value"] == "0813"
    assert shown.select_one("[name=next]")["value"] == "/anggota"


def test_a_password_that_does_not_match_is_told_once_and_rides_nowhere(client: Client) -> None:
    account()
    answer = client.post("/masuk", {"contact": EMAIL, "password": WRONG_PASSWORD, "cara": "sandi"})
    kept = opened(PURPOSE, client.cookies[COOKIE].value)
    assert EMAIL in kept
    assert WRONG_PASSWORD not in kept
    assert EMAIL not in client.cookies[COOKIE].value
    assert "kata sandi belum cocok" in words(refused(answer).main)
    assert not errors(client, "/masuk")
    assert value(client, "contact") == ""  # the next one at this device reads no name of hers
    answer = client.post("/masuk", {"contact": EMAIL, "password": PASSWORD, "cara": "sandi"})
    assert answer["Location"] == "/corong"


def test_showing_a_refusal_again_tries_nothing(client: Client) -> None:
    """Only what is sent counts as a try: the page that says what was wrong can be asked for as often as one likes."""
    account()
    client.post("/masuk", {"contact": EMAIL, "password": WRONG_PASSWORD, "cara": "sandi"})
    held = client.cookies[COOKIE].value
    for _again in range(10):
        client.cookies[COOKIE] = held
        assert errors(client, "/masuk")
    client.cookies[COOKIE] = ""
    answer = client.post("/masuk", {"contact": EMAIL, "password": PASSWORD, "cara": "sandi"})
    assert answer["Location"] == "/corong"


def test_a_wrong_code_is_told_once_and_rides_nowhere(client: Client, outbox: Outbox) -> None:
    wrong = asked(client, outbox)
    answer = client.post("/masuk/kode", {"code": wrong})
    assert wrong not in opened(PURPOSE, client.cookies[COOKIE].value)
    found = refused(answer)
    assert found.select_one("#id_code_error")
    assert found.select_one("#id_code").get("value", "") == ""
    assert not errors(client, "/masuk/kode")


def test_who_one_is_not_is_told_once_and_the_right_one_goes_on(client: Client, outbox: Outbox) -> None:
    siti = registered(name="Siti Rahayu", phone=PHONE)
    asked(client, outbox)
    client.post("/masuk/kode", {"code": outbox.code(PHONE)})
    assert refused(client.post("/masuk/siapa", {"person": "m0"})).select_one("main [role=alert]")
    assert not errors(client, "/masuk/siapa")
    answer = client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    assert answer["Location"] in {"/", "/saya"}
    assert not answer.client.cookies[COOKIE].value


def test_a_refusal_of_one_telephone_is_not_told_about_another(client: Client, outbox: Outbox) -> None:
    client.post("/masuk/kode", {"code": asked(client, outbox)})
    held = client.cookies[COOKIE].value
    client.post("/masuk", {"phone": "0813 0000 2222", "cara": "kode"})
    client.cookies[COOKIE] = held
    assert not errors(client, "/masuk/kode")
