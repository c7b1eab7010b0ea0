"""Terms of office: how one begins and how it ends, each with the grant that goes with it."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.events import OfficerAppointed, OfficerEnded
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.states import GRANTED, ONE_AT_A_TIME, OfficerRole, Term
from okoce.community.members.names import ERASED_NAME
from okoce.community.organisations.rules import require_days
from okoce.community.organisations.terms import begin_service, end_grants, end_service
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, last_day
from okoce.foundation.shared.errors import FieldError, Invalid, Refused

# A grant is given by whoever manages accounts; that it comes with an office is the house's own rule, so the house gives it.
HOUSE = Actor.system("groups")


def require_term(term: Term) -> None:
    """Refuses an office that does not exist, and days that cannot be."""
    if term.role not in OfficerRole.values:
        raise Invalid([FieldError("role", _("Jabatan itu tidak dikenal. Pilih salah satu."))])
    require_days(term.from_on, term.until_on)


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
    """The office and its grant; the database refuses whoever comes between."""
    officer = Officer(
        group=group, user_id=user.pk, role=term.role, from_on=term.from_on, until_on=term.until_on
    )
    begin_service(HOUSE, officer, GRANTED[OfficerRole(term.role)], Anchors(group_id=group.pk))
    return officer


def end(officer: Officer, until_on: date) -> Officer:
    """Let an office end on a day, and the grant with it; before its first day it is taken back. Twice is once."""
    if not end_service(HOUSE, officer, until_on):
        return officer
    fact = OfficerEnded(
        group_id=officer.group_id,
        officer_id=officer.pk,
        user_id=officer.user_id,
        role_name=str(OfficerRole(officer.role).label),
        until_on=str(officer.until_on),
    )
    record(fact, subject=officer.group)
    return officer


def end_all(group: Group, day: date) -> None:
    """Let every office of a komunitas end, and every other grant for it."""
    for officer in Officer.objects.filter(group=group).not_ended_by(day).select_related("group"):
        end(officer, day)
    end_grants(HOUSE, day, group_id=group.pk)


def _require_no_clash(group: Group, user: User, term: Term) -> None:
    """Of an office that one person holds at a time, nobody else's either."""
    rows = Officer.objects.filter(group=group, role=term.role)
    if term.role not in ONE_AT_A_TIME:
        rows = rows.filter(user_id=user.pk)
    clash = rows.crossing(term.from_on, term.until_on).order_by("from_on").first()
    if clash is None:
        return
    told = {
        "name": user_names([clash.user_id]).get(clash.user_id, ERASED_NAME),
        "role": OfficerRole(clash.role).label,
        "from": day_in_words(clash.from_on),
        "until": day_in_words(last_day(clash.from_on, clash.until_on)) if clash.until_on else _("seterusnya"),
    }
    if clash.user_id == user.pk:
        sentence = _(
            "%(name)s sudah menjadi %(role)s dari %(from)s sampai %(until)s. Akhiri yang itu, atau pilih masa lain."
        )
    else:
        sentence = _(
            "%(name)s menjadi %(role)s dari %(from)s sampai %(until)s, dan jabatan ini dipegang satu orang. Serahkan"
            " jabatannya kepada pengganti di bawah namanya, atau pilih masa lain."
        )
    raise Refused(sentence % told, field="from_on")
