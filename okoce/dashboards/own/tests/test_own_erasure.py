"""I ask to be erased, read what goes and what stays, and may think better of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import ErasureRequest, PrivacyTerm
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
ERASE, KEEP = "/saya/data/hapus", "/saya/data/hapus/batal"
LONG_AGO = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)


def test_my_data_leads_there_and_the_page_says_what_goes_what_stays_and_when(phone_of: Phone) -> None:
    siti = registered()
    phone = phone_of(siti)
    assert ERASE in phone.get("/saya/data").content.decode()
    text = drawn(phone.get(ERASE))
    for part in ("Nama, nomor HP, surel, NIK", "Hitungan hari-hari yang lalu tidak berubah", "3 hari"):
        assert part in text


def test_the_days_to_think_it_over_are_data(phone_of: Phone) -> None:
    PrivacyTerm.objects.create(code="erasure_wait_days", value=2, from_on=today_wib(), source="Keputusan")
    assert "2 hari" in drawn(phone_of(registered()).get(ERASE))


def test_without_the_tick_nothing_is_asked_and_the_sentence_stands_at_the_field(phone_of: Phone) -> None:
    answer = phone_of(registered()).post(ERASE, {})
    assert answer.status_code == 422
    assert "Centang dulu" in answer.content.decode()
    assert not ErasureRequest.objects.exists()


def test_asked_twice_is_once_and_the_page_tells_the_day_on_her_clock(phone_of: Phone) -> None:
    siti = registered(region="51.71.01")
    phone = phone_of(siti)
    for _ in range(2):
        assert phone.post(ERASE, {"is_sure": "on"}).status_code == 302
    ErasureRequest.objects.get()
    ErasureRequest.objects.update(not_before=LONG_AGO)
    text = drawn(phone.get(ERASE))
    assert "2 Maret 2026, pukul 02.30 WITA" in text
    assert Event.objects.filter(kind="privacy.erasure_asked").count() == 1
    assert "Anda minta data Anda dihapus" in drawn(phone.get("/saya/data/riwayat"))


def test_thinking_better_of_it_keeps_everything(phone_of: Phone) -> None:
    siti = registered()
    phone = phone_of(siti)
    phone.post(ERASE, {"is_sure": "on"})
    assert phone.get(KEEP).status_code == 405
    assert phone.post(KEEP).status_code == 302
    ErasureRequest.objects.update(not_before=LONG_AGO)
    assert carry_out_due() == 0
    assert "Permintaan Anda menunggu" not in drawn(phone.get(ERASE))
    assert phone.post(ERASE, {"is_sure": "on"}).status_code == 302
    assert ErasureRequest.objects.count() == 2


def test_once_erased_she_is_signed_out_and_the_account_is_gone(phone_of: Phone) -> None:
    siti = registered()
    phone = phone_of(siti)
    phone.post(ERASE, {"is_sure": "on"})
    ErasureRequest.objects.update(not_before=LONG_AGO)
    assert carry_out_due() == 1
    answer = phone.get("/saya/data")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk")
    assert not User.objects.filter(member_id=siti.pk).exists()


def test_somebody_elses_request_is_not_shown(phone_of: Phone) -> None:
    siti, wati = registered(), registered(name="Wati")
    phone_of(wati).post(ERASE, {"is_sure": "on"})
    assert "Permintaan Anda menunggu" not in drawn(phone_of(siti).get(ERASE))
