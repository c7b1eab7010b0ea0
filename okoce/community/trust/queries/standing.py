"""The certificate and the names of one komunitas or mitra, for those who see it."""

from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.partners.models import Partner
from okoce.community.trust.models import Certificate, NamePermission
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound


def valid_certificate(actor: Actor, group: Group) -> Certificate | None:
    """The certificate that the komunitas shows today."""
    rows = Certificate.objects.visible_to(actor, Permission.GROUPS_READ)
    return rows.filter(group=group, revoked_at__isnull=True).first()


def names_of_group(actor: Actor, group: Group) -> list[NamePermission]:
    """What it may call itself, may no more and will, the latest first."""
    rows = NamePermission.objects.visible_to(actor, Permission.GROUPS_READ).filter(group=group)
    return list(rows.select_related("group").order_by("-from_on", "-id"))


def names_of_partner(actor: Actor, partner: Partner) -> list[NamePermission]:
    """Likewise of a mitra."""
    rows = NamePermission.objects.visible_to(actor, Permission.PARTNERS_READ).filter(partner=partner)
    return list(rows.select_related("partner").order_by("-from_on", "-id"))


def group_name_for(actor: Actor, group: Group, name_id: int) -> NamePermission:
    """One of the names of a komunitas that the actor may see."""
    return _one(names_of_group(actor, group), name_id)


def partner_name_for(actor: Actor, partner: Partner, name_id: int) -> NamePermission:
    """Likewise of a mitra."""
    return _one(names_of_partner(actor, partner), name_id)


def _one(names: list[NamePermission], name_id: int) -> NamePermission:
    for one in names:
        if one.pk == name_id:
            return one
    raise NotFound(_("Izin nama itu tidak ada di sini."))
