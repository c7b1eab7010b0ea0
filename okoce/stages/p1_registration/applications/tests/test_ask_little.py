"""What /daftar asks: at most eight things over all its blocks, for somebody who answers for herself."""

import pytest
from bs4 import Tag
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.applications.tests.walking import BLOCKS, CONSENT, FOUND, TYPED
from tests.outbox import Outbox
from tests.pages import page

pytestmark = pytest.mark.django_db
MOST = 8
# Not told about herself: what proves her number, and what she agrees to.
NOT_ASKED = {"code", "may_call", "programme", "shop", "contact"}


def fields_on(client: Client, path: str) -> set[str]:
    """The names of what there is to fill in on a block as it opens: what lies in a fold is not asked."""
    fields = page(client.get(path)).select("main input, main select, main textarea")
    return {str(one["name"]) for one in fields if is_asked(one)} - NOT_ASKED


def is_asked(field: Tag) -> bool:
    fold = field.find_parent("details")
    is_folded = fold is not None and not fold.has_attr("open")
    return field.get("type") not in {"hidden", "submit"} and bool(field.get("name")) and not is_folded


def test_at_most_eight_things_are_asked(client: Client, outbox: Outbox) -> None:
    active_group("Mawar")
    asked = {"/daftar": fields_on(client, "/daftar")}
    client.post("/daftar", {"phone": TYPED})
    asked["/daftar/kode"] = fields_on(client, "/daftar/kode")
    client.post("/daftar/kode", {"code": outbox.code(PHONE)})
    for path, told in BLOCKS.items():
        asked[path] = fields_on(client, path)
        assert client.post(path, told).status_code == FOUND
    asked["/daftar/persetujuan"] = fields_on(client, "/daftar/persetujuan")
    assert client.post("/daftar/persetujuan", CONSENT)["Location"] == "/daftar/selesai"
    assert asked == {
        "/daftar": {"phone"},
        "/daftar/kode": set(),
        "/daftar/diri": {"name", "birth_on", "sex"},
        "/daftar/tempat": {"cari"},
        "/daftar/usaha": {"activity", "trade"},
        "/daftar/komunitas": {"group"},
        "/daftar/persetujuan": set(),
    }
    assert sum(map(len, asked.values())) <= MOST
