"""Who is like somebody of the records is registered, and the officer who has her before him is told of it at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.pipeline.tests.factories import registered
from okoce.stages.p1_registration.desk.tests.people import typed
from tests.cast import COBLONG, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]

REGISTER, PHONE = "/meja/daftar", "081234567890"


def notices(answer: Any) -> list[str]:
    return [words(one) for one in page(answer).select("#desk-work .notice")]


def link(answer: Any) -> str:
    return str(page(answer).select("#desk-work .notice a")[-1]["href"])


def test_with_the_same_telephone_leads_to_the_pair(desk: Desk) -> None:
    ina = officer("ina", "petugas_skpd", Scope(region="31.71"), 31)
    known = registered(name="Lina Kurniasih", phone=PHONE)
    client = desk(ina)
    answer = client.post(REGISTER, typed(name="Lina Kurniasi", phone=PHONE))
    registered_as, alike = notices(answer)
    assert registered_as.startswith("Terdaftar: Lina Kurniasi,")
    assert f"Mirip dengan Lina Kurniasih, {known.number}: telepon sama, nama mirip." in alike
    assert link(answer) == f"/ganda/{DuplicateCandidate.objects.get().pk}"
    assert client.get(link(answer)).status_code == 200


def test_leads_to_the_person_where_pairs_are_for_others_to_decide(desk: Desk) -> None:
    mawar = active_group("Mawar")
    joko = officer("joko", "penggerak", Scope(group_id=mawar.pk), 32)
    known = registered(name="Siti Aminah", birth_on=date(1990, 7, 1), group_id=mawar.pk)
    client = desk(joko)
    answer = client.post(REGISTER, typed(name="Siti Aminah", birth_on="01-07-1990", group="Mawar"))
    assert "nama dan tanggal lahir sama" in notices(answer)[1]
    assert link(answer) == f"/anggota/{known.number}"
    assert client.get(link(answer)).status_code == 200


def test_of_another_place_is_not_revealed(desk: Desk, ani: Actor) -> None:
    known = registered(name="Lina Kurniasih", phone=PHONE, region=COBLONG)
    answer = desk(ani).post(REGISTER, typed(name="Lina Kurniasi", phone=PHONE))
    assert len(notices(answer)) == 1
    assert DuplicateCandidate.objects.count() == 1
    text = answer.content.decode()
    assert not [hint for hint in ("Kurniasih", known.number, "Mirip") if hint in text]


def test_is_told_again_when_the_same_is_sent_again(desk: Desk, ani: Actor) -> None:
    registered(name="Lina Kurniasih", phone=PHONE)
    client, told = desk(ani), typed(name="Lina Kurniasi", phone=PHONE)
    first, again = notices(client.post(REGISTER, told)), notices(client.post(REGISTER, told))
    assert first == again
    assert len(again) == 2
    assert Member.objects.count() == 2


def test_nobody_is_named_beside_whoever_is_like_nobody(desk: Desk, ani: Actor) -> None:
    registered(name="Lina Kurniasih", phone=PHONE)
    assert len(notices(desk(ani).post(REGISTER, typed(name="Budi Santoso", phone=PHONE)))) == 1
