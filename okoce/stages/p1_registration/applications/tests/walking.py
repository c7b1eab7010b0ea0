"""Whoever registers herself in a browser without script: what she types, and the way as far as a test wants."""

from typing import Any

from django.test import Client

from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from tests.cast import SENEN
from tests.outbox import Outbox
from tests.pages import refused, words

FOUND = 302
TYPED = "0812 3456 7890"
PERSON = {"name": "Siti Aminah", "birth_on": "17 Agustus 1990", "sex": "female"}
WORK = {"activity": "trading", "trade": "Keripik tempe"}
GUARDIANS_PHONE = "+6281299990000"
GUARDIAN = {
    "guardian_name": "Wati",
    "guardian_phone": "0812 9999 0000",
    "guardian_relation": "parent",
    "guardian_agrees": "on",
}
CONSENT = {"version": "2", "programme": "on", "contact": "on"}
BLOCKS: dict[str, dict[str, str]] = {
    "/daftar/diri": PERSON,
    "/daftar/tempat": {"code": SENEN},
    "/daftar/usaha": WORK,
    "/daftar/komunitas": {"group": "none"},
}
# Short enough for one line, so that nobody has to scroll to see them beside the field.
LONGEST_SENTENCE = 200


def verified(client: Client, outbox: Outbox, **told: str) -> None:
    """As far as the code."""
    assert client.post("/daftar", {"phone": TYPED, **told})["Location"] == "/daftar/kode"
    answer = client.post("/daftar/kode", {"code": outbox.code(PHONE)})
    assert answer["Location"] in {"/daftar/diri", "/daftar/lanjut"}


def filled(client: Client, until: str = "/daftar/persetujuan", **otherwise: dict[str, str]) -> None:
    for path, told in BLOCKS.items():
        if path == until:
            return
        answer = client.post(path, {**told, **otherwise.get(path.rpartition("/")[2], {})})
        assert answer.status_code == FOUND, answer.content.decode()[:3000]


def registered_here(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    filled(client)
    client.post("/daftar/persetujuan", CONSENT)
    client.get("/daftar/selesai")


def error_beside(answer: Any, field: str) -> str:
    """The one sentence beside a field; the page says so in its title, and what was typed stands there."""
    found = refused(answer)
    assert found.title is not None
    assert found.title.text.startswith("Kesalahan:")
    sentence = words(found.select_one(f"#id_{field}_error"))
    assert sentence
    assert len(sentence) <= LONGEST_SENTENCE
    return sentence
