"""Terms of office: how one begins and how it ends, each with the grant that goes with it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.events import OfficerAppointed, OfficerEnded
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.states import GRANTED, OfficerRole
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, end_role, grant_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import FIRST_DAY, day_in_words
from okoce.foundation.shared.errors import FieldError, Invalid, Refused

# A grant is given by whoever manages accounts; that it comes with an office is the house's own rule, so the house gives it.
HOUSE = Actor.system("groups")


@dataclass(frozen=True, slots=True)
class Term:
    """An office for a time; without an end it lasts until it is ended."""

    role: str
    from_on: date
    until_on: date | None = None


def require_term(term: Term) -> None:
    """Refuses an office that does not exist, and days that cannot be."""
    if term.role not in OfficerRole.values:
        raise Invalid([FieldError("role", _("Jabatan itu tidak dikenal. Pilih salah satu."))])
    if term.from_on < FIRST_DAY:
        raise Invalid(
            [
                FieldError(
                    "from_on", _("Tanggal mulai terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.")
                )
            ]
        )
    if term.until_on is not None and term.until_on <= term.from_on:
        raise Invalid(
            [
                FieldError(
                    "until_on", _("Masa tugas berakhir sesudah ia mulai. Pilih tanggal yang lebih akhir.")
                )
            ]
        )


def begin(group: Group, user: User, term: Term) -> Officer:
    """Let somebody serve; the same term a second time is the one that stands. Refuses one that crosses another of hers."""
    same = Officer.objects.filter(
        group=group, user_id=user.pk, role=term.role, from_on=term.from_on, until_on=term.until_on
    ).first()
    if same is not None:
        return same
    _require_no_clash(group, user, term)
    role = OfficerRole(term.role)
    officer = _written(group, user, term)
    fact = OfficerAppointed(
        group_id=group.pk,
        officer_id=officer.pk,
        user_id=user.pk,
        role_name=str(role.label),
        from_on=term.from_on.isoformat(),
    )
    record(fact, subject=group)
    return officer


def _written(group: Group, user: User, term: Term) -> Officer:
    """The office and its grant. Deeds hold the komunitas, so nobody comes between; the database refuses whoever does."""
    anchors = Anchors(group_id=group.pk)
    granted = grant_role(HOUSE, user, GRANTED[OfficerRole(term.role)], anchors, term.from_on, term.until_on)
    return Officer.objects.create(
        group=group,
        user_id=user.pk,
        role=term.role,
        from_on=term.from_on,
        until_on=term.until_on,
        assignment_id=granted.pk,
    )


def end(officer: Officer, until_on: date) -> Officer:
    """Let an office end on a day, and the grant with it; before its first day it is taken back. Twice is once."""
    day = max(until_on, officer.from_on)
    if officer.until_on is not None and officer.until_on <= day:
        return officer
    officer.until_on = day
    if officer.assignment_id is not None:
        end_role(HOUSE, RoleAssignment.objects.select_related("user").get(pk=officer.assignment_id), day)
    if day == officer.from_on:
        officer.assignment_id = None
    officer.save(update_fields=["until_on", "assignment_id", "updated_at"])
    fact = OfficerEnded(
        group_id=officer.group_id,
        officer_id=officer.pk,
        user_id=officer.user_id,
        role_name=str(OfficerRole(officer.role).label),
        until_on=day.isoformat(),
    )
    record(fact, subject=officer.group)
    return officer


def end_all(group: Group, day: date) -> None:
    """Let every office of a komunitas end, and every other grant for it."""
    for officer in Officer.objects.filter(group=group).not_ended_by(day).select_related("group"):
        end(officer, day)
    for granted in RoleAssignment.objects.filter(group_id=group.pk).not_ended_by(day).select_related("user"):
        end_role(HOUSE, granted, day)


def _require_no_clash(group: Group, user: User, term: Term) -> None:
    rows = Officer.objects.filter(group=group, user_id=user.pk, role=term.role)
    clash = rows.crossing(term.from_on, term.until_on).order_by("from_on").first()
    if clash is None:
        return
    told = {
        "name": user.name,
        "role": OfficerRole(clash.role).label,
        "from": day_in_words(clash.from_on),
        "until": day_in_words(clash.until_on) if clash.until_on else _("seterusnya"),
    }
    raise Refused(
        _(
            "%(name)s sudah menjadi %(role)s dari %(from)s sampai %(until)s. Akhiri yang itu, atau pilih masa lain."
        )
        % told,
        field="from_on",
    )
