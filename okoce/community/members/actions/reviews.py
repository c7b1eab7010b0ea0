"""Deciding that two similar records are two people; that they are one is decided by `pipeline.actions.merging`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.events import DuplicateDismissed
from okoce.community.members.models import DuplicateCandidate
from okoce.community.members.states import DuplicateState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict


@action(Permission.MEMBERS_MERGE)
def dismiss_duplicate(actor: Actor, candidate: DuplicateCandidate) -> DuplicateCandidate:
    """Decide that the candidate is no duplicate (or the contradiction is settled). Refuses one that was merged."""
    locked = DuplicateCandidate.objects.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)
    if locked.state == DuplicateState.DIFFERENT:
        return locked
    if locked.state != DuplicateState.OPEN:
        raise Conflict(_("Pasangan ini sudah digabung. Muat ulang daftarnya."))
    locked.state, locked.decided_at, locked.decided_by = (
        DuplicateState.DIFFERENT,
        timezone.now(),
        actor.user_id or 0,
    )
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    record(
        DuplicateDismissed(first_id=locked.first_id, second_id=locked.second_id or locked.first_id),
        subject=locked.first,
    )
    return locked
