"""How long a merge can be undone is dated data; what would undo it is unreadable, and goes."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.privacy.persons import person_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.personal.registry import forget_everywhere
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.actions.unmerging import purge_old_merges, undo_merge
from okoce.pipeline.jobs import forget_old_merges
from okoce.pipeline.merges import Merge, MergeTerm
from okoce.pipeline.tests.factories import SYSTEM, registered
from okoce.pipeline.tests.test_undo_merge import merged
from tests.kept import unkept

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (date(2018, month, 1) for month in range(1, 7))
NIK = "3171044107900001"


def test_the_term_is_dated_and_holds_as_it_was_when_the_merge_was_made(citra: Actor) -> None:
    MergeTerm.objects.create(from_on=timezone.now().date() - timedelta(days=3), days=7)
    merge = merged(citra, registered(), registered())
    assert merge.undoable_until - merge.merged_at == timedelta(days=7)
    with unkept("pipeline_mergeterm"):
        MergeTerm.objects.filter(days=7).delete()
    assert Merge.objects.get().undoable_until - merge.merged_at == timedelta(days=7)
    assert merged(citra, registered(), registered()).undoable_until - timezone.now() > timedelta(days=29)


def test_when_the_term_is_over_nothing_can_be_undone_and_what_would_is_forgotten(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    merge = merged(citra, keep, absorb)
    with opened_by(SYSTEM):
        Merge.objects.update(undoable_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="lewat"):
        undo_merge(citra, merge)
    forget_old_merges()
    forget_old_merges()
    forgotten = Merge.objects.get()
    assert (forgotten.journal, forgotten.purged_at is None) == (None, False)
    with pytest.raises(Refused, match="lewat"):
        undo_merge(citra, merge)
    assert Member.objects.get(pk=absorb.pk).merged_into_id == keep.pk


def test_whoever_is_erased_is_not_brought_back(citra: Actor) -> None:
    keep, absorb, other = registered(), registered(), registered()
    merge, apart = merged(citra, keep, absorb), merged(citra, other, registered())
    with transaction.atomic(), opened_by(SYSTEM):
        forget_everywhere(person_of(keep))
    with pytest.raises(Refused, match="lewat"):
        undo_merge(citra, merge)
    assert Merge.objects.get(pk=apart.pk).journal is not None
    assert purge_old_merges(citra) == 0


def test_what_would_undo_a_merge_is_unreadable_where_it_lies(citra: Actor) -> None:
    merge = merged(citra, registered(name="Siti"), registered(name="Siti Aminah", email="rahasia@contoh.id"))
    assert b"rahasia" not in bytes(merge.journal or b"")
    undone = undo_merge(citra, merge)
    assert (undone.journal, Merge.objects.get().journal) == (None, None)
