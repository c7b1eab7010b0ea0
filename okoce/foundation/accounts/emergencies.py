"""What is known of accesses that somebody opened for herself: the terms, one's own, and those that another reads."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.accounts.models import EmergencyAccess, EmergencyTerm
from okoce.foundation.accounts.queries import holders_of, identity_of
from okoce.foundation.accounts.states import EmergencyTermCode
from okoce.foundation.shared.errors import NotFound

PER_PAGE = 50
MOST_TOLD = 200
# Who is told at once: whoever answers for personal data, and administrators.
TOLD_ROLES = ("petugas_pelindungan_data", "administrator")


def term(code: EmergencyTermCode, day: date) -> timedelta:
    """The value of a term on a day. Public. LookupError where the data has a gap."""
    rows = EmergencyTerm.objects.filter(code=code, from_on__lte=day).order_by("-from_on")
    minutes = rows.values_list("value", flat=True).first()
    if minutes is None:
        raise LookupError(f"no term {code} holds on {day}")
    return timedelta(minutes=minutes)


def told_of(user_id: int, day: date) -> list[int]:
    """The accounts of others who are told of what this one opens. Public: asked by the house."""
    own = identity_of(user_id).user_ids
    return sorted({role.user_id for role in holders_of(TOLD_ROLES, day, MOST_TOLD)} - own)


def is_reached_already(actor: Actor, region: str) -> bool:
    """Whether a grant that the actor was given opens this place anyway."""
    scopes = actor.scopes_with(Permission.MEMBERS_READ)
    return any(
        scope.everywhere
        or (scope.group_id is None and scope.partner_id is None and region_within(region, scope.region))
        for scope in scopes
    )


def last_of(user_ids: frozenset[int]) -> EmergencyAccess | None:
    """The one that these accounts, which may be one person's, opened last. Public: asked by a rule."""
    return EmergencyAccess.objects.filter(user_id__in=user_ids).order_by("-opened_since", "-id").first()


def over_since(emergency: EmergencyAccess) -> datetime:
    """The instant from which on it opens nothing. Public."""
    return min(emergency.until, emergency.ended_at or emergency.until)


def own_emergencies(actor: Actor, most: int = 10) -> list[EmergencyAccess]:
    """What the actor opened, the newest first."""
    return list(EmergencyAccess.objects.filter(user_id=actor.user_id or 0).order_by("-id")[:most])


def emergencies(actor: Actor, before: int | None = None) -> tuple[list[EmergencyAccess], int | None]:
    """All of them for whoever answers for personal data, the newest first, and behind which the next page begins."""
    rows = EmergencyAccess.objects.visible_to(actor, Permission.PRIVACY_READ).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return page, page[-1].pk if len(found) > PER_PAGE else None


def emergency_for(
    actor: Actor, emergency_id: int, permission: Permission = Permission.PRIVACY_READ
) -> EmergencyAccess:
    """One of them, for the same."""
    found = EmergencyAccess.objects.visible_to(actor, permission).filter(pk=emergency_id).first()
    if found is None:
        raise NotFound(_("Akses darurat itu tidak ada."))
    return found
