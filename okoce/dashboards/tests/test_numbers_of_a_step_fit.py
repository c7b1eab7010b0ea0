"""Whatever the records say: of those before, who went on and who did not add up, and who is there otherwise is told beside it."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.funnel import funnel, public_funnel
from okoce.dashboards.pictures import drawn_stages
from okoce.dashboards.tests.movement import SPRING, people
from okoce.foundation.web.funnel import funnel_rows
from okoce.pipeline.states import Stage
from tests.cast import COBLONG, SENEN
from tests.pages import page

pytestmark = pytest.mark.django_db
LATER = date(2018, 12, 31)


@pytest.mark.parametrize("seed", range(4))
def test_for_any_records_the_shown_numbers_of_a_step_fit(seed: int) -> None:
    chance = random.Random(seed)
    lives = [
        {
            int(stage): SPRING + timedelta(days=chance.randrange(300))
            for stage in Stage
            if chance.random() < 0.6
        }
        for _person in range(40)
    ]
    for life in lives:
        people(1, life, region=chance.choice([SENEN, COBLONG]))
    for day in (SPRING, SPRING + timedelta(days=90), LATER):
        done = {int(stage): _done(lives, stage, day) for stage in Stage}
        for row in funnel_rows(drawn_stages(funnel("", day), None))[1:]:
            stage = int(row.stage.code[1:])
            before, here = done[stage - 1], done[stage]
            assert (row.stage.count, row.stage.lost, row.beside) == (
                len(here),
                len(before - here),
                len(here - before),
            )
            assert len(before) - (len(here) - row.beside) == row.stage.lost


def _done(lives: Iterable[dict[int, date]], stage: int, day: date) -> set[int]:
    return {number for number, life in enumerate(lives) if life.get(stage, date.max) <= day}


def test_the_page_and_the_command_tell_who_is_there_without_the_stage_before(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    people(10, {1: SPRING, 2: SPRING})
    people(6, {1: SPRING})
    people(5, {1: LATER, 2: SPRING})  # registered after it, as only old records are
    shown = " ".join(page(client.get("/corong?wilayah=31&per=2018-06-01")).text.split())
    assert "15 / 16 orang di P1 · 6 belum lanjut" in shown
    assert "5 orang di P2 belum tercatat di P1" in shown
    call_command("funnel", scope="31", as_of="2018-06-01")
    assert "di antaranya tanpa P1" in capsys.readouterr().out.split("belum lanjut")[0]


def test_in_a_small_place_the_loss_gives_no_small_number_away() -> None:
    people(10, {1: SPRING, 2: SPRING})
    people(6, {1: SPRING})
    people(1, {1: LATER, 2: SPRING})
    assert public_funnel(SENEN, date(2018, 6, 30)).losses[0].people is None
    assert public_funnel("31.71", date(2018, 6, 30)).losses[0].people == 6
