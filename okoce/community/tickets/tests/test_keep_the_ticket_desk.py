"""The queue: next deadline first, overdue told, figures with what they count, as many queries for thirty as for three."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.tickets.actions.handling import answer_ticket, ask_sender
from okoce.community.tickets.queries import tickets as listing
from okoce.community.tickets.queries.figures import figures_of
from okoce.community.tickets.tests.tellers import moved_back, ticket
from okoce.foundation.access.actor import Actor
from tests.cast import COBLONG
from tests.pages import next_page, page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Desk = Callable[[Actor], Client]


def listed(answer: object) -> list[str]:
    return [words(link).rpartition(" ")[2] for link in page(answer).select(".task a")]


def test_whose_clock_runs_out_first_stands_first_and_the_late_are_told(ani: Actor, desk: Desk) -> None:
    question, impostor = ticket(kind="question"), ticket(kind="impostor")
    late = moved_back(ticket(kind="complaint"), 80 * HOUR)
    answer = desk(ani).get("/laporan")
    assert listed(answer) == [str(one.pk) for one in (late, impostor, question)]
    assert "Terlambat 8 jam" in words(page(answer).main)
    assert listed(desk(ani).get("/laporan?keadaan=late")) == [str(late.pk)]


def test_the_figures_count_what_they_say(ani: Actor, budi: Actor) -> None:
    for hours in (2, 4, 30):
        one = ticket()
        moved_back(one, hours * HOUR)
        answer_ticket(ani, one, "Ini jawabannya.")
    asked = ticket()
    ask_sender(ani, asked, "Di mana?")
    moved_back(ticket(), 80 * HOUR)
    ticket(region=COBLONG)
    told = figures_of(ani)
    assert (told.open, told.late, told.answered) == (2, 1, 3)
    assert told.median is not None
    assert abs(told.median - 4 * HOUR) < timedelta(minutes=1)
    there = figures_of(budi)
    assert (there.open, there.late, there.answered, there.median) == (1, 0, 0, None)


def test_the_time_spent_waiting_for_the_sender_is_not_counted(ani: Actor) -> None:
    from okoce.community.tickets.actions.replying import add_words
    from okoce.community.tickets.moves import SENDER

    one = ticket()
    ask_sender(ani, one, "Di mana?")
    moved_back(one, 6 * HOUR)
    add_words(SENDER, one, "Di pasar.")
    answer_ticket(ani, one, "Ini jawabannya.")
    median = figures_of(ani).median
    assert median is not None
    assert median < timedelta(minutes=1)


def test_the_list_costs_as_many_queries_for_thirty_as_for_three(ani: Actor, desk: Desk) -> None:
    client = desk(ani)

    def grow(count: int) -> None:
        for _one in range(count):
            ticket(about="Seseorang")

    assert_constant_queries(lambda: client.get("/laporan"), grow)


def test_pages_follow_each_other_without_a_gap(
    ani: Actor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    tickets = [ticket() for _one in range(5)]
    client, place, seen = desk(ani), "/laporan", []
    while place:
        answer = client.get(place)
        seen += listed(answer)
        place = next_page(answer)
    assert seen == [str(one.pk) for one in tickets]


@pytest.mark.parametrize(
    "query",
    [
        "?keadaan=xyz",
        "?sesudah=xyz",
        "?sesudah=2026-01-01T00:00:00_1",
        "?sesudah=2026-01-01T00:00:00%2B00:00:00.5_1",
        "?sesudah=0001-01-01T00:00:00%2B14:00_1",
        "?keadaan=closed",
    ],
)
def test_an_address_that_nobody_wrote_is_an_ordinary_list(ani: Actor, desk: Desk, query: str) -> None:
    assert desk(ani).get(f"/laporan{query}").status_code == 200


def test_an_empty_desk_says_so(ani: Actor, desk: Desk) -> None:
    assert "Tidak ada yang menunggu" in words(page(desk(ani).get("/laporan")).main)
