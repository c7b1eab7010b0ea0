"""The first page of a member says where to go and whom to write to, and one truth of where she stands."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client

from okoce.community.centres.tests.factories import opened_centre
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.dashboards.own.tests.conftest import drawn
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN
from tests.pages import page

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


def test_the_nearest_centre_stands_there_with_its_hours_and_a_way_to_write(phone_of: Browser) -> None:
    far = opened_centre(active_group("Melati", COBLONG), "Pusat Coblong", COBLONG)
    near = opened_centre(active_group("Mawar", SENEN))
    siti = registered(name="Siti", region=SENEN)
    answer = phone_of(siti).get("/saya")
    words = drawn(answer)
    assert near.name in words
    assert near.address in words
    assert near.hours in words
    assert far.name not in words
    shown = page(answer)
    assert shown.select_one(f".next-step a[href='/pusat/{near.pk}']")
    chat = shown.select_one(".next-step a[href^='https://wa.me/']")
    assert chat is not None
    assert near.contact_phone.removeprefix("+") in str(chat["href"])
    assert siti.number in unquote(str(chat["href"]))


def test_without_a_centre_she_is_led_to_the_search_for_one(phone_of: Browser) -> None:
    shown = page(phone_of(registered(name="Siti", region=SENEN)).get("/saya"))
    assert shown.select_one(f".next-step a[href='/pusat?kecamatan={SENEN}']")
    assert not shown.select(".next-step a[href^='https://wa.me/']")


def test_dots_and_passport_say_the_same_and_no_word_needs_explaining(phone_of: Browser) -> None:
    words = drawn(phone_of(registered(name="Siti", region=SENEN)).get("/saya"))
    assert "sedang berjalan" not in words
    assert "langkah berikutnya" in words
    assert "Tengok triwulan" not in words
