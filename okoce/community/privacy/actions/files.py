"""Taking everything along that is held about oneself, as one file."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.events import OwnFileTaken
from okoce.community.privacy.persons import person_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import own_action
from okoce.foundation.events.ciphers import as_json
from okoce.foundation.events.trail import record
from okoce.foundation.personal.registry import all_told
from okoce.foundation.shared.errors import NotFound

FORMAT = "okoce.person/1"


@own_action
def take_own_file(actor: Actor, member: Member) -> bytes:
    """All that every feature holds about a member, as JSON in UTF-8; that it was taken stands in her history. Refuses anybody
    else's record."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    told: dict[str, Any] = {"format": FORMAT, "made_at": timezone.now(), "number": member.number}
    file = as_json(told | all_told(person_of(member)))
    record(OwnFileTaken(member_id=member.pk), subject=member)
    return file
