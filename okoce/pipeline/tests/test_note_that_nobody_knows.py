"""That somebody asked and nobody knows is noted with author and day, apart from nobody having asked; both are not known."""

from datetime import date

import pytest

from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.pipeline import positions, tallies
from okoce.pipeline.actions.standstill_notes import StandstillNote, note_standstills
from okoce.pipeline.actions.standstills import clear_standstill, set_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.queries.people import Wanted, list_people, stands_of
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN

pytestmark = pytest.mark.django_db
JUNE = date(2018, 6, 1)


def listed(actor: Actor, stuck: str) -> list[str]:
    return sorted(member.name for member in list_people(actor, Wanted(stuck=stuck)).members)


def test_it_is_noted_with_author_and_day_and_cleared_by_itself(ani: Actor) -> None:
    siti = registered(name="Siti")
    set_standstill(ani, siti, 2, "unknown", JUNE)
    step = journey_of(ani, siti)[1]
    assert (step.stuck_reason, step.stuck_since, step.stuck_by) == ("unknown", JUNE, ani.label)
    assert step.stuck_label == "Sudah ditanya, belum diketahui"
    assert history_of(ani, siti)[0].sentence == "Belum lanjut ke P2: Sudah ditanya, belum diketahui."
    clear_standstill(ani, siti, 2)
    step = journey_of(ani, siti)[1]
    assert (step.stuck_reason, step.stuck_since, step.stuck_by) == ("", None, "")
    assert Standstill.objects.get(member=siti).until_on == today_wib()
    assert recount() == []


def test_another_reason_takes_its_place(ani: Actor) -> None:
    siti = registered(name="Siti")
    set_standstill(ani, siti, 2, "unknown", JUNE)
    set_standstill(ani, siti, 2, "no_time", date(2018, 7, 1))
    assert list(Standstill.objects.order_by("from_on").values_list("reason", "from_on", "until_on")) == [
        ("unknown", JUNE, date(2018, 7, 1)),
        ("no_time", date(2018, 7, 1), None),
    ]


def test_lists_tell_asked_and_unasked_apart_and_not_known_is_both(ani: Actor) -> None:
    set_standstill(ani, registered(name="Ditanya"), 2, "unknown", JUNE)
    set_standstill(ani, registered(name="Sibuk"), 2, "no_time", JUNE)
    registered(name="Belum")
    assert listed(ani, "unknown_asked") == ["Ditanya"]
    assert listed(ani, "unknown_unasked") == ["Belum"]
    assert listed(ani, "unknown") == ["Belum", "Ditanya"]
    assert listed(ani, "no_time") == ["Sibuk"]


def test_where_one_stands_says_which(ani: Actor) -> None:
    asked, silent = registered(name="Ditanya"), registered(name="Belum")
    set_standstill(ani, asked, 2, "unknown", JUNE)
    stands = stands_of([asked, silent])
    assert (stands[asked.pk].reason, stands[silent.pk].reason) == ("unknown", "")


def test_the_sums_hold_it_as_a_reason_and_agree(ani: Actor) -> None:
    siti, sari = registered(name="Siti"), registered(name="Sari")
    set_standstill(ani, siti, 2, "unknown", JUNE)
    tally = tallies.counts(SENEN, JUNE)
    assert (tally.lost_before(2), tally.reasons[2]) == (2, {"unknown": 1})
    assert tallies.counts(SENEN, date(2018, 5, 31)).reasons[2] == {}
    tallies.fold()
    assert tallies.counts(SENEN, JUNE).reasons[2] == {"unknown": 1}
    note_standstills(ani, [StandstillNote(sari.pk, 2, "unknown", JUNE)])
    positions.place_all()
    assert tallies.counts(SENEN, JUNE).reasons[2] == {"unknown": 2}
    assert recount() == []
