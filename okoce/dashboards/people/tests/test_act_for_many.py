"""A batch: what it will do is shown first, it is done once, each person is told, and whoever was left out is counted with why."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.models import Helper, Member
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.tests.factories import registered, walked_to
from tests.cast import COBLONG, SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
CHOOSE, HELP, REASON = "/anggota/pilihan", "/anggota/pilihan/pendamping", "/anggota/pilihan/alasan"


def ids(*members: Member) -> str:
    return " ".join(str(member.pk) for member in members)


def mentor() -> str:
    return str(account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope()),))).pk)


class TestBefore:
    def test_shows_whom_it_is_about_and_changes_nothing(self, desk: Desk, ani: Actor) -> None:
        siti, agus = registered(name="Siti"), registered(name="Agus")
        chosen = {"orang": [siti.number, agus.number], "tindakan": "alasan", "saringan": "tahap=1"}
        shown = page(desk(ani).post(CHOOSE, chosen))
        assert "2 orang dipilih" in words(shown.main)
        assert "Agus, Siti" in words(shown.main)
        assert not Standstill.objects.exists()

    def test_the_list_says_how_many_everybody_is(self, desk: Desk, ani: Actor) -> None:
        registered(name="Siti")
        registered(name="Agus")
        bar = page(desk(ani).get("/anggota?tahap=1")).select_one("[data-everybody]")
        assert bar is not None
        assert bar["data-everybody"] == "Semua 2 orang dipilih"

    def test_everybody_who_matches_may_be_meant(self, desk: Desk, ani: Actor) -> None:
        registered(name="Siti")
        walked_to(2, name="Agus")
        registered(name="Asep", region=COBLONG)
        shown = page(desk(ani).post(CHOOSE, {"semua": "1", "tindakan": "alasan", "saringan": "tahap=1"}))
        assert "1 orang dipilih" in words(shown.main)
        assert "Siti" in words(shown.main)

    def test_somebody_out_of_scope_is_counted_and_not_named(self, desk: Desk, ani: Actor) -> None:
        near, far = registered(name="Siti"), registered(name="Asep", region=COBLONG)
        shown = page(desk(ani).post(CHOOSE, {"orang": [near.number, far.number], "tindakan": "pendamping"}))
        assert "1 yang lain tidak ada dalam wilayah tugas Anda" in words(shown.main)
        assert "Asep" not in words(shown.main)

    def test_nobody_chosen_is_a_sentence(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(CHOOSE, {"tindakan": "alasan"})
        assert "Belum ada orang yang dipilih" in words(page(answer, 422).main)

    def test_a_deed_that_the_role_lacks_is_refused(self, desk: Desk, dewi: Actor) -> None:
        siti = registered()
        answer = desk(dewi).post(CHOOSE, {"orang": siti.number, "tindakan": "alasan"})
        assert answer.status_code == 403


class TestReasons:
    def test_are_noted_for_the_step_that_each_waits_for_once(self, desk: Desk, ani: Actor) -> None:
        siti, agus = registered(name="Siti"), walked_to(3, name="Agus")
        browser, asked = desk(ani), {"orang": ids(siti, agus), "reason": "no_time", "saringan": "tahap=1"}
        told = browser.post(REASON, asked, follow=True)
        assert told.redirect_chain[0][0] == "/anggota?tahap=1"
        assert "Alasan dicatat untuk 2 orang." in words(page(told).main)
        assert dict(Standstill.objects.values_list("member_id", "stage")) == {siti.pk: 2, agus.pk: 4}
        again = browser.post(REASON, asked, follow=True)
        assert "2 sudah punya alasan itu" in words(page(again).main)
        assert Standstill.objects.count() == 2
        assert Event.objects.filter(kind="pipeline.standstill_set").count() == 2

    def test_a_reason_that_somebody_knows_stays(self, desk: Desk, ani: Actor) -> None:
        siti = registered()
        set_standstill(SYSTEM, siti, 2, "moved")
        told = desk(ani).post(REASON, {"orang": ids(siti), "reason": "no_time"}, follow=True)
        assert "1 sudah punya alasan lain" in words(page(told).main)
        assert "Tidak ada alasan yang dicatat." in words(page(told).main)
        assert Standstill.objects.get().reason == "moved"

    def test_without_a_reason_the_form_comes_back_with_its_people(self, desk: Desk, ani: Actor) -> None:
        siti = registered(name="Siti")
        shown = page(desk(ani).post(REASON, {"orang": ids(siti), "reason": ""}), 422)
        assert shown.select_one("input[name=orang]")["value"] == str(siti.pk)
        assert "Alasan belum dipilih." in words(shown.select_one("main .error"))
        assert not Standstill.objects.exists()

    def test_out_of_scope_nothing_is_noted(self, desk: Desk, ani: Actor) -> None:
        far = registered(region=COBLONG)
        desk(ani).post(REASON, {"orang": ids(far), "reason": "no_time"})
        assert not Standstill.objects.exists()


class TestHelpers:
    def test_are_given_to_everybody_who_agreed(self, desk: Desk, ani: Actor) -> None:
        siti, agus = registered(name="Siti"), registered(name="Agus", consent_on=None)
        asked = {"orang": ids(siti, agus), "helper": f"mentoring:{mentor()}", "from_on": ""}
        text = words(page(desk(ani).post(HELP, asked, follow=True)).main)
        assert "1 orang diberi pendamping." in text
        assert "1 belum memberi persetujuan" in text
        assert Helper.objects.get().member_id == siti.pk
        assert Event.objects.filter(kind="members.helper_assigned").count() == 1

    def test_stand_in_the_list_and_on_the_persons_page_and_can_end(self, desk: Desk, ani: Actor) -> None:
        siti, browser = registered(name="Siti"), desk(ani)
        browser.post(HELP, {"orang": ids(siti), "helper": f"mentoring:{mentor()}"})
        assert "Uji mentor" in words(page(browser.get("/anggota")).main)
        shown = page(browser.get(f"/anggota/{siti.number}"))
        assert "Uji mentor · Pendampingan" in words(shown.main)
        [end] = [form["action"] for form in shown.select("form[action$='/akhiri']")]
        browser.post(str(end))
        assert "Uji mentor" not in words(page(browser.get(f"/anggota/{siti.number}")).main)

    def test_without_a_helper_the_form_says_what_to_do(self, desk: Desk, ani: Actor) -> None:
        siti = registered()
        shown = page(desk(ani).post(HELP, {"orang": ids(siti), "helper": ""}), 422)
        assert "Pilih satu orang dari daftarnya." in words(shown.select_one("#helper_helper_error"))
        assert not Helper.objects.exists()

    def test_a_day_that_cannot_be_is_told_beside_the_field(self, desk: Desk, ani: Actor) -> None:
        siti = registered()
        asked = {"orang": ids(siti), "helper": f"mentoring:{mentor()}", "from_on": "2999-01-01"}
        shown = page(desk(ani).post(HELP, asked), 422)
        assert shown.select_one("#helper_from_on_error")
        assert not Helper.objects.exists()

    def test_only_who_fits_the_purpose_and_does_not_help_already_is_offered(
        self, desk: Desk, ani: Actor
    ) -> None:
        siti, browser, able = registered(), desk(ani), mentor()
        trainer = account_of(Actor(label="trainer", grants=(Grant("pelatih", Scope(region=siti.region)),))).pk
        for role, place in (("pelatih", COBLONG), ("petugas_ptsp", siti.region)):
            account_of(Actor(label="unfit", grants=(Grant(role, Scope(region=place)),)))

        def offered() -> dict[str, set[str]]:
            shown = page(browser.post(CHOOSE, {"orang": siti.number, "tindakan": "pendamping"}))
            groups = shown.select("select[name=helper] optgroup")
            return {str(one["label"]): {str(o["value"]) for o in one.select("option")} for one in groups}

        first = offered()
        assert first["Pelatihan"] == {f"training:{trainer}"}
        assert f"mentoring:{able}" in first["Pendampingan"]
        assert f"mentoring:{trainer}" not in first["Pendampingan"]
        browser.post(HELP, {"orang": ids(siti), "helper": f"mentoring:{able}"})
        assert f"mentoring:{able}" not in offered()["Pendampingan"]
        again = browser.post(HELP, {"orang": ids(siti), "helper": f"mentoring:{able}"}, follow=True)
        assert "1 sudah dibantu orang itu untuk hal yang sama" in words(page(again).main)

    def test_somebody_unfit_is_not_given(self, desk: Desk, ani: Actor) -> None:
        siti = registered()
        shown = page(desk(ani).post(HELP, {"orang": ids(siti), "helper": f"training:{mentor()}"}), 422)
        assert "tidak ada dalam daftar" in words(shown.select_one("#helper_helper_error"))
        assert not Helper.objects.exists()


def test_from_the_list_to_the_persons_forms_and_back(desk: Desk, ani: Actor) -> None:
    siti, browser = registered(name="Siti"), desk(ani)
    [link] = page(browser.get("/anggota?tahap=1&urut=lama")).select("main tbody th a")
    shown = page(browser.get(str(link["href"])))
    [back] = {field["value"] for field in shown.select("input[name=dari]")}
    told = browser.post(
        f"/anggota/{siti.number}/alasan", {"stage": "2", "reason": "no_time", "dari": back}, follow=True
    )
    assert told.redirect_chain[0][0] == "/anggota?tahap=1&urut=lama"
    assert "Alasan dicatat." in words(page(told).main)
    proof = {"stage": "2", "happened_on": "2018-05-01", "dari": "https://jahat.example/?x=1"}
    led = browser.post(f"/anggota/{siti.number}/bukti", proof)
    assert led["Location"].startswith("/anggota?")
