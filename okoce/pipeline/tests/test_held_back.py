"""The list of people behind a loss is the loss, person by person, oldest first, page by page."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from okoce.community.groups.models import Group
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.pipeline import tallies
from okoce.pipeline.models import StageRecord
from okoce.pipeline.queries import held_back as module
from okoce.pipeline.queries.held_back import HeldBack, Loss, held_back
from okoce.pipeline.tests.history import History
from okoce.pipeline.tests.oracle import Records, count_by_hand
from tests.cast import COBLONG, SENEN, officer

DAYS = (date(2019, 1, 31), date(2020, 3, 1), date(2030, 1, 1))


@pytest.fixture
def history(db: None) -> Iterator[History]:
    with transaction.atomic(), opened_by(Actor.system("test")):
        history = History(11)
        for _step in range(12):
            history.register_many()
        for _step in range(120):
            history.step()
        yield history


def whole_list(actor: Actor, loss: Loss, page: int = 3) -> list[HeldBack]:
    found: list[HeldBack] = []
    while True:
        after = (found[-1].since, found[-1].member_id) if found else None
        people = held_back(actor, loss, after=after, limit=page)
        found += people
        if len(people) < page:
            return found


@pytest.mark.parametrize("looked_at", [(), (0.4, 1, 3)], ids=["at once", "window by window"])
def test_the_list_is_the_loss_with_its_reasons(
    history: History, citra: Actor, looked_at: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", looked_at)
    tallies.fold_all()
    records = Records.read()
    for node in history.nodes:
        for day in DAYS:
            tally = count_by_hand(records, node, day)
            for stage in (2, 3, 4):
                people = whole_list(citra, Loss(node, stage, day))
                assert len(people) == len({one.member_id for one in people}) == tally.lost_before(stage)
                assert people == sorted(people, key=lambda one: (one.since, one.member_id))
                known: dict[str, int] = {}
                for one in people:
                    known[one.reason] = known.get(one.reason, 0) + 1
                unknown = known.pop("", 0)
                assert known == tally.reasons[stage]
                assert len(whole_list(citra, Loss(node, stage, day, "unknown"))) == unknown
                for reason, number in known.items():
                    narrowed = whole_list(citra, Loss(node, stage, day, reason))
                    assert narrowed == [one for one in people if one.reason == reason]
                    assert len(narrowed) == number


def test_people_wait_since_they_completed_the_stage_before_wherever_they_lived_then(
    history: History, citra: Actor
) -> None:
    completed = dict(StageRecord.objects.filter(stage=1).values_list("member_id", "completed_on"))
    people = whole_list(citra, Loss("", 2, DAYS[-1]))
    assert people
    assert all(one.since == completed[one.member_id] for one in people)


def test_an_officer_reads_only_the_people_of_her_grants(history: History, citra: Actor, hadi: Actor) -> None:
    loss = Loss("", 2, DAYS[-1])
    everybody = whole_list(citra, loss)
    regions = dict(Member.objects.values_list("pk", "region"))
    for reach in (SENEN, "31", "32.73"):
        reader = officer("ani", "petugas_kecamatan", Scope(region=reach), 1)
        expected = [one for one in everybody if regions[one.member_id].startswith(reach)]
        assert whole_list(reader, loss) == expected
        own = Loss(reach, 2, DAYS[-1])
        of_place = whole_list(citra, own)
        assert whole_list(reader, own) == [
            one for one in of_place if regions[one.member_id].startswith(reach)
        ]
    assert whole_list(hadi, loss) == []


def test_a_penggerak_reads_only_her_komunitas(history: History, citra: Actor) -> None:
    group = Group.objects.get(pk=history.groups[0])
    inside = list(Member.objects.order_by("pk").values_list("pk", flat=True))[:9]
    Member.objects.filter(pk__in=inside).update(group_id=group.pk)
    eko = officer("eko", "penggerak", Scope(group_id=group.pk), 5)
    for node in (COBLONG, "", tallies.group_node(group.pk)):
        expected = [one for one in whole_list(citra, Loss(node, 2, DAYS[-1])) if one.member_id in inside]
        assert whole_list(eko, Loss(node, 2, DAYS[-1])) == expected
