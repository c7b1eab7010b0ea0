"""Terms of service: how one begins and how it ends, each with the grant that goes with it."""

from datetime import date

from okoce.community.organisations.models import AbstractService
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, end_role, grant_role
from okoce.foundation.accounts.models import RoleAssignment, User


def begin_service(house: Actor, row: AbstractService, role: str, anchors: Anchors) -> None:
    """Write a new time of service, with its grant. A grant is given by whoever manages accounts; that it comes with an office
    is the house's own rule, so the house gives it. Deeds hold whom she serves, so nobody comes between."""
    user = User.objects.get(pk=row.user_id)
    row.assignment_id = grant_role(house, user, role, anchors, row.from_on, row.until_on).pk
    row.save(force_insert=True)


def end_service(house: Actor, row: AbstractService, until_on: date) -> bool:
    """Let it end on a day, and the grant with it; before its first day it is taken back. Twice is once: whether it changed."""
    day = max(until_on, row.from_on)
    if row.until_on is not None and row.until_on <= day:
        return False
    row.until_on = day
    if row.assignment_id is not None:
        granted = RoleAssignment.objects.select_related("user").filter(pk=row.assignment_id).first()
        if granted is not None:
            end_role(house, granted, day)
    if day == row.from_on:
        row.assignment_id = None
    row.save(update_fields=["until_on", "assignment_id", "updated_at"])
    return True


def end_grants(house: Actor, day: date, **anchor: int) -> None:
    """Let every other grant for a komunitas (`group_id`) or a mitra (`partner_id`) end."""
    for granted in RoleAssignment.objects.filter(**anchor).not_ended_by(day).select_related("user"):
        end_role(house, granted, day)
