"""A komunitas that rests or ends leaves no centre behind: each is handed over, shut for a time or for good, in the same deed."""

from collections.abc import Callable
from importlib import import_module
from itertools import count

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from okoce.community.centres.actions import hand_over_centre, open_centre, pause_centre
from okoce.community.centres.models import Centre
from okoce.community.centres.queries import open_by_district
from okoce.community.centres.tests.factories import (
    OPENED,
    opened_centre,
    past_of,
    planned_centre,
    stands_as_its_past_says,
)
from okoce.community.groups.actions.groups import close_group, pause_group, reopen_group
from okoce.community.groups.models import Group
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
WHY = "Komunitasnya bubar."
LEFT_OPEN = import_module("okoce.community.centres.migrations.0003_open_of_an_active_group").LEFT_OPEN


def fate(centre: Centre, told: str, reason: str = WHY) -> Fates:
    return Fates({f"centre_{centre.pk}": told}, reason)


def state_of(group: Group) -> str:
    return Group.objects.get(pk=group.pk).state


def left_open() -> int:
    """Open centres of a komunitas that is not active."""
    return Centre.objects.filter(state="open").exclude(group__state="active").count()


class TestTheDeed:
    @pytest.mark.parametrize("deed", [close_group, pause_group])
    def test_is_refused_while_a_centre_is_undecided(self, citra: Actor, deed: Callable[..., Group]) -> None:
        group = active_group("Mawar", SENEN)
        centre = opened_centre(group)
        events = Event.objects.count()
        with pytest.raises(Refused, match="Pusat Senen"):
            deed(citra, group, "bubar")
        assert (state_of(group), past_of(centre)[-1]) == ("active", ("open", OPENED, None))
        assert Event.objects.count() == events

    @pytest.mark.parametrize(("told", "state"), [(PAUSE, "paused"), (CLOSE, "closed")])
    def test_shuts_a_centre_with_the_reason_that_everybody_reads(
        self, citra: Actor, told: str, state: str
    ) -> None:
        group = active_group("Mawar", SENEN)
        centre = opened_centre(group)
        close_group(citra, group, "bubar", fate(centre, told))
        assert state_of(group) == "closed"
        assert past_of(centre)[-2:] == [("open", OPENED, today_wib()), (state, today_wib(), None)]
        assert Centre.objects.get().state_reason == WHY
        assert stands_as_its_past_says(centre)
        assert open_by_district(today_wib()) == {}

    def test_hands_a_centre_to_another_komunitas_and_it_stays_open(self, citra: Actor) -> None:
        group, taking = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        centre = opened_centre(group)
        close_group(citra, group, "bubar", fate(centre, f"{HAND}{taking.pk}"))
        assert (Centre.objects.get().group_id, Centre.objects.get().state) == (taking.pk, "open")
        assert open_by_district(today_wib()) == {SENEN: 1}
        assert Event.objects.filter(kind="centres.centre_handed_over").count() == 1

    def test_needs_a_reason_for_a_centre_that_is_shut(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre = opened_centre(group)
        with pytest.raises(Invalid) as wrong:
            close_group(citra, group, "bubar", fate(centre, CLOSE, " "))
        assert [one.field for one in wrong.value.errors] == ["shut_reason"]
        assert (state_of(group), Centre.objects.get().state) == ("active", "open")

    @pytest.mark.parametrize("whose", ["itself", "elsewhere", "resting", "none", "nonsense"])
    def test_gives_a_centre_to_nobody_who_cannot_have_it(self, citra: Actor, whose: str) -> None:
        group = active_group("Mawar", SENEN)
        centre = opened_centre(group)
        resting = pause_group(SYSTEM, active_group("Kenanga", SENEN), "istirahat")
        told = {
            "itself": f"{HAND}{group.pk}",
            "elsewhere": f"{HAND}{active_group('Melati', COBLONG).pk}",
            "resting": f"{HAND}{resting.pk}",
            "none": f"{HAND}999999",
            "nonsense": "open",
        }[whose]
        with pytest.raises(DomainError):
            close_group(citra, group, "bubar", fate(centre, told))
        assert (state_of(group), Centre.objects.get().group_id) == ("active", group.pk)

    def test_to_rest_asks_for_the_open_ones_alone_and_to_end_for_all(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        plan = planned_centre(group)
        shut = pause_centre(SYSTEM, opened_centre(group, "Pusat Dua"), OPENED, "Renovasi.")
        pause_group(citra, group, "istirahat")
        with pytest.raises(Refused, match="Pusat Senen"):
            close_group(citra, group, "bubar", fate(shut, PAUSE))
        told = {f"centre_{shut.pk}": PAUSE, f"centre_{plan.pk}": CLOSE}
        close_group(citra, group, "bubar", Fates(told, WHY))
        assert past_of(shut)[-1] == ("paused", OPENED, None)
        assert past_of(plan)[-1] == ("closed", today_wib(), None)

    def test_going_on_opens_no_centre_by_itself(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre = opened_centre(group)
        pause_group(citra, group, "istirahat", fate(centre, PAUSE))
        reopen_group(citra, group, "lanjut")
        assert Centre.objects.get().state == "paused"
        open_centre(citra, centre, today_wib())
        assert Centre.objects.get().state == "open"


class TestTheDatabase:
    def test_refuses_to_let_a_komunitas_end_with_an_open_centre(self) -> None:
        group = active_group("Mawar", SENEN)
        opened_centre(group)
        with pytest.raises(IntegrityError, match="no centre open"), transaction.atomic(), opened_by(SYSTEM):
            Group.objects.filter(pk=group.pk).update(state="closed")
        assert state_of(group) == "active"

    def test_refuses_an_open_centre_of_a_komunitas_that_rests(self) -> None:
        group = active_group("Mawar", SENEN)
        centre = planned_centre(group)
        pause_group(SYSTEM, group, "istirahat")
        with pytest.raises(IntegrityError, match="active komunitas"), transaction.atomic(), opened_by(SYSTEM):
            Centre.objects.filter(pk=centre.pk).update(state="open")
        assert Centre.objects.get().state == "planned"

    def test_those_that_were_left_open_before_are_shut_for_a_time(self) -> None:
        group, other = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        left, fine = opened_centre(group), opened_centre(other, "Pusat Dua")
        with transaction.atomic(), connection.cursor() as cursor, opened_by(SYSTEM):
            cursor.execute("ALTER TABLE groups_group DISABLE TRIGGER centres_none_left_open")
            Group.objects.filter(pk=group.pk).update(state="closed")
            cursor.execute("ALTER TABLE groups_group ENABLE TRIGGER centres_none_left_open")
            cursor.execute(LEFT_OPEN)
        assert past_of(left)[-2:] == [("open", OPENED, today_wib()), ("paused", today_wib(), None)]
        assert stands_as_its_past_says(left)
        assert past_of(fine)[-1] == ("open", OPENED, None)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_opening_a_centre_and_ending_its_komunitas_leave_none_open(self, citra: Actor) -> None:
        for round_ in range(4):
            group = active_group(f"Mawar {round_}", SENEN)
            centre = planned_centre(group, f"Pusat {round_}")

            def deed(place: int, group: Group = group, centre: Centre = centre) -> object:
                if place % 2:
                    return open_centre(citra, centre, OPENED)
                return close_group(citra, group, "bubar", fate(centre, CLOSE))

            results = together(4, deed)
            assert not [one for one in results if not isinstance(one, Group | Centre | DomainError)]
            assert state_of(group) == "closed"
            assert Centre.objects.get(pk=centre.pk).state == "closed"
            assert left_open() == 0

    def test_two_that_hand_their_centres_to_each_other_do_not_wait_in_a_ring(self, citra: Actor) -> None:
        groups = [active_group("Mawar", SENEN), active_group("Melati", SENEN)]
        centres = [opened_centre(group, f"Pusat {group.name}") for group in groups]
        fates = [fate(centres[one], f"{HAND}{groups[1 - one].pk}") for one in (0, 1)]
        results = together(2, lambda place: close_group(citra, groups[place], "bubar", fates[place]))
        assert sorted(type(one).__name__ for one in results) == ["Group", "Refused"]
        assert left_open() == 0

    def test_a_centre_handed_over_meanwhile_goes_to_whoever_was_first(self, citra: Actor) -> None:
        group, taking = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        centre = opened_centre(group)

        def deed(place: int) -> object:
            if place:
                return hand_over_centre(citra, centre, taking)
            return close_group(citra, group, "bubar", fate(centre, CLOSE))

        results = together(2, deed)
        assert not [one for one in results if not isinstance(one, Group | Centre | DomainError)]
        assert state_of(group) == "closed"
        assert left_open() == 0


class TestThePage:
    def test_asks_what_becomes_of_each_centre_and_does_it(self, desk: Desk, citra: Actor) -> None:
        group, taking = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        active_group("Kenanga", COBLONG)
        first, second = opened_centre(group), opened_centre(group, "Pusat Dua")
        client, here = desk(citra), f"/komunitas/{group.pk}"
        shown = page(client.get(here))
        choices = shown.select(f"#id_close_group_centre_{first.pk} option")
        assert [words(one) for one in choices] == [
            "Pilih apa yang terjadi…",
            "Diserahkan kepada Melati",
            "Tutup sementara",
            "Tutup untuk selamanya",
        ]
        told = {
            "reason": "bubar",
            f"centre_{first.pk}": f"{HAND}{taking.pk}",
            f"centre_{second.pk}": CLOSE,
            "shut_reason": WHY,
        }
        assert client.post(f"{here}/tutup", told).status_code == FOUND
        assert dict(Centre.objects.values_list("name", "state")) == {
            "Pusat Senen": "open",
            "Pusat Dua": "closed",
        }

    def test_says_beside_its_field_what_is_missing_and_keeps_what_was_typed(
        self, desk: Desk, citra: Actor
    ) -> None:
        group = active_group("Mawar", SENEN)
        first, second = opened_centre(group), opened_centre(group, "Pusat Dua")
        client, here = desk(citra), f"/komunitas/{group.pk}/tutup"
        told = {"reason": "Ketuanya pindah", f"centre_{first.pk}": CLOSE, "shut_reason": ""}
        wrong = page(client.post(here, told), UNPROCESSABLE)
        assert wrong.select_one(f"#id_close_group_centre_{second.pk}_error") is not None
        kept = wrong.select_one(f"#id_close_group_centre_{first.pk} option[selected]")
        assert kept is not None
        assert kept["value"] == CLOSE
        assert "Ketuanya pindah" in words(wrong.main)
        wrong = page(client.post(here, told | {f"centre_{second.pk}": PAUSE}), UNPROCESSABLE)
        assert wrong.select_one("#id_close_group_shut_reason_error") is not None
        assert state_of(group) == "active"

    def test_asks_the_database_no_more_often_for_many(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        client, made = desk(citra), count()

        def grow(rows: int) -> None:
            for place in [next(made) for _ in range(rows)]:
                opened_centre(group, f"Pusat {place}")
                active_group(f"Melati {place}", SENEN)

        assert_constant_queries(lambda: client.get(f"/komunitas/{group.pk}"), grow)
        shown = page(client.get(f"/komunitas/{group.pk}"))
        assert len(shown.select("[id^=id_close_group_centre_]")) >= 30
