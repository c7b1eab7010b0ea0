"""What was refused on /daftar stands at an address of its own, so that no way back ends in the browser's own error."""

import pytest
from django.test import Client

from okoce.foundation.shared.refusals import COOKIE
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.applications.tests.walking import (
    CONSENT,
    PERSON,
    TYPED,
    WORK,
    error_beside,
    filled,
    verified,
)
from tests.outbox import Outbox
from tests.pages import page, refused

pytestmark = pytest.mark.django_db
TOO_LONG_TO_KEEP = "".join(chr(0x4E00 + number) for number in range(3000))


def value(client: Client, path: str, field: str) -> str:
    found = page(client.get(path)).select_one(f"#id_{field}")
    assert found is not None
    return str(found.get("value", ""))


def test_it_is_shown_again_as_often_as_it_is_asked_for(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    answer = client.post("/daftar/diri", {**PERSON, "birth_on": "besok"})
    for _again in range(2):
        assert error_beside(answer, "birth_on")
        assert value(client, "/daftar/diri", "birth_on") == "besok"


def test_once_the_block_is_taken_its_page_shows_what_is_saved(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    client.post("/daftar/diri", {**PERSON, "name": "Siti 🙂"})
    filled(client, until="/daftar/usaha")
    assert value(client, "/daftar/diri", "name") == PERSON["name"]
    assert not page(client.get("/daftar/diri")).select(".error")


def test_other_pages_know_nothing_of_it(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    filled(client, until="/daftar/usaha")
    client.post("/daftar/usaha", {**WORK, "trade": " "})
    assert not page(client.get("/daftar/diri")).select(".error")
    assert page(client.get("/daftar/usaha")).select("#id_trade_error")


def test_the_next_one_to_use_this_telephone_sees_nothing_of_it(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    client.post("/daftar/diri", {**PERSON, "birth_on": "besok"})
    held = client.cookies[COOKIE].value
    assert "Siti" not in held
    client.post("/daftar/baru")
    assert not client.cookies[COOKIE].value
    outbox.sent.clear()
    another = Client()
    assert another.post("/daftar", {"phone": "0813 0000 2222"})["Location"] == "/daftar/kode"
    another.post("/daftar/kode", {"code": outbox.code("+6281300002222")})
    another.cookies[COOKIE] = held
    assert value(another, "/daftar/diri", "name") == ""


def test_a_wrong_code_is_told_once(client: Client, outbox: Outbox) -> None:
    client.post("/daftar", {"phone": TYPED})
    wrong = f"{(int(outbox.code(PHONE)) + 1) % 10**6:06d}"
    assert error_beside(client.post("/daftar/kode", {"code": wrong}), "code")
    assert not page(client.get("/daftar/kode")).select(".error")


def test_where_the_words_come_from_stays_with_the_first_screen(client: Client, outbox: Outbox) -> None:
    found = refused(client.post("/daftar", {"phone": "0812", "sumber": "wa"}))
    source = found.select_one("[name=sumber]")
    assert source is not None
    assert source["value"] == "wa"


def test_what_is_too_long_to_keep_is_answered_at_once_and_stays(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    answer = client.post("/daftar/diri", {**PERSON, "name": TOO_LONG_TO_KEEP})
    typed = page(answer, 422).select_one("#id_name")
    assert typed is not None
    assert typed["value"] == TOO_LONG_TO_KEEP


@pytest.mark.parametrize("changed", ["", "x", "AAAA", "é", "AQ=="])
def test_a_cookie_that_is_none_of_ours_is_passed_over(client: Client, outbox: Outbox, changed: str) -> None:
    verified(client, outbox)
    filled(client)
    client.post("/daftar/persetujuan", {**CONSENT, "programme": ""})
    client.cookies[COOKIE] = changed
    assert not page(client.get("/daftar/persetujuan")).select(".error")
