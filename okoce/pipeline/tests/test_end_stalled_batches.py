"""A batch whose every try failed says so, with who was not reached, and is carried on; one that will be tried again waits."""

from datetime import date

import pytest
from django.db import OperationalError, connection
from django.test import Client

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.pipeline import handing_in
from okoce.pipeline.actions.evidence_batches import EvidenceForMany, start_evidence_batch
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.jobs import end_stalled_batches
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
CLASS = GivenEvidence(stage=2, happened_on=date(2018, 5, 1))


def tried_in_vain(author: Actor, monkeypatch: pytest.MonkeyPatch) -> EvidenceBatch:
    """Two people, of whom the second fails with the database, however often."""
    numbers = {registered(name=name).pk: "" for name in ("Siti", "Wati")}
    batch = start_evidence_batch(author, EvidenceForMany(key="k", given=CLASS, numbers=numbers))
    give, (_first, second) = handing_in.hand_in_line, list(numbers)

    def failing(actor: Actor, line_id: int, member_id: int) -> None:
        if member_id == second:
            raise OperationalError("canceling statement due to lock timeout")
        give(actor, line_id, member_id)

    monkeypatch.setattr(handing_in, "hand_in_line", failing)
    with pytest.raises(OperationalError):
        handing_in.carry_out(batch.pk)
    return batch


def job_is(status: str) -> None:
    """What the queue says of the job, once its tries are over or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s WHERE task_name = 'pipeline.hand_in_batch'", [status]
        )


def author_of(actor: Actor) -> tuple[User, Actor]:
    user = account_of(actor)
    return user, actor_for_user(user)


def test_after_the_last_try_it_says_so_and_names_who_was_not_reached(
    monkeypatch: pytest.MonkeyPatch, ani: Actor
) -> None:
    user, author = author_of(ani)
    batch = tried_in_vain(author, monkeypatch)
    job_is("failed")
    end_stalled_batches()
    batch.refresh_from_db()
    assert (batch.state, batch.finished_at is not None) == ("failed", True)
    assert list(EvidenceLine.objects.order_by("place").values_list("state", flat=True)) == [
        "taken",
        "waiting",
    ]
    client = Client()
    client.force_login(user)
    shown = page(client.get(f"/anggota/bukti-sekaligus/{batch.pk}"))
    told = words(shown.main)
    assert "tetap terhenti karena gangguan pada sistem" in told
    assert "Tidak sempat diserahkan" in told
    assert "Wati" in words(shown.select_one("#state table"))
    assert "Lanjutkan dengan yang tidak sempat" in told


@pytest.mark.parametrize("status", ["todo", "doing"])
def test_while_a_job_will_try_again_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, ani: Actor, status: str
) -> None:
    batch = tried_in_vain(author_of(ani)[1], monkeypatch)
    job_is(status)
    end_stalled_batches()
    batch.refresh_from_db()
    assert batch.state == "running"
    monkeypatch.undo()
    assert handing_in.carry_out(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Evidence.objects.count()) == ("done", 2)


def test_one_that_somebody_is_at_is_left_alone(monkeypatch: pytest.MonkeyPatch, ani: Actor) -> None:
    batch = tried_in_vain(author_of(ani)[1], monkeypatch)
    job_is("failed")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s), %s)", [handing_in.LOCK, batch.pk])
            end_stalled_batches()
            batch.refresh_from_db()
            assert batch.state == "running"
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    end_stalled_batches()
    batch.refresh_from_db()
    assert batch.state == "failed"


def test_one_that_was_to_be_stopped_is_stopped(monkeypatch: pytest.MonkeyPatch, ani: Actor) -> None:
    batch = tried_in_vain(author_of(ani)[1], monkeypatch)
    EvidenceBatch.objects.filter(pk=batch.pk).update(stop_asked_at="2026-01-01T00:00:00Z")
    job_is("failed")
    end_stalled_batches()
    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("stopped", "")
