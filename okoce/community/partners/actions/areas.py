"""Which places a mitra serves, from a day on."""

from collections.abc import Sequence

from okoce.community.organisations.areas import set_areas
from okoce.community.partners.events import PartnerAreasChanged
from okoce.community.partners.models import Partner
from okoce.community.partners.rules import required_places
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib


@action(Permission.PARTNERS_MANAGE)
def change_partner_areas(actor: Actor, partner: Partner, codes: Sequence[str]) -> Partner:
    """Let a mitra serve these places from today on; the days in the others end. Refuses none at all, and a territory that
    carries it out of the actor's own."""
    wanted, today = required_places(codes), today_wib()
    locked = Partner.objects.locked(partner.pk)
    if set_areas(locked, wanted, today):
        require_reach(actor, Permission.PARTNERS_MANAGE, [locked])
        fact = PartnerAreasChanged(
            partner_id=locked.pk, name=locked.name, count=len(wanted), from_on=today.isoformat()
        )
        record(fact, subject=locked)
    return locked
