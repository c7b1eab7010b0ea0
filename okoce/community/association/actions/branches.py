"""Branches: planned, at work, paused, closed. Each decided from above it; nothing is deleted."""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.association import events
from okoce.community.association.models import Branch, Tenure
from okoce.community.association.rules import (
    LONGEST_DECREE,
    require_above,
    required_reason,
)
from okoce.community.association.states import BRANCH, BranchState
from okoce.community.association.terms import end
from okoce.community.organisations.rules import require_past, required_text
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.territory import queries as territory


@action(Permission.ASSOCIATION_MANAGE)
def found_branch(actor: Actor, region: str, founded_on: date, decree: str) -> Branch:
    """Plan a branch in a place ("" is the centre), founded on a day by a decree. Refuses a place that there is not or that has a
    branch already, and whoever does not stand above it."""
    told = required_text("decree", decree, LONGEST_DECREE)
    require_past("founded_on", founded_on)
    if region and territory.find_region(region) is None:
        raise Invalid(
            [FieldError("region", _("Wilayah itu tidak dikenal. Cari, lalu pilih dari daftarnya."))]
        )
    branch = Branch(
        region=region,
        founded_on=founded_on,
        founder_user_id=actor.user_id,
        decree=told,
        state_on=founded_on,
    )
    try:
        with transaction.atomic():
            branch.save()
    except IntegrityError as error:
        raise Conflict(_("Sudah ada cabang di wilayah itu. Pakai yang sudah ada."), field="region") from error
    require_reach(actor, Permission.ASSOCIATION_MANAGE, [branch])
    require_above(actor, region)
    record(events.BranchFounded(branch_id=branch.pk, from_on=founded_on.isoformat()), subject=branch)
    return branch


@action(Permission.ASSOCIATION_MANAGE)
def activate_branch(actor: Actor, branch: Branch, on: date) -> Branch:
    """Let a branch work from a day on, also again after it paused."""
    return _move(actor, branch, BranchState.ACTIVE, on, "", events.BranchActivated)


@action(Permission.ASSOCIATION_MANAGE)
def pause_branch(actor: Actor, branch: Branch, on: date, reason: str) -> Branch:
    """Let a branch rest, with the reason; its terms of office go on."""
    return _move(actor, branch, BranchState.PAUSED, on, required_reason(reason), events.BranchPaused)


@action(Permission.ASSOCIATION_MANAGE)
def close_branch(actor: Actor, branch: Branch, on: date, reason: str) -> Branch:
    """Close a branch for good, with the reason; every term of office in it ends with it, and those yet to begin are taken back.
    Grants stay: whoever manages accounts ends them, and the page of terms says which outlived theirs."""
    why = required_reason(reason)
    closed = _move(actor, branch, BranchState.CLOSED, on, why, events.BranchClosed)
    for tenure in Tenure.objects.filter(branch=closed).real().not_ended_by(on).order_by("id"):
        tenure.branch = closed
        end(tenure, on, why)
    return closed


def _move(
    actor: Actor, branch: Branch, to: BranchState, on: date, reason: str, fact: Callable[..., object]
) -> Branch:
    locked = Branch.objects.locked(branch.pk)
    require_above(actor, locked.region)
    if locked.state == to and locked.state_reason == reason:
        return locked  # the second click
    moved = BRANCH.move(locked.state, to)
    require_past("on", on)
    if on < locked.state_on:
        sentence = _("Keadaan sebelumnya mulai pada %s. Pilih hari itu atau sesudahnya.")
        raise Invalid([FieldError("on", sentence % day_in_words(locked.state_on))])
    locked.state, locked.state_on, locked.state_reason = moved, on, reason
    locked.save(update_fields=["state", "state_on", "state_reason", "updated_at"])
    told = fact(branch_id=locked.pk, from_on=on.isoformat())
    record(told, subject=locked, changes={"reason": ["", reason]} if reason else None)
    return locked
