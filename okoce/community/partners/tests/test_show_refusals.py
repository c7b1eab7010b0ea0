"""What was refused on the public form of a mitra stands at an address of its own; a komunitas applies by the same parts."""

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.applicants import DETAILS, PHONE, TYPED, filled, proven, version
from okoce.foundation.shared.refusals import COOKIE, PURPOSE
from tests.outbox import Outbox
from tests.pages import page, refused
from tests.sealed import opened

pytestmark = pytest.mark.django_db
NUMBER, CODE, FORM, PLACES = (
    "/mitra/daftar",
    "/mitra/daftar/kode",
    "/mitra/daftar/isi",
    "/mitra/daftar/wilayah",
)
WRONG = {**DETAILS, "website": "bukan situs", "offered_stages": ["5", "7"]}


def errors(client: Client, path: str) -> int:
    return len(page(client.get(path)).select("#kesalahan"))


def test_a_block_is_shown_again_as_it_was_typed_until_it_is_taken(client: Client, outbox: Outbox) -> None:
    proven(client, outbox)
    answer = client.post(FORM, WRONG)
    for _again in range(2):
        found = refused(answer)
        assert found.select_one("#id_website_error")
        ticked = [str(box["value"]) for box in found.select("[name=offered_stages][checked]")]
        assert ticked == ["5", "7"]
    filled(client)
    assert not errors(client, FORM)


def test_a_number_is_shown_again_and_a_wrong_code_once_and_rides_nowhere(
    client: Client, outbox: Outbox
) -> None:
    answer = client.post(NUMBER, {"phone": "0812"})
    for _again in range(2):
        assert refused(answer).select_one("#id_phone")["value"] == "0812"
    client.post(NUMBER, {"phone": TYPED})
    assert not errors(client, NUMBER)
    wrong = f"{(int(outbox.code(PHONE)) + 1) % 10**6:06d}"
    answer = client.post(CODE, {"code": wrong})
    assert wrong not in opened(PURPOSE, client.cookies[COOKIE].value)
    assert refused(answer).select_one("#id_code_error")
    assert not errors(client, CODE)


def test_whoever_has_a_number_reads_why_another_one_is_refused(client: Client, outbox: Outbox) -> None:
    proven(client, outbox)
    assert refused(client.post(NUMBER, {"phone": "0812"})).select_one("#id_phone_error")
    assert client.get(NUMBER)["Location"] == FORM  # told once: her own number goes on


def test_the_last_button_is_refused_at_its_own_address_and_the_tick_stays(
    client: Client, outbox: Outbox
) -> None:
    proven(client, outbox)
    filled(client)
    client.post(PLACES, {"hapus": "31"})
    answer = client.post(PLACES, {"kirim": "1", "consent": "1", "version": version()})
    for _again in range(2):
        assert refused(answer).select_one("#kesalahan")
    client.post(PLACES, {"tambah": "31"})
    assert not errors(client, PLACES)
    answer = client.post(PLACES, {"kirim": "1", "consent": "1", "version": "0"})
    found = refused(answer)
    assert found.select_one("#kesalahan")
    assert found.select_one("[name=consent][checked]")
    assert not Partner.objects.exists()


def test_another_applicant_on_this_telephone_reads_nothing_of_it(client: Client, outbox: Outbox) -> None:
    proven(client, outbox)
    client.post(FORM, WRONG)
    held = client.cookies[COOKIE].value
    assert "Rina" not in held
    another = Client()
    outbox.sent.clear()
    another.post(NUMBER, {"phone": "0813 0000 2222"})
    another.post(CODE, {"code": outbox.code("+6281300002222")})
    another.cookies[COOKIE] = held
    found = page(another.get(FORM))
    assert not found.select("#kesalahan")
    assert found.select_one("#id_contact_name").get("value", "") == ""
