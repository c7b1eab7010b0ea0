"""The right to use the name: given to a komunitas or a mitra, and withdrawn. Never for one's own."""

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.groups.interests import require_stranger as require_no_officer
from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.members.names import name_key
from okoce.community.partners.interests import require_stranger as require_no_contact
from okoce.community.partners.models import Partner
from okoce.community.partners.states import PartnerState
from okoce.community.trust.events import NameGiven, NameWithdrawn
from okoce.community.trust.models import NamePermission
from okoce.community.trust.rules import NewName, required_name, required_reason
from okoce.community.trust.states import NameState
from okoce.community.trust.verifying import NAME
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Refused
from okoce.foundation.verification.codes import new_code


@action(Permission.NAMES_MANAGE)
def give_group_name(actor: Actor, group: Group, new: NewName) -> NamePermission:
    """Let a komunitas call itself so. Refuses one that is not active, whoever founded or serves it, and a name that another
    one may use in that time."""
    told = required_name(new)
    locked = Group.objects.locked(group.pk)
    require_no_officer(actor, locked)
    if locked.state != GroupState.ACTIVE:
        raise Refused(_("Komunitas ini tidak aktif, jadi tidak bisa diberi izin nama."), field="name")
    return _given(actor, told, locked)


@action(Permission.NAMES_MANAGE)
def give_partner_name(actor: Actor, partner: Partner, new: NewName) -> NamePermission:
    """Likewise for a mitra."""
    told = required_name(new)
    locked = Partner.objects.locked(partner.pk)
    require_no_contact(actor, locked)
    if locked.state != PartnerState.ACTIVE:
        raise Refused(_("Mitra ini tidak aktif, jadi tidak bisa diberi izin nama."), field="name")
    return _given(actor, told, locked)


@action(Permission.NAMES_MANAGE)
def withdraw_name(actor: Actor, permission: NamePermission, reason: str) -> NamePermission:
    """Take the name back, from today on; whoever had it reads why. Refuses one's own; twice is once, and what has ended has ended."""
    why = required_reason(reason)
    locked = NamePermission.objects.locked(permission.pk)
    holder = _require_stranger(actor, locked)
    if locked.state_on(today_wib()) in (NameState.WITHDRAWN, NameState.ENDED):
        return locked
    locked.withdrawn_on, locked.withdrawn_by, locked.withdrawn_reason = today_wib(), actor.label, why
    locked.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason", "updated_at"])
    fact = NameWithdrawn(
        permission_id=locked.pk, name=locked.name, withdrawn_on=locked.withdrawn_on.isoformat()
    )
    record(fact, subject=holder, changes={"reason": ["", why]})
    return locked


def _given(actor: Actor, new: NewName, holder: Group | Partner) -> NamePermission:
    group = holder if isinstance(holder, Group) else None
    partner = holder if isinstance(holder, Partner) else None
    key = name_key(new.name)
    same = NamePermission.objects.filter(
        group=group,
        partner=partner,
        name_key=key,
        from_on=new.from_on,
        until_on=new.until_on,
        withdrawn_on=None,
    ).first()
    if same is not None and same.conditions == new.conditions:
        return same  # the second click
    _require_no_day_shared(key, new)
    made = NamePermission(
        group=group,
        partner=partner,
        code=new_code(NAME),
        name=new.name,
        name_key=key,
        conditions=new.conditions,
        from_on=new.from_on,
        until_on=new.until_on,
        given_by=actor.label,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise _taken() from error
    fact = NameGiven(permission_id=made.pk, name=made.name, from_on=made.from_on.isoformat())
    record(fact, subject=holder, changes={"conditions": ["", made.conditions]})
    return made


def _require_no_day_shared(key: str, new: NewName) -> None:
    """The table lets one end on the day on which another begins, though both hold on that day: so whoever gives the name waits
    for whoever gives it just now, and looks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('trust.name'), hashtext(%s))", [key])
    standing = NamePermission.objects.filter(name_key=key, withdrawn_on=None)
    standing = standing.filter(Q(until_on=None) | Q(until_on__gte=new.from_on))
    if new.until_on is not None:
        standing = standing.filter(from_on__lte=new.until_on)
    if standing.exists():
        raise _taken()


def _taken() -> Conflict:
    sentence = _(
        "Nama itu sudah diizinkan pada masa yang sama. Cabut izin yang lama dulu, atau pilih nama lain."
    )
    return Conflict(sentence, field="name")


def _require_stranger(actor: Actor, permission: NamePermission) -> Group | Partner:
    if permission.group is not None:
        require_no_officer(actor, permission.group)
        return permission.group
    if permission.partner is None:
        raise LookupError(f"name permission {permission.pk} has no holder")
    require_no_contact(actor, permission.partner)
    return permission.partner
