"""Somebody who founds a komunitas: by the deed, and in a browser without script."""

from typing import Any

from django.test import Client

from okoce.community.groups.actions.applications import FOUNDER, NewApplication, apply_group
from okoce.community.groups.models import ChecklistItem, Group
from tests.outbox import Outbox

PHONE, TYPED = "+6281234567890", "0812 3456 7890"
SENEN, MENTENG, COBLONG = "31.71.04", "31.71.06", "32.73.02"
DETAILS = {
    "name": "Ibu Wirausaha Senen",
    "kind": "women",
    "purpose": "Melatih ibu rumah tangga berjualan kue.",
    "founder_name": "Siti Aminah",
}


def application(**otherwise: Any) -> NewApplication:
    return NewApplication(**({**DETAILS, "areas": (SENEN,), "founder_phone": PHONE} | otherwise))


def applied(**otherwise: Any) -> Group:
    return apply_group(FOUNDER, application(**otherwise))


def items() -> set[int]:
    """Everything that the secretariat has to look at."""
    return set(ChecklistItem.objects.values_list("pk", flat=True))


def proven(client: Client, outbox: Outbox) -> None:
    """As far as the code."""
    assert client.post("/komunitas/daftar", {"phone": TYPED})["Location"] == "/komunitas/daftar/kode"
    client.post("/komunitas/daftar/kode", {"code": outbox.code(PHONE)})
