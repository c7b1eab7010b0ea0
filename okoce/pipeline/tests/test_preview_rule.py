"""Before a rule is saved it is told whom it touches; the counts are those that the interpreter finds person by person."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.shared.days import latest_today
from okoce.pipeline import tallies
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries import rule_effects
from okoce.pipeline.queries.journeys import journey_of, next_step
from okoce.pipeline.queries.rule_effects import Effects, effects_of
from okoce.pipeline.queries.rules import planned_end, planned_version
from okoce.pipeline.recount import recount
from okoce.pipeline.requirements import completed_on_by, missing_for
from okoce.pipeline.rule_plans import NewRule
from okoce.pipeline.rules import Rule, forget_rules
from okoce.pipeline.tests.factories import completed, days_of, proof, registered, walked_to
from okoce.pipeline.tests.rulings import BINDING, added, as_if_always, tomorrow, version, without
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN, SYSTEM, account_of, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    forget_rules()
    yield
    forget_rules()


def effects(actor: Actor, new: NewRule) -> Effects:
    _clean, plan, _rules = planned_version(actor, new)
    return effects_of(actor, plan)


def some_people() -> list[Member]:
    """In Jakarta: one at each of P1 to P4, one who went ahead, one with something handed in; one elsewhere."""
    people = [walked_to(stage) for stage in (1, 2, 3, 4)]
    ahead, claimed = registered(), walked_to(2)
    completed(ahead, p6=date(2021, 2, 1))
    give_evidence(officer("gita", "petugas_ptsp", Scope(region="31"), 7), claimed, proof(3, date(2021, 3, 1)))
    registered(region=COBLONG)
    return [*people, ahead, claimed]


def test_stages_are_counted_as_each_journey_shows_them_now(citra: Actor) -> None:
    people = some_people()
    found = effects(citra, version())
    shown = Counter(step.stage.value if (step := next_step(journey_of(citra, one))) else 0 for one in people)
    assert found.before == dict(shown)
    assert (found.people, found.looked_at, found.is_sample) == (len(people), len(people), False)


def test_stages_are_counted_as_each_journey_will_show_them_then(citra: Actor) -> None:
    people = some_people()
    found = effects(citra, without(3, 5))
    # the same journeys under the rule as if it held today
    as_if_always("jaringan", offered=[1, 2, 4, 6, 7], is_sequential=True)
    shown = Counter(step.stage.value if (step := next_step(journey_of(citra, one))) else 0 for one in people)
    assert found.after == dict(shown)
    # of two before P3 one moves: where something was handed in it stays the next
    assert (found.moved, found.moves) == (2, [(3, 4, 1), (5, 6, 1)])


def test_what_is_missing_changes_for_whom_the_order_binds_or_a_stage_comes_or_goes(citra: Actor) -> None:
    people = some_people()
    shown_before = {one.pk: _missing(citra, one) for one in people}
    found = effects(citra, without(5))
    as_if_always("jaringan", offered=[1, 2, 3, 4, 6, 7], is_sequential=True)
    differing = [one for one in people if _missing(citra, one) != shown_before[one.pk]]
    assert found.touched == len(differing)
    assert found.changed[5] == len(people)


def _missing(actor: Actor, member: Member) -> list[object]:
    return [(step.state, step.missing) for step in journey_of(actor, member) if not step.is_completed]


def test_a_rule_that_only_takes_another_name_touches_nobody(citra: Actor) -> None:
    some_people()
    found = effects(citra, version(is_sequential=False, name="jaringan OK OCE"))
    assert (found.touched, found.moved, found.officers, found.examples) == (0, 0, [], [])
    assert found.before == found.after


def test_another_kind_of_permit_touches_those_who_still_need_one(citra: Actor) -> None:
    some_people()
    found = effects(citra, version(is_sequential=False, licences=("NIB",)))
    assert found.changed == {4: 5}  # all but the one who has hers
    assert found.moved == 0


def test_people_of_places_with_rules_of_their_own_are_not_touched(citra: Actor) -> None:
    registered()
    registered(region=KEBAYORAN_BARU)
    added(citra, region="31.74", name="Selatan", programme="", is_sequential=False)
    found = effects(citra, version())
    assert found.people == 1


def test_who_left_was_erased_or_merged_is_not_counted(citra: Actor) -> None:
    member, other = registered(), registered()
    Member.objects.filter(pk=member.pk).update(left_on=date(2024, 1, 1))
    assert effects(citra, version()).people == 1
    Member.objects.filter(pk=member.pk).update(left_on=None, merged_into=other)
    assert effects(citra, version()).people == 1


def test_examples_show_ten_in_the_readers_sight_and_nobody_who_restricted_her_data(citra: Actor) -> None:
    hidden = registered(name="Tersembunyi")
    Member.objects.filter(pk=hidden.pk).update(is_restricted=True)
    for _number in range(12):
        registered()
    found = effects(citra, version())
    assert found.people == 13
    assert len(found.examples) == 10
    assert hidden.pk not in {one.member.pk for one in found.examples}
    near = officer("eka", "sekretariat", Scope(region=SENEN), 9)
    for example in effects(near, version(region=SENEN)).examples:
        assert example.member.region == SENEN


def test_many_people_are_reckoned_from_a_sample_that_says_so(
    citra: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_effects, "WHOLE", 20)
    monkeypatch.setattr(rule_effects, "SAMPLED", 10)
    for _number in range(40):
        registered()
    found = effects(citra, without(2))
    assert found.is_sample
    assert (found.people, found.step, found.looked_at) == (40, 4, 10)
    assert found.before == {2: 40}
    assert found.after == {3: 40}
    assert found.moved == 40


def test_officers_are_counted_by_what_they_check_of_what_changes(citra: Actor) -> None:
    registered()
    for name, role, region in (
        ("ani", "petugas_kecamatan", SENEN),
        ("dina", "petugas_kecamatan", SENEN),
        ("budi", "petugas_kecamatan", COBLONG),
        ("gita", "petugas_ptsp", "31"),
    ):
        account_of(officer(name, role, Scope(region=region), 0))
    ended = account_of(officer("lama", "petugas_ptsp", Scope(region="31"), 0))
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=ended).update(until_on=date(2020, 1, 1))
    found = {one.role: (one.people, one.stages) for one in effects(citra, without(3)).officers}
    assert found["petugas_kecamatan"] == (2, (3, 4, 5))
    assert found["petugas_ptsp"] == (1, (4,))


def test_evidence_that_waits_for_a_stage_no_longer_offered_is_told(citra: Actor) -> None:
    some_people()
    assert effects(citra, without(3)).waiting == {3: 1}
    assert effects(citra, without(5)).waiting == {}
    assert Evidence.objects.filter(state="claimed").count() == 1


def test_an_end_tells_whom_it_touches_too(citra: Actor) -> None:
    row = added(citra, **{name: getattr(without(2), name) for name in ("offered", "binding")})
    registered()
    registered(region=COBLONG)
    plan, _rules = planned_end(citra, row.code, None)
    found = effects_of(citra, plan)
    assert (found.people, found.before, found.after) == (1, {3: 1}, {2: 1})


def test_a_new_rule_judges_no_day_before_itself(citra: Actor) -> None:
    """Two visits under three; then any evidence is enough; the past stays as it was, and so do all counts."""
    member = walked_to(2, region=COBLONG)
    for month in (4, 5):
        give_evidence(citra, member, proof(3, date(2018, month, 1), kind="visit"))
    days = [date(2018, 6, 1), latest_today()]
    before = tallies.counts_at({("32", day) for day in days})
    free = tuple(code for code in BINDING if code != "mentoring.visits")
    change = latest_today() - timedelta(days=30)
    changed = added(citra, region="32", programme="", name="Uji", is_sequential=False, binding=free)
    as_if_always(changed.code, from_on=change)  # as if it had been added a month and a day ago
    assert days_of(member).keys() == {1, 2}
    assert tallies.counts_at({("32", day) for day in days}) == before
    shown = {step.stage.value: step.missing for step in journey_of(citra, member)}
    assert shown[3] == ("Satu bukti apa pun dari tahap ini, yang diperiksa petugas.",)
    late = change + timedelta(days=3)
    give_evidence(citra, member, proof(3, late, kind="visit"))
    # three visits now, but the first evidence under the free rule is what completes it, on its own day
    assert days_of(member)[3] == late
    other = walked_to(2, region=COBLONG)
    give_evidence(citra, other, proof(3, date(2018, 4, 1), kind="visit"))
    give_evidence(citra, other, proof(3, late))
    assert days_of(other)[3] == late
    assert list(recount()) == []


def test_a_stage_that_nothing_binds_is_met_by_evidence_of_days_on_which_nothing_did() -> None:
    from okoce.pipeline.tests.test_requirements import Shown

    told = {
        "code": "x",
        "name": "X",
        "region": "",
        "from_on": None,
        "until_on": None,
        "licences": frozenset(),
    }
    strict = Rule(**told, is_sequential=False, offered=frozenset(range(1, 8)), binding=frozenset(BINDING))
    free = Rule(**told, is_sequential=False, offered=frozenset(range(1, 8)), binding=frozenset(BINDING[:1]))

    def rule_on(day: date) -> Rule:
        return strict if day < date(2027, 1, 1) else free

    early, late = Shown(3, date(2026, 5, 1)), Shown(3, date(2027, 2, 1))
    assert completed_on_by([early], 3, rule_on, free) is None
    assert completed_on_by([early, late], 3, rule_on, free) == date(2027, 2, 1)
    assert len(missing_for([early], 3, rule_on, free)) == 1
    assert missing_for([late], 3, rule_on, free) == []


def test_nothing_derived_waits_for_a_rule(citra: Actor) -> None:
    walked_to(4)
    row = added(citra)
    as_if_always(row.code, from_on=latest_today())
    assert tomorrow() > latest_today()
    assert list(recount()) == []
