"""The secretariat adds a version of the rule for a territory from a day on; what has been in force is never changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.actions.rules import PeopleMoved, RulesMoved, Seen, add_rule, end_rule, withdraw_rule
from okoce.pipeline.models import ProgrammeRule, StageTerm
from okoce.pipeline.rules import forget_rules, rule_on
from okoce.pipeline.tests.factories import registered
from okoce.pipeline.tests.rulings import (
    BINDING,
    added,
    rule_codes,
    seen_end,
    seen_of,
    tomorrow,
    version,
    without,
)
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.kept import unkept

pytestmark = pytest.mark.django_db
NOBODY_SEEN = Seen("", "")


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    forget_rules()
    yield
    forget_rules()


def code_on(region: str, day: date) -> str:
    forget_rules()
    return rule_on(region, day).code


def refused(actor: Actor, new) -> DomainError:
    """Why it is refused; nothing has changed then."""
    before, told = rule_codes(), Event.objects.filter(kind__startswith="pipeline.rule_").count()
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        add_rule(actor, new, seen_of(actor, new))
    assert rule_codes() == before
    assert Event.objects.filter(kind__startswith="pipeline.rule_").count() == told
    return refusal.value


def test_a_version_holds_in_its_territory_from_its_day_on_and_nowhere_else(citra: Actor) -> None:
    row = added(citra)
    assert code_on(SENEN, latest_today()) == "jaringan"
    assert code_on(SENEN, tomorrow()) == row.code
    assert code_on(COBLONG, tomorrow()) == "jaringan"
    assert code_on(SENEN, date(2019, 6, 1)) == "7pas-2018"


def test_author_and_reason_stand_in_the_trail(citra: Actor) -> None:
    row = added(citra, reason="Pergub baru")
    event = Event.objects.get(kind="pipeline.rule_added")
    assert (event.author, event.payload["reason"], event.payload["code"]) == (
        citra.label,
        "Pergub baru",
        row.code,
    )


def test_a_version_ends_the_one_before_it_in_the_same_territory(citra: Actor) -> None:
    first = added(citra)
    second = added(citra, from_on=tomorrow(30), name="7 PAS revisi", base=first.code)
    first.refresh_from_db()
    assert first.until_on == tomorrow(30)
    assert second.ends_id == first.pk
    assert [code_on(SENEN, tomorrow(day)) for day in (29, 30)] == [first.code, second.code]


def test_a_version_for_the_nation_follows_on_the_one_that_holds(citra: Actor) -> None:
    row = added(citra, region="", programme="jaringan", name="jaringan OK OCE", is_sequential=False)
    assert code_on(COBLONG, latest_today()) == "jaringan"
    assert code_on(COBLONG, tomorrow()) == row.code
    assert code_on("", tomorrow(4000)) == row.code


def test_the_days_by_which_stages_are_expected_go_along(citra: Actor) -> None:
    with unkept("pipeline_stageterm"):
        StageTerm.objects.filter(rule_code="jaringan", stage=2).update(days=33)
    row = added(citra)
    assert StageTerm.objects.get(rule_code=row.code, stage=2).days == 33
    assert StageTerm.objects.filter(rule_code=row.code).count() == 7


@pytest.mark.parametrize(
    ("changed", "field", "word"),
    [
        ({"from_on": latest_today()}, "from_on", "Yang sudah berlaku"),
        ({"from_on": date(2018, 1, 1)}, "from_on", "Yang sudah berlaku"),
        ({"from_on": date(2999, 1, 1)}, "from_on", "terlalu jauh"),
        ({"until_on": tomorrow()}, "until_on", "sebelum mulai"),
        ({"offered": (2, 3), "binding": BINDING}, "offered", "P1 selalu"),
        ({"offered": (1, 9)}, "offered", "P1 selalu"),
        ({"offered": (1, 2, 4, 5, 6, 7)}, "binding", "P3 tidak ditawarkan"),
        ({"binding": BINDING[1:]}, "binding", "tidak dikenal"),
        ({"binding": (*BINDING, "magic")}, "binding", "tidak dikenal"),
        ({"licences": ()}, "licences", "tidak ada jenis izin"),
        ({"licences": ("SIM",)}, "licences", "tidak dikenal"),
        ({"name": "  "}, "name", "kosong"),
        ({"source": ""}, "source", "kosong"),
        ({"reason": ""}, "reason", "alasan"),
        ({"name": "x" * 81}, "name", "Terlalu panjang"),
        ({"programme": "entah"}, "programme", "tidak dikenal"),
        ({"region": "31.71.04.1001"}, "region", "sampai tingkat kecamatan"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    citra: Actor, changed: dict, field: str, word: str
) -> None:
    refusal = refused(citra, version(**changed))
    assert isinstance(refusal, Invalid)
    assert field in [wrong.field for wrong in refusal.errors]
    assert word in refusal.sentence


def test_a_place_that_does_not_exist_has_no_rule(citra: Actor) -> None:
    for region in ("99", "abc", "31.99"):
        assert isinstance(refused(citra, version(region=region)), NotFound)


def test_a_version_over_one_that_is_to_come_is_refused_and_the_clash_is_named(citra: Actor) -> None:
    added(citra, from_on=tomorrow(10), name="7 PAS nanti")
    for changed in ({}, {"from_on": tomorrow(10)}, {"until_on": tomorrow(11)}):
        refusal = refused(citra, version(**changed))
        assert isinstance(refusal, Conflict)
        assert "7 PAS nanti" in refusal.sentence
        assert "DKI Jakarta" in refusal.sentence
    added(citra, until_on=tomorrow(10))


def test_a_nation_without_a_rule_on_some_day_is_refused(citra: Actor) -> None:
    refusal = refused(citra, version(region="", name="Uji coba", until_on=tomorrow(30)))
    assert isinstance(refusal, Refused)
    assert "tidak ada aturan yang berlaku" in refusal.sentence


def test_a_version_that_changes_nothing_is_refused(citra: Actor) -> None:
    row = added(citra)
    assert "Sama persis" in refused(citra, version(from_on=tomorrow(5), base=row.code)).sentence


def test_the_same_version_twice_is_one(citra: Actor) -> None:
    new = version()
    seen = seen_of(citra, new)
    assert add_rule(citra, new, seen).pk == add_rule(citra, new, seen).pk
    assert Event.objects.filter(kind="pipeline.rule_added").count() == 1


def test_a_preview_older_than_somebody_elses_rule_says_so(citra: Actor) -> None:
    new = version(region="32")
    seen = seen_of(citra, new)
    added(citra)
    before = rule_codes()
    with pytest.raises(RulesMoved), transaction.atomic():
        add_rule(citra, new, replace(seen, is_any_number=True))
    assert rule_codes() == before


def test_a_preview_older_than_the_people_says_so_once(citra: Actor) -> None:
    new = version()
    seen = seen_of(citra, new)
    registered()
    with pytest.raises(PeopleMoved), transaction.atomic():
        add_rule(citra, new, seen)
    assert code_on(SENEN, tomorrow()) == "jaringan"
    assert add_rule(citra, new, replace(seen, is_any_number=True)).region == "31"


def test_somebody_who_registers_elsewhere_makes_no_preview_old(citra: Actor) -> None:
    new = version()
    seen = seen_of(citra, new)
    registered(region=COBLONG)
    add_rule(citra, new, seen)


def test_nothing_is_saved_that_was_not_previewed(citra: Actor) -> None:
    with pytest.raises(RulesMoved), transaction.atomic():
        add_rule(citra, version(), NOBODY_SEEN)
    assert rule_codes() == ["7pas-2018", "jaringan"]


def test_a_desk_for_one_province_decides_there_alone(citra: Actor) -> None:
    jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
    added(jakarta, region="31.71")
    for region in ("", "32"):
        with pytest.raises(NotFound):
            add_rule(
                jakarta,
                version(region=region, name="lain"),
                seen_of(citra, version(region=region, name="lain")),
            )
    west = added(citra, region="32")
    with pytest.raises(NotFound):
        withdraw_rule(jakarta, west.code, "mau", seen_end(citra, west.code, None))
    assert code_on(COBLONG, tomorrow()) == west.code


def test_nobody_else_decides(ani: Actor, dewi: Actor, citra: Actor) -> None:
    row = added(citra)
    seen = seen_end(citra, row.code, None)
    for actor in (ani, dewi):
        with pytest.raises(NotAllowed):
            add_rule(actor, version(region="32"), seen)
        with pytest.raises(NotAllowed):
            end_rule(actor, row.code, tomorrow(5), "mau", seen)
        with pytest.raises(NotAllowed):
            withdraw_rule(actor, row.code, "mau", seen)
    assert rule_codes() == sorted(["7pas-2018", "jaringan", row.code])
    row.refresh_from_db()
    assert row.until_on is None


def test_a_version_that_is_ended_leaves_its_place_to_the_wider_territory(citra: Actor) -> None:
    row = added(citra)
    last = tomorrow(20)
    end_rule(citra, row.code, last, "Uji coba selesai", seen_end(citra, row.code, last))
    assert [code_on(SENEN, last + timedelta(days=days)) for days in (-1, 0)] == [row.code, "jaringan"]
    assert Event.objects.get(kind="pipeline.rule_ended").payload["reason"] == "Uji coba selesai"


@pytest.mark.parametrize("on", [date(2019, 1, 1), latest_today()])
def test_what_has_been_in_force_is_not_ended_before_today(citra: Actor, on: date) -> None:
    row = added(citra)
    with pytest.raises(Invalid):
        end_rule(citra, row.code, on, "salah", seen_of(citra, version(region="32")))
    row.refresh_from_db()
    assert row.until_on is None


def test_what_is_over_is_not_ended_again_and_the_nations_rule_not_at_all(citra: Actor) -> None:
    seen = seen_of(citra, version())
    for code in ("7pas-2018", "jaringan"):
        with pytest.raises(Refused):
            end_rule(citra, code, tomorrow(9), "mau", seen)
    assert code_on(COBLONG, tomorrow(9)) == "jaringan"


def test_a_version_is_taken_back_before_its_day_and_the_one_before_goes_on(citra: Actor) -> None:
    first = added(citra, until_on=tomorrow(100))
    second = added(citra, from_on=tomorrow(30), name="7 PAS revisi")
    withdraw_rule(citra, second.code, "Ditunda", seen_end(citra, second.code, None))
    first.refresh_from_db()
    assert first.until_on == tomorrow(100)
    assert code_on(SENEN, tomorrow(50)) == first.code
    assert ProgrammeRule.objects.filter(code=second.code).exists()
    assert Event.objects.get(kind="pipeline.rule_withdrawn").payload["reason"] == "Ditunda"
    added(citra, from_on=tomorrow(30), name="7 PAS revisi")


def test_what_holds_already_is_not_taken_back(citra: Actor) -> None:
    for code in ("7pas-2018", "jaringan"):
        with pytest.raises(Refused):
            withdraw_rule(citra, code, "mau", seen_of(citra, version()))


def test_the_database_itself_keeps_what_has_been_in_force(citra: Actor) -> None:
    ways = (
        "UPDATE pipeline_programmerule SET is_sequential = NOT is_sequential WHERE code = 'jaringan'",
        "UPDATE pipeline_programmerule SET until_on = '2019-01-01' WHERE code = '7pas-2018'",
        "UPDATE pipeline_programmerule SET until_on = current_date WHERE code = 'jaringan'",
        "DELETE FROM pipeline_programmerule WHERE code = '7pas-2018'",
    )
    for way in ways:
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            opened_by(SYSTEM),
            connection.cursor() as cursor,
        ):
            cursor.execute(way)
    with pytest.raises(DatabaseError, match="author"), transaction.atomic():
        ProgrammeRule.objects.filter(code="jaringan").update(until_on=tomorrow(9))
    assert code_on(COBLONG, date(2018, 1, 1)) == "jaringan"


def test_stages_that_are_not_offered_ask_for_nothing(citra: Actor) -> None:
    new = without(3, 5)
    row = add_rule(citra, new, seen_of(citra, new))
    assert row.offered == [1, 2, 4, 6, 7]
    assert "mentoring.visits" not in row.binding


def test_what_others_have_followed_on_is_taken_back_after_them(citra: Actor) -> None:
    first = added(citra)
    second = added(citra, from_on=tomorrow(30), name="7 PAS revisi")
    third = added(citra, from_on=tomorrow(60), name="7 PAS revisi kedua")
    with pytest.raises(Conflict) as refusal, transaction.atomic():
        withdraw_rule(citra, second.code, "Ditunda", seen_end(citra, second.code, None))
    assert "7 PAS revisi kedua" in refusal.value.sentence
    assert [code_on(SENEN, tomorrow(day)) for day in (0, 30, 60)] == [first.code, second.code, third.code]
    for row in (third, second):
        withdraw_rule(citra, row.code, "Ditunda", seen_end(citra, row.code, None))
    assert code_on(SENEN, tomorrow(60)) == first.code


def test_what_comes_after_a_pause_is_taken_back_first_too(citra: Actor) -> None:
    first = added(citra)
    second = added(citra, from_on=tomorrow(30), until_on=tomorrow(40), name="Uji coba")
    third = added(citra, from_on=tomorrow(60), name="7 PAS lagi")
    with pytest.raises(Conflict), transaction.atomic():
        withdraw_rule(citra, second.code, "Ditunda", seen_end(citra, second.code, None))
    second.refresh_from_db()
    assert second.until_on == tomorrow(40)
    assert [code_on(SENEN, tomorrow(day)) for day in (29, 50, 60)] == [first.code, "jaringan", third.code]
