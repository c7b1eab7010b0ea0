"""The funnel: numbers with their parts, losses with reasons, and who is shown what."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.funnel import Funnel, funnel, meanings, officer_funnel, public_funnel
from okoce.dashboards.lit import members_by_district
from okoce.dashboards.tests.movement import SPRING, komunitas, people
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.pipeline.models import Definition
from tests.cast import COBLONG, SENEN, SYSTEM, officer

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2018, 4, 1), date(2018, 5, 1)
LATER = date(2018, 12, 31)


def counts(found: Funnel) -> list[int | None]:
    return [stage.count for stage in found.stages]


def test_every_figure_has_its_parts_and_its_definition() -> None:
    people(6, {1: SPRING, 2: APRIL}, sex="female")
    people(4, {1: SPRING}, entry="trading")
    found = funnel("31", LATER)
    first, second = found.stages[:2]
    assert (found.scope.code, found.scope.name, found.as_of) == ("31", "DKI Jakarta", LATER)
    assert (first.code, first.name, first.count, first.of_previous, first.of_first) == (
        "P1",
        "Pendaftaran",
        10,
        None,
        1.0,
    )
    assert (first.women, first.new_businesses, first.existing_businesses) == (6, 6, 4)
    assert (second.count, second.of_previous, second.of_first) == (6, 0.6, 0.6)
    assert "sertifikat" in second.definition.text
    assert second.definition.version == 1
    assert found.stages[2].of_previous == 0.0
    assert found.stages[3].of_previous is None


def test_the_reasons_add_up_to_the_loss_and_the_rest_is_unknown() -> None:
    people(5, {1: SPRING, 2: APRIL})
    people(3, {1: SPRING}, reason="waiting_for_class")
    people(4, {1: SPRING}, reason="no_time")
    people(2, {1: SPRING})
    loss = funnel("", LATER).losses[0]
    assert (loss.after, loss.before, loss.people, loss.of) == ("P1", "P2", 9, 14)
    assert [(reason.reason, reason.people) for reason in loss.reasons] == [
        ("no_time", 4), ("waiting_for_class", 3), ("unknown", 2)
    ]  # fmt: skip
    assert loss.reasons[0].label == "Tidak ada waktu"
    assert sum(reason.people for reason in loss.reasons) == loss.people


def test_a_later_count_may_exceed_an_earlier_one_and_says_why() -> None:
    people(2, {1: SPRING, 2: APRIL, 3: APRIL})
    people(7, {1: SPRING, 4: APRIL}, region=COBLONG)
    permits = funnel("", LATER).stages[3]
    assert permits.exceeds_previous
    assert permits.of_previous == 3.5
    assert "P3" in permits.note
    # nobody of those with P3 went on to P4
    assert funnel("", LATER).losses[2].people == 2


def test_a_day_before_the_first_record_has_nobody() -> None:
    people(6, {1: SPRING})
    found = funnel("", SPRING - timedelta(days=1))
    assert counts(found) == [0] * 7
    assert found.stages[0].of_first is None
    assert [loss.people for loss in found.losses] == [0] * 6
    assert (found.jobs.claimed.count, found.jobs.added.count) == (0, 0)


@pytest.mark.parametrize(
    ("scope", "kind", "told"),
    [
        ("31.71.04.1001", Refused, "31.71.04"),
        ("31.99", NotFound, "31.99"),
        ("97.01.01", NotFound, "97.01.01"),
        ("Jakarta", NotFound, "Jakarta"),
        ("31.71.04' OR 1=1 --", NotFound, "tidak ada"),
        ("K:1", NotFound, "K:1"),
        ("\x00", NotFound, "tidak ada"),
    ],
)
def test_a_scope_that_is_none_gets_a_sentence(scope: str, kind: type[Exception], told: str) -> None:
    with pytest.raises(kind) as refusal:
        funnel(scope, LATER)
    assert told in str(refusal.value)


def test_a_code_may_be_written_without_dots() -> None:
    people(6, {1: SPRING})
    assert funnel("317104", LATER).scope.code == SENEN


def test_a_day_that_has_not_begun_in_jakarta_is_refused() -> None:
    with time_machine.travel("2026-11-20 17:30:00+00:00", tick=False):
        assert funnel("", date(2026, 11, 21)).as_of == date(2026, 11, 21)
        with pytest.raises(Refused, match="22 November 2026 belum tiba") as refusal:
            funnel("", date(2026, 11, 22))
    assert refusal.value.code == "future_day"


def test_without_a_day_it_is_today() -> None:
    assert funnel().as_of == today_wib()


def test_a_komunitas_has_a_funnel_of_its_members_wherever_they_live() -> None:
    mawar = komunitas("Mawar")
    people(3, {1: SPRING, 2: APRIL}, group=mawar)
    people(2, {1: SPRING}, group=mawar, region=COBLONG)
    people(9, {1: SPRING})
    found = funnel(day=LATER, group_id=mawar.pk)
    assert (found.scope.name, counts(found)[:2]) == ("Mawar", [5, 3])
    with pytest.raises(NotFound):
        funnel(day=LATER, group_id=mawar.pk + 1)
    with pytest.raises(Refused):
        funnel("31", LATER, group_id=mawar.pk)


def test_the_public_sees_kabupaten_and_above_exactly_on_any_day() -> None:
    people(3, {1: SPRING}, sex="female")
    for scope in ("", "31", "31.71"):
        found = public_funnel(scope, APRIL)
        assert found == funnel(scope, APRIL)
        assert (found.stages[0].count, found.stages[0].women) == (3, 3)


def test_the_public_sees_no_numbers_of_one_to_four_people_of_a_kecamatan() -> None:
    people(4, {1: SPRING, 2: APRIL, 4: APRIL})
    people(3, {1: SPRING}, sex="female", reason="zone")
    found = public_funnel(SENEN, LATER)
    assert counts(found) == [7, None, 0, None, 0, 0, 0]
    first, second = found.stages[:2]
    assert (first.women, first.new_businesses, first.existing_businesses) == (None, 7, 0)
    assert (second.of_previous, second.of_first, second.women, second.new_businesses) == (
        None,
        None,
        None,
        None,
    )
    assert (found.losses[0].people, found.losses[0].reasons) == (None, ())
    assert (found.losses[1].people, found.losses[1].of) == (None, None)
    assert (found.jobs.claimed.count, found.jobs.verified.count, found.jobs.added.count) == (None, None, None)
    assert not any(stage.exceeds_previous or stage.note for stage in found.stages)


def test_small_reasons_take_the_whole_breakdown_with_them() -> None:
    people(9, {1: SPRING, 2: APRIL})
    people(8, {1: SPRING}, reason="zone")
    people(1, {1: SPRING}, reason="moved")
    loss = public_funnel(SENEN, LATER).losses[0]
    assert (loss.people, loss.of, loss.reasons) == (9, 18, ())


def test_large_numbers_of_a_kecamatan_are_shown_whole() -> None:
    people(9, {1: SPRING, 2: APRIL}, sex="female")
    people(8, {1: SPRING}, reason="zone")
    found = public_funnel(SENEN, LATER)
    assert counts(found)[:3] == [17, 9, 0]
    assert (found.stages[0].women, found.stages[1].women, found.stages[1].of_previous) == (9, 9, 9 / 17)
    assert [(reason.reason, reason.people) for reason in found.losses[0].reasons] == [("zone", 8)]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (date(2018, 12, 31), date(2018, 12, 31)),
        (date(2018, 12, 30), date(2018, 11, 30)),
        (date(2018, 3, 1), date(2018, 2, 28)),
        (date(2026, 11, 20), date(2026, 10, 31)),
        # today ends a month, but is not over
        (date(2026, 11, 30), date(2026, 10, 31)),
        (None, date(2026, 10, 31)),
    ],
)
def test_below_kabupaten_the_public_sees_the_end_of_the_last_month(asked: date | None, shown: date) -> None:
    with time_machine.travel("2026-11-30 05:00:00+00:00", tick=False):
        assert public_funnel(SENEN, asked).as_of == shown


def test_an_officer_sees_her_kecamatan_exactly_on_any_day(ani: Actor, dewi: Actor, gita: Actor) -> None:
    people(3, {1: SPRING})
    for actor in (ani, dewi, gita):
        assert counts(officer_funnel(actor, SENEN, APRIL))[0] == 3


@pytest.mark.parametrize("name", ["ani", "hadi"])
def test_outside_her_grants_a_kecamatan_is_not_found(name: str, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(name)
    with pytest.raises(NotFound):
        officer_funnel(actor, COBLONG, LATER)
    assert officer_funnel(actor, COBLONG[:5], LATER).scope.code == "32.73"


def test_a_grant_for_one_komunitas_shows_that_komunitas_and_no_kecamatan() -> None:
    mawar, melati = komunitas("Mawar"), komunitas("Melati")
    people(3, {1: SPRING}, group=mawar)
    eko = officer("eko", "penggerak", Scope(group_id=mawar.pk), 5)
    assert counts(officer_funnel(eko, day=LATER, group_id=mawar.pk))[0] == 3
    for refused in ({"group_id": melati.pk}, {"scope": SENEN}):
        with pytest.raises(NotFound):
            officer_funnel(eko, day=LATER, **refused)  # type: ignore[arg-type]  # the test names fields only
    both = officer("eko", "penggerak", Scope(group_id=mawar.pk, region=SENEN), 5)
    with pytest.raises(NotFound):
        officer_funnel(both, SENEN, LATER)


def test_a_newer_definition_is_printed_from_its_version() -> None:
    newer = {"from_on": date(2020, 1, 1), "text": "Baru", "text_en": "New"}
    with opened_by(SYSTEM):
        Definition.objects.create(code="p2", version=2, **newer)
    assert (funnel("", LATER).stages[1].definition.version, funnel("").stages[1].definition.version) == (1, 2)


def test_a_definition_of_a_later_day_is_not_told_before_that_day() -> None:
    tomorrow = today_wib() + timedelta(days=1)
    with opened_by(SYSTEM):
        Definition.objects.create(code="p2", version=2, from_on=tomorrow, text="Baru", text_en="New")
    assert meanings()["p2"].version == 1


def test_a_promise_of_the_movement_is_explained_in_its_later_words_from_a_day_of_their_own() -> None:
    code, last = "agreement_promise_of_movement", date(2026, 11, 23)
    assert meanings(last)[code].text == "Janji gerakan; belum dihitung di sini."
    assert meanings(last + timedelta(days=1))[code].text.startswith("Belum dihitung: ini janji gerakan.")


@pytest.mark.parametrize("from_on", [date(2018, 1, 1), date(2017, 12, 31)])
def test_the_database_refuses_a_version_that_begins_no_later_than_another(from_on: date) -> None:
    before = Definition.objects.count()
    with pytest.raises(IntegrityError, match="p2"), transaction.atomic(), opened_by(SYSTEM):
        Definition.objects.create(code="p2", version=2, from_on=from_on, text="Baru", text_en="New")
    assert Definition.objects.count() == before


def test_every_definition_is_told_in_the_readers_language() -> None:
    indonesian = meanings()
    with translation.override("en"):
        english = meanings()
    assert english.keys() == indonesian.keys()
    assert [code for code in english if english[code].text == indonesian[code].text] == []
    assert "certificate" in english["p2"].text


@pytest.mark.parametrize("missing", ["text", "text_en"])
def test_the_database_refuses_a_definition_that_lacks_a_language(missing: str) -> None:
    words = {"text": "Baru", "text_en": "New", missing: ""}
    with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
        Definition.objects.create(code="p2", version=2, from_on=date(2020, 1, 1), **words)
    assert not Definition.objects.filter(code="p2", version=2).exists()


def test_a_kecamatan_lights_up_with_the_commit_that_brings_its_first_member() -> None:
    assert members_by_district() == {}
    people(2, {1: SPRING})
    people(1, {1: SPRING}, region=COBLONG)
    assert members_by_district() == {SENEN: 2, COBLONG: 1}


def test_the_funnel_costs_the_same_queries_for_three_people_and_for_thirty(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    for how_many in (3, 27):
        people(how_many, {1: SPRING, 2: APRIL}, reason="zone")
        with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture is a function
            funnel("31.71", LATER)
