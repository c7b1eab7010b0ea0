"""Where a komunitas works, from a day on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okoce.community.groups.areas import required_areas
from okoce.community.groups.events import GroupAreasChanged
from okoce.community.groups.models import Group
from okoce.community.groups.states import OVER
from okoce.community.organisations.areas import set_areas
from okoce.community.organisations.entrusted import UNDECIDED, Fates, settle_outside
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict


@action(Permission.GROUPS_MANAGE)
def change_areas(actor: Actor, group: Group, codes: Sequence[str], fates: Fates = UNDECIDED) -> Group:
    """Let a komunitas work in these kecamatan from today on; the days in the others end. Refuses an empty area, one that carries
    it out of the actor's own, and one that leaves a centre outside while it is undecided what becomes of it; Conflict where the
    komunitas is refused or closed."""
    wanted, today = required_areas(codes), today_wib()
    Group.objects.hold_all({group.pk, *fates.takers})
    locked = Group.objects.locked(group.pk)
    if locked.state in OVER:
        raise Conflict(_("Komunitas ini sudah ditolak atau ditutup; wilayahnya tidak bisa diubah lagi."))
    settle_outside(actor, locked.pk, wanted, fates)
    if set_areas(locked, wanted, today):
        require_reach(actor, Permission.GROUPS_MANAGE, [locked])
        fact = GroupAreasChanged(
            group_id=locked.pk, name=locked.name, count=len(wanted), from_on=today.isoformat()
        )
        record(fact, subject=locked)
    return locked
