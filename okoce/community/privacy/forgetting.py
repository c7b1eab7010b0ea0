"""Forgetting looks whose term is over, and the names of officers whose accounts were erased long enough ago."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from okoce.community.members.names import ERASED_NAME
from okoce.community.privacy.events import OfficeNameForgotten
from okoce.community.privacy.models import AccountLook, AccountLookQuerySet, Look, LookQuerySet
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib

RETENTION = Actor.system("retention")


def kept_for() -> timedelta:
    return timedelta(days=term(TermCode.LOOKS_KEPT_DAYS, today_wib()))


def looks_over() -> LookQuerySet:
    """Those that are older than the term of today."""
    return Look.objects.filter(at__lt=timezone.now() - kept_for())


def account_looks_over() -> AccountLookQuerySet:
    """Likewise of looks at accounts."""
    return AccountLook.objects.filter(at__lt=timezone.now() - kept_for())


def forget_old_looks() -> int:
    """Delete the looks that are older than the term of today; answers how many."""
    return looks_over().delete()[0] + account_looks_over().delete()[0]


def office_names_kept_for() -> timedelta:
    """For how long after her last office somebody whose account was erased is still named beside what she did."""
    return timedelta(days=term(TermCode.OFFICE_NAME_DAYS, today_wib()))


def office_names_over() -> QuerySet[User]:
    """Erased accounts that are still named, and whose last office ended longer ago than the term of today."""
    last_kept = today_wib() - office_names_kept_for()
    served_since = RoleAssignment.objects.not_ended_by(last_kept - timedelta(days=1))
    erased = User.objects.filter(erased_since__isnull=False).exclude(name=ERASED_NAME)
    return erased.exclude(pk__in=served_since.values("user_id"))


def forget_office_names() -> int:
    """Let their names go; answers how many."""
    with transaction.atomic(), opened_by(RETENTION):
        found = list(office_names_over().order_by("pk").select_for_update(of=("self",), no_key=True))
        for user in found:
            User.objects.filter(pk=user.pk).update(name=ERASED_NAME)
            record(OfficeNameForgotten(user_id=user.pk), subject=user)
    return len(found)
