from datetime import date, timedelta

import pytest

from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Invalid, NotFound
from okoce.pipeline.actions.employment import state_jobs
from okoce.pipeline.models import JobStatement
from okoce.pipeline.tests.factories import walked_to

pytestmark = pytest.mark.django_db
JUNE = date(2018, 6, 1)


def test_a_number_is_stated_for_a_day(ani: Actor) -> None:
    member = walked_to(4)
    state_jobs(ani, member, 3, JUNE)
    assert list(JobStatement.objects.values_list("workers", "stated_on", "level")) == [(3, JUNE, "claimed")]
    assert (
        history_of(ani, member)[0].sentence
        == "Jumlah yang bekerja pada 1 Juni 2018: 3 orang (Menurut anggota)."
    )


def test_stated_again_for_the_day_it_replaces_and_the_same_twice_is_once(ani: Actor) -> None:
    member = walked_to(4)
    for workers in (3, 4, 4):
        state_jobs(ani, member, workers, JUNE)
    assert JobStatement.objects.get().workers == 4
    assert len([line for line in history_of(ani, member) if line.kind == "pipeline.jobs_stated"]) == 2


def test_what_was_seen_stands_beside_what_was_said(ani: Actor) -> None:
    member = walked_to(4)
    state_jobs(ani, member, 3, JUNE)
    state_jobs(ani, member, 2, JUNE, "seen")
    assert JobStatement.objects.count() == 2


@pytest.mark.parametrize(
    ("workers", "days_from_now", "level", "field"),
    [
        (-1, 0, "claimed", "workers"),
        (100_001, 0, "claimed", "workers"),
        (1, 1, "claimed", "stated_on"),
        (1, 0, "x", "level"),
    ],
)
def test_the_impossible_is_refused(
    ani: Actor, workers: int, days_from_now: int, level: str, field: str
) -> None:
    member = walked_to(4)
    with pytest.raises(Invalid) as refusal:
        state_jobs(ani, member, workers, latest_today() + timedelta(days=days_from_now), level)
    assert [error.field for error in refusal.value.errors] == [field]
    assert not JobStatement.objects.exists()


def test_an_officer_of_another_area_finds_nobody(budi: Actor) -> None:
    member = walked_to(4)
    with pytest.raises(NotFound):
        state_jobs(budi, member, 3, JUNE)
    assert not JobStatement.objects.exists()
