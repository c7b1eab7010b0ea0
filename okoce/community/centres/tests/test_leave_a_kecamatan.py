"""A komunitas that leaves a kecamatan leaves no centre there: each is handed over or closed in the same deed."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from okoce.community.centres.actions import close_centre, hand_over_centre, pause_centre, plan_centre
from okoce.community.centres.models import Centre
from okoce.community.centres.tests.factories import (
    FIRST,
    OPENED,
    details,
    opened_centre,
    past_of,
    planned_centre,
    stands_as_its_past_says,
)
from okoce.community.groups.actions.areas import change_areas
from okoce.community.groups.models import Group, GroupArea
from okoce.community.groups.queries import areas_now
from okoce.community.groups.tests.factories import active_group
from okoce.community.organisations.entrusted import CLOSE, HAND, PAUSE, Fates
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, Invalid, Refused
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.pages import page, words
from tests.query_counts import assert_constant_queries
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
UNPROCESSABLE, FOUND = 422, 302
MENTENG = "31.71.06"
WHY = "Komunitasnya tidak lagi bekerja di sini."


def works_in(name: str, *codes: str) -> Group:
    return change_areas(SYSTEM, active_group(name, codes[0]), codes)


def fate(centre: Centre, told: str, reason: str = WHY) -> Fates:
    return Fates({f"centre_{centre.pk}": told}, reason)


def left_in(region: str, group: Group, name: str) -> Centre:
    """A centre whose komunitas left its kecamatan when the database did not refuse that yet."""
    centre = planned_centre(group, name)
    with transaction.atomic(), opened_by(SYSTEM):
        Centre.objects.filter(pk=centre.pk).update(region=region)
    return Centre.objects.get(pk=centre.pk)


def outside() -> int:
    """Centres that are not closed where their komunitas does not work."""
    found = 0
    for centre in Centre.objects.exclude(state="closed"):
        areas = areas_now(Group.objects.get(pk=centre.group_id))
        found += bool(areas) and centre.region not in areas
    return found


class TestTheDeed:
    def test_is_refused_while_a_centre_there_is_undecided(self, citra: Actor) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        for centre in (planned_centre(group), opened_centre(group, "Pusat Dua")):
            events = Event.objects.count()
            with pytest.raises(Refused, match=centre.name):
                change_areas(citra, group, [MENTENG])
            assert areas_now(group) == [SENEN, MENTENG]
            assert Event.objects.count() == events

    def test_asks_about_the_kecamatan_that_are_left_alone(self, citra: Actor) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        opened_centre(group)
        change_areas(citra, group, [SENEN])
        change_areas(citra, group, [SENEN, COBLONG])
        assert areas_now(group) == [SENEN, COBLONG]
        assert Centre.objects.get().state == "open"

    def test_closes_a_centre_with_the_reason_that_everybody_reads(self, citra: Actor) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        centre = opened_centre(group)
        change_areas(citra, group, [MENTENG], fate(centre, CLOSE))
        assert areas_now(group) == [MENTENG]
        assert past_of(centre)[-2:] == [("open", OPENED, today_wib()), ("closed", today_wib(), None)]
        assert Centre.objects.get().state_reason == WHY
        assert stands_as_its_past_says(centre)

    def test_hands_a_centre_to_a_komunitas_that_works_there_and_it_stays_open(self, citra: Actor) -> None:
        group, taking = works_in("Mawar", SENEN, MENTENG), works_in("Melati", SENEN)
        centre = opened_centre(group)
        change_areas(citra, group, [MENTENG], fate(centre, f"{HAND}{taking.pk}"))
        assert (Centre.objects.get().group_id, Centre.objects.get().state) == (taking.pk, "open")
        assert Event.objects.filter(kind="centres.centre_handed_over").count() == 1

    @pytest.mark.parametrize("told", [PAUSE, "open", f"{HAND}999999", "elsewhere", "itself"])
    def test_lets_it_become_nothing_else(self, citra: Actor, told: str) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        centre = opened_centre(group)
        named = {"elsewhere": works_in("Melati", COBLONG).pk, "itself": group.pk}
        told = f"{HAND}{named[told]}" if told in named else told
        with pytest.raises(DomainError):
            change_areas(citra, group, [MENTENG], fate(centre, told))
        assert (areas_now(group), Centre.objects.get().state) == ([SENEN, MENTENG], "open")
        assert Centre.objects.get().group_id == group.pk

    def test_needs_a_reason_for_a_centre_that_is_closed(self, citra: Actor) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        centre = opened_centre(group)
        with pytest.raises(Invalid) as wrong:
            change_areas(citra, group, [MENTENG], fate(centre, CLOSE, " "))
        assert [one.field for one in wrong.value.errors] == ["shut_reason"]
        assert areas_now(group) == [SENEN, MENTENG]

    def test_a_closed_centre_asks_nothing_and_one_that_is_shut_for_a_time_does(self, citra: Actor) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        centre = pause_centre(SYSTEM, opened_centre(group), OPENED, "Renovasi.")
        with pytest.raises(Refused):
            change_areas(citra, group, [MENTENG])
        close_centre(SYSTEM, centre, today_wib(), "Selesai.")
        change_areas(citra, group, [MENTENG])
        assert areas_now(group) == [MENTENG]

    def test_of_a_komunitas_whose_area_was_never_written_its_kabupaten_is_left(self, citra: Actor) -> None:
        group = active_group("Mawar", "31.71")
        centre = opened_centre(group)
        with pytest.raises(Refused):
            change_areas(citra, group, [MENTENG])
        change_areas(citra, group, [SENEN, MENTENG])
        assert Centre.objects.get(pk=centre.pk).state == "open"

    def test_asks_about_a_centre_that_was_left_outside_before(self, citra: Actor) -> None:
        group, taking = works_in("Mawar", SENEN), works_in("Melati", COBLONG)
        planned, shut = left_in(COBLONG, group, "Pusat Dua"), left_in(COBLONG, group, "Pusat Tiga")
        close_centre(SYSTEM, shut, today_wib(), "Selesai.")
        with pytest.raises(Refused, match="Pusat Dua") as refused:
            change_areas(citra, group, [SENEN, MENTENG])
        assert "Pusat Tiga" not in refused.value.sentence
        assert (areas_now(group), outside()) == ([SENEN], 1)
        change_areas(citra, group, [SENEN, MENTENG], fate(planned, f"{HAND}{taking.pk}"))
        assert (areas_now(group), outside()) == ([SENEN, MENTENG], 0)
        assert Centre.objects.get(pk=planned.pk).group_id == taking.pk

    def test_asks_nothing_of_one_whose_kecamatan_is_taken_on_again(self, citra: Actor) -> None:
        group = works_in("Mawar", SENEN)
        left_in(COBLONG, group, "Pusat Dua")
        change_areas(citra, group, [SENEN, COBLONG])
        assert (areas_now(group), outside()) == ([SENEN, COBLONG], 0)


class TestTheDatabase:
    def test_refuses_to_end_an_area_with_a_centre_in_it(self) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        planned_centre(group)
        with pytest.raises(IntegrityError, match="no centre there"), transaction.atomic(), opened_by(SYSTEM):
            GroupArea.objects.filter(group=group, region=SENEN).update(until_on=today_wib())
        assert areas_now(group) == [SENEN, MENTENG]

    def test_refuses_a_centre_where_its_komunitas_does_not_work(self) -> None:
        group, other = works_in("Mawar", SENEN), works_in("Melati", COBLONG)
        centre = planned_centre(group)
        with (
            pytest.raises(IntegrityError, match="where its komunitas"),
            transaction.atomic(),
            opened_by(SYSTEM),
        ):
            Centre.objects.filter(pk=centre.pk).update(group=other)
        assert Centre.objects.get().group_id == group.pk


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_planning_there_and_leaving_leave_none_outside(self, citra: Actor) -> None:
        for round_ in range(4):
            group = works_in(f"Mawar {round_}", SENEN, MENTENG)

            def deed(place: int, group: Group = group, round_: int = round_) -> object:
                if place % 2:
                    return plan_centre(citra, group, details(f"Pusat {round_}"), SENEN, FIRST)
                return change_areas(citra, group, [MENTENG])

            results = together(4, deed)
            assert not [one for one in results if not isinstance(one, Group | Centre | DomainError)]
            assert outside() == 0

    def test_handing_over_to_one_that_leaves_leaves_none_outside(self, citra: Actor) -> None:
        for round_ in range(4):
            giving = works_in(f"Mawar {round_}", SENEN, MENTENG)
            taking = works_in(f"Melati {round_}", SENEN, MENTENG)
            centre = opened_centre(giving, f"Pusat {round_}")

            def deed(place: int, centre: Centre = centre, taking: Group = taking) -> object:
                if place % 2:
                    return hand_over_centre(citra, centre, taking)
                return change_areas(citra, taking, [MENTENG])

            results = together(2, deed)
            assert not [one for one in results if not isinstance(one, Group | Centre | DomainError)]
            assert outside() == 0

    def test_two_that_leave_and_hand_to_each_other_do_not_wait_in_a_ring(self, citra: Actor) -> None:
        groups = [works_in("Mawar", SENEN, MENTENG), works_in("Melati", SENEN, MENTENG)]
        centres = [opened_centre(group, f"Pusat {group.name}") for group in groups]
        fates = [fate(centres[one], f"{HAND}{groups[1 - one].pk}") for one in (0, 1)]
        results = together(2, lambda place: change_areas(citra, groups[place], [MENTENG], fates[place]))
        assert min(type(one).__name__ for one in results) == "Group"
        assert not [one for one in results if not isinstance(one, Group | DomainError)]
        assert outside() == 0


class TestThePage:
    def test_asks_what_becomes_of_each_centre_there_and_does_it(self, desk: Desk, citra: Actor) -> None:
        group, taking = works_in("Mawar", SENEN, MENTENG), works_in("Melati", SENEN)
        first, second = opened_centre(group), planned_centre(group, "Pusat Dua")
        client, here = desk(citra), f"/komunitas/{group.pk}/wilayah"
        asked = page(client.post(here, {"hapus": SENEN}), UNPROCESSABLE)
        assert "Sebelum Kec. Senen dilepas" in words(asked.main)
        choices = asked.select(f"#id_centre_{first.pk} option")
        assert [words(one) for one in choices] == [
            "Pilih apa yang terjadi…",
            "Diserahkan kepada Melati",
            "Tutup untuk selamanya",
        ]
        told = {
            "hapus": SENEN,
            f"centre_{first.pk}": f"{HAND}{taking.pk}",
            f"centre_{second.pk}": CLOSE,
            "shut_reason": WHY,
        }
        assert client.post(here, told)["Location"] == here
        assert areas_now(group) == [MENTENG]
        assert dict(Centre.objects.values_list("name", "state")) == {
            "Pusat Senen": "open",
            "Pusat Dua": "closed",
        }

    def test_asks_likewise_before_the_first_kecamatan_of_a_whole_kabupaten_is_written(
        self, desk: Desk, citra: Actor
    ) -> None:
        group, taking = active_group("Mawar", "31.71"), works_in("Melati", SENEN)
        first, second = opened_centre(group), planned_centre(group, "Pusat Dua", MENTENG)
        client, here = desk(citra), f"/komunitas/{group.pk}/wilayah"
        asked = page(client.post(here, {"tambah": MENTENG}), UNPROCESSABLE)
        assert "Sebelum wilayahnya diubah" in words(asked.main)
        assert asked.select_one(f"#id_centre_{second.pk}") is None, "it stays where the komunitas works"
        form = asked.select_one(f"form:has(#id_centre_{first.pk})")
        assert form is not None
        told = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
        told |= {f"centre_{first.pk}": "", "shut_reason": ""}
        again = page(client.post(here, told), UNPROCESSABLE)
        assert again.select_one(f"#id_centre_{first.pk}_error") is not None
        assert areas_now(group) == []
        assert client.post(here, told | {f"centre_{first.pk}": f"{HAND}{taking.pk}"})["Location"] == here
        assert areas_now(group) == [MENTENG]
        assert dict(Centre.objects.values_list("name", "group_id")) == {
            "Pusat Senen": taking.pk,
            "Pusat Dua": group.pk,
        }

    def test_says_beside_its_field_what_is_missing_and_keeps_what_was_typed(
        self, desk: Desk, citra: Actor
    ) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        first, second = opened_centre(group), planned_centre(group, "Pusat Dua")
        client, here = desk(citra), f"/komunitas/{group.pk}/wilayah"
        told = {"hapus": SENEN, f"centre_{first.pk}": CLOSE, f"centre_{second.pk}": "", "shut_reason": ""}
        wrong = page(client.post(here, told), UNPROCESSABLE)
        assert wrong.select_one(f"#id_centre_{second.pk}_error") is not None
        kept = wrong.select_one(f"#id_centre_{first.pk} option[selected]")
        assert kept is not None
        assert kept["value"] == CLOSE
        wrong = page(client.post(here, told | {f"centre_{second.pk}": CLOSE}), UNPROCESSABLE)
        assert wrong.select_one("#id_shut_reason_error") is not None
        assert areas_now(group) == [SENEN, MENTENG]

    def test_asks_nothing_where_there_is_no_centre(self, desk: Desk, citra: Actor) -> None:
        group = works_in("Mawar", SENEN, MENTENG)
        opened_centre(group)
        client, here = desk(citra), f"/komunitas/{group.pk}/wilayah"
        assert client.post(here, {"hapus": MENTENG}).status_code == FOUND
        assert client.post(here, {"tambah": COBLONG}).status_code == FOUND
        assert areas_now(group) == [SENEN, COBLONG]

    def test_asks_nothing_about_the_last_kecamatan_which_is_not_let_go(
        self, desk: Desk, citra: Actor
    ) -> None:
        group = works_in("Mawar", SENEN)
        centre = opened_centre(group)
        found = page(desk(citra).post(f"/komunitas/{group.pk}/wilayah", {"hapus": SENEN}), UNPROCESSABLE)
        assert "Wilayah kerja masih kosong" in words(found.main)
        assert found.select_one(f"[name=centre_{centre.pk}]") is None
        assert areas_now(group) == [SENEN]

    def test_asks_the_database_no_more_often_for_many(self, desk: Desk, citra: Actor) -> None:
        group, made = works_in("Mawar", SENEN, MENTENG), iter(range(200))
        client = desk(citra)

        def grow(rows: int) -> None:
            for _row in range(rows):
                place = next(made)
                opened_centre(group, f"Pusat {place}")
                works_in(f"Melati {place}", SENEN)

        here = f"/komunitas/{group.pk}/wilayah"
        assert_constant_queries(lambda: client.post(here, {"hapus": SENEN}), grow)
