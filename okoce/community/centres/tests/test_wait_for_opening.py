"""A planned centre waits for whoever declares it open: the menu counts it, and leads to what waits."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.centres.actions import open_centre
from okoce.community.centres.tests.factories import OPENED, chair_of, planned_centre
from okoce.community.groups.tests.factories import active_group
from okoce.community.groups.tests.founders import applied
from okoce.foundation.access.actor import Actor
from okoce.foundation.web.navigation import NavItem, current_key, items_for
from tests.cast import SENEN, SYSTEM

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def entry(actor: Actor, key: str) -> NavItem:
    return next(item for item in items_for(actor) if item.key == key)


def test_is_counted_in_the_menu_until_it_is_open(citra: Actor) -> None:
    group = active_group("Mawar", SENEN)
    assert (entry(citra, "centres").count, entry(citra, "centres").href) == (0, "/pusat/kelola")
    centre = planned_centre(group)
    waiting = entry(citra, "centres")
    assert (waiting.count, waiting.href) == (1, "/pusat/kelola?keadaan=planned")
    assert entry(chair_of(group), "centres").count == 0  # she plans, and does not decide
    open_centre(SYSTEM, centre, OPENED)
    assert entry(citra, "centres").count == 0


def test_the_entry_of_a_queue_leads_to_the_queue_and_stays_marked(desk: Desk, citra: Actor) -> None:
    active_group("Mawar", SENEN)
    applied()
    item = entry(citra, "groups")
    assert current_key("/komunitas", items_for(citra)) == "groups"
    answer = desk(citra).get(item.href).content.decode()
    assert "Ibu Wirausaha Senen" in answer
    assert "Mawar" not in answer
