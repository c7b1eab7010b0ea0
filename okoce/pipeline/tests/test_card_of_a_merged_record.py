"""The card of a record that was merged goes on speaking for its person."""

import pytest

from okoce.community.members.actions.cards import issue_card
from okoce.community.members.tests.factories import member_with
from okoce.community.members.verifying import card_finding
from okoce.foundation.shared.errors import Conflict
from okoce.foundation.verification.registry import Validity
from okoce.pipeline.actions.merging import merge_members
from tests.cast import COBLONG, SYSTEM

pytestmark = pytest.mark.django_db


def test_a_merged_records_card_leads_to_the_surviving_record() -> None:
    kept, gone = member_with(name="Siti Aminah"), member_with(name="S. Aminah", region=COBLONG)
    card = issue_card(SYSTEM, gone)
    merge_members(SYSTEM, kept, gone)
    found = card_finding(card.code)
    assert found
    assert (found.holder, found.state) == ("S*** A***", Validity.VALID)
    assert found.place.startswith("Senen")
    with pytest.raises(Conflict):
        issue_card(SYSTEM, gone)
