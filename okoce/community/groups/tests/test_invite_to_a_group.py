"""The link, the message and the square code by which a komunitas invites."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from okoce.community.groups.actions.groups import NewGroup, create_group, pause_group, validate_group
from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def test_the_link_names_the_komunitas_to_whoever_registers(desk: Desk, citra: Actor, client: Client) -> None:
    group = active_group("Mawar Senen", SENEN)
    found = page(desk(citra).get(f"/komunitas/{group.pk}"))
    link = str(found.select_one(".address a")["href"])
    answer = client.get(f"/daftar?{urlsplit(link).query}")
    assert "Anda diajak komunitas Mawar Senen" in words(page(answer).main)
    share = urlsplit(str(found.select_one("a[href^='https://wa.me/']")["href"]))
    assert link in parse_qs(share.query)["text"][0]


@pytest.mark.parametrize("code", ["123", "A&B=C", "MAWAR #1", "Ü-1"])
def test_any_code_leads_to_its_own_komunitas(desk: Desk, citra: Actor, client: Client, code: str) -> None:
    group = create_group(SYSTEM, NewGroup(code=code, name="Mawar Senen"))
    validate_group(SYSTEM, group, date(2018, 1, 2))
    active_group("Melati")
    link = str(page(desk(citra).get(f"/komunitas/{group.pk}")).select_one(".address a")["href"])
    answer = client.get(f"/daftar?{urlsplit(link).query}")
    assert "Anda diajak komunitas Mawar Senen" in words(page(answer).main)


def test_its_own_officers_print_the_sheet(desk: Desk) -> None:
    group = active_group("Mawar Senen", SENEN)
    eko = Actor(label="eko", grants=(Grant("penggerak", Scope(group_id=group.pk)),))
    found = page(desk(eko).get(f"/komunitas/{group.pk}/undangan"))
    assert found.select_one(".invitation svg.qr path")["d"]
    assert "/daftar?komunitas=MAWAR%20SENEN" in words(found.select_one(".invitation"))


def test_who_takes_nobody_invites_nobody(desk: Desk, citra: Actor) -> None:
    group, client = active_group("Mawar Senen", SENEN), desk(citra)
    pause_group(citra, group, "Libur.")
    assert page(client.get(f"/komunitas/{group.pk}")).select(".address") == []
    assert client.get(f"/komunitas/{group.pk}/undangan")["Location"] == f"/komunitas/{group.pk}"
