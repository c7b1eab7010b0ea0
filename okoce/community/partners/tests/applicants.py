"""Somebody who applies for a mitra: by the deed, and in a browser without script."""

from typing import Any

from django.test import Client
from django.utils import timezone

from okoce.community.partners.actions.partners import NewPartner
from okoce.community.partners.actions.proposals import APPLICANT, NewProposal, apply_partner
from okoce.community.partners.models import ContactText, Partner
from okoce.foundation.shared.days import today_wib
from tests.outbox import Outbox

PHONE, TYPED = "+6281234567890", "0812 3456 7890"
DETAILS: dict[str, Any] = {
    "name": "PT Kemasan Nusantara",
    "kind": "company",
    "offer": "Kemasan gratis untuk 100 usaha pertama.",
    "offered_stages": ["5"],
    "website": "www.kemasan.example",
    "contact_name": "Rina Hartati",
    "contact_duty": "Kepala kemitraan",
    "contact_email": "Rina@Kemasan.example",
}


def version() -> str:
    return ContactText.objects.valid_on(today_wib()).version


def application(**otherwise: Any) -> NewProposal:
    told = {**DETAILS, "offered_stages": (5,), "areas": ("31",), "contact_phone": PHONE} | otherwise
    return NewProposal(about=NewPartner(**told), consent_version=version(), phone_proven_since=timezone.now())


def applied(**otherwise: Any) -> Partner:
    return apply_partner(APPLICANT, application(**otherwise))


def proven(client: Client, outbox: Outbox) -> None:
    """As far as the code."""
    assert client.post("/mitra/daftar", {"phone": TYPED})["Location"] == "/mitra/daftar/kode"
    client.post("/mitra/daftar/kode", {"code": outbox.code(PHONE)})


def filled(client: Client) -> None:
    """As far as the last button."""
    assert client.post("/mitra/daftar/isi", DETAILS)["Location"] == "/mitra/daftar/wilayah"
    client.post("/mitra/daftar/wilayah", {"tambah": "31"})
