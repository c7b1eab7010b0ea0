"""What several features say of a komunitas whose name brings the noun says it once."""

import pytest

from okoce.community.centres.moves import require_active
from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Refused
from okoce.stages.p1_registration.applications.queries import group_of_link
from tests.cast import SENEN


@pytest.mark.django_db
def test_why_it_takes_nobody_says_it_once(citra: Actor) -> None:
    group = pause_group(citra, active_group("Komunitas Ibu Senen", SENEN), "Ketua sakit.")
    assert group_of_link(group.code).sentence.startswith("Komunitas Ibu Senen sedang berhenti sementara")
    with pytest.raises(Refused, match=r"^Komunitas Ibu Senen sedang tidak aktif"):
        require_active(group)
