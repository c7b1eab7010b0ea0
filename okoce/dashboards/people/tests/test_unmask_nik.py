"""A NIK is masked for every officer; few open it in full, for a written reason, so many a day, and she reads of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.privacy.actions.nik import unmask_nik
from okoce.community.privacy.models import Look, PrivacyTerm
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotAllowed, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NIK, GROUPED = "3171044107900001", "3171 0441 0790 0001"
WHY = "Mencocokkan SKU dengan kantor PTSP"


def address(member: Member) -> str:
    return f"/anggota/{member.number}/nik"


def facts() -> int:
    return Event.objects.filter(kind="privacy.nik_unmasked").count()


@pytest.mark.parametrize("who", ["ani", "citra", "dewi", "fitri"])
def test_no_page_or_answer_shows_it_by_itself(who: str, desk: Desk, request: pytest.FixtureRequest) -> None:
    siti = registered(nik=NIK)
    client = desk(request.getfixturevalue(who))
    for page in ("", "/riwayat", "/nik", "/kartu/batalkan"):
        text = client.get(f"/anggota/{siti.number}{page}").content.decode()
        assert NIK not in text
        assert GROUPED not in text
    for page in ("/anggota", f"/meja/{siti.number}/betulkan"):
        assert NIK not in client.get(page, {"q": siti.name}).content.decode()


def test_shows_it_once_for_a_reason_and_tells_the_trail_and_her(desk: Desk, citra: Actor) -> None:
    siti = registered(nik=NIK)
    client = desk(citra)
    answer = client.post(address(siti), {"reason": WHY})
    assert answer.status_code == 200
    assert GROUPED in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert GROUPED not in client.get(address(siti)).content.decode()
    assert facts() == 1
    assert WHY not in str(Event.objects.filter(kind="privacy.nik_unmasked").values("payload"))
    phone = Client()
    phone.force_login(account_of(herself(siti)))
    told = drawn(phone.get("/saya/data/dilihat"))
    assert "Sekretariat PGO" in told
    assert "NIK Anda secara lengkap" in told
    assert WHY in told
    assert "Petugas membuka NIK Anda secara lengkap." in drawn(phone.get("/saya/data/riwayat"))


@pytest.mark.parametrize("reason", ["", "   ", "perlu", "x" * 501, "ada\x00tanda yang rusak"])
def test_refuses_a_reason_that_says_nothing_beside_the_field(reason: str, desk: Desk, citra: Actor) -> None:
    siti = registered(nik=NIK)
    answer = desk(citra).post(address(siti), {"reason": reason})
    assert answer.status_code == 422
    assert GROUPED not in answer.content.decode()
    assert (facts(), Look.objects.filter(page="nik").count()) == (0, 0)


def test_who_lacks_the_right_is_refused(desk: Desk, ani: Actor) -> None:
    siti = registered(nik=NIK)
    assert desk(ani).post(address(siti), {"reason": WHY}).status_code == 403
    with pytest.raises(NotAllowed):
        unmask_nik(ani, siti, WHY)
    assert facts() == 0
    assert "Buka NIK lengkap" not in desk(ani).get(f"/anggota/{siti.number}").content.decode()


def test_the_limit_of_a_day_is_data_and_counts_each_officer_apart(citra: Actor, fitri: Actor) -> None:
    siti = registered(nik=NIK)
    PrivacyTerm.objects.create(code="nik_a_day", value=2, from_on=today_wib(), source="Keputusan")
    assert unmask_nik(citra, siti, WHY) == unmask_nik(citra, siti, WHY) == GROUPED
    with pytest.raises(Refused, match="batas untuk satu hari"):
        unmask_nik(citra, siti, WHY)
    assert facts() == 2
    assert unmask_nik(fitri, siti, WHY) == GROUPED
    Look.objects.update(at=timezone.now() - timedelta(days=1))
    assert unmask_nik(citra, siti, WHY) == GROUPED


def test_a_record_without_nik_has_nothing_to_show(desk: Desk, citra: Actor) -> None:
    siti = registered()
    with pytest.raises(Refused):
        unmask_nik(citra, siti, WHY)
    assert facts() == 0
    assert "Buka NIK lengkap" not in desk(citra).get(f"/anggota/{siti.number}").content.decode()
