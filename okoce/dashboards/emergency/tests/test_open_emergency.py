"""An officer opens for herself what no grant of hers reaches: for minutes, with a reason, seen by others, marked in all she does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Card, Member
from okoce.community.members.tests.together import together
from okoce.community.privacy.actions.nik import unmask_nik
from okoce.community.privacy.models import Look
from okoce.dashboards.messages.occasions import tell_of_emergency
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.dashboards.people.actions import ask_export
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.actions import Anchors, grant_role, open_emergency
from okoce.foundation.accounts.models import EmergencyAccess, EmergencyTerm, RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_session, actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.errors import Conflict, DomainError, Invalid, NotAllowed, Refused
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import Level
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indah")]
Desk = Callable[[Actor], Client]
WHY = "Laporan penipuan atas nama anggota di Senen, petugasnya sakit"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rini(db: None) -> User:
    """She serves at the secretariat for West Java alone."""
    return account_of(officer("rini", "sekretariat", Scope(region="32"), 21))


@pytest.fixture
def indah(db: None) -> User:
    """The data officer, who is told."""
    return account_of(officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12))


@pytest.fixture
def siti(db: None) -> Member:
    return registered(name="Siti", phone="081234567890")


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opened(user: User, region: str = SENEN, *, may_write: bool = False) -> EmergencyAccess:
    return open_emergency(actor_for_session(user), region, WHY, may_write=may_write)


def test_opens_the_place_at_once_to_read_and_no_more(rini: User, siti: Member) -> None:
    browser = browser_of(rini)
    assert browser.get(f"/anggota/{siti.number}").status_code == 404
    answer = browser.post("/akses-darurat", {"region": "31.71.04", "reason": WHY})
    assert answer["Location"] == "/anggota?wilayah=31.71.04"
    assert "Siti" in drawn(browser.get(f"/anggota/{siti.number}"))
    assert browser.get(f"/meja/{siti.number}/betulkan").status_code == 404
    for deed in ("alasan", "bukti", "pindah", "kartu/buat", "nik", "batasi", "hapus"):
        assert browser.post(f"/anggota/{siti.number}/{deed}").status_code in {403, 404}, deed
    elsewhere = registered(name="Andi", region="73.71.01")
    assert browser.get(f"/anggota/{elsewhere.number}").status_code == 404


def test_corrects_only_where_that_was_stated(rini: User, siti: Member) -> None:
    browser = browser_of(rini)
    browser.post("/akses-darurat", {"region": "Senen, Jakarta Pusat", "reason": WHY, "may_write": "on"})
    assert browser.get(f"/meja/{siti.number}/betulkan").status_code == 200
    browser.post(f"/anggota/{siti.number}/kartu/buat")
    assert Card.objects.get(member=siti).issued_by.startswith(f"user:{rini.pk}/darurat:")
    assert browser.post(f"/anggota/{siti.number}/nik", {"reason": WHY}).status_code == 404
    ask_export(actor_for_session(rini), "", "csv", "semua anggota", WHY, [registered(region=COBLONG).pk])
    with pytest.raises(Refused):  # takes nobody of there along in a file
        ask_export(actor_for_session(rini), "", "csv", "semua anggota", WHY, [siti.pk])
    assert actor_for_user(rini).emergency is None  # a job or a program never has it


def test_ends_by_itself_to_the_instant(rini: User, siti: Member) -> None:
    emergency = opened(rini, may_write=True)
    assert emergency.until == emergency.opened_since + 30 * MINUTE
    browser = browser_of(rini)
    just_before, then = emergency.until - timedelta(microseconds=1), emergency.until
    with time_machine.travel(just_before, tick=False):
        assert browser.get(f"/anggota/{siti.number}").status_code == 200
    with time_machine.travel(then, tick=False):
        assert browser.get(f"/anggota/{siti.number}").status_code == 404
        assert browser.get(f"/meja/{siti.number}/betulkan").status_code == 404
        assert "Akhiri sekarang" not in browser.get("/anggota").content.decode()
        assert actor_for_session(rini).emergency is None


def test_every_page_says_so_with_the_time_left_and_a_button(rini: User, siti: Member) -> None:
    browser = browser_of(rini)
    assert "Akhiri sekarang" not in browser.get("/anggota").content.decode()
    emergency = opened(rini)
    with time_machine.travel(emergency.opened_since + 17 * MINUTE, tick=False):
        browser.get("/anggota")  # from here on the browser brings the note
        for address in (
            "/anggota",
            f"/anggota/{siti.number}",
            "/",
            "/corong",
            "/akses-darurat",
            "/verifikasi",
        ):
            answer = browser.get(address)
            banner = page(answer).select_one("aside[aria-label='Akses darurat']")
            assert "sisa 13 menit" in words(banner), address
            assert "hanya membaca" in words(banner)
            assert "no-store" in answer["Cache-Control"]
        browser.post(banner.select_one("form")["action"])
        assert browser.get(f"/anggota/{siti.number}").status_code == 404
        for address in ("/anggota", "/"):
            assert "Akhiri sekarang" not in browser.get(address).content.decode()
    emergency.refresh_from_db()
    assert (emergency.ended_by, emergency.ended_at) == (rini.pk, emergency.opened_since + 17 * MINUTE)


def test_is_neither_prolonged_nor_chained_by_oneself(rini: User) -> None:
    emergency = opened(rini)
    with pytest.raises(Conflict, match="tidak bisa diperpanjang"):
        opened(rini, "31.71.05")
    with (
        time_machine.travel(emergency.until + MINUTE, tick=False),
        pytest.raises(Refused, match="baru berakhir"),
    ):
        opened(rini)
    browser_of(rini).post("/akses-darurat/akhiri")
    with pytest.raises(Refused, match="baru berakhir"):
        opened(rini)
    same_person = account_of(officer("rini", "sekretariat", Scope(region="32"), 22))
    for user in (rini, same_person):
        User.objects.filter(pk=user.pk).update(member_id=None)
    member = registered(name="Rini")
    User.objects.filter(pk=rini.pk).update(member_id=member.pk, phone="+6281299990001")
    User.objects.filter(pk=same_person.pk).update(phone="+6281299990001")
    with pytest.raises(Refused):
        opened(same_person)
    assert EmergencyAccess.objects.count() == 1
    with time_machine.travel(emergency.until + 13 * 60 * MINUTE, tick=False):
        assert opened(rini).pk != emergency.pk


def test_the_terms_are_dated_rows(rini: User) -> None:
    EmergencyTerm.objects.create(
        code="minutes", value=5, from_on=timezone.now().date() - timedelta(days=1), source="Uji"
    )
    emergency = opened(rini)
    assert emergency.until - emergency.opened_since == 5 * MINUTE


def test_the_clock_of_one_that_is_open_cannot_be_moved_past_the_door(rini: User) -> None:
    opened(rini)
    with pytest.raises(Exception, match="author"), transaction.atomic():
        EmergencyAccess.objects.update(until=timezone.now() + timedelta(days=1))


def test_who_loses_the_right_meanwhile_loses_it_at_once(rini: User, siti: Member) -> None:
    opened(rini)
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=rini).update(role="petugas_skpd")
    assert browser_of(rini).get(f"/anggota/{siti.number}").status_code == 404


@pytest.mark.parametrize("reason", ["", "mendesak", "a" * 501, "mendesak\x00 sekali hari ini juga"])
def test_without_a_reason_that_says_something_nothing_opens(rini: User, reason: str) -> None:
    with pytest.raises(Invalid):
        open_emergency(actor_for_session(rini), SENEN, reason)
    told = browser_of(rini).post("/akses-darurat", {"region": SENEN, "reason": reason})
    assert told.status_code == 422
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize(
    "region", ["", "99", "entah di mana", "Indonesia", "31.71.04.1001", "32.73.02", "%00"]
)
def test_a_place_that_is_none_or_ones_own_does_not_open(rini: User, region: str) -> None:
    facts = Event.objects.count()
    told = browser_of(rini).post("/akses-darurat", {"region": region, "reason": WHY})
    assert told.status_code == 422
    assert WHY in told.content.decode()
    assert not EmergencyAccess.objects.exists()
    assert Event.objects.exclude(kind__startswith="accounts.user").count() <= facts + 1


def test_who_reaches_everything_needs_none_and_others_may_not(citra: Actor, ani: Actor) -> None:
    with pytest.raises(Refused, match="sudah terbuka"):
        opened(account_of(citra))
    for grant in (ani, herself(registered()), officer("x", "auditor", EVERYWHERE, 4)):
        with pytest.raises(NotAllowed):
            opened(account_of(grant))
    assert not EmergencyAccess.objects.exists()


def test_where_nobody_is_there_to_be_told_nothing_opens(rini: User, indah: User) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        indah.assignments.all().delete()
    with pytest.raises(Refused, match="diberi tahu"):
        opened(rini)


def test_the_data_officer_and_other_administrators_are_told_by_the_outbox_and_not_herself(
    indah: User, fitri: Actor
) -> None:
    second = account_of(fitri)
    anchored = account_of(officer("tono", "administrator", Scope(region="32"), 23))
    emergency = opened(anchored)
    event = Event.objects.get(kind="accounts.emergency_opened")
    assert event.region == SENEN
    assert WHY not in str(event.payload)
    assert tell_of_emergency(event.pk) == 2
    assert tell_of_emergency(event.pk) == 0  # the reaction may run twice
    told = Message.objects.filter(code="emergency_opened")
    assert set(told.values_list("user_id", flat=True)) == {indah.pk, second.pk}
    shown = words(page(browser_of(indah).get("/pesan")).main)
    assert f"{anchored.name} membuka akses darurat ke data di Senen" in shown
    assert emergency.user_id == anchored.pk


def test_every_look_is_marked_and_she_reads_it_in_plain_words(rini: User, siti: Member, indah: User) -> None:
    emergency = opened(rini)
    browser_of(rini).get(f"/anggota/{siti.number}")
    look = Look.objects.get()
    assert (look.emergency_id, look.role, look.region) == (emergency.pk, "sekretariat", SENEN)
    hers = Client()
    hers.force_login(account_of(herself(siti)))
    told = drawn(hers.get("/saya/data/dilihat"))
    assert "Sekretariat PGO · Senen" in told
    assert "Lewat akses darurat: biasanya petugas ini tidak bisa membuka data Anda." in told
    assert rini.name not in told
    register = drawn(browser_of(indah).get(f"/data-pribadi/akses-darurat/{emergency.pk}"))
    for said in (f"Siti {siti.number} · Halaman data Anda", WHY, rini.name, "Tidak ada yang diubah"):
        assert said in register


def test_looks_and_deeds_outside_of_it_carry_no_mark(
    rini: User, ani: Actor, siti: Member, desk: Desk
) -> None:
    opened(rini)
    desk(ani).get(f"/anggota/{siti.number}")
    assert Look.objects.get().emergency_id is None


def test_every_deed_is_marked_in_the_trail_and_in_her_history(
    rini: User, siti: Member, indah: User, citra: Actor, desk: Desk
) -> None:
    emergency = opened(rini, may_write=True)
    browser_of(rini).post(f"/anggota/{siti.number}/kartu/buat")
    event = Event.objects.get(kind="members.card_issued")
    assert (event.author, event.author_user_id) == (f"user:{rini.pk}/darurat:{emergency.pk}", rini.pk)
    hers = Client()
    hers.force_login(account_of(herself(siti)))
    assert "Sekretariat PGO (akses darurat)" in drawn(hers.get("/saya/data/riwayat"))
    history = drawn(desk(citra).get(f"/anggota/{siti.number}/riwayat"))
    assert f"{rini.name} (akses darurat)" in history
    register = drawn(browser_of(indah).get(f"/data-pribadi/akses-darurat/{emergency.pk}"))
    assert "Kartu anggota" in register


def test_the_data_officer_stops_it_at_once_and_a_second_time_changes_nothing(
    rini: User, siti: Member, indah: User
) -> None:
    emergency = opened(rini)
    browser = browser_of(indah)
    assert "Hentikan sekarang" in drawn(browser.get(f"/data-pribadi/akses-darurat/{emergency.pk}"))
    browser.post(f"/data-pribadi/akses-darurat/{emergency.pk}/hentikan")
    assert browser_of(rini).get(f"/anggota/{siti.number}").status_code == 404
    told = browser.post(f"/data-pribadi/akses-darurat/{emergency.pk}/hentikan", follow=True)
    assert "sudah berakhir" in drawn(told)
    emergency.refresh_from_db()
    assert emergency.ended_by == indah.pk
    assert Event.objects.filter(kind="accounts.emergency_ended").count() == 1
    assert browser_of(rini).post(f"/data-pribadi/akses-darurat/{emergency.pk}/hentikan").status_code == 404


def test_no_role_of_an_emergency_is_ever_given(rini: User) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.create(
            user=rini, role="akses_darurat", region=SENEN, from_on=timezone.now().date()
        )
    assert [grant.role for grant in actor_for_session(rini).grants if not grant.scope.is_empty] == [
        "sekretariat"
    ]
    with pytest.raises(Invalid):
        grant_role(SYSTEM, rini, "akses_darurat", Anchors(region=SENEN))


def test_the_register_costs_the_same_for_three_and_thirty(rini: User, indah: User) -> None:
    browser = browser_of(indah)

    def grow(count: int) -> None:
        with transaction.atomic(), opened_by(SYSTEM):
            for _time in range(count):
                user = account_of(officer("x", "sekretariat", Scope(region="32"), 5))
                EmergencyAccess.objects.create(
                    user_id=user.pk,
                    role="akses_darurat",
                    region=COBLONG,
                    reason=WHY,
                    opened_since=timezone.now(),
                    until=timezone.now() + MINUTE,
                )

    assert "Belum ada akses darurat" in drawn(browser.get("/data-pribadi/akses-darurat"))
    assert_constant_queries(lambda: browser.get("/data-pribadi/akses-darurat"), grow)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_open_one(rini: User, indah: User) -> None:
    told = together(3, lambda place: opened(rini, ("31.71.04", "31.71.05", "31.71.06")[place]))
    assert sum(isinstance(one, DomainError) for one in told) == 2, told
    assert EmergencyAccess.objects.count() == 1


def test_whom_she_serves_anyway_is_not_told_of_an_emergency_elsewhere(rini: User) -> None:
    own = registered(name="Euis", region=COBLONG, nik="3171041708900001")
    opened(rini)
    browser_of(rini).get(f"/anggota/{own.number}")
    assert Look.objects.get(member=own).emergency_id is None
    unmask_nik(actor_for_session(rini), own, "Mencocokkan dengan kantor PTSP")
    assert not Look.objects.exclude(emergency_id=None).exists()


def test_a_refusal_from_before_anybody_was_asked_is_told_as_one(rini: User) -> None:
    opened(rini)
    browser = browser_of(rini)
    browser.get("/anggota")  # from here on the browser brings the note
    answer = browser.post("/akses-darurat", {"region": "31"}, headers={"content-length": str(10**9)})
    assert answer.status_code == 413
    assert "terlalu besar" in answer.content.decode()


def test_a_place_that_is_only_near_is_asked_for_again_and_opens_nothing(
    rini: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = [place for place in territory.suggest("Senen", Level.DISTRICT) if place.code == SENEN]
    monkeypatch.setattr(
        territory, "suggest", lambda _text, level, **_options: near if level == Level.DISTRICT else []
    )
    answer = browser_of(rini).post("/akses-darurat", {"region": "Senenn", "reason": WHY})
    assert SENEN in words(page(answer, 422).main)
    assert not EmergencyAccess.objects.exists()


def test_grants_come_in_the_order_in_which_they_were_given(rini: User, indah: User) -> None:
    grant_role(SYSTEM, rini, "pelatih", Anchors(region="73"))
    with transaction.atomic(), opened_by(SYSTEM):  # her first grant is written anew, behind the other
        for user in (indah, rini):
            RoleAssignment.objects.filter(role="sekretariat").update(user=user)
    assert actor_for_session(rini) == actor_for_user(rini)
