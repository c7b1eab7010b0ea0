"""Members by stage and reason, and evidence that waits."""

from datetime import date

import pytest

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Invalid, NotFound
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.queries.people import Wanted, search_members, with_furthest_stage
from okoce.pipeline.queries.waiting import evidence_for, evidence_waiting
from okoce.pipeline.tests.factories import SYSTEM, proof, registered, walked_to
from tests.cast import COBLONG

pytestmark = pytest.mark.django_db


def names_found(actor: Actor, **wanted: object) -> list[str]:
    return [member.name for member in search_members(actor, Wanted(**wanted)).members]  # type: ignore[arg-type]  # the test names fields only


def test_the_furthest_completed_stage_is_the_one_that_is_asked_for(citra: Actor) -> None:
    for stage in (1, 2, 4):
        walked_to(stage, name=f"Sampai {('satu', 'dua', 'tiga', 'empat')[stage - 1]}")
    assert names_found(citra, stage=2) == ["Sampai dua"]
    assert names_found(citra, stage=3) == []
    assert [m.furthest_stage for m in search_members(citra, Wanted()).members] == [2, 4, 1]
    assert [m.furthest_stage for m in with_furthest_stage(Member.objects.order_by("name_key"))] == [2, 4, 1]


def test_the_open_reason_is_the_one_that_is_asked_for(citra: Actor) -> None:
    stuck = walked_to(3, name="Tertahan")
    walked_to(3, name="Entah kenapa")
    set_standstill(SYSTEM, stuck, 4, "zone", date(2018, 6, 1))
    set_standstill(SYSTEM, stuck, 4, "no_npwp", date(2018, 7, 1))
    assert names_found(citra, stuck="no_npwp") == ["Tertahan"]
    assert names_found(citra, stuck="zone") == []
    assert names_found(citra, stuck="unknown", stage=3) == ["Entah kenapa"]


@pytest.mark.parametrize("wanted", [{"stage": 8}, {"stage": 0}, {"stuck": "bosan"}])
def test_what_does_not_exist_is_refused(citra: Actor, wanted: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        names_found(citra, **wanted)


def test_everybody_sees_their_own_area_only(ani: Actor, budi: Actor, hadi: Actor) -> None:
    registered(name="Warga Senen")
    registered(name="Warga Coblong", region=COBLONG)
    assert names_found(ani, stage=1) == ["Warga Senen"]
    assert names_found(budi, q="warga") == ["Warga Coblong"]
    assert names_found(budi, scope="31") == []
    assert names_found(hadi) == []


def test_evidence_waits_for_those_who_may_verify_it_oldest_first(
    ani: Actor, budi: Actor, gita: Actor
) -> None:
    member = registered()
    first = give_evidence(gita, member, proof(2, date(2018, 2, 1)))
    second = give_evidence(gita, member, proof(2, date(2018, 2, 2)))
    assert [evidence.pk for evidence in evidence_waiting(ani).evidence] == [first.pk, second.pk]
    page = evidence_waiting(ani, limit=1)
    assert (len(page.evidence), page.next_after) == (1, first.pk)
    assert [evidence.pk for evidence in evidence_waiting(ani, after=first.pk).evidence] == [second.pk]
    assert evidence_waiting(budi).evidence == []
    assert evidence_waiting(gita).evidence == []


def test_evidence_is_found_by_those_who_may_read_the_member(ani: Actor, budi: Actor) -> None:
    evidence = give_evidence(SYSTEM, registered(), proof(2, date(2018, 2, 1)))
    assert evidence_for(ani, evidence.pk).pk == evidence.pk
    with pytest.raises(NotFound):
        evidence_for(budi, evidence.pk)
