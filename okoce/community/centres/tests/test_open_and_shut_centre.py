"""The secretariat opens and closes a centre; its komunitas shuts it for a time; every day of it stays known."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.centres.actions import close_centre, hand_over_centre, open_centre, pause_centre
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.queries import open_by_district
from okoce.community.centres.tests.factories import (
    FIRST,
    OPENED,
    chair_of,
    opened_centre,
    past_of,
    planned_centre,
    stands_as_its_past_says,
)
from okoce.community.groups.actions.groups import close_group, pause_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.together import together
from okoce.community.organisations.entrusted import PAUSE, Fates
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    TransitionRefused,
)
from tests.cast import COBLONG, SENEN, SYSTEM, account_of
from tests.pages import next_page, page, posts, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
UNPROCESSABLE, FOUND = 422, 302
PAUSED, CLOSED = date(2020, 4, 1), date(2021, 2, 1)


class TestOpening:
    def test_lights_the_kecamatan_from_that_day_on(self, citra: Actor) -> None:
        centre = planned_centre(active_group("Mawar", SENEN))
        open_centre(citra, centre, OPENED)
        assert past_of(centre) == [("planned", FIRST, OPENED), ("open", OPENED, None)]
        assert stands_as_its_past_says(centre)
        assert open_by_district(OPENED - timedelta(days=1)) == {}
        assert open_by_district(OPENED) == {SENEN: 1}

    def test_is_for_the_secretariat_alone(self, ani: Actor, dewi: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre = planned_centre(group)
        for actor in (ani, dewi, chair_of(group)):
            with pytest.raises(NotAllowed):
                open_centre(actor, centre, OPENED)
        assert past_of(centre) == [("planned", FIRST, None)]

    def test_nobody_opens_one_of_her_own_komunitas(self) -> None:
        group = active_group("Mawar", SENEN)
        centre = planned_centre(group)
        user = account_of(Actor(label="citra", grants=(Grant("sekretariat", EVERYWHERE),)))
        appoint_officer(SYSTEM, group, user.email or "", Term("chair", date(2018, 1, 2)))
        with pytest.raises(Refused):
            open_centre(actor_for_user(user), centre, OPENED)
        assert past_of(centre) == [("planned", FIRST, None)]

    def test_twice_is_once(self, citra: Actor) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        open_centre(citra, centre, date(2019, 9, 9))
        assert past_of(centre)[-1] == ("open", OPENED, None)
        assert Event.objects.filter(kind="centres.centre_opened").count() == 1

    def test_no_day_that_lies_ahead_or_before_what_it_was(self, citra: Actor) -> None:
        centre = planned_centre(active_group("Mawar", SENEN))
        with pytest.raises(Invalid):
            open_centre(citra, centre, latest_today() + timedelta(days=1))
        with pytest.raises(Refused):
            open_centre(citra, centre, FIRST - timedelta(days=1))
        assert past_of(centre) == [("planned", FIRST, None)]

    def test_none_of_a_komunitas_that_rests(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        centre = planned_centre(group)
        pause_group(SYSTEM, group, "istirahat")
        with pytest.raises(Refused):
            open_centre(citra, centre, OPENED)
        assert past_of(centre) == [("planned", FIRST, None)]

    def test_on_the_day_of_the_plan_leaves_an_empty_plan_behind(self, citra: Actor) -> None:
        centre = planned_centre(active_group("Mawar", SENEN))
        open_centre(citra, centre, FIRST)
        assert open_by_district(FIRST) == {SENEN: 1}
        assert stands_as_its_past_says(centre)


class TestShutting:
    def test_her_own_komunitas_shuts_it_for_a_time_and_only_the_secretariat_opens_it_again(
        self, citra: Actor
    ) -> None:
        group = active_group("Mawar", SENEN)
        centre, chair = opened_centre(group), chair_of(group)
        pause_centre(chair, centre, PAUSED, "pandemi")
        assert open_by_district(PAUSED - timedelta(days=1)) == {SENEN: 1}
        assert open_by_district(PAUSED) == {}
        with pytest.raises(NotAllowed):
            open_centre(chair, centre, CLOSED)
        open_centre(citra, centre, CLOSED)
        assert open_by_district(CLOSED) == {SENEN: 1}
        assert [state for state, _from, _until in past_of(centre)] == ["planned", "open", "paused", "open"]

    def test_asks_why(self, citra: Actor) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        for deed in (pause_centre, close_centre):
            with pytest.raises(Invalid):
                deed(citra, centre, PAUSED, "  ")
        assert past_of(centre)[-1] == ("open", OPENED, None)

    def test_a_closed_one_stays_closed(self, citra: Actor) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        close_centre(citra, centre, PAUSED, "gedungnya dijual")
        close_centre(citra, centre, PAUSED, "gedungnya dijual")  # a second click
        for deed in (
            lambda: open_centre(citra, centre, CLOSED),
            lambda: pause_centre(citra, centre, CLOSED, "libur"),
            lambda: hand_over_centre(citra, centre, active_group("Melati", SENEN)),
        ):
            with pytest.raises((TransitionRefused, Refused)):
                deed()
        assert past_of(centre)[-1] == ("closed", PAUSED, None)
        assert Event.objects.filter(kind="centres.centre_closed").count() == 1

    def test_a_plan_cannot_be_paused(self, citra: Actor) -> None:
        centre = planned_centre(active_group("Mawar", SENEN))
        with pytest.raises(TransitionRefused):
            pause_centre(citra, centre, PAUSED, "libur")
        assert past_of(centre) == [("planned", FIRST, None)]

    def test_the_chair_of_another_komunitas_does_not_find_it(self) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        with pytest.raises(NotFound):
            pause_centre(chair_of(active_group("Melati", SENEN)), centre, PAUSED, "iri")
        assert past_of(centre)[-1] == ("open", OPENED, None)

    @pytest.mark.django_db(transaction=True)
    def test_of_two_decisions_at_once_one_holds(self, citra: Actor) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        days = (PAUSED, CLOSED)
        told = together(2, lambda place: close_centre(citra, centre, days[place], "dijual"))
        assert sum(isinstance(one, TransitionRefused) for one in told) == 1
        assert CentrePeriod.objects.filter(centre=centre, state="closed").count() == 1
        assert stands_as_its_past_says(centre)


class TestHandingOver:
    def test_another_komunitas_is_responsible_and_reaches_it(self, citra: Actor) -> None:
        mawar, melati = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        centre = opened_centre(mawar)
        hand_over_centre(citra, centre, melati)
        pause_centre(chair_of(melati), centre, PAUSED, "pindahan")
        with pytest.raises(NotFound):
            pause_centre(chair_of(mawar), centre, PAUSED, "masih milik kami")
        assert Centre.objects.get().state_reason == "pindahan"

    def test_not_to_one_that_does_not_work_there_or_is_closed(self, citra: Actor) -> None:
        mawar, far = active_group("Mawar", SENEN), active_group("Jauh", COBLONG)
        closed = close_group(SYSTEM, active_group("Bubar", SENEN), "bubar")
        centre = opened_centre(mawar)
        for group in (far, closed):
            with pytest.raises((Invalid, Refused)):
                hand_over_centre(citra, centre, group)
        with pytest.raises(NotAllowed):
            hand_over_centre(chair_of(mawar), centre, mawar)
        assert Centre.objects.get().group == mawar

    def test_nobody_hands_one_to_her_own_komunitas(self) -> None:
        mawar, melati = active_group("Mawar", SENEN), active_group("Melati", SENEN)
        centre = opened_centre(mawar)
        user = account_of(Actor(label="citra", grants=(Grant("sekretariat", EVERYWHERE),)))
        appoint_officer(SYSTEM, melati, user.email or "", Term("chair", date(2018, 1, 2)))
        with pytest.raises(Refused):
            hand_over_centre(actor_for_user(user), centre, melati)
        assert Centre.objects.get().group == mawar


class TestPages:
    def test_the_secretariat_opens_it_on_its_page_and_everybody_finds_it(
        self, desk: Desk, citra: Actor
    ) -> None:
        centre, client = planned_centre(active_group("Mawar", SENEN)), desk(citra)
        assert Client().get(f"/pusat/{centre.pk}").status_code == 404
        assert client.post(f"/pusat/kelola/{centre.pk}/buka", {"on": "2019-03-04"}).status_code == FOUND
        told = words(page(Client().get(f"/pusat/{centre.pk}")).main)
        assert "Jl. Kramat Raya 12" in told
        assert "Komunitas Mawar" in told

    def test_a_reason_that_is_missing_is_asked_for_beside_its_field(self, desk: Desk) -> None:
        group = active_group("Mawar", SENEN)
        centre, client = opened_centre(group), desk(chair_of(group))
        answer = client.post(f"/pusat/kelola/{centre.pk}/jeda", {"on": "2020-04-01", "reason": " "})
        found = page(answer, UNPROCESSABLE)
        assert found.select_one("details[open] #id_pause_centre_reason_error") is not None
        assert posts(client.get(f"/pusat/kelola/{centre.pk}")) == [
            f"/pusat/kelola/{centre.pk}/jeda",
            f"/pusat/kelola/{centre.pk}/foto",
        ]
        assert past_of(centre)[-1] == ("open", OPENED, None)

    def test_the_public_reads_why_it_is_shut(self) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        pause_centre(SYSTEM, centre, PAUSED, "gedung direnovasi")
        told = words(page(Client().get(f"/pusat/{centre.pk}")).main)
        assert "gedung direnovasi" in told
        assert "sedang tidak buka" in told

    def test_of_a_closed_one_nobody_is_named_to_be_asked(self) -> None:
        centre = opened_centre(active_group("Mawar", SENEN))
        close_centre(SYSTEM, centre, PAUSED, "gedungnya dijual")
        told = words(page(Client().get(f"/pusat/{centre.pk}")).main)
        assert "gedungnya dijual" in told
        assert "Ratna" not in told
        assert "Hubungi" not in told
        assert "3456" not in told

    def test_a_plan_that_was_given_up_has_no_page_for_everybody(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        given_up, opened = planned_centre(group), opened_centre(group, "Pusat Kramat")
        close_centre(SYSTEM, given_up, PAUSED, "batal")
        client = desk(citra)
        for centre, has_page in ((given_up, False), (opened, True)):
            address = f"/pusat/{centre.pk}"
            assert (Client().get(address).status_code == 200) == has_page
            links = page(client.get(f"/pusat/kelola/{centre.pk}")).select(f'main a[href="{address}"]')
            assert bool(links) == has_page

    def test_a_komunitas_that_was_closed_is_said_to_be(self) -> None:
        group = active_group("Mawar", SENEN)
        centre = opened_centre(group)
        fates = Fates({f"centre_{centre.pk}": PAUSE}, "Komunitasnya bubar.")
        close_group(SYSTEM, group, "bubar", fates)
        assert "Komunitas Mawar (Ditutup)" in words(page(Client().get(f"/pusat/{centre.pk}")).main)

    def test_it_is_handed_over_by_name(self, desk: Desk, citra: Actor) -> None:
        centre, client = opened_centre(active_group("Mawar", SENEN)), desk(citra)
        active_group("Melati", SENEN)
        here = f"/pusat/kelola/{centre.pk}/serahkan"
        wrong = page(client.post(here, {"komunitas": "Tidak Ada"}), UNPROCESSABLE)
        assert wrong.select_one("#id_hand_over_centre_komunitas_error") is not None
        assert client.post(here, {"komunitas": "melati"}).status_code == FOUND
        assert Centre.objects.get().group.name == "Melati"

    def test_the_list_is_scoped_narrowed_and_goes_on_by_pages(
        self, desk: Desk, citra: Actor, ani: Actor
    ) -> None:
        mawar, far = active_group("Mawar", SENEN), active_group("Jauh", COBLONG)
        opened_centre(mawar)
        planned_centre(mawar, "Pusat Kramat")
        planned_centre(far, "Pusat Dago", COBLONG)
        names = [row[0] for row in rows_of(desk(ani).get("/pusat/kelola"))]
        assert names == ["Pusat Kramat", "Pusat Senen"]
        client = desk(citra)
        assert len(rows_of(client.get("/pusat/kelola"))) == 3
        assert [row[0] for row in rows_of(client.get("/pusat/kelola", {"keadaan": "open"}))] == [
            "Pusat Senen"
        ]
        assert [row[0] for row in rows_of(client.get("/pusat/kelola", {"komunitas": far.pk}))] == [
            "Pusat Dago"
        ]
        assert [row[0] for row in rows_of(client.get("/pusat/kelola", {"q": "kramat"}))] == ["Pusat Kramat"]
        made = iter(range(1000))

        def grow(count: int) -> None:
            for _one in range(count):
                planned_centre(mawar, f"Titik {next(made):03d}")

        assert_constant_queries(lambda: client.get("/pusat/kelola"), grow)
        grow(30)
        following = next_page(client.get("/pusat/kelola"))
        assert len(rows_of(client.get(following))) == 13
        assert next_page(client.get(following)) == ""

    @pytest.mark.parametrize(
        "query", ["keadaan=x", "sesudah=abc", "sesudah=999999", "q=%00", "komunitas=999"]
    )
    def test_a_strange_address_is_answered(self, desk: Desk, citra: Actor, query: str) -> None:
        assert desk(citra).get(f"/pusat/kelola?{query}").status_code == 200
