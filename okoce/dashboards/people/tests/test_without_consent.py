"""Somebody imported without a day of consent: her page says what is and is not done with her data, and each part of it is so."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.actions.helping import Helping, NotHelped, assign_helper
from okoce.community.members.models import Member
from okoce.community.members.queries import contacts_of
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
PHONE, SHOWN = "081234567890", "0812-3456-7890"
SENTENCE = "Belum ada. Hanya petugas wilayahnya dan pengurus komunitasnya yang melihat data ini"


@pytest.fixture
def agus() -> Member:
    member = registered(name="Agus Salim", phone=PHONE, region=SENEN, consent_on=None)
    joined(member, active_group("Mawar", SENEN), date(2020, 1, 1))
    return Member.objects.get(pk=member.pk)


def ketua_of(group_id: int | None) -> Actor:
    return officer("ketua", "pengurus_komunitas", Scope(group_id=group_id), 70)


def seen(client: Client, member: Member) -> str:
    return words(page(client.get(f"/anggota/{member.number}")).main)


def test_whoever_keeps_her_roll_sees_her_and_reads_precisely_what_is_not_done(
    agus: Member, desk: Desk, ani: Actor
) -> None:
    assert agus.consent_on is None
    for actor in (ani, ketua_of(agus.group_id)):
        shown = seen(desk(actor), agus)
        assert SENTENCE in shown
        assert "tidak diberi pendamping, dan datanya tidak diberikan kepada mitra." in shown
        assert SHOWN in shown
        assert "tidak dibagikan" not in shown


def test_nobody_else_sees_her_in_list_page_or_api(agus: Member, desk: Desk, budi: Actor) -> None:
    other = ketua_of(active_group("Melati", SENEN).pk)
    mitra = contact_of(active_partner("Bank Maju"), "coach")[1]
    mentor = officer("pendamping", "pendamping", Scope(helper_user_id=71), 71)
    for actor in (budi, other, mitra, mentor):
        client = desk(actor)
        assert client.get(f"/anggota/{agus.number}").status_code == 404
        listed = client.get("/anggota")
        assert "Agus Salim" not in listed.content.decode()
        assert SHOWN not in listed.content.decode()
        assert client.get(f"/api/v1/members/{agus.number}").status_code in (401, 403, 404)


def test_she_gets_no_helper_and_no_message_of_the_programme(agus: Member, ani: Actor) -> None:
    mentor = create_user(SYSTEM, NewUser(name="Ratna", email="ratna@okoce.contoh"))
    grant_role(SYSTEM, mentor, "pendamping", Anchors(), date(2018, 1, 1))
    done = assign_helper(ani, [agus.pk], Helping(mentor.pk, "mentoring", date(2020, 1, 2)))
    assert done.not_taken == ((agus.pk, NotHelped.NO_CONSENT),)
    assert contacts_of([agus.pk], with_synthetic=True)[agus.pk].allows_contact is False


def test_who_has_agreed_reads_the_day_instead(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti", region=SENEN, consent_on=date(2018, 1, 1))
    assert "Hanya petugas wilayahnya" not in seen(desk(ani), member)
