"""Nobody fills the queue of komunitas: a number may send so many new ones in a term, whatever became of them."""

import pytest

from okoce.community.groups.actions.groups import refuse_group
from okoce.community.groups.models import Group
from okoce.community.groups.tests.founders import applied
from okoce.community.organisations.models import Filed
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Refused

pytestmark = pytest.mark.django_db


def test_the_sixth_within_a_month_is_refused_and_nothing_is_taken_down(citra: Actor) -> None:
    for _time in range(5):
        refuse_group(citra, applied(), "Bukan komunitas.")
    with pytest.raises(Refused) as refusal:
        applied()
    assert "sudah mengirim 5 pengajuan dalam 30 hari terakhir" in refusal.value.sentence
    assert (Group.objects.count(), Filed.objects.count()) == (5, 5)


def test_changing_one_and_sending_it_twice_count_as_one() -> None:
    for purpose in ("Kue.", "Kue.", "Jahit.", "Anyam.", "Kue.", "Batik."):
        assert applied(purpose=purpose).state == "applied"
    assert Filed.objects.count() == 1
