"""The page on which a code is typed says until when it counts, as long as that is true, and invites to nothing that is refused."""

import pytest
from django.test import Client

from okoce.foundation.accounts.codes import TRIES
from tests.outbox import Outbox
from tests.pages import page, words
from tests.pages import refused as refused_page

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"
UNTIL_LOCKED = 10


def ask(client: Client, outbox: Outbox) -> str:
    """A code is sent; the answer is another one."""
    assert client.post("/masuk", {"phone": PHONE, "cara": "kode"})["Location"] == "/masuk/kode"
    return f"{(int(outbox.code(PHONE)) + 1) % 10**6:06d}"


def shown(client: Client) -> str:
    return words(page(client.get("/masuk/kode")).main)


def refused(client: Client, typed: str) -> str:
    return words(refused_page(client.post("/masuk/kode", {"code": typed})).main)


def test_until_when_it_counts_is_said_as_long_as_it_does(client: Client, outbox: Outbox) -> None:
    wrong = ask(client, outbox)
    assert "Berlaku sampai pukul" in shown(client)
    for _try in range(TRIES - 1):
        assert "Berlaku sampai pukul" in refused(client, wrong)
    used_up = refused(client, wrong)
    assert "Kode itu sudah tidak berlaku" in used_up
    assert "Berlaku sampai pukul" not in used_up
    assert "Kirim ulang kode" in used_up


def test_nobody_is_invited_to_ask_for_a_code_that_would_be_refused(client: Client, outbox: Outbox) -> None:
    wrong = ask(client, outbox)
    for _try in range(UNTIL_LOCKED - 1):
        assert "Kirim ulang kode" in refused(client, wrong)
    for said in (refused(client, wrong), shown(client)):
        assert "Kirim ulang kode" not in said
        assert "Berlaku sampai pukul" not in said
        assert "Kode baru bisa diminta sesudah pukul" in said
