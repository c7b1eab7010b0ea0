"""What every deed about a centre asks of what it is given."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.centres.models import Centre
from okoce.community.centres.states import CentreState
from okoce.community.groups.models import Group
from okoce.community.groups.queries import areas_now
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import day_in_words, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_HOURS, LONGEST_REASON = 120, 300, 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What everybody reads of a centre."""

    name: str
    address: str
    hours: str
    contact_phone: str
    contact_name: str = ""


def clean_details(told: Details) -> Details:
    """The details as they are stored; refuses all wrong ones at once."""
    wrong: list[FieldError] = []

    def text(field: str, longest: int, *, required: bool = True) -> str:
        read = clean_text(getattr(told, field), longest)
        if isinstance(read, Unreadable):
            wrong.append(FieldError(field, f"{read.reason} {read.suggestion}"))
            return ""
        if required and not read:
            wrong.append(FieldError(field, _("Bagian ini kosong. Isi dulu.")))
        return read

    clean = Details(
        name=text("name", LONGEST_NAME),
        address=text("address", LONGEST_ADDRESS),
        hours=text("hours", LONGEST_HOURS),
        contact_name=text("contact_name", LONGEST_NAME, required=False),
        contact_phone=_phone(told.contact_phone, wrong),
    )
    if wrong:
        raise Invalid(wrong)
    return clean


def _phone(typed: str, wrong: list[FieldError]) -> str:
    phone = parse_phone(typed)
    if isinstance(phone, Unreadable):
        wrong.append(FieldError("contact_phone", f"{phone.reason} {phone.suggestion}".strip()))
        return ""
    return phone


def districts_of(group: Group) -> list[str]:
    """The kecamatan in which a komunitas may have a centre: those of its area; where it was never written by kecamatan, those of its
    kabupaten or the one that is its home. None where it is only known to work in a province or the nation."""
    written = areas_now(group)
    if written or len(group.region) < LENGTH_OF[Level.REGENCY]:
        return written
    if len(group.region) == LENGTH_OF[Level.DISTRICT]:
        return [group.region]
    return [place.code for place in territory.districts(group.region)]


def require_district(group: Group, region: str) -> None:
    """Refuses a place where the komunitas does not work."""
    if region not in districts_of(group):
        raise Invalid(
            [
                FieldError(
                    "region",
                    _(
                        "Komunitas ini tidak bekerja di kecamatan itu. Pilih kecamatan lain, atau minta sekretariat"
                        " mengubah wilayah kerjanya dulu."
                    ),
                )
            ]
        )


def may_correct(actor: Actor, centre: Centre) -> bool:
    """Whether the one who may manage a centre may still alter its text: a closed one's stays as it was, unless she decides about
    centres there."""
    return centre.state != CentreState.CLOSED or is_reached(centre, actor, Permission.CENTRES_DECIDE)


def require_day(field: str, day: date) -> None:
    problem = day_problem(day)
    if problem:
        raise Invalid([FieldError(field, problem)])


def require_following(centre: Centre, day: date) -> None:
    """What a centre becomes, it becomes after what it was."""
    require_day("on", day)
    if day < centre.state_on:
        raise Refused(
            _("Keadaan yang sekarang baru mulai %s. Pilih hari itu atau sesudahnya.")
            % day_in_words(centre.state_on),
            field="on",
        )


def required_reason(reason: str) -> str:
    """Why a centre is shut: everybody reads it."""
    read = clean_text(reason, LONGEST_REASON)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("reason", f"{read.reason} {read.suggestion}")])
    if not read:
        raise Invalid(
            [FieldError("reason", _("Tulis alasannya dalam satu kalimat; semua orang membacanya."))]
        )
    return read
