"""The list of people, one person's page, and the history: what each officer finds, and what stays hidden."""

from collections.abc import Callable
from datetime import date
from unittest.mock import ANY

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.models import Helper, Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import SubjectKey
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.tests.factories import proof, registered, walked_to
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.pages import next_page, page, posts, refusal, rows_of, words
from tests.query_counts import assert_constant_queries, statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def names(answer: object) -> list[str]:
    return [row[0] for row in rows_of(answer)]


class TestTheList:
    def test_shows_the_officers_own_people_by_name(
        self, desk: Desk, ani: Actor, budi: Actor, dewi: Actor
    ) -> None:
        registered(name="Siti")
        registered(name="Agus")
        registered(name="Asep", region=COBLONG)
        assert names(desk(ani).get("/anggota")) == ["Agus", "Siti"]
        assert names(desk(budi).get("/anggota")) == ["Asep"]
        assert names(desk(dewi).get("/anggota")) == ["Agus", "Asep", "Siti"]

    def test_shows_phone_place_and_furthest_stage(self, desk: Desk, ani: Actor) -> None:
        member = walked_to(3, name="Siti", phone="0812-3456-7890")
        assert rows_of(desk(ani).get("/anggota")) == [
            ["Siti", member.number, "0812-3456-7890", "Senen", "P3", ANY, "Belum diketahui", "–"]
        ]

    @pytest.mark.parametrize("q", ["siti", "SITI AM", "0812-3456-7890", "+62 812 3456 7890", "number"])
    def test_finds_by_name_phone_and_number(self, desk: Desk, ani: Actor, q: str) -> None:
        member = registered(name="Siti Aminah", phone="081234567890")
        registered(name="Agus")
        registered(name="Siti Aminah", region=COBLONG)
        assert names(desk(ani).get("/anggota", {"q": member.number if q == "number" else q})) == [
            "Siti Aminah"
        ]

    def test_finds_by_nik_and_never_shows_it(self, desk: Desk, ani: Actor) -> None:
        registered(name="Siti", nik="3171044107900001")
        answer = desk(ani).get("/anggota", {"q": "3171 0441 0790 0001"})
        assert names(answer) == ["Siti"]
        main = words(page(answer).select_one("main table"))
        assert "3171044107900001" not in main

    def test_narrows_by_stage_reason_and_place(self, desk: Desk, citra: Actor) -> None:
        walked_to(2, name="Sampai dua")
        stuck = registered(name="Berhenti")
        set_standstill(SYSTEM, stuck, 2, "no_time")
        registered(name="Asep", region=COBLONG)
        browser = desk(citra)
        assert names(browser.get("/anggota?tahap=2")) == ["Sampai dua"]
        assert names(browser.get("/anggota?macet=no_time")) == ["Berhenti"]
        assert names(browser.get("/anggota?wilayah=32")) == ["Asep"]
        assert names(browser.get("/anggota?wilayah=33")) == []

    @pytest.mark.parametrize(
        "query", ["tahap=9", "tahap=x", "macet=malas", "q=a%00b", "wilayah=31%00", "q=" + "a" * 300]
    )
    def test_refuses_what_is_no_choice_instead_of_showing_everybody(
        self, desk: Desk, ani: Actor, query: str
    ) -> None:
        registered(name="Siti")
        answer = desk(ani).get(f"/anggota?{query}")
        assert "Ada 1 yang perlu dibetulkan" in refusal(answer, 422)
        assert "Siti" not in words(page(answer, 422).main)

    @pytest.mark.parametrize("cursor", ["bukan", "MTIz", "%00", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
    def test_refuses_a_marker_that_is_none(self, desk: Desk, ani: Actor, cursor: str) -> None:
        registered(name="Siti")
        assert desk(ani).get(f"/anggota?sesudah={cursor}").status_code == 422

    def test_turns_its_pages_without_loss_or_repetition_and_keeps_the_search(
        self, desk: Desk, ani: Actor
    ) -> None:
        for number in range(120):
            registered(name=f"Siti {number % 7}", phone=f"0813{number:08d}")
        browser, seen, address = desk(ani), [], "/anggota?q=siti&tahap=1"
        for _page in range(3):
            answer = browser.get(address)
            seen += [row[1] for row in rows_of(answer)]
            address = next_page(answer)
            assert not address or "q=siti" in address
        assert address == ""
        assert len(seen) == len(set(seen)) == 120

    def test_says_so_when_nobody_fits(self, desk: Desk, ani: Actor) -> None:
        assert "Tidak ada anggota yang cocok" in words(page(desk(ani).get("/anggota?q=zzz")).main)

    def test_asks_as_often_for_thirty_people_as_for_three(self, desk: Desk, ani: Actor) -> None:
        browser = desk(ani)
        assert_constant_queries(
            lambda: browser.get("/anggota"), lambda more: [registered() for _ in range(more)]
        )


class TestAPerson:
    def test_shows_the_passport_and_what_is_next(self, desk: Desk, ani: Actor) -> None:
        member = walked_to(
            2, name="Siti Aminah", phone="081234567890", nik="3171044107900001", business_name="Kue Siti"
        )
        shown = page(desk(ani).get(f"/anggota/{member.number}"))
        text = words(shown.main)
        assert words(shown.h1) == "Siti Aminah"
        for part in (
            "0812-3456-7890",
            "Senen, Kota Jakarta Pusat, DKI Jakarta",
            "Kue Siti",
            "Berikutnya: P3",
        ):
            assert part in text
        assert "3171044107900001" not in text
        assert "3171" in text  # masked

    def test_tells_in_words_by_which_visit_a_stage_was_completed(self, desk: Desk, ani: Actor) -> None:
        member = walked_to(2)
        for day in (1, 8, 15):
            give_evidence(SYSTEM, member, proof(3, date(2018, 5, day), kind="visit"))
        stamp = words(page(desk(ani).get(f"/anggota/{member.number}")).main)
        assert "Kunjungan pendamping, 15 Mei 2018" in stamp
        assert "visit" not in stamp

    def test_tells_the_open_reason(self, desk: Desk, ani: Actor) -> None:
        member = registered()
        set_standstill(SYSTEM, member, 2, "waiting_for_class")
        assert "Menunggu kelas pelatihan" in words(page(desk(ani).get(f"/anggota/{member.number}")).main)

    def test_leads_to_putting_their_data_right_those_who_may(
        self, desk: Desk, ani: Actor, dewi: Actor
    ) -> None:
        member = registered(name="Siti")
        [link] = page(desk(ani).get(f"/anggota/{member.number}")).select("main a[href$=betulkan]")
        assert desk(ani).get(str(link["href"])).status_code == 200
        assert not page(desk(dewi).get(f"/anggota/{member.number}")).select("main a[href$=betulkan]")

    @pytest.mark.parametrize("path", ["", "/riwayat"])
    def test_out_of_reach_reads_as_not_found(self, desk: Desk, budi: Actor, path: str) -> None:
        member = registered(name="Siti Aminah")
        answer = desk(budi).get(f"/anggota/{member.number}{path}")
        assert "tidak ada dalam wilayah tugas Anda" in refusal(answer, 404)
        assert "Siti" not in answer.content.decode()

    @pytest.mark.parametrize("number", ["OK-99999999-9", "x", "0", "OK-", "'--", "9" * 40, "%00", "..%2F.."])
    def test_that_does_not_exist_reads_just_the_same(self, desk: Desk, citra: Actor, number: str) -> None:
        assert desk(citra).get(f"/anggota/{number}").status_code == 404

    def test_is_found_by_who_helps_them_and_by_nobody_elses_helper(self, desk: Desk) -> None:
        member, other = registered(), registered()
        lina = Actor(label="lina", grants=(Grant("pendamping", Scope(helper_user_id=0)),))
        user = account_of(lina)
        Helper.objects.create(member=member, user_id=user.pk, purpose="mentoring", from_on=date(2018, 1, 1))
        browser = Client()
        browser.force_login(user)
        assert browser.get(f"/anggota/{member.number}").status_code == 200
        assert browser.get(f"/anggota/{other.number}").status_code == 404
        Helper.objects.update(until_on=date(2018, 6, 1))
        assert browser.get(f"/anggota/{member.number}").status_code == 404

    def test_reads_their_own_record_and_writes_nothing(self, desk: Desk) -> None:
        member, other = registered(), registered()
        browser = desk(officer("nita", "anggota", Scope(member_id=member.pk), 9))
        assert posts(browser.get(f"/anggota/{member.number}")) == []
        assert browser.get(f"/anggota/{member.number}/riwayat").status_code == 200
        assert browser.get(f"/anggota/{other.number}").status_code == 404
        assert [row[1] for row in rows_of(browser.get("/anggota"))] == [member.number]

    def test_in_a_komunitas_is_seen_by_its_penggerak(self, desk: Desk) -> None:
        mawar, melati = active_group("Mawar"), active_group("Melati")
        eko = desk(officer("eko", "penggerak", Scope(group_id=mawar.pk), 5))
        inside, outside = registered(group_id=mawar.pk), registered(group_id=melati.pk)
        assert "Mawar" in words(page(eko.get(f"/anggota/{inside.number}")).main)
        assert eko.get(f"/anggota/{outside.number}").status_code == 404

    def test_costs_as_many_queries_with_much_evidence_as_with_little(self, desk: Desk, ani: Actor) -> None:
        near, far = registered(), walked_to(7)
        browser = desk(ani)
        for member in (near, far):  # the first round warms what a process remembers
            browser.get(f"/anggota/{member.number}")
        little, much = (
            statements(lambda member=member: browser.get(f"/anggota/{member.number}"))
            for member in (near, far)
        )
        assert len(little) == len(much)


class TestAHistory:
    def test_tells_the_newest_first_with_changes_in_words(self, desk: Desk, ani: Actor) -> None:
        member = registered(name="Siti")
        correct_member(ani, member, Correction(name="Siti Aminah"))
        lines = page(desk(ani).get(f"/anggota/{member.number}/riwayat")).select("main .timeline > li")
        assert "Data anggota diperbaiki: nama." in words(lines[0])
        assert words(lines[0].dl) == "nama Siti → Siti Aminah"

    def test_names_who_did_it(self, desk: Desk, citra: Actor) -> None:
        member = registered(name="Siti")
        officer_account = account_of(officer("ani", "petugas_kecamatan", Scope(region=SENEN), 1))
        gone = Actor(label="user:999999999", user_id=999999999, grants=citra.grants)
        correct_member(actor_for_user(officer_account), member, Correction(name="Siti A."))
        correct_member(gone, member, Correction(name="Siti B."))
        correct_member(SYSTEM, member, Correction(name="Siti C."))
        lines = page(desk(citra).get(f"/anggota/{member.number}/riwayat")).select("main .timeline .source")
        told = [words(line).split(" · ")[-1] for line in lines]
        assert told[:3] == ["Sistem: test", "user:999999999", officer_account.name]

    def test_without_the_key_says_what_happened_and_no_longer_whom(self, desk: Desk, ani: Actor) -> None:
        member = registered(name="Siti")
        correct_member(ani, member, Correction(phone="081311112222"))
        browser, address = desk(ani), f"/anggota/{member.number}/riwayat"
        assert "0813-1111-2222" in browser.get(address).content.decode()
        SubjectKey.objects.all().delete()
        answer = browser.get(address)
        assert "1111-2222" not in answer.content.decode()
        assert "Data anggota diperbaiki: telepon." in words(page(answer).select_one("main .timeline li"))

    def test_of_somebody_without_facts_says_so(self, desk: Desk, ani: Actor) -> None:
        member = member_with()
        assert "Belum ada catatan" in words(page(desk(ani).get(f"/anggota/{member.number}/riwayat")).main)

    def test_is_closed_to_those_who_may_read_the_person_only(self, desk: Desk) -> None:
        """A bank officer who is also a trainer elsewhere: the right of one grant does not lend itself to the other."""
        member = registered()
        both = Actor(
            label="kartika",
            grants=(Grant("petugas_bank", Scope(partner_id=1)), Grant("pelatih", Scope(region=COBLONG))),
        )
        Helper.objects.create(member=member, partner_id=1, purpose="financing", from_on=date(2018, 1, 1))
        browser = desk(both)
        shown = page(browser.get(f"/anggota/{member.number}"))
        assert "/riwayat" not in str(shown.main)
        assert browser.get(f"/anggota/{member.number}/riwayat").status_code == 404

    def test_asks_as_often_for_thirty_lines_as_for_three(self, desk: Desk, ani: Actor) -> None:
        member, browser = registered(), desk(ani)
        numbers = iter(range(100))

        def correct(more: int) -> None:
            for _ in range(more):
                correct_member(ani, Member.objects.get(), Correction(name=f"Siti {next(numbers)}"))

        assert_constant_queries(lambda: browser.get(f"/anggota/{member.number}/riwayat"), correct)


def test_an_officer_without_grants_is_told_so(desk: Desk, hadi: Actor) -> None:
    for path in ("/anggota", "/bukti", "/belum-lanjut"):
        assert "Peran Anda" in refusal(desk(hadi).get(path), 403)


def test_somebody_with_two_roles_sees_both_places(desk: Desk) -> None:
    registered(name="Siti")
    registered(name="Asep", region=COBLONG)
    registered(name="Udin", region="33.74.01")
    both = Actor(
        label="dua",
        grants=(Grant("pelatih", Scope(region=SENEN)), Grant("petugas_ptsp", Scope(region=COBLONG))),
    )
    assert names(desk(both).get("/anggota")) == ["Asep", "Siti"]


def test_a_page_shows_what_is_written_as_text(desk: Desk, ani: Actor) -> None:
    registered(name="Siti Aminah", business_name="<script>alert(1)</script>", address="<b>")
    member = Member.objects.get()
    assert "<script>alert" not in desk(ani).get(f"/anggota/{member.number}").content.decode()
    assert "<script>alert" not in desk(ani).get("/anggota?q=<script>alert(1)</script>").content.decode()


class TestAMergedRecord:
    def test_leads_to_the_surviving_one_with_a_sentence(self, desk: Desk, ani: Actor) -> None:
        kept, old = registered(name="Siti"), registered(name="Siti A")
        merge_members(SYSTEM, kept, old)
        browser = desk(ani)
        answer = browser.get(f"/anggota/{old.number}")
        assert (answer.status_code, answer["Location"]) == (302, f"/anggota/{kept.number}")
        shown = page(browser.get(answer["Location"]))
        said = f"Catatan {old.number} sudah digabung ke catatan ini: keduanya orang yang sama."
        assert said in words(shown.select_one("[role=status]"))
        assert words(shown.h1) == "Siti"
        assert said not in words(page(browser.get(answer["Location"])).body)

    def test_is_not_found_where_the_surviving_one_is_out_of_scope(self, desk: Desk, ani: Actor) -> None:
        kept, old = registered(name="Siti", region=COBLONG), registered(name="Siti A")
        merge_members(SYSTEM, kept, old)
        browser = desk(ani)
        nobody = refusal(browser.get("/anggota/OK-99999999-4"), 404)
        assert refusal(browser.get(f"/anggota/{old.number}"), 404) == nobody
        assert kept.number not in nobody

    def test_keeps_its_history(self, desk: Desk, dewi: Actor) -> None:
        kept, old = registered(name="Siti"), registered(name="Siti A")
        merge_members(SYSTEM, kept, old)
        assert "Siti A" in words(page(desk(dewi).get(f"/anggota/{old.number}/riwayat")).main)
