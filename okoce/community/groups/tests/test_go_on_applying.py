"""Somebody goes on with what she applied for: changes it, or begins another one, on the form without script."""

import pytest
from django.test import Client

from okoce.community.groups.actions.groups import refuse_group
from okoce.community.groups.models import Group
from okoce.community.groups.tests.founders import COBLONG, DETAILS, applied, proven
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from tests.outbox import Outbox
from tests.pages import page, refused, words

pytestmark = pytest.mark.django_db
FORM, PLACES, DONE = "/komunitas/daftar/isi", "/komunitas/daftar/wilayah", "/komunitas/daftar/selesai"


def taken_up(client: Client, outbox: Outbox) -> Group:
    """An application that waits, put back into the form."""
    group = applied()
    proven(client, outbox)
    client.get(FORM, {"ubah": group.pk})
    return group


def send(client: Client) -> str:
    return client.post(PLACES, {"kirim": "1"})["Location"]


def test_another_komunitas_never_takes_the_place_of_the_one_that_was_to_be_changed(
    client: Client, outbox: Outbox
) -> None:
    taken_up(client, outbox)
    [other] = [link for link in page(client.get(DONE)).main.find_all("a") if "lain" in words(link)]
    client.get(str(other["href"]), follow=True)
    client.post(FORM, {**DETAILS, "name": "Penjahit Coblong"})
    client.post(PLACES, {"tambah": COBLONG})
    assert send(client) == DONE
    assert set(Group.objects.values_list("name", flat=True)) == {DETAILS["name"], "Penjahit Coblong"}


def test_a_new_one_that_is_half_told_stays(client: Client, outbox: Outbox) -> None:
    proven(client, outbox)
    client.post(FORM, DETAILS)
    shown = client.get(FORM, {"baru": "1"}, follow=True).content.decode()
    assert DETAILS["purpose"] in shown


def test_what_was_decided_meanwhile_is_read_at_once_and_what_was_typed_can_be_sent_as_another(
    client: Client, outbox: Outbox, citra: Actor
) -> None:
    group = taken_up(client, outbox)
    refuse_group(citra, group, "Alamatnya tidak ditemukan.")
    assert send(client) == DONE
    shown = words(page(client.get(DONE)))
    assert "Pengajuan ini sudah diputuskan." in shown
    assert "Alamatnya tidak ditemukan." in shown
    assert Group.objects.get().state == "refused"
    assert DETAILS["purpose"] in client.get(FORM, {"baru": "1"}, follow=True).content.decode()
    assert send(client) == DONE
    assert Group.objects.count() == 2


def test_whoever_goes_past_a_page_that_was_wrong_is_led_back_to_it(client: Client, outbox: Outbox) -> None:
    proven(client, outbox)
    refused(client.post(FORM, {**DETAILS, "purpose": " "}))
    client.post(PLACES, {"tambah": COBLONG})
    answer = client.post(PLACES, {"kirim": "1"})
    assert answer["Location"] == FORM
    found = page(client.get(FORM))
    assert words(found.select_one("#id_purpose_error"))
    assert found.select_one("#id_name")["value"] == DETAILS["name"]
    assert not Group.objects.exists()
