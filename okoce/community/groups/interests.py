"""Who stands too near to a komunitas to judge it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.groups.models import Application, Group, Officer
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.queries import Identity, identity_of
from okoce.foundation.shared.errors import Refused


def is_of(actor: Actor, group: Group) -> bool:
    """Whether the one who acts founded it, or is, was or will be one of its officers. An account and a member's account of one
    person, or of one telephone, count as one."""
    if actor.user_id is None:
        return False
    one = identity_of(actor.user_id)
    if Officer.objects.filter(group=group, user_id__in=one.user_ids).exists():
        return True
    founded = Application.objects.filter(group=group).first()
    return founded is not None and (
        founded.founder_user_id in one.user_ids or founded.founder_phone in one.phones
    )


def groups_near(one: Identity) -> set[int]:
    """The komunitas of which that holds for somebody."""
    served = Officer.objects.filter(user_id__in=one.user_ids).values_list("group_id", flat=True)
    by_person = Q(founder_user_id__in=one.user_ids) | Q(founder_phone__in=one.phones)
    return {*served, *Application.objects.filter(by_person).values_list("group_id", flat=True)}


def may_hand_over(actor: Actor, officer: Officer) -> bool:
    """Whether somebody may give an office to another: any, where she decides about the komunitas; else the one that is hers."""
    if actor.may(Permission.GROUPS_MANAGE) and is_reached(officer, actor, Permission.GROUPS_MANAGE):
        return True
    return actor.user_id is not None and officer.user_id == actor.user_id


def require_stranger(actor: Actor, group: Group) -> None:
    """Refuses to let somebody judge her own komunitas."""
    if is_of(actor, group):
        raise Refused(
            _("Anda pendiri atau pengurus komunitas ini. Minta orang lain di sekretariat memutuskannya.")
        )
