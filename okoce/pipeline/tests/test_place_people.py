"""Where people stand today: after whatever happened the same as the standings say, and the sums with it."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection, transaction

from okoce.community.members.models import Business, Member
from okoce.community.members.states import EntryState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline import positions
from okoce.pipeline.models import StageRecord, Standing
from okoce.pipeline.position_models import Position, Unplaced
from okoce.pipeline.states import Stage, StandstillReason
from okoce.pipeline.tests.factories import completed, registered, walked_to
from okoce.pipeline.tests.history import History
from tests.cast import SENEN, own_number
from tests.together import together

SPRING = date(2018, 3, 1)


def people(how_many: int, days: dict[int, date]) -> list[Member]:
    """People alike, written by one statement a table."""
    with transaction.atomic(), opened_by(Actor.system("test")):
        members = Member.objects.bulk_create(
            Member(**own_number(), name="Siti", name_key="siti", region=SENEN, registered_on=SPRING)
            for _ in range(how_many)
        )
        StageRecord.objects.bulk_create(
            StageRecord(member=member, stage=stage, state="completed", completed_on=day)
            for member in members
            for stage, day in days.items()
        )
    return members


def due() -> dict[int, tuple[object, ...]]:
    """What the standings and the members' own rows say of everybody, worked out one by one."""
    entries = dict(Business.objects.values_list("pk", "entry_state"))
    told: dict[int, tuple[object, ...]] = {}
    for member in Member.objects.filter(merged_into__isnull=True):
        rows = list(Standing.objects.filter(member_id=member.pk, until_on__isnull=True).order_by("stage"))
        reached = [row for row in rows if not row.reason]
        if not reached:
            continue
        last = reached[-1]
        reasons = sorted((row.stage != last.stage + 1, row.stage, row.reason) for row in rows if row.reason)
        reason, entry = reasons[0][2] if reasons else "", entries.get(member.pk, "none")
        cell = positions.cell(last.stage, entry, reason)
        told[member.pk] = (
            member.region,
            member.group_id,
            last.stage,
            last.since_on,
            reason,
            entry,
            cell,
            member.name_key,
        )
    return told


def stored() -> dict[int, tuple[object, ...]]:
    fields = ("region", "group_id", "stage", "since_on", "reason", "entry_state", "cell", "name_key")
    return {row[0]: row[1:] for row in Position.objects.values_list("member_id", *fields)}


def summed() -> dict[tuple[str, int, date], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT node, stage, since_on, sum(people) FROM ("
            " SELECT node, stage, since_on, people FROM pipeline_positionsum"
            " UNION ALL SELECT node, stage, since_on, people FROM pipeline_positiondelta"
            " CROSS JOIN LATERAL (VALUES (''), (province)) AS place (node)"
            ") AS part GROUP BY 1, 2, 3 HAVING sum(people) <> 0"
        )
        return {(node, stage, since): int(number) for node, stage, since, number in cursor.fetchall()}


def counted() -> dict[tuple[str, int, date], int]:
    rows = Position.objects.values_list("province", "stage", "since_on")
    return dict(Counter(key for province, *rest in rows for key in ((province, *rest), ("", *rest))))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_stand_where_the_standings_say_after_any_history(seed: int) -> None:
    with transaction.atomic(), opened_by(Actor.system("test")):
        history = History(seed)
        for step in range(60):
            history.step()
            if step % 7 == 0:
                positions.fold()
            positions.place_all()
            assert stored() == due(), history.log
            assert summed() == counted(), history.log


@pytest.mark.django_db
def test_a_mass_deed_notes_whom_it_touched_and_the_worker_places_them() -> None:
    people(positions.FEW + 1, {1: SPRING})
    assert stored() == {}
    assert Unplaced.objects.exists()
    assert positions.place_all() == positions.FEW + 1
    assert not Unplaced.objects.exists()
    assert stored() == due()
    assert len(stored()) == positions.FEW + 1
    assert summed() == counted()


@pytest.mark.django_db
def test_whoever_places_within_a_transaction_waits_for_locks_as_before() -> None:
    people(positions.FEW + 1, {1: SPRING})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '7s'")
        positions.place_all()
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "7s"


@pytest.mark.django_db
def test_a_corrected_name_a_group_and_a_business_are_placed_at_once() -> None:
    member = registered(name="Siti")
    Member.objects.filter(pk=member.pk).update(name_key="sitti", group_id=7)
    Business.objects.filter(pk=member.pk).update(entry_state="licensed")
    assert stored() == due()
    assert stored()[member.pk][5] == "licensed"


@pytest.mark.django_db
def test_cells_are_told_alike_in_both_languages() -> None:
    choices = [
        (stage, entry, reason)
        for stage in Stage.values
        for entry in EntryState.values
        for reason in ("", *StandstillReason.values)
    ]
    with connection.cursor() as cursor:
        for choice in choices:
            cursor.execute("SELECT pipeline_cell(%s::smallint, %s, %s)", choice)
            assert cursor.fetchone()[0] == positions.cell(*choice), choice
    assert len({positions.cell(*choice) for choice in choices}) == len(choices)


@pytest.mark.django_db(transaction=True)
def test_placing_a_mass_deed_and_a_deed_about_one_of_them_leave_what_is_true() -> None:
    crowd = people(positions.FEW + 10, {1: SPRING})

    def deed(place: int) -> None:
        if place:
            walked_on(crowd[0])
        else:
            positions.place_all()

    together(2, deed)
    positions.place_all()
    assert stored() == due()


def walked_on(member: Member) -> None:
    completed(member, p2=date(2018, 4, 1))


@pytest.mark.django_db
def test_somebody_who_walks_on_is_found_at_her_new_place() -> None:
    member = walked_to(3)
    assert stored()[member.pk][2] == Stage.P3_MENTORING
