"""The three layers are counted from records, on any day, each person once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from okoce.community.association.actions.supports import note_support, strike_support
from okoce.community.association.actions.tenures import end_tenure
from okoce.community.association.queries.layers import layers_of
from okoce.community.association.supporting import NewSupport
from okoce.community.association.tests.factories import FOUNDED, branch_at, holding, someone
from okoce.community.groups.actions.groups import close_group, pause_group, reopen_group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
JAKARTA, WEST_JAVA = "31", "32"
BOTH = (JAKARTA, WEST_JAVA)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def layer_one(day: date, place: str = "") -> tuple[int, int]:
    whole = layers_of(place, (), day).whole
    return whole.of("layer_one"), whole.of("in_office")


def test_a_person_with_an_office_and_a_grant_is_one_person() -> None:
    tenure = holding(branch_at(JAKARTA), someone("dian"), "ketua_cabang")
    grant_role(
        SYSTEM, User.objects.get(pk=tenure.user_id), "pengurus_cabang", Anchors(region=JAKARTA), FOUNDED
    )
    account_of(officer("eka", "pelatih", Scope(region=COBLONG), 0))
    account_of(officer("fani", "petugas_kecamatan", Scope(region=SENEN), 0))  # the government's
    assert layer_one(today_wib()) == (2, 1)
    found = layers_of("", BOTH, today_wib())
    assert {code: part.of("layer_one") for code, part in found.parts.items()} == {JAKARTA: 1, WEST_JAVA: 1}
    assert layer_one(today_wib(), JAKARTA) == (1, 1)


def test_a_person_with_an_account_at_a_record_that_was_merged_is_one_person() -> None:
    first, second, third = (registered(name="Dian", region=SENEN) for _record in range(3))
    old, new = (
        User.objects.get(pk=account_of(officer(label, "pelatih", Scope(region=SENEN), 0)).pk)
        for label in "ab"
    )
    for user, member in ((old, first), (new, second)):
        User.objects.filter(pk=user.pk).update(member_id=member.pk)
    merge_members(SYSTEM, second, first)  # each keeps its account
    assert layer_one(today_wib()) == (1, 0)
    merge_members(SYSTEM, third, Member.objects.get(pk=second.pk))
    holding(branch_at(JAKARTA), new.email or "", "ketua_cabang")
    assert layer_one(today_wib()) == (1, 1)


def test_a_day_before_any_term_was_decided_has_nobody_and_a_page(client: Client) -> None:
    assert layers_of("", (), date(2017, 6, 1)).whole.of("layer_one") == 0
    assert client.get("/perkumpulan/lapisan?per=2017-06-01").status_code == 200


def test_an_office_counts_on_its_days_alone() -> None:
    tenure = holding(branch_at(), someone("dian"), from_on=MAY)
    end_tenure(SYSTEM, tenure, JUNE, "Mundur")
    days = (MAY - timedelta(days=1), MAY, JUNE - timedelta(days=1), JUNE)
    assert [layer_one(day) for day in days] == [(0, 0), (1, 1), (1, 1), (0, 0)]


def test_a_komunitas_is_active_on_the_days_on_which_it_was() -> None:
    group = active_group("Mawar", SENEN)
    for day, deed in ((2, pause_group), (4, reopen_group), (6, close_group)):
        with time_machine.travel(datetime.fromisoformat(f"2026-05-0{day}T10:00:00+07:00")):
            deed(SYSTEM, group, "Alasan")
    counts = [layers_of("", (), date(2026, 5, day)).whole for day in range(1, 7)]
    assert [one.of("active") for one in counts] == [1, 0, 0, 1, 1, 0]
    assert {one.of("validated") for one in counts} == {1}
    assert layers_of("", (), date(2018, 1, 1)).whole.of("validated") == 0


def test_what_was_struck_is_no_visit_and_what_is_long_ago_not_recent() -> None:
    mawar, melati = active_group("Mawar", SENEN), active_group("Melati", COBLONG)
    today = today_wib()
    note_support(SYSTEM, mawar, NewSupport("visit", today, 30, "Buku kas"))
    note_support(SYSTEM, melati, NewSupport("visit", today - timedelta(days=91), 30, "Buku kas"))
    struck = note_support(SYSTEM, melati, NewSupport("trainers", today, 30, "Salah komunitas"))
    strike_support(SYSTEM, struck, "Salah komunitas")
    whole = layers_of("", (), today).whole
    assert (whole.of("visited"), whole.of("active"), whole.of("trainers")) == (1, 2, 0)


def test_officers_and_the_public_read_the_same_numbers(desk: Desk, citra: Actor) -> None:
    registered(name="Siti", region=SENEN)
    registered(name="Asep", region=COBLONG)
    active_group("Mawar", SENEN)
    client = desk(citra)
    shown = [
        [words(one) for one in page(client.get(f"{address}?wilayah=31")).select(".figure-value")]
        for address in ("/lapisan", "/perkumpulan/lapisan")
    ]
    assert shown[0] == shown[1]
    assert shown[0][1] == "1"  # komunitas
    assert shown[0][4] == "1"  # entrepreneurs of Jakarta
    main = words(page(client.get("/lapisan?wilayah=31")).select_one("main"))
    assert "1 / 2" in main  # out of all


def test_a_kecamatan_and_a_day_to_come_are_refused_with_a_sentence() -> None:
    client = Client()
    assert client.get(f"/perkumpulan/lapisan?wilayah={SENEN}").status_code == 422
    assert client.get("/perkumpulan/lapisan?per=2999-01-01").status_code == 422
