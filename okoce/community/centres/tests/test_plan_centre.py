"""A komunitas plans a centre in a kecamatan where it works, and corrects what is told of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from okoce.community.centres.actions import change_centre, close_centre, plan_centre
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.tests.factories import (
    FIRST,
    chair_of,
    details,
    past_of,
    planned_centre,
    stands_as_its_past_says,
)
from okoce.community.groups.actions.areas import change_areas
from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.pages import page, posts, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
UNPROCESSABLE, FOUND = 422, 302
SENT = {
    "region": SENEN,
    "name": "Pusat Senen",
    "address": "Jl. Kramat Raya 12",
    "hours": "Senin–Jumat 09.00–16.00",
    "contact_name": "Ratna",
    "contact_phone": "0812-3456-7001",
    "from_on": "2019-01-07",
}


class TestPlanning:
    def test_an_officer_of_the_komunitas_plans_one_and_it_stands_in_the_trail(self) -> None:
        group = active_group("Mawar", SENEN)
        centre = plan_centre(chair_of(group), group, details(), SENEN, FIRST)
        assert past_of(centre) == [("planned", FIRST, None)]
        assert stands_as_its_past_says(centre)
        assert Centre.objects.get().contact_phone == "+6281234567001"
        assert Event.objects.get(kind="centres.centre_planned").subject_id == centre.pk

    def test_nobody_else_does(self, ani: Actor, dewi: Actor) -> None:
        group, other = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        for actor, error in ((ani, NotAllowed), (dewi, NotAllowed), (chair_of(other), NotFound)):
            with pytest.raises(error):
                plan_centre(actor, group, details(), SENEN, FIRST)
        assert not Centre.objects.exists()

    def test_only_where_the_komunitas_works(self) -> None:
        group = active_group("Mawar", SENEN)
        change_areas(SYSTEM, group, ["31.71.04", "31.71.06"])
        for region in (COBLONG, "31.71.01", "31.71", "99.99.99", ""):
            with pytest.raises(Invalid) as refusal:
                plan_centre(SYSTEM, group, details(), region, FIRST)
            assert refusal.value.errors[0].field == "region"
        assert not Centre.objects.exists()
        assert plan_centre(SYSTEM, group, details(), "31.71.06", FIRST).region == "31.71.06"

    def test_a_komunitas_whose_kecamatan_nobody_wrote_has_those_of_its_kabupaten_or_none(self) -> None:
        city, province = active_group("Kota", "31.71"), active_group("Provinsi", "31")
        assert plan_centre(SYSTEM, city, details(), SENEN, FIRST).pk
        with pytest.raises(Invalid):
            plan_centre(SYSTEM, province, details("Lain"), SENEN, FIRST)
        assert Centre.objects.count() == 1

    def test_a_komunitas_that_rests_plans_none(self) -> None:
        group = pause_group(SYSTEM, active_group("Mawar", SENEN), "libur")
        with pytest.raises(Refused):
            plan_centre(SYSTEM, group, details(), SENEN, FIRST)
        assert not Centre.objects.exists()

    def test_every_wrong_field_is_named_at_once(self) -> None:
        group = active_group("Mawar", SENEN)
        wrong = details(name=" ", address="x" * 301, hours="\x00", contact_phone="kapan-kapan")
        with pytest.raises(Invalid) as refusal:
            plan_centre(SYSTEM, group, wrong, SENEN, FIRST)
        assert {error.field for error in refusal.value.errors} == {
            "name",
            "address",
            "hours",
            "contact_phone",
        }
        with pytest.raises(Invalid):
            plan_centre(SYSTEM, group, details(), SENEN, latest_today() + timedelta(days=1))
        assert not Centre.objects.exists()

    def test_of_two_of_one_name_in_a_kecamatan_the_second_is_refused_until_the_first_is_closed(self) -> None:
        group = active_group("Mawar", SENEN)
        first = planned_centre(group)
        with pytest.raises(Conflict):
            planned_centre(group, "PUSAT  senen")
        assert Centre.objects.count() == 1
        close_centre(SYSTEM, first, FIRST, "salah tulis")
        assert planned_centre(group).pk != first.pk

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_one_stands(self) -> None:
        group = active_group("Mawar", SENEN)
        told = together(3, lambda _place: planned_centre(group))
        assert sum(isinstance(one, Conflict) for one in told) == 2
        assert (Centre.objects.count(), CentrePeriod.objects.count()) == (1, 1)

    def test_the_database_keeps_every_centre_and_knows_who_wrote(self) -> None:
        centre = planned_centre(active_group("Mawar", SENEN))
        for deed in (
            lambda: CentrePeriod.objects.all().delete(),
            lambda: Centre.objects.filter(pk=centre.pk).update(name="x"),
            lambda: Centre.objects.bulk_create([Centre(group=centre.group, region="31", state_on=FIRST)]),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()
        assert Centre.objects.get().name == "Pusat Senen"


class TestChanging:
    def test_says_what_changed_but_for_whom_to_ask(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre, chair = planned_centre(group), chair_of(group)
        change_centre(
            chair, centre, details(hours="Setiap hari", contact_name="Yanti", contact_phone="0813 1111 2222")
        )
        [line, *_older] = history_of(citra, centre)
        assert line.changes == {"hours": ["Senin–Jumat 09.00–16.00", "Setiap hari"]}
        stored = Centre.objects.get()
        assert (stored.contact_name, stored.contact_phone) == ("Yanti", "+6281311112222")

    def test_twice_is_once_and_a_stranger_changes_nothing(self) -> None:
        centre = planned_centre(active_group("Mawar", SENEN))
        change_centre(SYSTEM, centre, details())
        with pytest.raises(NotFound):
            change_centre(chair_of(active_group("Melati", SENEN)), centre, details(hours="Tutup"))
        assert not Event.objects.filter(kind="centres.centre_changed").exists()
        assert Centre.objects.get().hours == "Senin–Jumat 09.00–16.00"

    def test_of_a_closed_one_the_secretariat_alone_corrects_the_text(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre, chair = planned_centre(group), chair_of(group)
        close_centre(SYSTEM, centre, FIRST, "Gedungnya dijual.")
        with pytest.raises(Refused) as refusal:
            change_centre(chair, centre, details(hours="Setiap hari"))
        assert "sudah ditutup" in refusal.value.sentence
        assert Centre.objects.get().hours == "Senin–Jumat 09.00–16.00"
        here = f"/pusat/kelola/{centre.pk}"
        assert desk(chair).get(f"{here}/ubah")["Location"] == here
        assert page(desk(chair).get(here)).select_one(f'a[href="{here}/ubah"]') is None
        assert page(desk(citra).get(here)).select_one(f'a[href="{here}/ubah"]') is not None
        change_centre(citra, centre, details(hours="Setiap hari"))
        assert Centre.objects.get().hours == "Setiap hari"

    def test_may_not_take_the_name_of_another_one(self) -> None:
        group = active_group("Mawar", SENEN)
        centre = planned_centre(group)
        planned_centre(group, "Pusat Kramat")
        with pytest.raises(Conflict):
            change_centre(SYSTEM, centre, details("Pusat Kramat"))
        assert Centre.objects.get(pk=centre.pk).name == "Pusat Senen"


class TestPages:
    def test_the_chair_plans_from_the_page_of_her_komunitas(self, desk: Desk) -> None:
        group = active_group("Mawar", SENEN)
        client = desk(chair_of(group))
        here = f"/komunitas/{group.pk}/pusat/baru"
        assert page(client.get(f"/komunitas/{group.pk}")).select_one(f'a[href="{here}"]')
        options = page(client.get(here)).select("select[name=region] option")
        assert [option["value"] for option in options] == [SENEN]
        answer = client.post(here, SENT)
        assert answer.status_code == FOUND
        told = page(client.get(answer["Location"]))
        assert "Direncanakan" in words(told.main)
        assert f"/pusat/{Centre.objects.get().pk}" not in [link["href"] for link in told.select("main a")]

    def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(self, desk: Desk) -> None:
        group = active_group("Mawar", SENEN)
        here = f"/komunitas/{group.pk}/pusat/baru"
        found = page(desk(chair_of(group)).post(here, {**SENT, "contact_phone": "12"}), UNPROCESSABLE)
        assert found.select_one("#id_contact_phone_error") is not None
        assert found.select_one("#id_name")["value"] == "Pusat Senen"  # type: ignore[index]  # it is there
        assert not Centre.objects.exists()

    def test_a_komunitas_without_kecamatan_is_told_what_is_missing(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Nasional", "")
        found = page(desk(citra).get(f"/komunitas/{group.pk}/pusat/baru"))
        assert "belum ditulis" in words(found.main)
        assert not found.select("main form")

    def test_an_officer_of_the_place_reads_it_without_deeds(self, desk: Desk, ani: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre = planned_centre(group)
        answer = desk(ani).get(f"/pusat/kelola/{centre.pk}")
        assert posts(answer) == []
        assert "0812-3456-7001" in words(page(answer).main)
        assert "Rencanakan pusat" not in words(page(desk(ani).get(f"/komunitas/{group.pk}")).main)

    def test_details_are_changed_on_a_page_of_their_own(self, desk: Desk) -> None:
        group = active_group("Mawar", SENEN)
        centre, client = planned_centre(group), desk(chair_of(group))
        here = f"/pusat/kelola/{centre.pk}/ubah"
        assert page(client.get(here)).select_one("#id_contact_phone")["value"] == "0812-3456-7001"  # type: ignore[index]  # it is there
        assert client.post(here, {**SENT, "hours": "Setiap hari"}).status_code == FOUND
        assert Centre.objects.get().hours == "Setiap hari"
        assert page(client.post(here, {**SENT, "hours": ""}), UNPROCESSABLE).select_one("#id_hours_error")
        assert Centre.objects.get().hours == "Setiap hari"

    def test_a_day_in_the_future_is_refused(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        ahead = (latest_today() + timedelta(days=1)).isoformat()
        answer = desk(citra).post(f"/komunitas/{group.pk}/pusat/baru", {**SENT, "from_on": ahead})
        assert page(answer, UNPROCESSABLE).select_one("#id_from_on_error")
        assert not Centre.objects.exists()
        assert date.fromisoformat(ahead) > latest_today()
