"""I see who looked at my data: what they are, at what, when on my clock, and never their names."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.cards import issue_card
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.privacy.models import Look
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.access.actor import Actor
from okoce.pipeline.tests.factories import registered
from tests.callers import MEMBERS, anis_program
from tests.cast import SENEN, SYSTEM
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
Desk = Callable[[Actor], Client]
LOOKS = "/saya/data/dilihat"
METHOD_NOT_ALLOWED = 405
# What an officer opens under a member's number and is no look at her, with the reason.
NO_LOOK: dict[str, str] = {}


def looked(member: Member, **told: object) -> Look:
    given = {"user_id": 1, "role": "petugas_kecamatan", "region": SENEN, "page": "person"}
    given["span"] = Look.objects.count()
    return Look.objects.create(member=member, **{**given, **told})


def test_nobody_has_looked_yet(phone_of: Phone) -> None:
    assert "Belum ada yang melihat" in drawn(phone_of(registered()).get(LOOKS))


def test_my_data_leads_there(phone_of: Phone) -> None:
    assert LOOKS in phone_of(registered()).get("/saya/data").content.decode()


def test_tells_role_office_page_and_time_in_my_zone_without_the_officers_name(
    phone_of: Phone, desk: Desk, ani: Actor
) -> None:
    siti = registered()
    client = desk(ani)
    assert client.get(f"/anggota/{siti.number}").status_code == 200
    Look.objects.update(at=datetime(2026, 3, 1, 18, 30, tzinfo=UTC))
    text = drawn(phone_of(siti).get(LOOKS))
    assert "Petugas kecamatan · Senen" in text
    assert "Halaman data Anda" in text
    assert "2 Maret 2026, pukul 01.30 WIB" in text
    assert "Uji" not in text  # the officer's name
    assert "user:" not in text


def test_the_clock_is_that_of_where_she_lives(phone_of: Phone) -> None:
    wayan = registered(region="51.71.01")
    looked(wayan)
    Look.objects.update(at=datetime(2026, 3, 1, 18, 30, tzinfo=UTC))
    assert "2 Maret 2026, pukul 02.30 WITA" in drawn(phone_of(wayan).get(LOOKS))


def routes_about_somebody(patterns: list[Any] | None = None, before: str = "/") -> Iterator[str]:
    """The address of every route that takes the number of a member, as it stands in the code."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes_about_somebody(one.url_patterns, route)
        elif "<str:number>" in route:
            yield route


def test_every_page_about_me_that_an_officer_opens_is_told(desk: Desk, citra: Actor) -> None:
    """Whoever adds a page under a member's number notes the look there (`dashboards.sights`), or names here why it is none."""
    siti = registered()
    issue_card(SYSTEM, siti)
    client = desk(citra)
    told: dict[str, str] = {}
    for route in routes_about_somebody():
        Look.objects.all().delete()
        address = re.sub(r"<int:\w+>", "1", route.replace("<str:number>", siti.number))
        status = client.get(address).status_code
        if status != METHOD_NOT_ALLOWED:
            assert (route, status) == (route, 200)
            told[route] = Look.objects.filter(member=siti).values_list("page", flat=True).first() or ""
    assert {route for route, page in told.items() if not page} == set(NO_LOOK)
    assert {told[f"/anggota/<str:number>/{tail}"] for tail in ("pindah", "komunitas", "keluar")} == {"person"}
    assert {told[f"/anggota/<str:number>/{tail}"] for tail in ("hapus", "batasi", "permintaan")} == {
        "request"
    }
    assert (told["/anggota/<str:number>"], told["/anggota/<str:number>/riwayat"]) == ("person", "history")
    assert (told["/meja/<str:number>/betulkan"], told["/meja/<str:number>/wali"]) == (
        "correction",
        "consents",
    )


def test_a_program_that_reads_me_is_told_too() -> None:
    siti, program = registered(), anis_program()
    assert program.get(f"{MEMBERS}/{siti.number}").status_code == 200
    assert program.get(f"{MEMBERS}/{siti.number}/journey").status_code == 200
    assert Look.objects.filter(member=siti).values_list("page", flat=True).get() == "api"


def test_a_page_out_of_reach_is_no_look(desk: Desk, budi: Actor) -> None:
    siti = registered()
    assert desk(budi).get(f"/anggota/{siti.number}").status_code == 404
    assert not Look.objects.exists()


def test_what_i_open_myself_is_no_look(phone_of: Phone) -> None:
    siti = registered()
    phone = phone_of(siti)
    phone.get("/saya/data")
    phone.get(f"/anggota/{siti.number}")
    assert not Look.objects.exists()


def test_the_page_costs_the_same_however_many_looked_and_goes_on_behind_fifty(phone_of: Phone) -> None:
    siti, group = registered(), active_group("Mawar")
    phone = phone_of(siti)

    def grow(count: int) -> None:
        for _ in range(count):
            looked(siti, group_id=group.pk, region="")

    assert_constant_queries(lambda: phone.get(LOOKS), grow)
    grow(25)
    assert "sesudah=" in phone.get(LOOKS).content.decode()
    assert phone.get(LOOKS, {"sesudah": "9" * 40}).status_code == 200


def test_somebody_elses_looks_are_not_mine(phone_of: Phone) -> None:
    siti, wati = registered(), member_with(name="Wati")
    looked(wati)
    assert "Belum ada yang melihat" in drawn(phone_of(siti).get(LOOKS))
