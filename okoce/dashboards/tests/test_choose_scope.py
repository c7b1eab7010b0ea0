"""The scope an officer works in: chosen once, kept for the session, never wider than the grants."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.web.scope_choice import ALL, read_choice
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.pages import page, rows_of, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def two_places() -> Actor:
    grants = (
        Grant("petugas_kecamatan", Scope(region=SENEN)),
        Grant("petugas_kecamatan", Scope(region=COBLONG)),
    )
    return Actor(label="two places", user_id=1, grants=grants)


def choose(client: Client, value: str, back: str = "/anggota") -> str:
    answer = client.post("/lingkup", {"lingkup": value, "kembali": back})
    assert answer.status_code == 302
    return str(answer["Location"])


def names(client: Client, path: str = "/anggota") -> list[str]:
    return [row[0] for row in rows_of(client.get(path, follow=True))]


def offered(client: Client, path: str) -> list[str]:
    return [words(option) for option in page(client.get(path, follow=True)).select("#scope-switch option")]


def test_who_has_two_places_works_in_both_or_in_one(desk: Desk) -> None:
    registered(name="Siti")
    registered(name="Asep", region=COBLONG)
    client = desk(two_places())
    assert names(client) == ["Asep", "Siti"]
    assert offered(client, "/anggota")[0] == "Semua wilayah tugas saya"
    assert choose(client, SENEN) == "/anggota"
    assert client.get("/anggota")["Location"] == f"/anggota?wilayah={SENEN}"
    assert names(client) == ["Siti"]
    assert choose(client, "") == "/anggota"
    assert names(client) == ["Asep", "Siti"]


def test_the_choice_holds_on_every_page_that_takes_a_place_and_keeps_what_else_was_asked(desk: Desk) -> None:
    client = desk(two_places())
    choose(client, COBLONG)
    for path in ("/corong", "/belum-lanjut", "/anggota"):
        assert client.get(path)["Location"] == f"{path}?wilayah={COBLONG}"
    assert client.get("/corong?per=2018-12-31")["Location"] == f"/corong?per=2018-12-31&wilayah={COBLONG}"


def test_an_address_that_names_a_place_or_all_of_them_is_taken_as_it_is(desk: Desk) -> None:
    registered(name="Siti")
    registered(name="Asep", region=COBLONG)
    client = desk(two_places())
    choose(client, COBLONG)
    assert names(client, f"/anggota?wilayah={SENEN}") == ["Siti"]
    assert names(client, "/anggota?wilayah=") == ["Asep", "Siti"]


def test_a_place_outside_the_grants_cannot_be_chosen(desk: Desk, ani: Actor) -> None:
    client = desk(ani)
    for value in (COBLONG, "31", "99", "x' OR 1=1", "komunitas:1", "komunitas:x", "3" * 500):
        choose(client, value)
        assert client.get("/anggota").status_code == 200, value


def test_a_choice_lapses_with_the_grant_that_covered_it(desk: Desk) -> None:
    actor = two_places()
    client = desk(actor)
    choose(client, COBLONG)
    assert client.get("/anggota").status_code == 302
    with opened_by(SYSTEM):
        RoleAssignment.objects.filter(region=COBLONG).update(until_on="2018-01-02")
    assert client.get("/anggota").status_code == 200


def test_the_nation_is_narrowed_step_by_step(desk: Desk, citra: Actor) -> None:
    client = desk(citra)
    assert offered(client, "/corong")[0] == "Seluruh Indonesia"
    assert "DKI Jakarta" in offered(client, "/corong")
    assert "Senen" not in offered(client, "/corong")
    choose(client, "31")
    choose(client, "31.71")
    assert "Senen" in offered(client, "/corong")


def test_one_place_with_nothing_below_it_needs_no_switch(desk: Desk, ani: Actor) -> None:
    assert offered(desk(ani), "/anggota") == []


def test_who_moves_two_komunitas_chooses_one_by_its_name(desk: Desk) -> None:
    first, second = active_group("Mawar"), active_group("Melati")
    grants = tuple(Grant("penggerak", Scope(group_id=group.pk)) for group in (first, second))
    client = desk(Actor(label="mover", user_id=1, grants=grants))
    assert offered(client, "/corong") == ["Semua wilayah tugas saya", "Mawar", "Melati"]
    choose(client, f"komunitas:{second.pk}")
    assert client.get("/corong")["Location"] == f"/corong?komunitas={second.pk}"
    assert client.get("/anggota")["Location"] == f"/anggota?komunitas={second.pk}"


def test_the_way_back_never_leads_elsewhere(desk: Desk, citra: Actor) -> None:
    assert choose(desk(citra), "31", "https://jahat.contoh/") == "/"


def test_the_choice_ends_with_the_session(desk: Desk, citra: Actor) -> None:
    client = desk(citra)
    choose(client, "31")
    client.post("/keluar")
    assert client.get("/corong").status_code == 200


def test_no_choice_is_wider_than_the_grants(ani: Actor) -> None:
    national = Actor(label="n", user_id=1, grants=(Grant("sekretariat", EVERYWHERE),))
    assert read_choice("32", national).region == "32"
    assert read_choice("32", ani) == ALL
    assert read_choice("31.71", ani) == ALL, "what lies above one's own place is no narrowing"
    helper = Actor(label="h", user_id=1, grants=(Grant("pendamping", Scope(helper_user_id=1)),))
    assert read_choice(SENEN, helper) == ALL
    assert read_choice("komunitas:" + "9" * 5000, national) == ALL
