"""What was mistyped at the desk is put right on the person, place included; another's data change nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import DuplicateCandidate, Member, Residence
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.queries import history_of
from okoce.pipeline.tests.factories import completed, days_of, registered
from okoce.stages.p1_registration.desk.tests.people import typed
from tests.cast import COBLONG, SENEN, officer
from tests.pages import page, refusal, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]

MENTENG = "31.71.06"


def address(member: Member) -> str:
    return f"/meja/{member.number}/betulkan"


def rewritten(**told: str) -> dict[str, str]:
    return {"name": "Siti Aminah", "phone": "0812-3456-7890", "district": SENEN, **told}


def test_the_form_shows_what_stands_and_no_nik(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti", phone="081234567890", nik="3171044107900001", birth_on=date(1990, 7, 1))
    shown = page(desk(ani).get(address(member)))
    fields = {str(tag["name"]): tag.get("value", "") for tag in shown.select("main input[type=text]")}
    assert (fields["name"], fields["phone"], fields["birth_on"]) == ("Siti", "0812-3456-7890", "01-07-1990")
    assert fields["nik"] == ""
    assert "3171044107900001" not in words(shown)


def test_a_slip_is_put_right_and_the_place_from_its_beginning(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti Aminnah", phone="081234567890", nik="3171044107900001")
    told = rewritten(
        district="Menteng, Kota Jakarta Pusat, DKI Jakarta", birth_on="1 Juli 1990", sex="female"
    )
    assert desk(ani).post(address(member), told).status_code == 302
    nik_hash = bytes(member.nik_hash or b"")
    member.refresh_from_db()
    assert (member.name, member.birth_on, member.region) == ("Siti Aminah", date(1990, 7, 1), MENTENG)
    assert bytes(member.nik_hash or b"") == nik_hash
    assert not Residence.objects.exists()
    ina = officer("ina", "petugas_skpd", Scope(region="31.71"), 31)
    assert next(iter(history_of(ina, member))).sentence.startswith("Alamat yang keliru diperbaiki")


def test_an_odd_nik_that_stands_on_the_card_may_be_given(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti", phone="081234567890")
    answer = desk(ani).post(address(member), rewritten(nik="3171043202900001"), follow=True)
    assert "bukan tanggal lahir" in answer.text
    member.refresh_from_db()
    assert member.nik_masked.startswith("3171")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("phone", "12"), ("nik", "31"), ("birth_on", "x"), ("district", "Dongeng")],
)
def test_what_is_wrong_is_told_beside_the_field_and_changes_nothing(
    desk: Desk, ani: Actor, field: str, value: str
) -> None:
    member = registered(name="Siti", phone="081234567890")
    shown = page(desk(ani).post(address(member), rewritten(**{field: value})), 422)
    [wrong] = shown.select(".field-invalid [name]")
    assert (wrong["name"], wrong.get("value", "")) == (field, value)
    member.refresh_from_db()
    assert (member.name, member.phone) == ("Siti", "+6281234567890")


def test_the_data_of_another_known_person_change_nothing_at_all(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti", phone="081234567890")
    registered(name="Agus", phone="081200001111")
    told = rewritten(name="Agus", phone="081200001111", district="Menteng, Kota Jakarta Pusat")
    assert "sudah dipakai anggota lain" in refusal(desk(ani).post(address(member), told), 422)
    member.refresh_from_db()
    assert (member.name, member.region) == ("Siti", SENEN)
    assert DuplicateCandidate.objects.count() == 1


def test_nobody_corrects_a_stranger_and_a_penggerak_corrects_nobody(desk: Desk, ani: Actor) -> None:
    far = registered(name="Asep", region=COBLONG)
    assert desk(ani).post(address(far), rewritten()).status_code == 404
    group = active_group("Mawar")
    joko = officer("joko", "penggerak", Scope(group_id=group.pk), 32)
    client = desk(joko)
    client.post("/meja/daftar", typed(group="Mawar"))
    mine = Member.objects.latest("pk")
    assert client.get(address(mine)).status_code == 403
    assert "/betulkan" not in client.get("/meja").content.decode()
    far.refresh_from_db()
    assert far.name == "Asep"


def test_the_day_of_registration_is_put_right_and_p1_follows(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti Aminah", phone="081234567890", registered_on=date(2018, 6, 1))
    client = desk(ani)
    field = page(client.get(address(member))).select_one("main [name=registered_on]")
    assert field is not None
    assert field["value"] == "01-06-2018"
    assert client.post(address(member), rewritten(registered_on="1 Maret 2018")).status_code == 302
    member.refresh_from_db()
    assert (member.registered_on, days_of(member)) == (date(2018, 3, 1), {1: date(2018, 3, 1)})
    told = words(page(client.get(f"/anggota/{member.number}/riwayat")).main)
    assert "Tanggal daftar dibetulkan dari 1 Juni 2018 menjadi 1 Maret 2018" in told


def test_a_page_drawn_without_the_day_leaves_it_and_one_that_is_emptied_is_asked_about(
    desk: Desk, ani: Actor
) -> None:
    member = registered(name="Siti", phone="081234567890", registered_on=date(2018, 6, 1))
    client = desk(ani)
    assert client.post(address(member), rewritten()).status_code == 302
    [wrong] = page(client.post(address(member), rewritten(registered_on="")), 422).select(
        ".field-invalid [name]"
    )
    assert wrong["name"] == "registered_on"
    member.refresh_from_db()
    assert (member.name, member.registered_on) == ("Siti Aminah", date(2018, 6, 1))


@pytest.mark.parametrize("value", ["31-12-2099", "kemarin dulu", "1 Agustus 2018"])
def test_a_day_that_cannot_be_is_told_beside_it_and_nothing_else_is_kept(
    desk: Desk, ani: Actor, value: str
) -> None:
    member = registered(name="Siti", phone="081234567890", registered_on=date(2018, 3, 1))
    completed(member, p2=date(2018, 6, 1))
    shown = page(desk(ani).post(address(member), rewritten(registered_on=value)), 422)
    [wrong] = shown.select(".field-invalid [name]")
    assert (wrong["name"], wrong["value"]) == ("registered_on", value)
    member.refresh_from_db()
    assert (member.name, member.registered_on, days_of(member)[1]) == (
        "Siti",
        date(2018, 3, 1),
        date(2018, 3, 1),
    )


def test_a_business_that_goes_along_with_the_day_is_told_with_where_to_put_it_right(
    desk: Desk, ani: Actor
) -> None:
    told = {"business_name": "Keripik Siti", "business_since_on": date(2019, 1, 1)}
    member = registered(name="Siti Aminah", phone="081234567890", registered_on=date(2026, 3, 1), **told)
    client = desk(ani)
    shown = page(client.post(address(member), rewritten(registered_on="1 Maret 2018"), follow=True))
    assert "ikut berubah, dari “Sudah berdagang” menjadi “Belum punya usaha”" in words(shown)
    assert shown.find("a", string="Betulkan data usaha")
    again = page(client.post(address(member), rewritten(registered_on="1 April 2018"), follow=True))
    assert "ikut berubah" not in words(again)
