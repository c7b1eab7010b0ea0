"""Emergencies in words, and what was looked at and done within one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.models import Look
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.actor import Actor, emergency_label
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import EMERGENCY_ROLES
from okoce.foundation.accounts.emergencies import emergency_for, over_since
from okoce.foundation.accounts.models import EmergencyAccess
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.events.queries import HistoryLine, deeds_in_emergency
from okoce.foundation.territory.queries import names_for

MOST_SHOWN = 200
READ = Permission.PRIVACY_READ


@dataclass(frozen=True, slots=True)
class ShownEmergency:
    """One of them as a list draws it."""

    row: EmergencyAccess
    who: str
    place: str
    kind: str
    state: str
    tone: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShownLook:
    """One page that was opened within."""

    member: Member
    page: str
    look: Look


def shown_emergencies(rows: Sequence[EmergencyAccess]) -> list[ShownEmergency]:
    """With two questions, however many they are."""
    names = user_names(row.user_id for row in rows)
    places = names_for({row.region for row in rows})
    return [_shown(row, names.get(row.user_id, ""), places.get(row.region, row.region)) for row in rows]


def _shown(row: EmergencyAccess, who: str, place: str) -> ShownEmergency:
    is_open = row.opened_since <= timezone.now() < over_since(row)
    state = (
        _("Sedang terbuka") if is_open else _("Diakhiri lebih awal") if row.ended_at else _("Habis waktunya")
    )
    return ShownEmergency(
        row, who, place, str(EMERGENCY_ROLES[row.role].title), state, "stuck" if is_open else "", is_open
    )


def looks_within(actor: Actor, emergency_id: int) -> list[ShownLook]:
    """Whose pages were opened, in the order in which they were; for whoever reads the register."""
    emergency = emergency_for(actor, emergency_id)
    rows = Look.objects.visible_to(actor, READ).filter(emergency_id=emergency.pk)
    return [
        ShownLook(look.member, str(LookedAt(look.page).label), look)
        for look in rows.select_related("member").order_by("id")[:MOST_SHOWN]
    ]


def deeds_within(actor: Actor, emergency_id: int) -> list[HistoryLine]:
    """What was done, as the trail tells it; for whoever reads the register."""
    emergency = emergency_for(actor, emergency_id)
    return deeds_in_emergency(emergency_label(emergency.user_id, emergency.pk), MOST_SHOWN)
