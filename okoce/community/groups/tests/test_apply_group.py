"""A founder applies: the deed, and the public form without script."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.actions.applications import FOUNDER, apply_group, change_application
from okoce.community.groups.actions.groups import ask_group, refuse_group
from okoce.community.groups.areas import changed_areas
from okoce.community.groups.models import Application, Group, GroupArea
from okoce.community.groups.queries import active_groups_near, areas_now, group_for
from okoce.community.groups.tests.factories import active_group
from okoce.community.groups.tests.founders import (
    COBLONG,
    DETAILS,
    MENTENG,
    PHONE,
    SENEN,
    application,
    applied,
    proven,
)
from okoce.community.members.tests.together import together
from okoce.community.organisations.areas import home_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tests.cast import account_of, officer
from tests.outbox import Outbox
from tests.pages import page, refused, words

pytestmark = pytest.mark.django_db
FOUND = 302


@pytest.mark.parametrize(
    ("codes", "home"),
    [
        ((SENEN,), SENEN),
        ((SENEN, MENTENG), "31.71"),
        ((SENEN, "31.74.07"), "31"),
        ((SENEN, COBLONG), ""),
        (("31.71.04", "31.72.04"), "31"),
    ],
)
def test_the_home_is_the_smallest_place_that_holds_the_whole_area(codes: tuple[str, ...], home: str) -> None:
    assert home_of(codes) == home


class TestTheDeed:
    def test_takes_everything_down(self) -> None:
        group = applied(areas=(MENTENG, SENEN))
        assert (group.state, group.region, group.kind, group.name) == (
            "applied",
            "31.71",
            "women",
            "Ibu Wirausaha Senen",
        )
        assert areas_now(group) == [SENEN, MENTENG]
        assert (group.application.founder_name, group.application.founder_phone) == ("Siti Aminah", PHONE)

    def test_names_every_wrong_field_at_once_and_keeps_nothing(self) -> None:
        with pytest.raises(Invalid) as refusal:
            applied(name=" ", kind="x", purpose="y" * 501, areas=(), founder_name="")
        fields = {error.field for error in refusal.value.errors}
        assert fields == {"name", "kind", "purpose", "areas", "founder_name"}
        assert not Group.objects.exists()

    @pytest.mark.parametrize("name", ["!!!", "123 456", "🌹"])
    def test_refuses_a_name_without_a_letter(self, name: str) -> None:
        with pytest.raises(Invalid, match="tidak berisi huruf"):
            applied(name=name)
        assert not Group.objects.exists()

    @pytest.mark.parametrize("areas", [(), ("31.71",), ("99.99.99",), ("31.71.04.1001",), ("\x00",)])
    def test_refuses_a_komunitas_without_a_kecamatan(self, areas: tuple[str, ...]) -> None:
        with pytest.raises(Invalid):
            applied(areas=areas)
        assert not Group.objects.exists()

    def test_sent_twice_it_is_one(self) -> None:
        first, events = applied(), Event.objects.count()
        assert applied(name="ibu  wirausaha SENEN ") == first
        assert applied() == first
        assert Group.objects.count() == Application.objects.count() == GroupArea.objects.count() == 1
        assert Event.objects.count() == events + 2  # the other spelling, and back

    def test_refuses_the_name_of_another(self) -> None:
        active_group("Ibu Wirausaha Senen")
        with pytest.raises(Conflict):
            applied()
        assert not Application.objects.exists()

    def test_a_name_that_was_refused_is_free(self, citra: Actor) -> None:
        refuse_group(citra, applied(founder_phone="+6281300001111"), "Bukan komunitas.")
        assert applied().state == "applied"

    def test_refuses_more_than_three_that_wait(self) -> None:
        for name in ("Satu", "Dua", "Tiga"):
            applied(name=name)
        with pytest.raises(Refused):
            applied(name="Empat")
        assert applied(name="Tiga").name == "Tiga"
        assert Group.objects.count() == 3

    def test_what_was_asked_for_is_answered_by_sending_again(self, citra: Actor) -> None:
        group = applied()
        ask_group(citra, group, "Di kelurahan mana?")
        changed = change_application(FOUNDER, group, application(name="Ibu Senen", areas=(SENEN, MENTENG)))
        assert (changed.pk, changed.name, changed.state, changed.state_reason) == (
            group.pk,
            "Ibu Senen",
            "applied",
            "",
        )
        assert Group.objects.get().region == "31.71"

    def test_nobody_else_changes_it_and_nobody_after_the_decision(self, citra: Actor) -> None:
        group = applied()
        with pytest.raises(Refused):
            change_application(FOUNDER, group, application(founder_phone="+6281300001111", name="Lain"))
        refuse_group(citra, group, "Bukan komunitas.")
        with pytest.raises(Refused):
            change_application(FOUNDER, group, application(name="Lain"))
        assert Group.objects.get().name == "Ibu Wirausaha Senen"

    def test_is_no_deed_of_an_officer_of_a_kecamatan(self, ani: Actor) -> None:
        with pytest.raises(NotAllowed):
            apply_group(ani, application())
        assert not Group.objects.exists()

    def test_is_read_by_whoever_holds_the_whole_area(self, ani: Actor, budi: Actor) -> None:
        group = applied(areas=(SENEN, MENTENG))
        jakarta = officer("x", "petugas_kecamatan", Scope(region="31.71"), 9)
        assert group_for(jakarta, group.pk) == group
        for stranger in (ani, budi):
            with pytest.raises(NotFound):
                group_for(stranger, group.pk)

    def test_is_offered_first_in_each_of_its_kecamatan(self) -> None:
        group = applied(areas=(SENEN, COBLONG))
        Group.objects.update(state="active")
        active_group("Anggrek", region="32.73")
        assert active_groups_near(COBLONG, 2)[0] == group


@pytest.mark.django_db(transaction=True)
def test_eight_taps_at_once_are_one_application() -> None:
    results = together(8, lambda _place: applied())
    assert {result.pk for result in results} == {Group.objects.get().pk}
    assert Application.objects.count() == GroupArea.objects.count() == 1


class TestTheForm:
    def test_leads_from_the_number_to_the_queue(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        assert client.post("/komunitas/daftar/isi", DETAILS)["Location"] == "/komunitas/daftar/wilayah"
        found = page(client.get("/komunitas/daftar/wilayah", {"cari": "Senen"}))
        assert found.select("button[name=tambah]")[0]["value"] == SENEN
        for code in (SENEN, MENTENG):
            client.post("/komunitas/daftar/wilayah", {"tambah": code})
        assert not Group.objects.exists()
        answer = client.post("/komunitas/daftar/wilayah", {"kirim": "1"})
        assert answer["Location"] == "/komunitas/daftar/selesai"
        group = Group.objects.get()
        assert (group.region, group.state, areas_now(group)) == ("31.71", "applied", [SENEN, MENTENG])
        assert group.application.phone_proven_since is not None
        assert "Ibu Wirausaha Senen" in words(page(client.get("/komunitas/daftar/selesai")).main)

    def test_all_kecamatan_of_a_city_are_added_by_one_button(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        client.post("/komunitas/daftar/isi", DETAILS)
        found = page(client.get("/komunitas/daftar/wilayah", {"cari": "Jakarta Pusat"}))
        everything = found.select("button[name=tambah]")[-1]["value"]
        client.post("/komunitas/daftar/wilayah", {"tambah": everything})
        client.post("/komunitas/daftar/wilayah", {"hapus": SENEN})
        client.post("/komunitas/daftar/wilayah", {"kirim": "1"})
        group = Group.objects.get()
        assert (group.region, group.areas.count(), SENEN in areas_now(group)) == ("31.71", 7, False)

    def test_refuses_to_be_sent_without_a_kecamatan(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        client.post("/komunitas/daftar/isi", DETAILS)
        found = refused(client.post("/komunitas/daftar/wilayah", {"kirim": "1"}))
        assert "Pilih paling sedikit satu kecamatan" in words(found.select_one("[role=alert]"))
        assert not Group.objects.exists()

    def test_keeps_what_was_typed_also_when_it_is_wrong(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        found = refused(client.post("/komunitas/daftar/isi", {**DETAILS, "kind": ""}))
        assert words(found.select_one("#id_kind_error")) == "Pilih salah satu."
        again = page(client.get("/komunitas/daftar/isi"))
        assert again.select_one("#id_name")["value"] == DETAILS["name"]
        assert words(again.select_one("#id_purpose")) == DETAILS["purpose"]

    def test_says_beside_the_name_that_another_has_it(self, client: Client, outbox: Outbox) -> None:
        active_group("Ibu Wirausaha Senen")
        proven(client, outbox)
        found = refused(client.post("/komunitas/daftar/isi", DETAILS))
        assert "Sudah ada komunitas bernama" in words(found.select_one("#id_name_error"))

    @pytest.mark.parametrize("phone", ["", "abc", "021 555 1234", "+1 212 555 0100"])
    def test_a_number_that_gets_no_code_stands_still(
        self, client: Client, outbox: Outbox, phone: str
    ) -> None:
        found = refused(client.post("/komunitas/daftar", {"phone": phone}))
        assert words(found.select_one("#id_phone_error"))
        assert client.get("/komunitas/daftar/isi")["Location"] == "/komunitas/daftar"

    def test_a_wrong_code_proves_nothing(self, client: Client, outbox: Outbox) -> None:
        client.post("/komunitas/daftar", {"phone": "0812 3456 7890"})
        wrong = "000000" if outbox.code(PHONE) != "000000" else "111111"
        found = refused(client.post("/komunitas/daftar/kode", {"code": wrong}))
        assert words(found.select_one("#id_code_error"))
        assert client.get("/komunitas/daftar/isi")["Location"] == "/komunitas/daftar"

    def test_the_founder_reads_what_is_asked_and_answers(
        self, client: Client, outbox: Outbox, citra: Actor
    ) -> None:
        group = applied()
        ask_group(citra, group, "Siapa pengurus lainnya?")
        proven(client, outbox)
        assert client.get("/komunitas/daftar")["Location"] == "/komunitas/daftar/selesai"
        found = page(client.get("/komunitas/daftar/selesai"))
        assert "Siapa pengurus lainnya?" in words(found.main)
        client.get("/komunitas/daftar/isi", {"ubah": group.pk})
        told = page(client.get("/komunitas/daftar/isi"))
        assert told.select_one("#id_name")["value"] == group.name
        client.post("/komunitas/daftar/isi", {**DETAILS, "name": "Ibu Senen"})
        client.post("/komunitas/daftar/wilayah", {"kirim": "1"})
        stored = Group.objects.get()
        assert (stored.name, stored.state, areas_now(stored)) == ("Ibu Senen", "applied", [SENEN])

    def test_the_question_stands_above_the_form_and_its_answer_before_the_secretariat(
        self, client: Client, outbox: Outbox, citra: Actor, desk: Callable[[Actor], Client]
    ) -> None:
        group = applied()
        proven(client, outbox)
        client.get("/komunitas/daftar/isi", {"ubah": group.pk})
        assert page(client.get("/komunitas/daftar/isi")).select_one("#id_answer") is None  # nothing was asked
        ask_group(citra, group, "Siapa pengurus lainnya?")
        client.get("/komunitas/daftar/isi", {"ubah": group.pk})
        told = page(client.get("/komunitas/daftar/isi"))
        assert "Siapa pengurus lainnya?" in words(told.select_one("#h-question").parent)
        typed = {**DETAILS, "others": "Rina, bendahara", "answer": "Rina ikut mengurus keuangan."}
        client.post("/komunitas/daftar/isi", typed)
        client.post("/komunitas/daftar/wilayah", {"kirim": "1"})
        shown = words(page(desk(citra).get(f"/komunitas/{group.pk}")).main)
        assert "Ikut mengurus Rina, bendahara" in shown
        assert "Jawaban pendiri Rina ikut mengurus keuangan." in shown
        assert Group.objects.get().state == "applied"

    def test_what_is_too_long_is_refused_beside_its_field(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        found = refused(client.post("/komunitas/daftar/isi", {**DETAILS, "others": "x" * 301}))
        assert words(found.select_one("#id_others_error"))
        box = found.select_one("#id_others")
        assert box is not None
        assert (box.get("maxlength"), words(box)) == (None, "x" * 301), (
            "nothing of what she pasted is cut off"
        )

    def test_says_beside_the_name_that_it_has_no_letter(self, client: Client, outbox: Outbox) -> None:
        proven(client, outbox)
        found = refused(client.post("/komunitas/daftar/isi", {**DETAILS, "name": "!!!"}))
        assert "“!!!” tidak berisi huruf" in words(found.select_one("#id_name_error"))

    def test_shows_nobody_elses_applications(self, client: Client, outbox: Outbox) -> None:
        stranger = applied(name="Rahasia", founder_phone="+6281300001111")
        proven(client, outbox)
        assert "Rahasia" not in words(page(client.get("/komunitas/daftar/selesai")).main)
        assert client.get("/komunitas/daftar/isi", {"ubah": stranger.pk})["Location"].endswith("/selesai")

    def test_whoever_is_signed_in_with_a_number_needs_no_code(self, client: Client) -> None:
        user = account_of(Actor(label="founder"))
        user.phone = PHONE
        user.save()
        client.force_login(user)
        assert client.get("/komunitas/daftar")["Location"] == "/komunitas/daftar/isi"
        client.post("/komunitas/daftar/isi", DETAILS)
        client.post("/komunitas/daftar/wilayah", {"tambah": SENEN})
        client.post("/komunitas/daftar/wilayah", {"kirim": "1"})
        found = Application.objects.get()
        assert (found.founder_user_id, found.founder_phone, found.phone_proven_since) == (
            user.pk,
            PHONE,
            None,
        )


@pytest.mark.django_db(transaction=True)
def test_no_more_than_three_wait_also_when_six_are_sent_at_once() -> None:
    results = together(6, lambda place: apply_group(FOUNDER, application(name=f"Komunitas {place}")))
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Group.objects.count() == Application.objects.count() == 3


def test_no_more_kecamatan_are_remembered_than_one_too_many() -> None:
    codes = [f"{31 + number // 90}.71.{10 + number % 90}" for number in range(300)]
    assert len(changed_areas(codes[:200], " ".join(codes[200:]), "")) == 101
