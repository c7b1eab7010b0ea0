"""A batch of evidence is kept for its author alone, for a week."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.dashboards.people.tests.test_hand_in_for_many import handed_in
from okoce.foundation.access.actor import Actor
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.handing_in import forget_old_batches
from okoce.pipeline.models import Evidence
from okoce.pipeline.tests.factories import registered
from tests.pages import rows_of
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def test_it_is_read_by_author_alone(desk: Desk, ani: Actor, citra: Actor) -> None:
    browser = desk(ani)
    handed_in(browser, registered(name="Siti"))
    address = f"/anggota/bukti-sekaligus/{EvidenceBatch.objects.get().pk}"
    assert desk(citra).get(address).status_code == 404
    assert desk(citra).post(f"{address}/henti").status_code == 404
    [row] = rows_of(browser.get("/anggota/bukti-sekaligus"))
    assert row[1:] == ["P2 · 1 Mei 2018", "Selesai diserahkan", "1 dari 1", "0"]
    assert not rows_of(desk(citra).get("/anggota/bukti-sekaligus"))


def test_it_is_kept_a_week(desk: Desk, ani: Actor) -> None:
    handed_in(desk(ani), registered())
    assert forget_old_batches() == 0
    EvidenceBatch.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert forget_old_batches() == 1
    assert not EvidenceLine.objects.exists()
    assert Evidence.objects.count() == 1


def test_the_list_of_one_costs_as_many_queries_for_thirty_people(desk: Desk, ani: Actor) -> None:
    browser = desk(ani)
    handed_in(browser, registered())
    batch = EvidenceBatch.objects.get()

    def grow(number: int) -> None:
        start = EvidenceLine.objects.filter(batch=batch).count()
        EvidenceLine.objects.bulk_create(
            EvidenceLine(
                batch=batch,
                place=start + place + 1,
                member=registered(),
                state="refused" if place % 2 else "taken",
                sentence="x",
            )
            for place in range(number)
        )

    assert_constant_queries(lambda: browser.get(f"/anggota/bukti-sekaligus/{batch.pk}"), grow)
