"""Whatever is done about a record that was merged is refused with one sentence: it would be lost to its person."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from okoce.community.groups.actions.memberships import join_group, leave_group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.cards import issue_card, replace_card, revoke_card
from okoce.community.members.actions.consents import give_consents
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.actions.departures import note_departure, note_return
from okoce.community.members.actions.residences import correct_residence, move_member
from okoce.community.members.models import Member
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict
from okoce.pipeline.actions.employment import state_jobs
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.registrations import correct_registration_day
from okoce.pipeline.actions.standstills import clear_standstill, set_standstill
from okoce.pipeline.row_images import images_of
from okoce.pipeline.tests.factories import proof, registered
from tests.cast import COBLONG, SYSTEM

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 1)
DEEDS: dict[str, Callable[[Member], Any]] = {
    "card": lambda member: issue_card(SYSTEM, member),
    "new card": lambda member: replace_card(SYSTEM, member, "lost"),
    "no card": lambda member: revoke_card(SYSTEM, member, "lost"),
    "consent": lambda member: give_consents(
        SYSTEM, member, purposes=("shop",), text_version="2018", given_on=DAY
    ),
    "correction": lambda member: correct_member(SYSTEM, member, Correction(address="Jalan Kramat 7")),
    "departure": lambda member: note_departure(SYSTEM, member, DAY),
    "return": lambda member: note_return(SYSTEM, member),
    "move": lambda member: move_member(SYSTEM, member, region=COBLONG, moved_on=DAY),
    "address": lambda member: correct_residence(SYSTEM, member, region=COBLONG),
    "jobs": lambda member: state_jobs(SYSTEM, member, 3, DAY),
    "evidence": lambda member: give_evidence(SYSTEM, member, proof(2, DAY)),
    "registration": lambda member: correct_registration_day(SYSTEM, member, DAY),
    "reason": lambda member: set_standstill(SYSTEM, member, 2, "no_time"),
    "no reason": lambda member: clear_standstill(SYSTEM, member, 2),
    "komunitas": lambda member: join_group(SYSTEM, member, active_group("Mawar").pk, DAY),
    "no komunitas": lambda member: leave_group(SYSTEM, member, DAY),
}


@pytest.mark.parametrize("name", DEEDS)
def test_nothing_is_written(name: str) -> None:
    kept, gone = registered(), registered()
    merge_members(SYSTEM, kept, gone)
    before, facts = images_of(kept.pk, gone.pk), Event.objects.about("members.member", gone.pk).count()
    with pytest.raises(Conflict, match="sudah digabung dengan catatan lain"):
        DEEDS[name](gone)
    assert images_of(kept.pk, gone.pk) == before
    assert Event.objects.about("members.member", gone.pk).count() == facts
