"""Evidence and reasons through the pages: handed in, judged, taken back, each by whoever may and by nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import latest_today
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence, Standstill
from okoce.pipeline.tests.factories import (
    days_of,
    evidence_states,
    proof,
    registered,
    states_of,
    walked_to,
)
from tests.cast import COBLONG, SENEN, account_of, officer
from tests.pages import next_page, page, posts, refusal, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
P2 = {"stage": "2", "happened_on": "2018-02-01", "kind": "", "number": "S-17", "note": "Kelas di balai warga"}


@pytest.fixture
def siti() -> Member:
    return registered(name="Siti Aminah")


@pytest.fixture
def visitor() -> Actor:
    """Gives evidence in Senen and verifies permits only."""
    return officer("gita", "petugas_ptsp", Scope(region=SENEN), 7)


def at(member: Member, deed: str = "") -> str:
    return f"/anggota/{member.number}{deed and '/' + deed}"


def claimed(member: Member, visitor: Actor, stage: int = 2) -> Evidence:
    return give_evidence(visitor, member, proof(stage, date(2018, 2, 1)))


def records() -> tuple[Any, ...]:
    """Everything that a refused deed must leave as it was."""
    return (
        list(Evidence.objects.order_by("id").values_list("id", "state", "reason", "decided_by")),
        list(Standstill.objects.order_by("id").values_list("id", "reason")),
        Event.objects.exclude(kind__startswith="accounts.").count(),
    )


class TestHandingIn:
    def test_by_who_verifies_the_stage_completes_it_at_once(
        self, desk: Desk, ani: Actor, siti: Member
    ) -> None:
        browser = desk(ani)
        answer = browser.post(at(siti, "bukti"), P2)
        assert (answer.status_code, answer["Location"]) == (302, at(siti))
        assert days_of(siti)[2] == date(2018, 2, 1)
        evidence = Evidence.objects.get()
        assert (evidence.number, evidence.note) == ("S-17", "Kelas di balai warga")
        assert "Bukti diperiksa dan dicatat." in words(page(browser.get(at(siti))).main)

    def test_by_somebody_else_waits_and_counts_as_nothing(
        self, desk: Desk, visitor: Actor, siti: Member
    ) -> None:
        browser = desk(visitor)
        browser.post(at(siti, "bukti"), P2)
        assert states_of(siti)[2] == "claimed"
        assert 2 not in days_of(siti)
        assert "menunggu pemeriksaan" in words(page(browser.get(at(siti))).main)

    def test_twice_is_one_row_and_one_fact(self, desk: Desk, ani: Actor, siti: Member) -> None:
        browser = desk(ani)
        browser.post(at(siti, "bukti"), P2)
        before = records()
        assert browser.post(at(siti, "bukti"), P2).status_code == 302
        assert records() == before
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"happened_on": "kemarin"}, "Tanggal ini tidak terbaca"),
            ({"happened_on": ""}, "Tanggal kejadian kosong. Tulis hari terjadinya"),
            ({"happened_on": "2018-02-30"}, "Tanggal ini tidak terbaca"),
            ({"happened_on": "2099-01-01"}, "2099"),
            ({"happened_on": "2017-12-31"}, "P1"),
            ({"stage": "1"}, "Tahap"),
            ({"stage": "8"}, "Tahap"),
            ({"stage": ""}, "Tahap"),
            ({"stage": "4", "kind": "IUMK"}, "P2"),
            ({"kind": "IUMK"}, "Jenis"),
            ({"kind": "paspor"}, "Jenis"),
            ({"number": "x" * 101}, "Nomor dokumen"),
            ({"number": "a\x00b"}, "Nomor dokumen"),
            ({"stage": "4", "kind": "NIB", "number": "123"}, "NIB berisi 3 angka, seharusnya 13"),
            ({"note": "x" * 501}, "Catatan"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
        self, desk: Desk, ani: Actor, siti: Member, wrong: dict[str, str], says: str
    ) -> None:
        browser, before = desk(ani), records()
        shown = page(browser.post(at(siti, "bukti"), {**P2, **wrong}), 422)
        assert says in words(shown.select_one("#kesalahan"))
        assert "Kesalahan:" in words(shown.title)
        note = shown.select_one("textarea[name=note]")
        assert words(note) == {**P2, **wrong}["note"]
        typed = shown.select_one("input[name=happened_on]")
        assert typed is not None
        assert typed["value"] == {**P2, **wrong}["happened_on"] or not wrong.get("happened_on")
        for link in shown.select("#kesalahan a"):
            assert shown.select_one(str(link["href"])) is not None, "an error leads to its field"
        assert records() == before

    def test_a_day_that_has_begun_in_the_east_is_no_future(
        self, desk: Desk, ani: Actor, siti: Member
    ) -> None:
        today = latest_today()
        assert desk(ani).post(at(siti, "bukti"), {**P2, "happened_on": today.isoformat()}).status_code == 302
        tomorrow = (today + timedelta(days=1)).isoformat()
        assert desk(ani).post(at(siti, "bukti"), {**P2, "happened_on": tomorrow}).status_code == 422

    def test_for_a_stranger_is_not_found(self, desk: Desk, budi: Actor, siti: Member) -> None:
        before = records()
        refusal(desk(budi).post(at(siti, "bukti"), P2), 404)
        assert records() == before

    def test_with_a_right_that_only_holds_elsewhere_is_not_found(self, desk: Desk, siti: Member) -> None:
        both = Actor(
            label="dua",
            grants=(Grant("petugas_kecamatan", Scope(region=COBLONG)), Grant("auditor", EVERYWHERE)),
        )
        browser, before = desk(both), records()
        assert posts(browser.get(at(siti))) == []
        assert browser.post(at(siti, "bukti"), P2).status_code == 404
        assert records() == before

    def test_is_a_post(self, desk: Desk, ani: Actor, siti: Member) -> None:
        assert desk(ani).get(at(siti, "bukti")).status_code == 405


class TestTheAuditor:
    def test_sees_everything_and_no_form(self, desk: Desk, dewi: Actor, visitor: Actor, siti: Member) -> None:
        evidence = claimed(siti, visitor)
        walked = walked_to(3)
        browser = desk(dewi)
        for member in (siti, walked):
            assert posts(browser.get(at(member))) == []
        assert "Menunggu pemeriksaan" in words(page(browser.get(at(siti))).main)
        assert evidence.state == "claimed"

    def test_cannot_post_anything(self, desk: Desk, dewi: Actor, visitor: Actor, siti: Member) -> None:
        evidence = claimed(siti, visitor)
        browser, before = desk(dewi), records()
        for path, body in (
            (at(siti, "bukti"), P2),
            (at(siti, "alasan"), {"stage": "2", "reason": "no_time"}),
            (f"/bukti/{evidence.pk}/periksa", {}),
            (f"/bukti/{evidence.pk}/tolak", {"reason": "tidak"}),
            (f"/bukti/{evidence.pk}/cabut", {"reason": "tidak"}),
        ):
            assert "Peran Anda" in refusal(browser.post(path, body), 403)
        assert records() == before


class TestJudging:
    def test_declares_evidence_true(self, desk: Desk, ani: Actor, visitor: Actor, siti: Member) -> None:
        evidence = claimed(siti, visitor)
        browser = desk(ani)
        assert f"/bukti/{evidence.pk}/periksa" in posts(browser.get(at(siti)))
        assert browser.post(f"/bukti/{evidence.pk}/periksa")["Location"] == at(siti)
        assert days_of(siti)[2] == date(2018, 2, 1)
        assert browser.post(f"/bukti/{evidence.pk}/periksa").status_code == 302  # a double click

    def test_refuses_with_a_reason_that_the_giver_reads(
        self, desk: Desk, ani: Actor, visitor: Actor, siti: Member
    ) -> None:
        evidence = claimed(siti, visitor)
        assert desk(ani).post(f"/bukti/{evidence.pk}/tolak", {"reason": "Foto kabur"}).status_code == 302
        evidence.refresh_from_db()
        assert (evidence.state, evidence.reason) == ("refused", "Foto kabur")
        assert states_of(siti).get(2) in {None, "in_progress"}

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "a\x00b"])
    @pytest.mark.parametrize("deed", ["tolak", "cabut"])
    def test_needs_a_reason_in_words(
        self, desk: Desk, citra: Actor, visitor: Actor, deed: str, reason: str
    ) -> None:
        evidence = claimed(registered(), visitor)
        before = records()
        assert refusal(desk(citra).post(f"/bukti/{evidence.pk}/{deed}", {"reason": reason}), 422)
        assert records() == before

    def test_is_offered_and_open_to_those_of_the_stage_only(
        self, desk: Desk, visitor: Actor, siti: Member
    ) -> None:
        evidence = claimed(siti, visitor)
        browser, before = desk(visitor), records()
        assert f"/bukti/{evidence.pk}/periksa" not in posts(browser.get(at(siti)))
        for deed in ("periksa", "tolak"):
            assert "tidak memeriksa bukti P2" in refusal(
                browser.post(f"/bukti/{evidence.pk}/{deed}", {"reason": "x"}), 403
            )
        assert records() == before

    def test_a_mentor_of_menteng_who_is_permit_officer_in_senen_verifies_no_permit_in_menteng(
        self, desk: Desk
    ) -> None:
        """Each grant counts for itself: a trainer's reach does not carry a permit officer's right, nor the other way."""
        menteng = "31.71.06"
        both = Actor(
            label="dua",
            grants=(Grant("pelatih", Scope(region=menteng)), Grant("petugas_ptsp", Scope(region=SENEN))),
        )
        giver = officer("joko", "pengurus_komunitas", Scope(group_id=3), 12)
        here, there = walked_to(3, group_id=3), walked_to(3, region=menteng, group_id=3)
        permit_here, permit_there = (
            give_evidence(giver, member, proof(4, date(2018, 5, 1))) for member in (here, there)
        )
        class_here, class_there = (
            give_evidence(giver, registered(region=region, group_id=3), proof(2, date(2018, 5, 1)))
            for region in (SENEN, menteng)
        )
        browser = desk(both)
        waiting = page(browser.get("/bukti"))
        assert {form["action"] for form in waiting.select("main form")} == {
            f"/bukti/{permit_here.pk}/periksa",
            f"/bukti/{class_there.pk}/periksa",
        }
        before = records()
        for out_of_reach in (permit_there, class_here):
            assert browser.post(f"/bukti/{out_of_reach.pk}/periksa").status_code == 404
        assert records() == before
        for in_reach in (permit_here, class_there):
            assert browser.post(f"/bukti/{in_reach.pk}/periksa").status_code == 302
        assert days_of(here)[4] == date(2018, 5, 1)
        assert 4 not in days_of(there)

    @pytest.mark.parametrize("deed", ["periksa", "tolak", "cabut"])
    def test_of_strangers_evidence_is_not_found(
        self, desk: Desk, visitor: Actor, siti: Member, deed: str
    ) -> None:
        evidence = claimed(siti, visitor)
        abroad = Actor(label="x", grants=(Grant("petugas_kecamatan", Scope(region=COBLONG)),))
        browser, before = desk(abroad), records()
        answer = browser.post(f"/bukti/{evidence.pk}/{deed}", {"reason": "x"})
        assert answer.status_code == (403 if deed == "cabut" else 404)
        for number in (999_999_999, 10**25):
            assert browser.post(f"/bukti/{number}/periksa").status_code == 404
        assert records() == before

    def test_decided_evidence_is_not_decided_again(
        self, desk: Desk, ani: Actor, visitor: Actor, siti: Member
    ) -> None:
        evidence = claimed(siti, visitor)
        browser = desk(ani)
        browser.post(f"/bukti/{evidence.pk}/tolak", {"reason": "Foto kabur"})
        before = records()
        assert "sudah diputus" in refusal(browser.post(f"/bukti/{evidence.pk}/periksa"), 409)
        assert records() == before


class TestTakingBack:
    def test_lets_the_stage_fall_back(self, desk: Desk, citra: Actor) -> None:
        member = walked_to(2)
        evidence = Evidence.objects.get()
        browser = desk(citra)
        shown = page(browser.get(at(member)))
        form = shown.select_one(f"form[action='/bukti/{evidence.pk}/cabut']")
        assert form is not None
        label = form.select_one("label")
        assert label is not None
        assert (words(label), label.has_attr("class")) == ("Alasan mencabut", False)
        assert browser.post(f"/bukti/{evidence.pk}/cabut", {"reason": "Salah orang"}).status_code == 302
        assert evidence_states(member) == ["withdrawn"]
        assert 2 not in days_of(member)

    def test_is_not_for_the_officer_on_the_spot(self, desk: Desk, ani: Actor) -> None:
        member = walked_to(2)
        evidence, browser, before = Evidence.objects.get(), desk(ani), records()
        assert f"/bukti/{evidence.pk}/cabut" not in posts(browser.get(at(member)))
        assert browser.post(f"/bukti/{evidence.pk}/cabut", {"reason": "Salah orang"}).status_code == 403
        assert records() == before


class TestTheQueue:
    def test_shows_the_oldest_first_and_only_what_one_may_verify(
        self, desk: Desk, ani: Actor, budi: Actor, visitor: Actor
    ) -> None:
        first, second = (claimed(registered(name=name), visitor) for name in ("Pertama", "Kedua"))
        for reader, expected in ((ani, [first, second]), (budi, []), (visitor, [])):
            shown = posts(desk(reader).get("/bukti"))
            assert shown == [f"/bukti/{evidence.pk}/periksa" for evidence in expected]
        assert "Tidak ada yang menunggu" in words(page(desk(budi).get("/bukti")).main)

    def test_turns_its_pages(self, desk: Desk, ani: Actor, visitor: Actor) -> None:
        for _ in range(53):
            claimed(registered(), visitor)
        browser = desk(ani)
        answer = browser.get("/bukti")
        following = browser.get(next_page(answer))
        assert (len(posts(answer)), len(posts(following)), next_page(following)) == (50, 3, "")
        assert not set(posts(answer)) & set(posts(following))

    @pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "", "1.5", "%00"])
    def test_takes_no_harm_from_a_strange_marker(self, desk: Desk, ani: Actor, after: str) -> None:
        assert desk(ani).get(f"/bukti?sesudah={after}").status_code in {200, 422}

    def test_asks_as_often_for_thirty_rows_as_for_three(self, desk: Desk, ani: Actor, visitor: Actor) -> None:
        browser = desk(ani)
        assert_constant_queries(
            lambda: browser.get("/bukti"), lambda more: [claimed(registered(), visitor) for _ in range(more)]
        )


class TestSayingWhy:
    def test_notes_the_one_main_reason(self, desk: Desk, ani: Actor, siti: Member) -> None:
        browser = desk(ani)
        answer = browser.post(at(siti, "alasan"), {"stage": "2", "reason": "no_time"})
        assert (answer.status_code, answer["Location"]) == (302, at(siti))
        assert Standstill.objects.get().reason == "no_time"
        before = records()
        browser.post(at(siti, "alasan"), {"stage": "2", "reason": "no_time"})
        assert records() == before
        shown = page(browser.get(at(siti)))
        chosen = shown.select_one("select[name=reason] option[selected]")
        assert chosen is not None
        assert chosen["value"] == "no_time"

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"reason": ""}, "Alasan belum dipilih. Pilih satu"),
            ({"reason": "malas"}, "Alasan utama"),
            ({"stage": "3"}, "P2 belum selesai"),
            ({"stage": "1"}, "Belum sampai ke tahap"),
            ({"stage": "x"}, "Belum sampai ke tahap"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_choice(
        self, desk: Desk, ani: Actor, siti: Member, wrong: dict[str, str], says: str
    ) -> None:
        body, before = {"stage": "2", "reason": "no_time", **wrong}, records()
        shown = page(desk(ani).post(at(siti, "alasan"), body), 422)
        assert says in words(shown.select_one("#kesalahan"))
        if body["reason"] == "no_time":
            assert shown.select_one("select[name=reason] option[selected][value=no_time]") is not None
        assert records() == before

    def test_of_a_completed_step_is_refused(self, desk: Desk, ani: Actor) -> None:
        member = walked_to(2)
        before = records()
        shown = page(desk(ani).post(at(member, "alasan"), {"stage": "2", "reason": "no_time"}), 422)
        assert "P2 sudah selesai" in words(shown.select_one("#kesalahan"))
        assert records() == before

    def test_for_a_stranger_is_not_found(self, desk: Desk, budi: Actor, siti: Member) -> None:
        before = records()
        refusal(desk(budi).post(at(siti, "alasan"), {"stage": "2", "reason": "no_time"}), 404)
        assert records() == before


def test_forms_without_their_own_token_are_refused(ani: Actor, siti: Member, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account_of(ani))
    before = records()
    assert strict.post(at(siti, "bukti"), P2).status_code == 403
    assert records() == before
