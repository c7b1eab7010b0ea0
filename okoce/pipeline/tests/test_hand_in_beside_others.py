"""One occasion's evidence sent at the same moment, or carried out by two workers: everybody is handed in for once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.alone import BusyElsewhere
from okoce.foundation.shared.errors import Conflict
from okoce.pipeline import handing_in
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.evidence_batches import (
    LOCK,
    EvidenceForMany,
    start_evidence_batch,
    stop_evidence_batch,
)
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.handing_in import carry_out
from okoce.pipeline.jobs import hand_in_batch
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.tests.factories import registered
from tests.cast import SYSTEM, account_of
from tests.together import together

ONE_BY_ONE = "okoce.pipeline.actions.evidence_batches.give_evidence"
pytestmark = pytest.mark.django_db(transaction=True)
CLASS = GivenEvidence(stage=2, happened_on=date(2018, 5, 1))


def begun(author: Actor, people: int) -> EvidenceBatch:
    """A batch for so many, of which nobody has had her turn."""
    numbers = {registered().pk: "" for _one in range(people)}
    return start_evidence_batch(author, EvidenceForMany(key="k", given=CLASS, numbers=numbers))


def lines() -> list[str]:
    return list(EvidenceLine.objects.order_by("place").values_list("state", flat=True))


@contextmanager
def in_other_hands(batch: EvidenceBatch) -> Iterator[None]:
    """While another process is at it; that it ends, or is killed, gives the batch back."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s), %s)", [LOCK, batch.pk])
        yield
    finally:
        other.close()


def test_eight_submits_are_one(ani: Actor) -> None:
    author = actor_for_user(account_of(ani))
    numbers = {registered().pk: "" for _one in range(5)}
    asked = EvidenceForMany(key="k", given=CLASS, numbers=numbers)

    def send(_place: int) -> int:
        batch = start_evidence_batch(author, asked)
        carry_out(batch.pk)
        return batch.pk

    results = together(8, send)
    assert not [one for one in results if isinstance(one, Conflict)]
    assert len(set(results)) == 1
    batch = EvidenceBatch.objects.get()
    carry_out(batch.pk)  # the job that was deferred
    assert sorted(Evidence.objects.values_list("member_id", flat=True)) == sorted(numbers)
    assert set(EvidenceLine.objects.values_list("state", flat=True)) == {"taken"}
    assert Event.objects.filter(kind="pipeline.evidence_batch_started").count() == 1
    assert Event.objects.filter(kind="pipeline.evidence_verified").count() == 5


def test_somebody_who_is_merged_meanwhile_is_refused_with_a_sentence(ani: Actor, citra: Actor) -> None:
    author = actor_for_user(account_of(ani))
    keep, absorbed = registered(), registered()
    numbers = {keep.pk: "", absorbed.pk: ""}
    batch = start_evidence_batch(author, EvidenceForMany(key="k", given=CLASS, numbers=numbers))
    merge_members(citra, keep, absorbed)
    carry_out(batch.pk)
    told = dict(EvidenceLine.objects.values_list("member_id", "state"))
    assert told == {keep.pk: "taken", absorbed.pk: "refused"}
    assert "sudah digabung" in EvidenceLine.objects.get(member=absorbed).sentence


def test_the_job_comes_again_where_the_page_was_at_it_and_died(ani: Actor) -> None:
    batch = begun(actor_for_user(account_of(ani)), 3)
    with in_other_hands(batch), pytest.raises(BusyElsewhere):
        hand_in_batch(batch.pk)
    assert lines() == ["waiting"] * 3
    hand_in_batch(batch.pk)
    assert (EvidenceBatch.objects.get().state, lines()) == ("done", ["taken"] * 3)
    with in_other_hands(batch):
        hand_in_batch(batch.pk)  # over: no reason to come again


def test_stopping_ends_it_where_nobody_is_at_it_and_else_is_asked_for(ani: Actor) -> None:
    author = actor_for_user(account_of(ani))
    batch = begun(author, 3)
    EvidenceBatch.objects.update(state="running")  # by somebody who was killed
    with in_other_hands(batch):
        assert stop_evidence_batch(author, batch.pk).state == "running"
    assert stop_evidence_batch(author, batch.pk).state == "stopped"
    stopped = EvidenceBatch.objects.get()
    assert stopped.state == "stopped"
    assert stopped.finished_at is not None
    hand_in_batch(batch.pk)
    assert lines() == ["waiting"] * 3
    assert EvidenceBatch.objects.get().state == "stopped"
    assert Event.objects.filter(kind="pipeline.evidence_batch_stopped").count() == 1


def test_stopped_while_a_worker_sets_out_it_stays_stopped(ani: Actor) -> None:
    author = actor_for_user(account_of(ani))
    batch = begun(author, 2)
    found = EvidenceBatch.objects.get()
    stop_evidence_batch(author, batch.pk)
    handing_in._carry_out(found)  # with the state that it read before
    assert (EvidenceBatch.objects.get().state, lines()) == ("stopped", ["waiting"] * 2)


def test_what_nobody_foresaw_of_one_person_keeps_nobody_else_waiting(ani: Actor, monkeypatch: Any) -> None:
    batch = begun(actor_for_user(account_of(ani)), 3)
    EvidenceLine.objects.update(number="S-1")
    odd = EvidenceLine.objects.get(place=2).member_id

    def broken(actor: Actor, member: Any, given: GivenEvidence) -> Any:
        if member.pk == odd:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return give_evidence(actor, member, given)

    monkeypatch.setattr(ONE_BY_ONE, broken)
    hand_in_batch(batch.pk)
    assert (EvidenceBatch.objects.get().state, lines()) == ("done", ["taken", "refused", "taken"])
    line = EvidenceLine.objects.get(place=2)
    assert "gangguan pada sistem" in line.sentence
    assert line.number == ""
    assert not Evidence.objects.filter(member_id=odd).exists()


def test_a_deadlock_or_a_lost_connection_is_nobodys_refusal_and_is_tried_again(
    ani: Actor, monkeypatch: Any
) -> None:
    batch = begun(actor_for_user(account_of(ani)), 3)
    left = [1]

    def unlucky(actor: Actor, member: Any, given: GivenEvidence) -> Any:
        if Evidence.objects.exists() and left:
            left.pop()
            raise OperationalError("deadlock detected")
        return give_evidence(actor, member, given)

    monkeypatch.setattr(ONE_BY_ONE, unlucky)
    with pytest.raises(OperationalError):
        hand_in_batch(batch.pk)
    assert lines() == ["taken", "waiting", "waiting"]
    hand_in_batch(batch.pk)
    assert (EvidenceBatch.objects.get().state, lines()) == ("done", ["taken"] * 3)


def test_a_right_that_is_taken_away_meanwhile_ends_it_there(ani: Actor, monkeypatch: Any) -> None:
    author = actor_for_user(account_of(ani))
    batch = begun(author, 4)

    def then_dismissed(actor: Actor, member: Any, given: GivenEvidence) -> Any:
        if Evidence.objects.count() == 1:
            with opened_by(SYSTEM):
                RoleAssignment.objects.filter(user_id=author.user_id).delete()
        return give_evidence(actor, member, given)

    monkeypatch.setattr(ONE_BY_ONE, then_dismissed)
    hand_in_batch(batch.pk)
    assert lines() == ["taken", "taken", "waiting", "waiting"]
    failed = EvidenceBatch.objects.get()
    assert failed.state == "failed"
    assert "tidak lagi berhak" in failed.error
