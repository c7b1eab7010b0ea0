"""The sign-in page of a demo lists one sign-in per role, the member's too; elsewhere it lists none."""

import pytest
from django.test import Client
from pytest_django import Settings

from okoce.demo import context
from okoce.demo.officers import MEMBER_PHONE, contact_of
from okoce.demo.replay import note_synthetic
from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.phones import show_phone
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    note_synthetic("2018")
    monkeypatch.setattr(context, "_remembered", context._Remembered())


def sign_ins(client: Client) -> list[str]:
    return [words(code) for code in page(client.get("/masuk")).select("main dl dd code:first-of-type")]


def test_each_role_has_its_sign_in(client: Client, settings: Settings) -> None:
    settings.DEMO = "2018"
    listed = sign_ins(client)
    assert len(listed) == len(ROLES)
    assert show_phone(MEMBER_PHONE) in listed
    assert contact_of("auditor") in listed


def test_the_members_code_is_a_link_away(client: Client, settings: Settings, outbox: Outbox) -> None:
    settings.DEMO = "2018"
    client.post("/masuk", {"phone": show_phone(MEMBER_PHONE), "cara": "kode"})
    assert page(client.get("/masuk/kode")).select_one('main a[href="/demo/kode"]') is not None
    assert page(client.get("/masuk")).select_one('main dd a[href="/demo/kode"]') is not None


def test_elsewhere_nobody_is_listed(client: Client) -> None:
    assert sign_ins(client) == []
    assert client.get("/masuk/kode").status_code == 302
