"""One's batch of evidence afterwards: who was handed in, who was not reached, and going on with them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okoce.dashboards.people.evidence_batches import AT_ONCE
from okoce.dashboards.people.tests.test_hand_in_for_many import (
    HAND_IN,
    carried,
    confirmed,
    handed_in,
    previewed,
)
from okoce.foundation.access.actor import Actor
from okoce.pipeline import handing_in
from okoce.pipeline.batch_models import EvidenceBatch
from okoce.pipeline.handing_in import carry_out
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.evidence_batches import AT_ONCE as AT_A_TIME
from okoce.pipeline.tests.factories import registered
from tests.pages import next_page, page, rows_of, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def test_stopped_names_who_was_handed_in_and_who_was_not_and_goes_on_with_them(
    desk: Desk, ani: Actor, monkeypatch: Any
) -> None:
    people = [registered(name=f"Orang {place:02}") for place in range(AT_ONCE + 4)]
    browser, deed = desk(ani), handing_in.hand_in_line
    handed_in(browser, *people, note="Kelas jahit", number="KELAS-7")
    batch = EvidenceBatch.objects.get()
    address = f"/anggota/bukti-sekaligus/{batch.pk}"

    def stopped_after_three(*line: Any) -> None:
        deed(*line)
        if Evidence.objects.count() == 3:
            browser.post(f"{address}/henti")

    monkeypatch.setattr(handing_in, "hand_in_line", stopped_after_three)
    carry_out(batch.pk)
    monkeypatch.setattr(handing_in, "hand_in_line", deed)
    done = [row[0] for row in rows_of(browser.get(f"{address}?daftar=diserahkan"))]
    assert done == [member.name for member in people[:3]]
    left = [row[0] for row in rows_of(browser.get(f"{address}?daftar=belum"))]
    assert left == [member.name for member in people[3:]]
    [row] = rows_of(browser.get("/anggota/bukti-sekaligus"))
    assert f"3 dari {len(people)}" in row

    shown = page(browser.get(address))
    again = page(browser.post(HAND_IN, carried(shown)))
    assert f"{len(people) - 3} orang dipilih" in words(again.main)
    assert words(again.select_one("[name=note]")) == "Kelas jahit"
    assert again.select_one(f"[name=nomor_{people[3].pk}]")["value"] == "KELAS-7"
    assert Evidence.objects.count() == 3, "nothing is handed in before it was looked at"
    checked = previewed(browser, *people[3:], note="Kelas jahit")
    confirmed(browser, checked)
    carry_out(EvidenceBatch.objects.latest("pk").pk)
    assert Evidence.objects.count() == len(people)


def test_the_people_of_a_batch_come_some_at_a_time(desk: Desk, ani: Actor) -> None:
    people = [registered() for _one in range(AT_A_TIME + 1)]
    browser = desk(ani)
    handed_in(browser, *people)
    answer = browser.get(f"/anggota/bukti-sekaligus/{EvidenceBatch.objects.get().pk}?daftar=belum")
    assert len(rows_of(answer)) == AT_A_TIME
    assert [row[1] for row in rows_of(browser.get(next_page(answer)))] == [people[-1].number]
