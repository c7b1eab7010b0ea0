"""A reason that no longer holds is taken back, and a refused withdrawal of evidence comes back with what was typed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence, Standstill
from okoce.pipeline.tests.factories import evidence_states, proof, registered
from tests.pages import page

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def siti() -> Member:
    return registered(name="Siti Aminah")


def at(member: Member, deed: str = "") -> str:
    return f"/anggota/{member.number}{deed and '/' + deed}"


def records() -> tuple[Any, ...]:
    """Everything that a refused deed must leave as it was."""
    return (
        list(Evidence.objects.order_by("id").values_list("id", "state", "reason", "decided_by")),
        list(Standstill.objects.order_by("id").values_list("id", "reason")),
        Event.objects.exclude(kind__startswith="accounts.").count(),
    )


class TestTakingAReasonBack:
    def test_it_holds_no_longer_and_the_history_says_so(self, desk: Desk, ani: Actor, siti: Member) -> None:
        browser = desk(ani)
        browser.post(at(siti, "alasan"), {"stage": "2", "reason": "zone"})
        form = page(browser.get(at(siti))).select_one(f'form[action="{at(siti, "alasan/hapus")}"]')
        assert form is not None
        browser.post(at(siti, "alasan/hapus"), {"stage": "2"})
        assert not Standstill.objects.filter(until_on=None).exists()
        assert Event.objects.filter(kind="pipeline.standstill_cleared").count() == 1

    @pytest.mark.parametrize("stage", ["", "x", "3", "99"])
    def test_where_there_is_none_nothing_happens(
        self, desk: Desk, ani: Actor, siti: Member, stage: str
    ) -> None:
        browser = desk(ani)
        browser.post(at(siti, "alasan"), {"stage": "2", "reason": "zone"})
        before = records()
        assert browser.post(at(siti, "alasan/hapus"), {"stage": stage}).status_code == 302
        assert records() == before


def test_a_refused_withdrawal_comes_back_with_what_was_typed(desk: Desk, citra: Actor, siti: Member) -> None:
    given = give_evidence(citra, siti, proof(2, date(2018, 2, 1)))
    shown = page(desk(citra).post(f"/bukti/{given.pk}/cabut", {"reason": " "}), 422)
    [wrong] = shown.select(".field-invalid [name]")
    assert wrong["name"] == "reason"
    assert shown.select_one(f'main a[href="{at(siti)}"]')
    assert evidence_states(siti) == ["verified"]
