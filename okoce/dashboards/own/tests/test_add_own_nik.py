"""Adding my NIK by myself: once, with what is odd asked about, and without learning whose else it is."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.actions.corrections import Correction, add_own_nik, correct_member
from okoce.community.members.actions.reviews import dismiss_duplicate, settle_contradiction
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Invalid, NotFound, Refused
from okoce.foundation.shared.keys import decrypt
from tests.cast import COBLONG
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
Desk = Callable[[Actor], Client]
NIK, OTHER, ODD = "3171045708900001", "3171045708900002", "3171049908900001"
PAGE = "/saya/data/nik"


def siti(**told: str) -> Member:
    return member_with(name="Siti", phone="081234567890", **told)


def fresh(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def test_so_does_my_first_page(phone_of: Phone) -> None:
    member = siti()
    browser = phone_of(member)
    assert page(browser.get("/saya")).select_one(f"main a[href='{PAGE}']") is not None
    browser.post(PAGE, {"nik": NIK})
    assert page(browser.get("/saya")).select_one(f"main a[href='{PAGE}']") is None


def test_my_data_invites_me_until_it_stands(phone_of: Phone) -> None:
    member = siti()
    browser = phone_of(member)
    assert page(browser.get("/saya/data")).select_one(f"main a[href='{PAGE}']") is not None
    assert browser.post(PAGE, {"nik": "3171 0457 0890 0001"})["Location"] == "/saya/data"
    shown = page(browser.get("/saya/data"))
    assert "NIK Anda disimpan." in words(shown.main)
    assert "3171••••••••0001" in words(shown.main)
    assert shown.select_one(f"main a[href='{PAGE}']") is None
    assert browser.get(PAGE)["Location"] == "/saya/data"


def test_it_is_kept_encrypted_and_stands_in_the_history_masked(phone_of: Phone) -> None:
    member = siti()
    browser = phone_of(member)
    browser.post(PAGE, {"nik": NIK})
    kept = fresh(member)
    assert decrypt("members.nik", kept.nik_encrypted).decode() == NIK
    event = Event.objects.get(kind="members.member_corrected")
    assert NIK not in str(event.payload)
    text = words(page(browser.get("/saya/data/riwayat")).main)
    assert "Data Anda dibetulkan: NIK." in text
    assert NIK not in text


@pytest.mark.parametrize("typed", ["", "  ", "317104", "NIK saya", "3171045708900000", "1" * 16, "9" * 39])
def test_what_is_no_nik_is_told_beside_the_field_and_stays(phone_of: Phone, typed: str) -> None:
    member = siti()
    shown = page(phone_of(member).post(PAGE, {"nik": typed}), 422)
    assert words(shown.select_one("#id_nik_error"))
    assert shown.select_one("#id_nik").get("value", "").strip() == typed.strip()
    assert fresh(member).nik_hash is None


def test_what_is_odd_is_asked_about_once_and_taken_the_second_time(phone_of: Phone) -> None:
    member = siti()
    browser = phone_of(member)
    shown = page(browser.post(PAGE, {"nik": ODD}), 422)
    assert "bukan tanggal lahir" in words(shown.select_one("#id_nik_error"))
    assert fresh(member).nik_hash is None
    asked = shown.select_one("[name=doubted]")["value"]
    other = page(browser.post(PAGE, {"nik": "9999995708900001", "doubted": asked}), 422)
    assert "Enam angka pertama" in words(other.select_one("#id_nik_error"))
    assert browser.post(PAGE, {"nik": ODD, "doubted": asked}).status_code == 302
    assert fresh(member).nik_masked == "3171••••••••0001"


def test_another_one_than_stands_is_the_officers_to_correct() -> None:
    member = siti(nik=NIK)
    with pytest.raises(Refused, match="sudah tercatat"):
        add_own_nik(herself(member), member, OTHER)
    assert add_own_nik(herself(member), member, NIK).changed == ()
    assert fresh(member).nik_masked == "3171••••••••0001"


def test_it_is_nobody_elses_to_add(citra: Actor) -> None:
    member, asep = siti(), member_with(name="Asep", region=COBLONG)
    with pytest.raises(NotFound):
        add_own_nik(herself(asep), member, NIK)
    with pytest.raises(Invalid):
        add_own_nik(herself(member), member, " ")
    assert fresh(member).nik_hash is None


class TestAnotherPersons:
    def test_changes_nothing_tells_nothing_of_her_and_is_looked_at(self, phone_of: Phone) -> None:
        known = member_with(name="Rukmini Wulandari", phone="081900001111", nik=NIK)
        member = siti()
        browser = phone_of(member)
        shown = page(browser.post(PAGE, {"nik": NIK}, follow=True))
        assert "Petugas mencocokkannya dulu" in words(shown.main)
        assert "Rukmini" not in str(shown)
        assert known.number not in str(shown)
        assert fresh(member).nik_hash is None
        pair = DuplicateCandidate.objects.get(reason="nik_and_phone_disagree")
        assert {pair.first_id, pair.second_id} == {known.pk, member.pk}
        assert "Rukmini" not in str(page(browser.get("/saya/data/riwayat")))

    def test_stops_her_from_trying_others_until_it_is_decided(self, phone_of: Phone, citra: Actor) -> None:
        member_with(name="Rukmini", phone="081900001111", nik=NIK)
        member = siti()
        browser = phone_of(member)
        browser.post(PAGE, {"nik": NIK})
        browser.post(PAGE, {"nik": OTHER})
        assert fresh(member).nik_hash is None
        assert DuplicateCandidate.objects.count() == 1
        dismiss_duplicate(citra, DuplicateCandidate.objects.get())
        browser.post(PAGE, {"nik": OTHER})
        assert fresh(member).nik_masked == "3171••••••••0002"

    def test_turns_what_waits_for_another_reason_into_a_look_at_the_nik(
        self, phone_of: Phone, citra: Actor
    ) -> None:
        known = member_with(name="Siti Aminah", phone="081900001111", nik=NIK)
        member = siti()
        DuplicateCandidate.objects.queue("same_name_and_birth_date", known.pk, member.pk)
        browser = phone_of(member)
        for _time in range(2):
            shown = page(browser.post(PAGE, {"nik": NIK}, follow=True))
            assert "Petugas mencocokkannya dulu" in words(shown.main)
        waiting = DuplicateCandidate.objects.get()
        assert (waiting.state, waiting.reason) == ("open", "nik_and_phone_disagree")
        assert Event.objects.filter(kind="members.contradiction_queued").count() == 1
        browser.post(PAGE, {"nik": OTHER})
        assert fresh(member).nik_hash is None

    def test_is_the_officers_to_read_where_they_were_found_to_be_two_people(
        self, phone_of: Phone, desk: Desk, citra: Actor
    ) -> None:
        known = member_with(name="Rukmini Wulandari", phone="081900001111", nik=NIK)
        member = siti()
        DuplicateCandidate.objects.queue("same_name_and_birth_date", known.pk, member.pk)
        pair = dismiss_duplicate(citra, DuplicateCandidate.objects.get())
        browser = phone_of(member)
        for typed in (NIK, NIK, OTHER):  # once it was tried, one that is nobody's is taken no more either
            shown = page(browser.post(PAGE, {"nik": typed}, follow=True))
            assert "Bawa KTP ke petugas kecamatan; petugas yang mencatatnya." in words(shown.main)
            assert "mencocokkannya" not in words(shown.main)
            assert "Rukmini" not in str(shown)
            assert fresh(member).nik_hash is None
        pair.refresh_from_db()
        assert (pair.state, pair.reason) == ("different", "same_name_and_birth_date")
        [waiting] = DuplicateCandidate.objects.waiting()
        assert (waiting.first_id, waiting.second_id, waiting.field) == (member.pk, None, "nik")
        assert Event.objects.filter(kind="members.contradiction_queued").count() == 1
        shown = page(desk(citra).get(f"/ganda/{waiting.pk}"))
        assert "3171••••••••0001" in words(shown.main)

    def test_stays_the_officers_when_the_card_was_read(self, phone_of: Phone, citra: Actor) -> None:
        known = member_with(name="Rukmini", phone="081900001111", nik=NIK)
        member = siti()
        DuplicateCandidate.objects.queue("same_name_and_birth_date", known.pk, member.pk)
        dismiss_duplicate(citra, DuplicateCandidate.objects.get())
        browser = phone_of(member)
        browser.post(PAGE, {"nik": NIK})
        settle_contradiction(citra, DuplicateCandidate.objects.waiting().get())
        shown = page(browser.post(PAGE, {"nik": OTHER}, follow=True))
        assert "Bawa KTP ke petugas kecamatan" in words(shown.main)
        assert (fresh(member).nik_hash, DuplicateCandidate.objects.waiting().count()) == (None, 0)
        assert correct_member(citra, member, Correction(nik=OTHER)).changed == ("nik_masked",)
        assert add_own_nik(herself(member), member, OTHER).conflict == ""
