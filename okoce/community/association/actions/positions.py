"""Which offices the association has: another one, another version of one, the end of one, one that is not to begin. Nothing of the
past is changed."""

from datetime import date

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from okoce.community.association.events import PositionEnded, PositionTakenBack, PositionWritten
from okoce.community.association.models import Position
from okoce.community.association.offices import (
    NewPosition,
    clean_position,
    code_for,
    require_centre,
    require_nobody_after,
    require_nobody_through,
    require_not_begun,
)
from okoce.community.association.queries.positions import latest_version
from okoce.community.association.rules import required_reason
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused


@action(Permission.ASSOCIATION_MANAGE)
def write_position(actor: Actor, new: NewPosition) -> Position:
    """Let there be an office from a day on, or let it be another from that day on: its version before ends then. Terms that run
    keep what was decided when they began, and an end that was decided for a later day stays. The very same again is the one that
    stands."""
    require_centre(actor)
    told = clean_position(new)
    _hold(told.code)
    before = latest_version(told.code) if told.code else None
    until_on = _end_decided(before, told.from_on)
    same = _same_already(told, until_on)
    if same is not None:
        return same
    cuts_short = before is not None and _end_before(before, told.from_on)
    row = Position.objects.create(
        code=before.code if before else code_for(told.name),
        name=told.name,
        name_en=told.name_en,
        organ=told.organ,
        is_single=told.is_single,
        is_central=before.is_central if before else told.is_central,
        role=told.role,
        place=before.place if before else _next_place(),
        from_on=told.from_on,
        until_on=until_on,
        cuts_short=cuts_short,
    )
    fact = PositionWritten(
        position_id=row.pk, code=row.code, position_name=row.name, from_on=row.from_on.isoformat()
    )
    record(fact, subject=row)
    return row


@action(Permission.ASSOCIATION_MANAGE)
def end_position(actor: Actor, code: str, until_on: date) -> Position:
    """Let there be an office no more from a day on. Refuses one that somebody holds then, and a day that is over. Twice is once."""
    require_centre(actor)
    _hold(code)
    row = latest_version(code)
    if row.until_on == until_on:
        return row
    if row.until_on is not None and row.until_on <= today_wib():
        raise Conflict(_("Jabatan ini sudah tidak ada sejak %s.") % day_in_words(row.until_on))
    if until_on < today_wib() or until_on <= row.from_on:
        sentence = _("Pilih hari ini atau sesudahnya, dan sesudah jabatan ini mulai (%s).")
        raise Invalid([FieldError("until_on", sentence % day_in_words(row.from_on))])
    require_nobody_after(code, until_on)
    row.until_on = until_on
    row.save(update_fields=["until_on"])
    fact = PositionEnded(position_id=row.pk, code=code, position_name=row.name, until_on=until_on.isoformat())
    record(fact, subject=row)
    return row


@action(Permission.ASSOCIATION_MANAGE)
def take_back_position(actor: Actor, version: Position, reason: str) -> Position:
    """Let a version of an office that has not begun never begin: it ends on its first day, and the one before it goes on as if this
    one had not been written. Refuses one that has begun, and one by which somebody was appointed already. Twice is once."""
    require_centre(actor)
    told = required_reason(reason)
    _hold(version.code)
    row = Position.objects.get(pk=version.pk)
    if row.until_on == row.from_on:
        return row
    require_not_begun(row)
    require_nobody_through(row)
    before, end = _version_before(row), row.until_on
    row.until_on, row.back_reason = row.from_on, told
    row.save(update_fields=["until_on", "back_reason"])
    if row.cuts_short and before is not None:
        before.until_on = end
        before.save(update_fields=["until_on"])
    fact = PositionTakenBack(
        position_id=row.pk, code=row.code, position_name=row.name, from_on=row.from_on.isoformat()
    )
    record(fact, subject=row, changes={"reason": ["", told]})
    return row


def _version_before(row: Position) -> Position | None:
    """The one that this version had ended."""
    return Position.objects.real().filter(code=row.code, until_on=row.from_on).first()


def _hold(code: str) -> None:
    """Nobody else changes an office until the end of this deed, and nobody is appointed to this one: whoever is being appointed
    now is waited for, so that her term is seen."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE association_position IN SHARE ROW EXCLUSIVE MODE")
    versions = Position.objects.filter(code=code).order_by("id")
    list(versions.select_for_update(no_key=True).values_list("pk"))


def _end_decided(before: Position | None, day: date) -> date | None:
    """The day from which there is the office no more, where that was decided already and comes after this one."""
    end = before.until_on if before else None
    return end if end is not None and end > day else None


def _end_before(before: Position, day: date) -> bool:
    """The version that held ends on the first day of the next; a later one is a clash. Answers whether it would have gone on."""
    if before.from_on >= day:
        sentence = _("Jabatan ini sudah diubah mulai %s. Pilih hari sesudahnya.")
        raise Refused(sentence % day_in_words(before.from_on), field="from_on")
    goes_on = before.until_on is None or before.until_on > day
    if goes_on:
        before.until_on = day
        before.save(update_fields=["until_on"])
    return goes_on


def _same_already(new: NewPosition, until_on: date | None) -> Position | None:
    """Written a moment ago by a second press of the button."""
    told = {
        name: getattr(new, name) for name in ("name", "name_en", "organ", "is_single", "is_central", "role")
    }
    rows = Position.objects.real().filter(**told, from_on=new.from_on, until_on=until_on)
    return (rows.filter(code=new.code) if new.code else rows).order_by("id").first()


def _next_place() -> int:
    return (Position.objects.aggregate(last=Max("place"))["last"] or 0) + 1
