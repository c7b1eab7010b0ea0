"""Targets are written down as their sources say them, and taken back with a reason; nothing is derived or deleted."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound
from okoce.pipeline.actions.targets import NewTarget, set_target, withdraw_target
from okoce.pipeline.queries.targets import standing_target, targets_among
from okoce.pipeline.states import EACH_GROUP
from okoce.pipeline.target_models import Target

pytestmark = pytest.mark.django_db
JAKARTA = NewTarget(
    metric="p4_licensed",
    node="31",
    from_on=date(2026, 1, 1),
    until_on=date(2027, 12, 31),
    value=40_000,
    source="Keputusan sekretariat 1/2026",
)


def refused_fields(actor: Actor, new: NewTarget) -> list[str]:
    before = Target.objects.count()
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        set_target(actor, new)
    assert Target.objects.count() == before
    return [wrong.field for wrong in refusal.value.errors]


def test_the_published_targets_stand_there_as_printed_contradictions_included() -> None:
    published = {(one.metric, one.node, one.value, one.source) for one in targets_among(None)}
    assert ("members", "", 2_000_000, "Bisnis.com 2020-09-03") in published
    assert ("entrepreneurs", "", 5_000_000, "Republika 2018-09-10") in published
    assert ("entrepreneurs_per_community", EACH_GROUP, 200, "Swakarya 2020-09-06") in published
    assert len(published) == 7


def test_the_secretariat_sets_a_target_and_the_trail_tells_it(citra: Actor) -> None:
    target = set_target(citra, JAKARTA)
    assert standing_target(target.pk).value == 40_000
    assert Event.objects.get(kind="pipeline.target_set").payload["source"] == "Keputusan sekretariat 1/2026"


def test_the_same_target_of_the_same_source_is_refused_twice_another_source_stands_beside_it(
    citra: Actor,
) -> None:
    set_target(citra, JAKARTA)
    with pytest.raises(Conflict), transaction.atomic():
        set_target(citra, JAKARTA)
    set_target(citra, replace(JAKARTA, value=50_000, source="Kompas 2026-02-01"))
    assert Target.objects.filter(metric="p4_licensed", node="31", until_on=JAKARTA.until_on).count() == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until_on": date(2025, 12, 31)}, "until_on"),
        ({"until_on": JAKARTA.from_on}, "until_on"),
        ({"value": 0}, "value"),
        ({"value": 2_000_000_000}, "value"),
        ({"source": "  "}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"metric": "happiness"}, "metric"),
        ({"metric": "communities", "node": "K:12"}, "node"),
        ({"metric": "entrepreneurs_per_community"}, "node"),
        ({"node": EACH_GROUP}, "node"),
    ],
)
def test_what_cannot_be_a_target_is_refused_beside_its_field(citra: Actor, changed: dict, field: str) -> None:
    assert refused_fields(citra, replace(JAKARTA, **changed)) == [field]


def test_all_that_is_wrong_is_said_at_once(citra: Actor) -> None:
    assert refused_fields(citra, replace(JAKARTA, value=-1, source="", until_on=date(2020, 1, 1))) == [
        "until_on", "value", "source",
    ]  # fmt: skip


def test_a_place_that_does_not_exist_has_no_targets(citra: Actor) -> None:
    before = Target.objects.count()
    for node in ("abc", "99", "31.99", "K:987654"):
        with pytest.raises(NotFound):
            set_target(citra, replace(JAKARTA, node=node))
    assert Target.objects.count() == before


def test_a_desk_for_one_province_sets_and_withdraws_targets_there_alone(citra: Actor) -> None:
    jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
    here, there = active_group("Mawar", "31.71.04"), active_group("Melati", "32.73.02")
    for node in ("31", "31.71", f"K:{here.pk}"):
        set_target(jakarta, replace(JAKARTA, node=node))
    national = set_target(citra, replace(JAKARTA, node=""))
    for node in ("", "32", f"K:{there.pk}"):
        with pytest.raises(NotFound):
            set_target(jakarta, replace(JAKARTA, node=node, source="lain"))
    with pytest.raises(NotFound):
        withdraw_target(jakarta, national.pk, "mau")
    assert Target.objects.get(pk=national.pk).withdrawn_on is None
    assert not Target.objects.filter(source="lain").exists()


def test_nobody_else_sets_or_withdraws(ani: Actor, dewi: Actor) -> None:
    before = Target.objects.count()
    for actor in (ani, dewi):
        with pytest.raises(NotAllowed):
            set_target(actor, JAKARTA)
        with pytest.raises(NotAllowed):
            withdraw_target(actor, targets_among(None)[0].pk, "mau")
    assert Target.objects.filter(withdrawn_on__isnull=True).count() == before


def test_a_withdrawn_target_keeps_its_words_and_its_reason(citra: Actor) -> None:
    target = set_target(citra, JAKARTA)
    withdraw_target(citra, target.pk, "Diganti keputusan 2/2026")
    withdraw_target(citra, target.pk, "lagi")
    stored = Target.objects.get(pk=target.pk)
    assert (stored.value, stored.withdrawal_reason) == (40_000, "Diganti keputusan 2/2026")
    assert Event.objects.filter(kind="pipeline.target_withdrawn").count() == 1
    assert target.pk not in {one.pk for one in targets_among(None)}


def test_withdrawing_without_a_reason_changes_nothing(citra: Actor) -> None:
    target = set_target(citra, JAKARTA)
    with pytest.raises(Invalid):
        withdraw_target(citra, target.pk, "  ")
    assert Target.objects.get(pk=target.pk).withdrawn_on is None
