"""One occasion's evidence sent at the same moment, or carried out by two workers: everybody is handed in for once."""

from datetime import date

import pytest

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict
from okoce.pipeline.actions.evidence_batches import EvidenceForMany, start_evidence_batch
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.handing_in import carry_out
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
CLASS = GivenEvidence(stage=2, happened_on=date(2018, 5, 1))


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
