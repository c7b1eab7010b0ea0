"""Deeds about centres. A komunitas plans its own, tends it and shuts it for a time; which is open, the secretariat says."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.centres import events
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.moves import give, hold_with_group, move, require_active
from okoce.community.centres.rules import (
    Details,
    clean_details,
    may_correct,
    require_day,
    require_district,
)
from okoce.community.centres.states import CentreState
from okoce.community.groups.interests import require_stranger
from okoce.community.groups.models import Group
from okoce.community.members.names import name_key
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, Refused
from okoce.foundation.shared.pictures import Picture, forget_picture, store_picture

__all__ = [
    "Details",
    "change_centre",
    "close_centre",
    "hand_over_centre",
    "keep_centre_photo",
    "open_centre",
    "pause_centre",
    "plan_centre",
    "remove_centre_photo",
]

# Whom it names stands on the page alone: nobody's name or number goes into the trail.
TOLD_IN_THE_TRAIL = ("name", "address", "hours")


@action(Permission.CENTRES_MANAGE)
def plan_centre(actor: Actor, group: Group, details: Details, region: str, from_on: date) -> Centre:
    """Take down a centre that a komunitas plans, in a kecamatan where it works. Nobody else sees it until it is open."""
    clean = clean_details(details)
    locked = Group.objects.locked(group.pk)
    require_active(locked)
    require_district(locked, region)
    require_day("from_on", from_on)
    centre = Centre(
        group=locked,
        region=region,
        name_key=name_key(clean.name),
        state=CentreState.PLANNED,
        state_on=from_on,
        **asdict(clean),
    )
    _save(centre)
    require_reach(actor, Permission.CENTRES_MANAGE, [centre])
    CentrePeriod.objects.create(centre=centre, state=CentreState.PLANNED, from_on=from_on)
    fact = events.CentrePlanned(
        centre_id=centre.pk, group_id=locked.pk, name=centre.name, from_on=from_on.isoformat()
    )
    record(fact, subject=centre)
    return centre


@action(Permission.CENTRES_MANAGE)
def change_centre(actor: Actor, centre: Centre, details: Details) -> Centre:
    """Correct what everybody reads of a centre. Its kecamatan stays: a centre that moves is closed, and another one planned. What
    stands of a closed one is history, which the secretariat alone corrects."""
    clean = clean_details(details)
    locked = Centre.objects.locked(centre.pk)
    if not may_correct(actor, locked):
        raise Refused(_("Pusat ini sudah ditutup. Minta sekretariat membetulkan keterangannya."))
    told = asdict(clean)
    changed = {
        name: [getattr(locked, name), value] for name, value in told.items() if getattr(locked, name) != value
    }
    if not changed:
        return locked
    for name, value in told.items():
        setattr(locked, name, value)
    locked.name_key = name_key(clean.name)
    _save(locked)
    record(
        events.CentreChanged(centre_id=locked.pk, name=locked.name),
        subject=locked,
        changes={name: pair for name, pair in changed.items() if name in TOLD_IN_THE_TRAIL},
    )
    return locked


@action(Permission.CENTRES_MANAGE)
def keep_centre_photo(actor: Actor, centre: Centre, chunks: Iterable[bytes]) -> Centre:
    """Show a photo of the place; the one before goes once the new one stands. Refuses what is no photo, and a closed centre."""
    locked = Centre.objects.locked(centre.pk)
    if locked.state == CentreState.CLOSED:
        raise Refused(_("Pusat ini sudah ditutup; fotonya tidak diganti lagi."), field="photo")
    picture = store_picture(chunks, "photo")
    try:
        _show(locked, picture)
        record(events.CentrePhotoKept(centre_id=locked.pk, name=locked.name), subject=locked)
    except Exception:
        forget_picture(picture.name)
        raise
    return locked


@action(Permission.CENTRES_MANAGE)
def remove_centre_photo(actor: Actor, centre: Centre) -> Centre:
    """Take the photo down; none is fine."""
    locked = Centre.objects.locked(centre.pk)
    if locked.photo:
        _show(locked, Picture("", 0, 0))
        record(events.CentrePhotoRemoved(centre_id=locked.pk, name=locked.name), subject=locked)
    return locked


def _show(centre: Centre, picture: Picture) -> None:
    before = centre.photo
    centre.photo, centre.photo_width, centre.photo_height = picture.name, picture.width, picture.height
    centre.save(update_fields=["photo", "photo_width", "photo_height", "updated_at"])
    transaction.on_commit(lambda: forget_picture(before))


@action(Permission.CENTRES_DECIDE)
def open_centre(actor: Actor, centre: Centre, on: date) -> Centre:
    """Say that a centre is open from a day on, also again: from then its kecamatan is lit. Refuses whoever founded or serves its
    komunitas, and a centre whose komunitas is not active."""
    locked = hold_with_group(centre)
    if locked.state == CentreState.OPEN:
        return locked
    require_stranger(actor, locked.group)
    require_active(locked.group)
    return move(locked, CentreState.OPEN, on, events.CentreOpened)


@action(Permission.CENTRES_MANAGE)
def pause_centre(actor: Actor, centre: Centre, on: date, reason: str) -> Centre:
    """Shut a centre for a time, with the reason that everybody reads."""
    return move(Centre.objects.locked(centre.pk), CentreState.PAUSED, on, events.CentrePaused, reason)


@action(Permission.CENTRES_DECIDE)
def close_centre(actor: Actor, centre: Centre, on: date, reason: str) -> Centre:
    """Shut a centre for good. It stays readable, with the days on which it was open."""
    return move(Centre.objects.locked(centre.pk), CentreState.CLOSED, on, events.CentreClosed, reason)


@action(Permission.CENTRES_DECIDE)
def hand_over_centre(actor: Actor, centre: Centre, group: Group) -> Centre:
    """Let another komunitas be responsible from now on. Refuses one that is not active or does not work in that kecamatan, and
    whoever founded or serves it: else she could open a centre of another one's and make it her own."""
    locked = hold_with_group(centre, group)
    if locked.group_id == group.pk:
        return locked
    if locked.state == CentreState.CLOSED:
        raise Refused(_("Pusat ini sudah ditutup; tidak ada lagi yang diurus."), field="komunitas")
    return give(actor, locked, Group.objects.get(pk=group.pk), "komunitas")


def _save(centre: Centre) -> None:
    try:
        with transaction.atomic():
            centre.save()
    except IntegrityError as error:
        raise Conflict(
            _(
                "Sudah ada pusat wirausaha bernama itu di kecamatan ini. Pakai yang sudah ada, atau nama lain."
            ),
            field="name",
        ) from error
