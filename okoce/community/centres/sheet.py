"""What the desk's page of one centre shows, and which deeds it offers to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.centres.forms import HandOverCentre, OpenCentre, ShutCentre
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.queries import states_of, was_ever_open
from okoce.community.centres.rules import may_correct
from okoce.community.centres.states import CentreState
from okoce.community.organisations.sheets import Deed, history_lines
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.pictures import ACCEPTED
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.numbers import day_text

# The end of the small picture's name.
SMALL_PHOTO = "-s"
TONES = {"planned": "waiting", "open": "verified", "paused": "stuck", "closed": ""}


@dataclass(frozen=True, slots=True)
class Decision:
    """One deed on the page: from which states, under which right, what it is called and does."""

    states: tuple[CentreState, ...]
    right: Permission
    label: Promise
    note: Promise
    form: type[RuleAwareForm]


DECISIONS: dict[str, Decision] = {
    "open_centre": Decision(
        (CentreState.PLANNED, CentreState.PAUSED),
        Permission.CENTRES_DECIDE,
        _lazy("Nyatakan buka"),
        _lazy("Kecamatannya menyala, dan pusat ini tampil untuk umum."),
        OpenCentre,
    ),
    "pause_centre": Decision(
        (CentreState.OPEN,),
        Permission.CENTRES_MANAGE,
        _lazy("Tutup sementara"),
        _lazy(
            "Pengunjung membaca sejak kapan dan mengapa. Kecamatannya tidak menyala sampai sekretariat membukanya lagi."
        ),
        ShutCentre,
    ),
    "close_centre": Decision(
        (CentreState.PLANNED, CentreState.OPEN, CentreState.PAUSED),
        Permission.CENTRES_DECIDE,
        _lazy("Tutup untuk selamanya"),
        _lazy("Tidak ada yang dihapus: riwayatnya tetap terbaca."),
        ShutCentre,
    ),
    "hand_over_centre": Decision(
        (CentreState.PLANNED, CentreState.OPEN, CentreState.PAUSED),
        Permission.CENTRES_DECIDE,
        _lazy("Serahkan kepada komunitas lain"),
        _lazy("Komunitas itu yang mengurusnya mulai sekarang."),
        HandOverCentre,
    ),
}


@dataclass(frozen=True, slots=True)
class Spell:
    """One time in one state, in words."""

    state: str
    days: str
    reason: str


def centre_context(actor: Actor, centre: Centre, refused: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain: `deed` and its `form`."""
    told = refused or {}
    deeds = [
        _deed(actor, centre, name, told)
        for name, decision in DECISIONS.items()
        if centre.state in decision.states and reaches(actor, centre, decision.right)
    ]
    has_form = any(deed.is_refused for deed in deeds)
    form = told.get("form")
    return {
        **facts_of(centre),
        "photo": photo_of(centre, "planned_centre_photo"),
        "photo_accepted": ACCEPTED,
        "is_public": was_ever_open(centre),
        "may_correct": reaches(actor, centre, Permission.CENTRES_MANAGE) and may_correct(actor, centre),
        "deeds": deeds,
        "refused_form": form if has_form else None,
        # where the deed is no longer open, the page shows no form beside which the sentence could stand
        "refusal": "" if has_form or form is None else " ".join(map(str, form.non_field_errors())),
        "lines": history_lines(actor, centre),
        "labels": {
            "reason": _("Alasan"),
            "name": _("Nama"),
            "address": _("Alamat"),
            "hours": _("Jam buka"),
            "komunitas": _("Komunitas"),
        },
    }


def facts_of(centre: Centre) -> dict[str, Any]:
    """What everybody reads of a centre."""
    has_phone = centre.contact_phone.startswith("+")
    return {
        "centre": centre,
        "photo": photo_of(centre, "centre_photo"),
        "place": territory.path_of(centre.region),
        "phone": show_phone(centre.contact_phone) if has_phone else "",
        "tone": TONES[centre.state],
        "spells": [_spell(period) for period in states_of(centre) if period.until_on != period.from_on],
    }


@dataclass(frozen=True, slots=True)
class Photo:
    """Where a photo is found in both sizes, and how large it is, so that nothing jumps while it comes."""

    href: str
    small_href: str
    width: int
    height: int


def photo_of(centre: Centre, route: str) -> Photo | None:
    """`route` names the pages of photos for the public or for the desk."""
    if not centre.photo:
        return None
    href, small = (reverse(route, args=[centre.pk, centre.photo + size]) for size in ("", SMALL_PHOTO))
    return Photo(href, small, centre.photo_width, centre.photo_height)


def reaches(actor: Actor, centre: Centre, right: Permission) -> bool:
    return actor.may(right) and is_reached(centre, actor, right)


def deed_form(name: str, actor: Actor, data: Any = None) -> RuleAwareForm:
    """The form of a deed, empty or as it was sent; a day is today unless somebody says otherwise."""
    kind = DECISIONS[name].form
    more = {"actor": actor} if kind is HandOverCentre else {}
    initial = {"on": today_wib().isoformat()} if "on" in kind.base_fields else {}
    return kind(data, auto_id=f"id_{name}_%s", initial=initial, **more)


def _deed(actor: Actor, centre: Centre, name: str, told: Mapping[str, Any]) -> Deed:
    decision, is_refused = DECISIONS[name], told.get("deed") == name
    form = told["form"] if is_refused else deed_form(name, actor)
    return Deed(decision.label, decision.note, reverse(name, args=[centre.pk]), form, is_refused)


def _spell(period: CentrePeriod) -> Spell:
    until = day_text(period.until_on, "medium") if period.until_on else _("sekarang")
    days = f"{day_text(period.from_on, 'medium')} – {until}"
    return Spell(str(CentreState(period.state).label), days, period.reason)
