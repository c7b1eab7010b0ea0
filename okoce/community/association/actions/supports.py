"""What layer 1 does for a komunitas: noted by whoever did it, struck where it was a mistake."""

from django.utils.translation import gettext as _

from okoce.community.association.events import SupportNoted, SupportStruck
from okoce.community.association.models import Support
from okoce.community.association.rules import required_reason
from okoce.community.association.states import SupportKind
from okoce.community.association.supporting import NewSupport, clean_support
from okoce.community.groups.interests import is_of
from okoce.community.groups.models import Group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused


@action(Permission.ASSOCIATION_NOTE_SUPPORT)
def note_support(actor: Actor, group: Group, new: NewSupport) -> Support:
    """Note what the actor did for a komunitas. The same twice is once. Refuses her own komunitas, a day that has not come, and a next
    step without a day."""
    told = clean_support(new)
    locked = Group.objects.locked(group.pk)
    if is_of(actor, locked):
        raise Refused(_("Anda pendiri atau pengurus komunitas ini, jadi ini bukan kunjungan dari luar."))
    columns = {
        "kind": told.kind,
        "by_user_id": actor.user_id or 0,
        "day_on": told.day_on,
        "minutes_count": told.minutes,
        "agreed": told.agreed,
        "next_step": told.next_step,
        "next_on": told.next_on,
    }
    same = Support.objects.standing().filter(group=locked, **columns).first()
    if same is not None:
        return same
    made = Support.objects.create(group=locked, **columns)
    fact = SupportNoted(
        group_id=locked.pk,
        support_id=made.pk,
        kind_name=str(SupportKind(made.kind).label),
        day_on=made.day_on.isoformat(),
        minutes=made.minutes_count,
    )
    record(fact, subject=locked)
    return made


@action(Permission.ASSOCIATION_NOTE_SUPPORT)
def strike_support(actor: Actor, support: Support, reason: str) -> Support:
    """Take back what was noted by mistake, with the reason: one's own, or anybody's by whoever manages branches. Twice is once."""
    why = required_reason(reason)
    group = Group.objects.locked(support.group_id)
    found = Support.objects.get(pk=support.pk)
    if found.by_user_id != actor.user_id and not is_reached(group, actor, Permission.ASSOCIATION_MANAGE):
        raise Refused(_("Catatan ini ditulis orang lain. Minta ia sendiri atau sekretariat membatalkannya."))
    if found.struck_on is not None:
        return found
    found.struck_on, found.struck_reason = today_wib(), why
    found.save(update_fields=["struck_on", "struck_reason", "updated_at"])
    fact = SupportStruck(
        group_id=group.pk,
        support_id=found.pk,
        kind_name=str(SupportKind(found.kind).label),
        day_on=found.day_on.isoformat(),
    )
    record(fact, subject=group, changes={"reason": ["", why]})
    return found
