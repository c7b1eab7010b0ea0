"""Search first: who is known within reach is opened, who is not is carried into the form, who is elsewhere stays hidden."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.numbers import member_number
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.pipeline.tests.factories import registered
from okoce.stages.p1_registration.desk import queries
from okoce.stages.p1_registration.desk.tests.people import typed
from okoce.stages.p1_registration.jobs import forget_desk_submissions
from okoce.stages.p1_registration.models import DeskSubmission
from tests.cast import COBLONG, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]

FIND = "/meja/cari"
NIK = "3171044107900001"


def found(answer: Any) -> list[str]:
    return [words(link) for link in page(answer).select("#h-found + .list a")]


def filled(answer: Any) -> dict[str, str]:
    """What stands in the form's fields of the person."""
    fields = page(answer).select("[data-desk-form] [data-desk-person] input[type=text]")
    chosen = page(answer).select("[data-desk-form] option[selected]")
    told = {str(field["name"]): str(field.get("value", "")) for field in fields}
    told |= {str(option.parent["name"]): str(option["value"]) for option in chosen if option.parent}
    return {name: text for name, text in told.items() if text}


class TestAKnownPerson:
    @pytest.mark.parametrize("q", ["0812-3456-7890", NIK, "3171 0441 0790 0001", "siti am", "number"])
    def test_is_found_by_whatever_is_typed_or_scanned(self, desk: Desk, ani: Actor, q: str) -> None:
        member = registered(name="Siti Aminah", phone="081234567890", nik=NIK)
        registered(name="Agus")
        [line] = found(desk(ani).post(FIND, {"q": member.number if q == "number" else q}))
        assert line.startswith("Siti Aminah")
        assert member.number in line

    def test_with_an_odd_nik_is_found_by_it(self, desk: Desk, ani: Actor) -> None:
        client = desk(ani)
        client.post("/meja/daftar", typed(nik="3171043202900001"))
        assert len(found(client.post(FIND, {"q": "3171043202900001"}))) == 1

    @pytest.mark.parametrize("q", ["081234567890", NIK, "Rahasia", "number"])
    def test_of_another_place_is_answered_like_nobody(self, desk: Desk, ani: Actor, q: str) -> None:
        member = registered(name="Rahasia Benar", phone="081234567890", nik=NIK, region=COBLONG)
        client = desk(ani)
        typed_number = member.number if q == "number" else q
        answer = client.post(FIND, {"q": typed_number})
        assert found(answer) == []
        assert words(page(answer).select_one("#desk-work .notice")).startswith(
            "Belum ada di wilayah tugas Anda"
        )
        assert "Benar" not in answer.content.decode()


class TestNobody:
    @pytest.mark.parametrize(
        ("q", "carried"),
        [
            ("0812 3456 7890", {"phone": "0812 3456 7890"}),
            ("08123", {"phone": "08123"}),
            ("Siti  Aminah", {"name": "Siti Aminah"}),
            ("سيتي", {"name": "سيتي"}),
            (NIK, {"nik": NIK, "birth_on": "01-07-1990", "sex": "female"}),
            ("3171043202900001", {"nik": "3171043202900001"}),
            ("317104410790", {"nik": "317104410790"}),
            ("021 3456 7890", {"phone": "021 3456 7890"}),
            ("00030642", {}),
            ("000306424", {}),
            ("OK-00000099-9", {}),
            ("", {}),
        ],
    )
    def test_is_carried_into_the_right_field(
        self, desk: Desk, ani: Actor, q: str, carried: dict[str, str]
    ) -> None:
        assert filled(desk(ani).post(FIND, {"q": q})) == carried

    @pytest.mark.parametrize(
        "q", ["00030642", "0890-0003", "081234", "62812345", "317104410790", "000306424"]
    )
    def test_with_too_few_digits_is_told_so_and_searched_again(self, desk: Desk, ani: Actor, q: str) -> None:
        answer = desk(ani).post(FIND, {"q": q})
        notice = words(page(answer).select_one("#desk-work .notice"))
        assert notice.startswith("Nomornya belum lengkap")
        assert "Lengkapi lalu cari lagi" in notice
        assert "Belum ada" not in notice
        assert page(answer).select_one("[autofocus]")["id"] == "id_q"  # type: ignore[index]  # it is there

    @pytest.mark.parametrize(
        "q",
        [
            "0812 3456 7890",
            "Siti",
            NIK,
            "OK-00000099-9",
            member_number(99).replace("-", "")[2:],
            "0" * 20,
            "08123456789012345",
            "Siti 2",
            "\x00",
        ],
    )
    def test_is_told_that_it_was_carried_only_where_it_was(self, desk: Desk, ani: Actor, q: str) -> None:
        answer = desk(ani).post(FIND, {"q": q})
        notice = words(page(answer).select_one("#desk-work .notice"))
        assert notice.startswith("Belum ada di wilayah tugas Anda")
        assert ("sudah dibawa ke sana" in notice) == bool(filled(answer))

    def test_leaves_the_cursor_in_the_first_empty_field(self, desk: Desk, ani: Actor) -> None:
        client = desk(ani)
        assert page(client.post(FIND, {"q": "081234567890"})).select_one("[autofocus]")["id"] == "id_name"  # type: ignore[index]  # it is there
        assert page(client.post(FIND, {"q": "Siti"})).select_one("[autofocus]")["id"] == "id_phone"  # type: ignore[index]  # it is there
        assert page(client.get("/meja")).select_one("[autofocus]")["id"] == "id_q"  # type: ignore[index]  # it is there

    def test_keeps_what_is_alike_for_the_queue_and_nothing_of_the_person_before(
        self, desk: Desk, ani: Actor
    ) -> None:
        told = {
            "q": "Agus",
            "district": "Menteng, Kota Jakarta Pusat",
            "source": "Pasar",
            "phone": "081200000001",
        }
        answer = desk(ani).post(FIND, told)
        form = page(answer).select_one("[data-desk-form]")
        assert form is not None
        assert form.select_one("#id_district")["value"] == "Menteng, Kota Jakarta Pusat"  # type: ignore[index]  # it is there
        assert form.select_one("#id_source")["value"] == "Pasar"  # type: ignore[index]  # it is there
        assert filled(answer) == {"name": "Agus"}


class TestTheBeginning:
    def test_knows_the_only_kecamatan(self, desk: Desk, ani: Actor) -> None:
        field = page(desk(ani).get("/meja")).select_one("#id_district")
        assert field is not None
        assert field["value"] == "Senen, Kota Jakarta Pusat, DKI Jakarta"

    def test_offers_the_kecamatan_of_a_kota(self, desk: Desk) -> None:
        ina = officer("ina", "petugas_skpd", Scope(region="31.71"), 31)
        shown = page(desk(ina).get("/meja"))
        assert "value" not in shown.select_one("#id_district").attrs  # type: ignore[union-attr]  # it is there
        assert len(shown.select("#desk-districts option")) == 8

    def test_offers_kecamatan_by_letter_where_there_are_too_many(self, desk: Desk, citra: Actor) -> None:
        client = desk(citra)
        assert page(client.get("/meja")).select("#desk-districts option") == []
        offered = page(client.get("/meja/kecamatan", {"district": "sene"})).select("option")
        assert "Senen, Kota Jakarta Pusat, DKI Jakarta" in [option["value"] for option in offered]

    def test_knows_the_only_komunitas(self, desk: Desk) -> None:
        mawar = active_group("Mawar")
        joko = officer("joko", "penggerak", Scope(group_id=mawar.pk), 32)
        client = desk(joko)
        assert page(client.get("/meja")).select_one("#id_group")["value"] == "Mawar"  # type: ignore[index]  # it is there
        answer = client.post("/meja/daftar", typed(group="Mawar"))
        assert "Terdaftar" in words(page(answer).select_one("#desk-work .notice"))
        refused = client.post("/meja/daftar", typed(group=""))
        assert refused.status_code == 422


@pytest.mark.parametrize("q", ["Siti", "Rahayu"])
def test_the_search_costs_the_same_for_three_and_for_thirty(
    desk: Desk, ani: Actor, q: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where those whose name begins so fill the list, nobody else is looked for: one query less."""
    monkeypatch.setattr(queries, "MOST_FOUND", 40)
    client = desk(ani)
    serial = iter(range(100))
    assert_constant_queries(
        lambda: client.post(FIND, {"q": q}),
        lambda count: [
            registered(name=f"Siti {'abcdefghij'[next(serial) % 10]} Rahayu") for _one in range(count)
        ],
    )


def test_a_person_is_found_by_her_second_name(desk: Desk, ani: Actor) -> None:
    registered(name="Siti Rahayu")
    registered(name="Siti Rahayu", region=COBLONG)
    answer = desk(ani).post(FIND, {"q": "rahayu"})
    assert len(found(answer)) == 1
    assert words(page(answer).select_one("#h-found")) == "Sudah terdaftar"


def test_names_that_are_only_similar_are_called_so(desk: Desk, ani: Actor) -> None:
    registered(name="Siti Rahayu")
    answer = desk(ani).post(FIND, {"q": "siti rahaju"})
    assert len(found(answer)) == 1
    assert words(page(answer).select_one("#h-found")) == "Nama yang mirip, sudah terdaftar"


def test_a_slip_in_one_word_still_finds_her(desk: Desk, ani: Actor) -> None:
    registered(name="Ahmad Teguh Saputra")
    registered(name="Teguh")
    registered(name="Aminah Rosmini Wijaya")
    client = desk(ani)
    assert found(client.post(FIND, {"q": "ahmd teguh"}))[0].startswith("Ahmad Teguh Saputra")
    assert found(client.post(FIND, {"q": "Rosmni"}))[0].startswith("Aminah Rosmini Wijaya")


def test_the_page_costs_the_same_after_three_and_after_thirty(desk: Desk, ani: Actor) -> None:
    client = desk(ani)
    assert_constant_queries(
        lambda: client.get("/meja"),
        lambda count: [client.post("/meja/daftar", typed()) for _one in range(count)],
    )


def test_whom_another_officer_registered_is_not_in_my_list(desk: Desk, ani: Actor, citra: Actor) -> None:
    desk(citra).post("/meja/daftar", typed(name="Punya Citra"))
    assert "Punya Citra" not in desk(ani).get("/meja").content.decode()


def test_keys_are_forgotten_after_a_week_and_members_stay(desk: Desk, ani: Actor) -> None:
    client = desk(ani)
    for days in (8, 6):
        client.post("/meja/daftar", typed())
        latest = DeskSubmission.objects.latest("pk")
        DeskSubmission.objects.filter(pk=latest.pk).update(created_at=timezone.now() - timedelta(days))
    forget_desk_submissions()
    kept = DeskSubmission.objects.get()
    assert kept.member is not None
