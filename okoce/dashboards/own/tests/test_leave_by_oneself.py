"""A member takes back her consent to the programme by herself: she leaves, nobody goes on with her data, and she keeps her rights."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.actions.departures import leave_by_oneself
from okoce.community.members.actions.helping import Helping, NotHelped, assign_helper
from okoce.community.members.models import Consent, Helper, Member
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.pipeline import tallies
from tests.cast import SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
PAGE = "/saya/data/izin/keluar"
UNPROCESSABLE = 422
PURPOSES = ("programme", "contact", "shop", "finances_mentor")


@pytest.fixture
def siti() -> Member:
    her = member_with()
    Consent.objects.filter(member=her).delete()
    for purpose in PURPOSES:
        Consent.objects.create(member=her, purpose=purpose, text_version="1", given_on=date(2020, 5, 4))
    return her


def helping(her: Member) -> Helping:
    user = account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope(region=her.region)),)))
    return Helping(user.pk, "mentoring", today_wib())


def standing(her: Member) -> int:
    return Consent.objects.filter(member=her, withdrawn_on__isnull=True).count()


def test_who_has_read_what_it_means_leaves_by_one_press(phone_of: Phone, siti: Member) -> None:
    phone = phone_of(siti)
    assert page(phone.get("/saya/data/izin")).select_one(f"main a[href='{PAGE}']") is not None
    told = words(page(phone.post(PAGE, {"is_sure": "on"}, follow=True)).main)
    assert "Anda sudah keluar pada" in told
    siti.refresh_from_db()
    assert (siti.left_on, siti.consent_on, standing(siti)) == (today_wib(), None, 0)


def test_without_the_tick_nothing_ends(phone_of: Phone, siti: Member) -> None:
    shown = page(phone_of(siti).post(PAGE, {}), UNPROCESSABLE)
    assert "Centang dulu" in words(shown.main)
    siti.refresh_from_db()
    assert (siti.left_on, standing(siti)) == (None, len(PURPOSES))


def test_pressed_twice_she_has_left_once(siti: Member) -> None:
    for _press in range(2):
        leave_by_oneself(herself(siti), siti)
    kinds = Event.objects.filter(subject_id=siti.pk).order_by("id").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind in ("members.member_left", "members.consent_withdrawn")] == [
        "members.member_left",
        "members.consent_withdrawn",
    ]


def test_nobody_leaves_for_another(siti: Member) -> None:
    other = member_with(name="Rukmini")
    with pytest.raises(NotFound):
        leave_by_oneself(herself(other), siti)
    siti.refresh_from_db()
    assert (siti.left_on, standing(siti)) == (None, len(PURPOSES))


def test_who_helps_her_stops_and_nobody_is_given_to_her(siti: Member) -> None:
    given = helping(siti)
    assert assign_helper(SYSTEM, [siti.pk], given).taken == 1
    Helper.objects.update(from_on=date(2026, 1, 5))
    leave_by_oneself(herself(siti), siti)
    assert Helper.objects.get().until_on == today_wib()
    assert assign_helper(SYSTEM, [siti.pk], given).not_taken == ((siti.pk, NotHelped.LEFT),)


def test_her_pages_say_so_and_her_rights_stay(phone_of: Phone, siti: Member) -> None:
    phone = phone_of(siti)
    leave_by_oneself(herself(siti), siti)
    assert "Anda keluar dari OK OCE pada" in words(page(phone.get("/saya")).main)
    assert "Anda keluar dari OK OCE pada" in words(page(phone.get("/saya/data/izin")).main)
    for address in ("/saya/data", "/saya/data/hapus", "/saya/data/permintaan", "/saya/data/dilihat"):
        assert phone.get(address).status_code == 200
    assert phone.post("/saya/data/unduh").status_code == 200


def test_what_was_counted_stays_counted(siti: Member) -> None:
    before = tallies.counts("", today_wib())
    leave_by_oneself(herself(siti), siti)
    assert tallies.counts("", today_wib()) == before
