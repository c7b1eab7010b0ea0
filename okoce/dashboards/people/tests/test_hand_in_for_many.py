"""Evidence of one occasion for many people: what it would do is shown first, each is taken or refused by herself, once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.members.numbers import record_id_of
from okoce.dashboards.people.batch_forms import MOST_NUMBERED
from okoce.dashboards.people.evidence_batches import AT_ONCE
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.events.models import Event
from okoce.pipeline import tallies
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.handing_in import carry_out
from okoce.pipeline.models import Evidence
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import days_of, proof, registered, walked_to
from tests.cast import COBLONG, SENEN, SYSTEM, account_of
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
CHOOSE, HAND_IN = "/anggota/pilihan", "/anggota/pilihan/bukti"
CLASS = {"stage": "2", "happened_on": "2018-05-01"}


def asked(*members: Member, **told: str) -> dict[str, str]:
    return {"orang": " ".join(str(member.pk) for member in members), "langkah": "periksa", **CLASS, **told}


def previewed(browser: Client, *members: Member, **told: str) -> BeautifulSoup:
    return page(browser.post(HAND_IN, asked(*members, **told)))


def carried(shown: BeautifulSoup) -> dict[str, str]:
    """What the page of the preview sends on."""
    form = shown.select_one(f"form[action='{HAND_IN}']")
    assert form is not None
    return {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}


def confirmed(browser: Client, shown: BeautifulSoup) -> Any:
    return browser.post(HAND_IN, carried(shown) | {"langkah": "serahkan"}, follow=True)


def handed_in(browser: Client, *members: Member, **told: str) -> Any:
    return confirmed(browser, previewed(browser, *members, **told))


def told(kind: str) -> int:
    return Event.objects.filter(kind=f"pipeline.{kind}").count()


class TestAsking:
    def test_from_the_list_says_whom_it_is_about_and_changes_nothing(self, desk: Desk, ani: Actor) -> None:
        siti, agus = registered(name="Siti"), registered(name="Agus")
        chosen = {"orang": [siti.number, agus.number], "tindakan": "bukti", "saringan": "tahap=1"}
        shown = page(desk(ani).post(CHOOSE, chosen))
        assert "2 orang dipilih" in words(shown.main)
        assert "Agus, Siti" in words(shown.main)
        assert shown.select_one(f"form[action='{HAND_IN}'] [name=stage]")
        assert not Evidence.objects.exists()

    def test_everybody_who_matches_may_be_meant(self, desk: Desk, ani: Actor) -> None:
        registered(name="Siti")
        registered(name="Asep", region=COBLONG)
        shown = page(desk(ani).post(CHOOSE, {"semua": "1", "tindakan": "bukti", "saringan": "tahap=1"}))
        assert "1 orang dipilih" in words(shown.main)

    def test_each_of_few_has_a_field_of_her_own_and_of_many_nobody(self, desk: Desk, ani: Actor) -> None:
        few = [registered() for _one in range(MOST_NUMBERED)]
        form = {"orang": [member.number for member in few], "tindakan": "bukti"}
        shown = page(desk(ani).post(CHOOSE, form))
        assert len(shown.select("[name^=nomor_]")) == MOST_NUMBERED
        form["orang"] = [*form["orang"], registered().number]
        assert not page(desk(ani).post(CHOOSE, form)).select("[name^=nomor_]")

    def test_one_number_for_many_licences_is_answered_by_what_the_page_can_do(
        self, desk: Desk, ani: Actor
    ) -> None:
        many = [registered() for _one in range(MOST_NUMBERED + 1)]
        licence = {"stage": "4", "kind": "NIB", "number": "1234567890123"}
        refused = words(page(desk(ani).post(HAND_IN, asked(*many, **licence)), 422).main)
        assert f"Kosongkan, atau pilih paling banyak {MOST_NUMBERED} orang." in refused
        assert "Tulis di samping namanya" not in refused
        refused = words(page(desk(ani).post(HAND_IN, asked(*many[1:], **licence)), 422).main)
        assert "Tulis di samping namanya, atau kosongkan." in refused
        assert not Evidence.objects.exists()

    def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(self, desk: Desk, ani: Actor) -> None:
        siti = registered()
        told = {"happened_on": "kemarin dulu", "note": "Kelas jahit", f"nomor_{siti.pk}": "S-1"}
        shown = page(desk(ani).post(HAND_IN, asked(siti, **told)), 422)
        assert shown.select_one("#id_happened_on_error")
        assert "Kelas jahit" in words(shown.select_one("[name=note]"))
        assert shown.select_one(f"[name=nomor_{siti.pk}]")["value"] == "S-1"

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"kind": "visit"}, "kind"),
            ({"happened_on": "2999-01-01"}, "happened_on"),
            ({"stage": "4", "kind": "NIB", "number": "1234567890123"}, "number"),
        ],
    )
    def test_what_cannot_be_true_of_anybody_is_told_once(
        self, desk: Desk, ani: Actor, told: dict[str, str], field: str
    ) -> None:
        shown = page(desk(ani).post(HAND_IN, asked(registered(), **told)), 422)
        assert shown.select_one(f"#id_{field}_error")

    def test_nobody_chosen_is_a_sentence(self, desk: Desk, ani: Actor) -> None:
        shown = page(desk(ani).post(HAND_IN, CLASS), 422)
        assert "Belum ada orang yang dipilih" in words(shown.main)


class TestPreview:
    def test_says_who_is_taken_and_who_not_and_why(self, desk: Desk, ani: Actor) -> None:
        siti, done = registered(name="Siti"), walked_to(2, name="Rina")
        later = registered(name="Tini", registered_on=date(2018, 6, 1))
        shown = previewed(desk(ani), siti, done, later)
        assert "1 orang ikut" in words(shown.main)
        assert "1 langsung diperiksa dan sah" in words(shown.main)
        why = {name: sentence for name, _number, sentence in rows_of_soup(shown)}
        assert why["Rina"] == "P2 sudah selesai 1 Februari 2018. Bukti lain diserahkan di halaman orangnya."
        assert "P1 (Pendaftaran) baru selesai 1 Juni 2018" in why["Tini"]
        assert not Evidence.objects.filter(member__in=[siti, later]).exists()
        assert not EvidenceBatch.objects.exists()

    def test_an_earlier_stage_that_is_missing_refuses(self, desk: Desk, ani: Actor) -> None:
        shown = previewed(desk(ani), registered(name="Siti"), stage="3")
        assert "0 orang ikut" in words(shown.main)
        assert "P2 (Pelatihan) belum selesai" in words(shown.main)
        assert not shown.select("button[value=serahkan]")

    def test_who_is_out_of_the_right_is_told_so(self, desk: Desk) -> None:
        grants = (Grant("auditor", EVERYWHERE), Grant("petugas_kecamatan", Scope(region=SENEN)))
        reader = Actor(label="user:70", user_id=70, grants=grants)
        near, far = registered(name="Siti"), registered(name="Asep", region=COBLONG)
        browser = desk(reader)
        shown = previewed(browser, near, far)
        assert [row[0] for row in rows_of_soup(shown)] == ["Asep"]
        assert "Di luar hak Anda" in words(shown.main)
        confirmed(browser, shown)
        assert list(Evidence.objects.values_list("member_id", flat=True)) == [near.pk]

    def test_costs_as_many_queries_for_thirty_people_as_for_three(self, desk: Desk, ani: Actor) -> None:
        people: list[Member] = []
        browser = desk(ani)
        assert_constant_queries(
            lambda: previewed(browser, *people, stage="2"),
            lambda number: people.extend(walked_to(1 + place % 2) for place in range(number)),
        )

    def test_leads_back_to_the_form_with_what_was_typed(self, desk: Desk, ani: Actor) -> None:
        siti = registered()
        browser = desk(ani)
        shown = previewed(browser, siti, note="Kelas jahit", **{f"nomor_{siti.pk}": "S-1"})
        again = page(browser.post(HAND_IN, carried(shown) | {"langkah": "ubah"}))
        assert "Kelas jahit" in words(again.select_one("[name=note]"))
        assert again.select_one(f"[name=nomor_{siti.pk}]")["value"] == "S-1"


def rows_of_soup(shown: BeautifulSoup) -> list[list[str]]:
    class Answer:
        status_code = 200
        content = str(shown).encode()

    return rows_of(Answer)


class TestHandingIn:
    def test_takes_each_by_herself_with_events_and_sums(self, desk: Desk, ani: Actor) -> None:
        siti, agus, done = registered(name="Siti"), registered(name="Agus"), walked_to(2, name="Rina")
        before = told("evidence_verified"), told("stage_completed")
        answer = handed_in(desk(ani), siti, agus, done, note="Kelas jahit")
        text = words(page(answer).main)
        assert "Selesai diserahkan" in text
        assert "Siti, Agus" in text
        assert "P2 sudah selesai 1 Februari 2018." in text
        assert days_of(siti)[2] == days_of(agus)[2] == date(2018, 5, 1)
        assert days_of(done)[2] == date(2018, 2, 1)
        assert (told("evidence_verified"), told("stage_completed")) == (before[0] + 2, before[1] + 2)
        assert told("evidence_batch_started") == told("evidence_batch_finished") == 1
        assert {one.note for one in Evidence.objects.exclude(member=done)} == {"Kelas jahit"}
        tallies.fold_all()
        assert recount() == []

    def test_twice_is_once(self, desk: Desk, ani: Actor) -> None:
        browser, siti = desk(ani), registered()
        sent = carried(previewed(browser, siti)) | {"langkah": "serahkan"}
        first, second = browser.post(HAND_IN, sent), browser.post(HAND_IN, sent)
        assert first["Location"] == second["Location"]
        assert (Evidence.objects.count(), EvidenceBatch.objects.count()) == (1, 1)

    def test_the_same_on_another_page_is_known_already(self, desk: Desk, gita: Actor) -> None:
        browser, siti = desk(gita), registered(name="Siti")
        handed_in(browser, siti)
        shown = previewed(browser, siti)
        assert "Bukti yang sama sudah diserahkan sebelumnya." in words(shown.main)
        assert Evidence.objects.count() == 1

    def test_one_key_is_for_one_thing(self, desk: Desk, ani: Actor) -> None:
        browser, siti, agus = desk(ani), registered(), registered()
        sent = carried(previewed(browser, siti)) | {"langkah": "serahkan"}
        browser.post(HAND_IN, sent)
        refused = browser.post(HAND_IN, sent | {"orang": str(agus.pk)})
        assert "sudah diterima dengan isi lain" in words(page(refused, 422).main)
        assert Evidence.objects.count() == 1

    def test_waits_for_whoever_may_verify(self, desk: Desk, gita: Actor, ani: Actor) -> None:
        siti = registered()
        shown = previewed(desk(gita), siti)
        assert "1 menunggu diperiksa" in words(shown.main)
        handed_in(desk(gita), siti)
        assert Evidence.objects.get().state == "claimed"
        verified = previewed(desk(ani), siti)
        assert "1 langsung diperiksa dan sah" in words(verified.main)
        handed_in(desk(ani), siti)
        assert Evidence.objects.get().state == "verified"

    def test_numbers_beside_the_names_go_to_their_people(self, desk: Desk, ani: Actor) -> None:
        siti, agus = registered(), registered()
        numbers = {"number": "KELAS-7", f"nomor_{siti.pk}": "S-1"}
        handed_in(desk(ani), siti, agus, **numbers)
        kept = dict(Evidence.objects.values_list("member_id", "number"))
        assert kept == {siti.pk: "S-1", agus.pk: "KELAS-7"}
        assert set(EvidenceLine.objects.values_list("number", flat=True)) == {""}

    def test_a_number_that_is_none_refuses_its_person_alone(
        self, desk: Desk, ani: Actor, citra: Actor
    ) -> None:
        siti, agus = walked_to(3, name="Siti"), walked_to(3, name="Agus")
        licence = {"stage": "4", "kind": "NIB", f"nomor_{siti.pk}": "12", f"nomor_{agus.pk}": "1234567890123"}
        shown = page(handed_in(desk(citra), siti, agus, **licence))
        assert "Agus." in words(shown.main)
        assert "NIB" in words(shown.select_one("main tbody"))
        assert Evidence.objects.filter(stage=4).get().member == agus

    def test_says_before_what_it_does_after(self, desk: Desk, ani: Actor, gita: Actor) -> None:
        people = [
            registered(),
            walked_to(2),
            walked_to(3),
            registered(registered_on=date(2018, 6, 1)),
            registered(region=COBLONG),
        ]
        half = registered()
        give_evidence(gita, half, proof(2, date(2018, 5, 1)))
        give_evidence(SYSTEM, people[2], proof(4, date(2018, 4, 20)))
        browser = desk(Actor(label="user:71", user_id=71, grants=(Grant("sekretariat", EVERYWHERE),)))
        for stage, kind in ((2, ""), (3, "visit"), (3, ""), (4, "SKU")):
            shown = previewed(browser, *people, half, stage=str(stage), kind=kind)
            said = {row[1]: row[2] for row in rows_of_soup(shown)}
            if not shown.select("button[value=serahkan]"):
                continue
            confirmed(browser, shown)
            batch = EvidenceBatch.objects.latest("pk")
            lines = EvidenceLine.objects.filter(batch=batch).exclude(state="taken").select_related("member")
            assert {line.member.number: line.sentence for line in lines} == said


class TestMany:
    def test_more_than_few_are_left_to_the_job_and_watched(self, desk: Desk, ani: Actor) -> None:
        people = [registered() for _one in range(AT_ONCE + 1)]
        browser = desk(ani)
        answer = handed_in(browser, *people)
        assert "Menunggu giliran" in words(page(answer).main)
        assert page(answer).select_one("progress")["max"] == str(AT_ONCE + 1)
        assert not Evidence.objects.exists()
        carry_out(EvidenceBatch.objects.get().pk)
        assert Evidence.objects.count() == AT_ONCE + 1
        assert "Selesai diserahkan" in words(page(browser.get(answer.redirect_chain[0][0])).main)
        carry_out(EvidenceBatch.objects.get().pk)
        assert told("evidence_batch_finished") == 1

    def test_stopped_keeps_what_was_done_and_says_who_is_left(self, desk: Desk, ani: Actor) -> None:
        people = [registered() for _one in range(AT_ONCE + 1)]
        browser = desk(ani)
        handed_in(browser, *people)
        batch = EvidenceBatch.objects.get()
        address = f"/anggota/bukti-sekaligus/{batch.pk}"
        EvidenceBatch.objects.update(stop_asked_at=timezone.now())  # while a worker is at it
        assert "Sedang dihentikan" in words(page(browser.get(address)).main)
        carry_out(batch.pk)
        assert not Evidence.objects.exists()
        shown = page(browser.get(address))
        assert "Dihentikan" in words(shown.main)
        assert f"Tidak sempat diserahkan {AT_ONCE + 1} orang" in words(shown.main)

    def test_stopped_where_nobody_is_at_it_is_over_at_once(self, desk: Desk, ani: Actor) -> None:
        browser = desk(ani)
        handed_in(browser, *[registered() for _one in range(AT_ONCE + 1)])
        address = f"/anggota/bukti-sekaligus/{EvidenceBatch.objects.get().pk}"
        shown = page(browser.post(f"{address}/henti", follow=True))
        assert f"Tidak sempat diserahkan {AT_ONCE + 1} orang" in words(shown.main)
        assert shown.select_one("#state[hx-trigger]") is None
        assert told("evidence_batch_stopped") == 1

    def test_few_are_left_to_the_job_where_the_database_fails(
        self, desk: Desk, ani: Actor, monkeypatch: Any
    ) -> None:
        from okoce.pipeline import handing_in

        deed = handing_in.hand_in_line

        def lost(*line: Any) -> None:
            raise OperationalError("server closed the connection")

        monkeypatch.setattr(handing_in, "hand_in_line", lost)
        answer = handed_in(desk(ani), registered(), registered())
        assert "Sedang diserahkan" in words(page(answer).main)
        assert not Evidence.objects.exists()
        monkeypatch.setattr(handing_in, "hand_in_line", deed)
        carry_out(EvidenceBatch.objects.get().pk)
        assert Evidence.objects.count() == 2

    def test_goes_on_where_a_killed_worker_stood(self, desk: Desk, ani: Actor, monkeypatch: Any) -> None:
        people = [registered() for _one in range(AT_ONCE + 1)]
        handed_in(desk(ani), *people)
        batch = EvidenceBatch.objects.get()
        from okoce.pipeline import handing_in

        deed, done = handing_in.hand_in_line, []

        def killed(*line: Any) -> None:
            if len(done) == 5:
                raise KeyboardInterrupt
            done.append(line)
            deed(*line)

        monkeypatch.setattr(handing_in, "hand_in_line", killed)
        with pytest.raises(KeyboardInterrupt):
            carry_out(batch.pk)
        assert Evidence.objects.count() == 5
        monkeypatch.setattr(handing_in, "hand_in_line", deed)
        carry_out(batch.pk)
        assert Evidence.objects.count() == AT_ONCE + 1
        assert told("evidence_verified") == AT_ONCE + 1

    def test_whoever_has_lost_the_right_hands_nothing_in(self, desk: Desk, ani: Actor) -> None:
        user = account_of(ani)
        browser = Client()
        browser.force_login(user)
        handed_in(browser, *[registered() for _one in range(AT_ONCE + 1)])
        with transaction.atomic(), opened_by(SYSTEM):
            RoleAssignment.objects.filter(user=user).delete()
        carry_out(EvidenceBatch.objects.get().pk)
        assert EvidenceBatch.objects.get().state == "failed"
        assert not Evidence.objects.exists()


def test_a_choice_that_holds_no_number_is_nobody(desk: Desk, ani: Actor) -> None:
    assert record_id_of("OK-x") is None
    assert desk(ani).post(HAND_IN, asked() | {"orang": "x y 99999999999999999999"}).status_code == 422
