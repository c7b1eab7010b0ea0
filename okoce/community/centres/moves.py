"""How a centre turns from one state into another, and from one komunitas to another: alike in each deed that does so. A deed
holds the komunitas first, those of a lower number before the others, and then the centre: so none waits for another in a ring."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.centres import events
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.rules import require_district, require_following, required_reason
from okoce.community.centres.states import CENTRE, CentreState
from okoce.community.groups.interests import require_stranger
from okoce.community.groups.models import Group
from okoce.community.groups.naming import bare_name
from okoce.community.groups.states import GroupState
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, Refused


def hold_with_group(centre: Centre, *others: Group) -> Centre:
    """The centre as it stands now, its komunitas and some others held before it."""
    Group.objects.hold_all({centre.group_id, *(other.pk for other in others)})
    locked = Centre.objects.locked(centre.pk)
    if locked.group_id != centre.group_id:
        raise Conflict(_("Pusat ini baru saja berpindah komunitas. Muat ulang halamannya, lalu coba lagi."))
    return locked


def move(
    centre: Centre, to: CentreState, on: date, fact: Callable[..., object], reason: str | None = None
) -> Centre:
    """From one state into another on a day; the second click finds it done."""
    why = "" if reason is None else required_reason(reason)
    if centre.state == to and centre.state_reason == why and centre.state_on == on:
        return centre
    CENTRE.move(centre.state, to)
    require_following(centre, on)
    CentrePeriod.objects.filter(centre=centre, until_on__isnull=True).update(until_on=on)
    CentrePeriod.objects.create(centre=centre, state=to, from_on=on, reason=why)
    centre.state, centre.state_on, centre.state_reason = to, on, why
    centre.save(update_fields=["state", "state_on", "state_reason", "updated_at"])
    told = fact(centre_id=centre.pk, name=centre.name, from_on=on.isoformat())
    record(told, subject=centre, changes={"reason": ["", why]} if why else None)
    return centre


def give(actor: Actor, centre: Centre, taking: Group, field: str | None = None) -> Centre:
    """Let a komunitas that is held be responsible from now on. Refuses one that is not active or does not work in that kecamatan,
    and whoever founded or serves it: else she could open a centre of another one's and make it her own."""
    require_stranger(actor, taking)
    require_active(taking, field)
    require_district(taking, centre.region)
    before, centre.group = centre.group.name, taking
    centre.save(update_fields=["group", "updated_at"])
    fact = events.CentreHandedOver(
        centre_id=centre.pk, group_id=taking.pk, name=centre.name, group_name=taking.name
    )
    record(fact, subject=centre, changes={"komunitas": [before, taking.name]})
    return centre


def require_active(group: Group, field: str | None = None) -> None:
    """Refuses a komunitas that rests, has ended or has only applied."""
    if group.state != GroupState.ACTIVE:
        raise Refused(
            _(
                "Komunitas %(name)s sedang tidak aktif (%(state)s). Pilih komunitas yang aktif, atau buka lagi dulu."
            )
            % {"name": bare_name(group.name), "state": GroupState(group.state).label},
            field=field,
        )
