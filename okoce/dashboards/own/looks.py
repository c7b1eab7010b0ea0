"""Looks as the member reads them: what an officer is and where he serves, never who he is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_names
from okoce.community.partners.queries.partners import partner_names
from okoce.community.privacy.queries.rights import Looked
from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.days import ZONES
from okoce.foundation.territory.queries import names_for
from okoce.foundation.web.numbers import clock_text, day_text


@dataclass(frozen=True, slots=True)
class DrawnLook:
    """One look in words. `reason` stands beside a NIK that was shown in full; `remark` where it was an emergency."""

    who: str
    what: str
    when: str
    reason: str
    remark: str = ""


def drawn_looks(looks: Sequence[Looked], zone: str) -> list[DrawnLook]:
    """With three queries at most, however many they are."""
    places = names_for({look.region for look in looks if look.region})
    groups = group_names(look.group_id for look in looks if look.group_id is not None)
    partners = partner_names(look.partner_id for look in looks if look.partner_id is not None)

    def office(look: Looked) -> str:
        named = (
            partners.get(look.partner_id or 0, ""),
            groups.get(look.group_id or 0, ""),
            places.get(look.region, ""),
        )
        return ", ".join(part for part in named if part)

    return [
        DrawnLook(
            _who(look.role, office(look)),
            look.page_label,
            moment_in(look.at, zone),
            look.reason,
            _emergency() if look.emergency_id else "",
        )
        for look in looks
    ]


def _emergency() -> str:
    return _(
        "Lewat akses darurat: biasanya petugas ini tidak bisa membuka data Anda. Ia membukanya untuk beberapa menit dengan alasan"
        " tertulis, dan petugas pelindungan data diberi tahu saat itu juga."
    )


def _who(role: str, office: str) -> str:
    title = str(ROLES[role].title) if role in ROLES else _("Petugas")
    return f"{title} · {office}" if office else title


def moment_in(at: datetime, zone: str) -> str:
    """An instant on the clock of where she lives."""
    local = at.astimezone(ZONES[zone])
    return _("%(day)s, pukul %(clock)s %(zone)s") % {
        "day": day_text(local.date()),
        "clock": clock_text(local.replace(tzinfo=None)),
        "zone": zone,
    }
