"""Who serves a komunitas, as the page of the komunitas shows it."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from okoce.community.groups.models import Group, Officer
from okoce.community.members.names import ERASED_NAME
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody's office, as the page of the komunitas shows it."""

    officer: Officer
    name: str
    has_ended: bool
    has_begun: bool


def officers_of(actor: Actor, group: Group) -> list[Serving]:
    """Who serves a komunitas, who will and who did: by office, the latest first. An office that was taken back is none."""
    rows = Officer.objects.visible_to(actor, Permission.GROUPS_READ).filter(group=group)
    found = list(rows.exclude(until_on=F("from_on")).order_by("role", "-from_on", "id"))
    names, today = user_names(officer.user_id for officer in found), today_wib()
    return [
        Serving(
            officer,
            names.get(officer.user_id, ERASED_NAME),
            has_ended=officer.until_on is not None and officer.until_on <= today,
            has_begun=officer.from_on <= today,
        )
        for officer in found
    ]


def officer_for(
    actor: Actor, group: Group, officer_id: int, permission: Permission = Permission.GROUPS_MANAGE
) -> Officer:
    """One office of a komunitas, for whoever may end it or hand it over."""
    rows = Officer.objects.visible_to(actor, permission).filter(group=group, pk=officer_id)
    found = rows.select_related("group").first()
    if found is None:
        raise NotFound(_("Pengurus itu tidak ada pada komunitas ini."))
    return found
