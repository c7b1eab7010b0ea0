"""What becomes of two records of one person, decided in one place for the deed and for the page that foretells it. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from okoce.community.members.models import Business, Consent, Helper, Member
from okoce.community.members.states import EntryState
from okoce.pipeline.models import JobStatement, StageRecord

Row = TypeVar("Row")

FILLABLE = ("phone", "email", "birth_on", "sex", "work_status", "address", "source", "village")
NIK = ("nik_encrypted", "nik_hash", "nik_masked")
OF_BUSINESS = ("name", "sector", "since_on", "workers", "monthly_turnover", "nib", "npwp")


@dataclass(slots=True)
class Shares(Generic[Row]):
    """Rows of the absorbed record: those that move, and those for which the kept one has its own. `replaced` are rows of the
    kept one that give way."""

    moved: list[Row] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    replaced: list[Row] = field(default_factory=list)


def nik_differs(keep: Member, absorb: Member) -> bool:
    return bool(keep.nik_hash and absorb.nik_hash and bytes(keep.nik_hash) != bytes(absorb.nik_hash))


def phone_taken() -> str:
    """Why the other's phone cannot come along; without a name, since that third record may be anywhere."""
    return _(
        "Nomor HP yang ikut sudah dipakai catatan lain dengan nama yang sama. Pertahankan catatan yang satunya, atau gabungkan"
        " dulu dengan catatan lain itu."
    )


def filled_blanks(keep: Member, absorb: Member) -> dict[str, Any]:
    """Columns of the kept member that get the other's value; the earlier registration and consent hold."""
    filled = {
        name: getattr(absorb, name) for name in FILLABLE if not getattr(keep, name) and getattr(absorb, name)
    }
    if "village" in filled and absorb.region != keep.region:
        del filled["village"]
    if not keep.nik_hash and absorb.nik_hash:
        filled |= {name: getattr(absorb, name) for name in NIK}
    days = {
        "registered_on": min(keep.registered_on, absorb.registered_on),
        "consent_on": _earliest(keep.consent_on, absorb.consent_on),
    }
    if absorb.is_restricted and not keep.is_restricted:
        filled["is_restricted"] = True
    return filled | {name: day for name, day in days.items() if day != getattr(keep, name)}


def filled_business(mine: Business | None, theirs: Business | None) -> dict[str, Any]:
    """Columns of the kept business that get the other's value."""
    if theirs is None:
        return {}
    filled = {
        name: getattr(theirs, name)
        for name in OF_BUSINESS
        if getattr(mine, name, None) in ("", None) and getattr(theirs, name) not in ("", None)
    }
    if theirs.entry_state != EntryState.NONE and (mine is None or mine.entry_state == EntryState.NONE):
        filled["entry_state"] = theirs.entry_state
    return filled


def share_records(mine: Iterable[StageRecord], theirs: Iterable[StageRecord]) -> Shares[StageRecord]:
    """Of each stage the earliest completion wins; else the record that stays keeps its own."""
    own_of = {record.stage: record for record in mine}
    shares: Shares[StageRecord] = Shares()
    for their in theirs:
        own = own_of.get(their.stage)
        if own is not None and not _is_earlier(their.completed_on, own.completed_on):
            shares.dropped.append(their)
            continue
        if own is not None:
            shares.replaced.append(own)
        shares.moved.append(their)
    return shares


def share_jobs(mine: Iterable[JobStatement], theirs: Iterable[JobStatement]) -> Shares[JobStatement]:
    """A statement moves unless the kept record has one of that day and level."""
    taken = {(row.stated_on, row.level) for row in mine}
    return _shares(theirs, lambda their: (their.stated_on, their.level) not in taken)


def share_helpers(mine: Iterable[Helper], theirs: Iterable[Helper]) -> Shares[Helper]:
    """Whoever helps both with the same helps the one person once, since the earlier day; help that has ended moves as it is."""
    open_of = {_help_of(row): row for row in mine if row.until_on is None}
    shares: Shares[Helper] = Shares()
    for their in theirs:
        own = open_of.get(_help_of(their)) if their.until_on is None else None
        if own is not None and own.from_on <= their.from_on:
            shares.dropped.append(their)
            continue
        if own is not None:
            shares.replaced.append(own)
        shares.moved.append(their)
    return shares


def _help_of(helper: Helper) -> tuple[int | None, int | None, str]:
    return helper.user_id, helper.partner_id, helper.purpose


def taken_back(mine: Iterable[Consent], theirs: Sequence[Consent]) -> list[tuple[Consent, date]]:
    """Of the consents that stand on one record those that the person took back since under the other, each with that day."""
    allowed = {_allowed(row) for row in theirs if row.withdrawn_on is None}
    ended: dict[tuple[str, int | None], date] = {}
    for row in theirs:
        if row.withdrawn_on is not None and _allowed(row) not in allowed:
            ended[_allowed(row)] = max(row.withdrawn_on, ended.get(_allowed(row), row.withdrawn_on))
    standing = [row for row in mine if row.withdrawn_on is None and _allowed(row) in ended]
    return [(row, ended[_allowed(row)]) for row in standing if row.given_on <= ended[_allowed(row)]]


def _allowed(consent: Consent) -> tuple[str, int | None]:
    return consent.purpose, consent.partner_id


def share_periods(mine: Sequence[Any], theirs: Iterable[Any]) -> Shares[Any]:
    """A reason (of one step) or a membership moves unless it overlaps one of the record that stays: one holds at a time."""
    return _shares(theirs, lambda their: not any(overlaps(own, their) for own in mine))


def _shares(theirs: Iterable[Row], may_move: Callable[[Row], bool]) -> Shares[Row]:
    shares: Shares[Row] = Shares()
    for their in theirs:
        (shares.moved if may_move(their) else shares.dropped).append(their)
    return shares


def overlaps(one: Any, other: Any) -> bool:
    """Two periods of the same step (a membership has none) that share a day."""
    if getattr(one, "stage", None) != getattr(other, "stage", None):
        return False
    return _begins_before(one, other.until_on) and _begins_before(other, one.until_on)


def _begins_before(period: Any, until_on: date | None) -> bool:
    return until_on is None or period.from_on is None or period.from_on < until_on


def _is_earlier(theirs: date | None, own: date | None) -> bool:
    return theirs is not None and (own is None or theirs < own)


def _earliest(first: date | None, second: date | None) -> date | None:
    return min((day for day in (first, second) if day is not None), default=None)
