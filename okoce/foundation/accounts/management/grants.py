"""The roles of an account, as `okoce user grant` and `okoce user revoke` find and tell them."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.accounts.actions import Anchors
from okoce.foundation.accounts.management.anchors import role_told
from okoce.foundation.accounts.management.contacts import read_contact
from okoce.foundation.accounts.models import RoleAssignment, RoleAssignmentQuerySet, User
from okoce.foundation.accounts.queries import one_with_contact
from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.shared.unreadable import Unreadable


def held_account(typed: str) -> User:
    """The account with this phone or e-mail, held until the end of the transaction: two commands wait for each other."""
    user = one_with_contact(read_contact(typed))
    if user is None:
        raise NotFound(
            _("Tidak ada akun dengan HP atau surel %s. Buat dahulu dengan okoce user create.") % typed
        )
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def roles_like(user: User, role: str, anchors: Anchors) -> RoleAssignmentQuerySet:
    """Those of this very role and place that hold today or will later."""
    there = RoleAssignment.objects.not_ended_by(today_wib()).filter(
        user=user, role=role, region=anchors.region
    )
    return there.filter(group_id=anchors.group_id, partner_id=anchors.partner_id)


def read_day(name: str, text: str | None) -> date | None:
    """A day in any usual spelling; None for none."""
    if not text:
        return None
    day = parse_day(text)
    if isinstance(day, Unreadable):
        raise Invalid([FieldError(name, " ".join(filter(None, (f"--{name}: {day.reason}", day.suggestion))))])
    return day


def roles_told(user: User) -> str:
    """All that the account holds or will hold, a line each."""
    held = RoleAssignment.objects.not_ended_by(today_wib()).filter(user=user).order_by("from_on", "pk")
    lines = [_line(one) for one in held]
    return (
        "\n".join([_("Peran %s sekarang:") % user.name, *lines])
        if lines
        else _("%s tidak berperan lagi.") % user.name
    )


def _line(held: RoleAssignment) -> str:
    told = role_told(held.role, Anchors(held.region, held.group_id, held.partner_id))
    ends = _(" sampai sebelum %s") % held.until_on.isoformat() if held.until_on else ""
    return "- " + _("%(role)s, sejak %(from)s%(ends)s") % {
        "role": told,
        "from": held.from_on.isoformat(),
        "ends": ends,
    }
