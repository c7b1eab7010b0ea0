"""A member who is in office too: from either side a link leads to the other. An officer who is no member reads how she becomes one."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.dashboards.own.tests.conftest import Browser
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user, open_member_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import person_of_member
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina() -> Client:
    """A member, and secretary of a komunitas."""
    member: Member = registered(name="Rina Puspita", region=SENEN)
    appoint_officer(SYSTEM, active_group("Mawar Senen", SENEN), member.number, Term("secretary", today_wib()))
    person = person_of_member(member.pk)
    assert person is not None
    return signed_in(open_member_account(SYSTEM, person))


@pytest.fixture
def ketua() -> Client:
    """The chair of a komunitas, who is no member."""
    user = create_user(SYSTEM, NewUser(name="Ketua Budi", phone="+6281234567899", email="ketua@okoce.contoh"))
    appoint_officer(SYSTEM, active_group("Melati Senen", SENEN), user.email or "", Term("chair", today_wib()))
    return signed_in(user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", ["/saya", "/saya/paspor", "/saya/kartu", "/saya/data", "/saya/data/izin"])
def test_her_work_is_one_link_away_from_each_page_of_hers(rina: Client, address: str) -> None:
    header = page(rina.get(address)).select_one(".site-header")
    assert header is not None
    assert [words(link) for link in header.select('a[href="/corong"]')] == ["Kerja"]
    assert page(rina.get("/corong"))


def test_her_own_page_stands_in_the_menu_of_her_work(rina: Client) -> None:
    menu = page(rina.get("/anggota")).select_one("#menu")
    assert menu is not None
    [link] = menu.select('a[href="/saya"]')
    assert "Halaman anggota saya" in words(link)


def test_who_is_a_member_alone_has_no_link_to_work(phone_of: Browser) -> None:
    header = page(phone_of(registered()).get("/saya")).select_one(".site-header")
    assert header is not None
    assert "Kerja" not in words(header)


def test_who_is_no_member_reads_how_she_becomes_one_and_finds_back(ketua: Client) -> None:
    answer = ketua.get("/saya")
    shown = page(answer, 403)
    text = words(shown.main)
    assert "Anda belum terdaftar sebagai anggota" in text
    assert "0812-3456-7899" in text
    assert "masuk dengan nomor HP Anda" not in text
    assert shown.main is not None
    assert [str(link["href"]) for link in shown.main.select("a.button")] == [
        "/daftar",
        "/saya/data",
        "/corong",
    ]
    assert ketua.get("/daftar").status_code == 200
    assert ketua.get("/corong").status_code == 200


def test_no_menu_leads_who_is_no_member_there_whatever_her_role(
    ketua: Client, desk: Callable[[Actor], Client], fitri: Actor
) -> None:
    for client in (ketua, desk(fitri)):
        menu = page(client.get("/anggota")).select_one("#menu")
        assert menu is not None
        assert menu.select('a[href="/saya"]') == []


def test_a_stranger_is_sent_to_the_sign_in() -> None:
    assert Client().get("/saya").status_code == 302


def test_a_form_of_members_changes_nothing_for_who_is_none(ketua: Client) -> None:
    assert ketua.post("/saya/data/surel", {"email": "x@okoce.contoh"}).status_code == 403
    assert "Anda belum terdaftar" in drawn_refusal(ketua)


def drawn_refusal(client: Client) -> str:
    return words(page(client.get("/saya"), 403).main)
