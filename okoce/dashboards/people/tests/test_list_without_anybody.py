"""An empty list says what is true: where nothing was asked for, nothing is to be corrected, and there is something to do next."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.centres.tests.factories import chair_of
from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
CORRECT = "atau kosongkan saringan"


def shown(client: Client, address: str) -> tuple[str, list[str]]:
    main = page(client.get(address)).main
    assert main is not None
    return words(main), [str(link["href"]) for link in main.select(".empty a")]


def test_a_list_of_nobody_says_so_and_leads_to_the_desk(desk: Desk, ani: Actor) -> None:
    registered(name="Asep", region=COBLONG)
    text, links = shown(desk(ani), "/anggota")
    assert "Belum ada anggota di lingkup Anda" in text
    assert CORRECT not in text
    assert links == ["/meja"]


def test_who_registers_nobody_is_led_nowhere(desk: Desk, gita: Actor) -> None:
    text, links = shown(desk(gita), "/anggota")
    assert "Belum ada anggota di lingkup Anda" in text
    assert links == []


@pytest.mark.parametrize("query", ["q=Wati", "tahap=3"])
def test_what_was_asked_for_and_not_found_is_to_be_corrected(desk: Desk, ani: Actor, query: str) -> None:
    registered(name="Agus", region=SENEN)
    text, _links = shown(desk(ani), f"/anggota?{query}")
    assert CORRECT in text
    assert "Belum ada anggota" not in text


@pytest.fixture
def mawar() -> Group:
    return active_group("Mawar", SENEN)


def test_a_komunitas_without_a_centre_plans_its_first(mawar: Group, desk: Desk) -> None:
    text, links = shown(desk(chair_of(mawar)), f"/pusat/kelola?komunitas={mawar.pk}")
    assert "Komunitas ini belum punya pusat wirausaha" in text
    assert CORRECT not in text
    assert links == [f"/komunitas/{mawar.pk}/pusat/baru"]


def test_who_may_not_plan_for_it_reads_who_does(mawar: Group, desk: Desk, ani: Actor) -> None:
    text, links = shown(desk(ani), f"/pusat/kelola?komunitas={mawar.pk}")
    assert "Pusat direncanakan oleh pengurus komunitasnya." in text
    assert links == []


def test_a_name_that_no_centre_has_is_to_be_corrected(mawar: Group, desk: Desk) -> None:
    text, links = shown(desk(chair_of(mawar)), f"/pusat/kelola?komunitas={mawar.pk}&q=Melati")
    assert CORRECT in text
    assert links == []
