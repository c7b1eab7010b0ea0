"""Moving house, and correcting an address that was wrong all along."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.actions.corrections import Correction, correct_member, correct_own_contact
from okoce.community.members.events import MemberMoved, ResidenceCorrected
from okoce.community.members.lasting import nothing_lasts
from okoce.community.members.models import Member, Residence
from okoce.community.members.places import place_errors
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.territory.queries import name_of


@dataclass(frozen=True, slots=True)
class Home:
    """A kecamatan, and a kelurahan within it where it is known."""

    region: str
    village: str = ""


@action(Permission.MEMBERS_CORRECT)
def move_member(
    actor: Actor,
    member: Member,
    *,
    region: str,
    moved_on: date,
    village: str = "",
    address: str | None = None,
) -> Member:
    """Note that a member lives elsewhere from a day on: completed stages count there from that day, earlier days stay.

    The officer must reach the person where she lives so far. The new place need not be the officer's: people move across
    borders, and whoever they leave is the one who hears of it; from then on the officers of the new place look after her.
    `address` is the street there, "" where it is not known; left out (None) what stands stays.

    Refuses an unknown place, a future day, a day that is not after the last move, and what would outlast an emergency. The same
    move twice is one.
    """
    with nothing_lasts(actor, member):
        if address is not None:  # before the move: after it she may be out of the officer's reach
            correct_member(actor, member, Correction(address=address))
        return _move(member, Home(region, village), moved_on)


@action(Permission.MEMBERS_CORRECT_OWN)
def move_own_home(actor: Actor, member: Member, home: Home, *, moved_on: date, address: str = "") -> Member:
    """Note that one lives elsewhere oneself from a day on. Refuses anybody else's record, and as above."""
    _require_own(actor, member)
    moved = _move(member, home, moved_on)
    correct_own_contact(actor, moved, address=address)
    return moved


def _move(member: Member, home: Home, moved_on: date) -> Member:
    region, village = home.region, home.village
    errors = place_errors(region, village)
    problem = day_problem(moved_on)
    if problem:
        errors.append(FieldError("moved_on", problem))
    if errors:
        raise Invalid(errors)
    locked = Member.objects.locked_standing(member.pk)
    current = _current(locked)
    if (current.region, current.village) == (region, village):
        return locked
    if current.from_on is not None and moved_on <= current.from_on:
        raise Refused(
            _("Kepindahan terakhir tercatat %s. Pilih tanggal sesudahnya, atau perbaiki alamat yang keliru.")
            % day_in_words(current.from_on),
            field="moved_on",
        )
    from_region = current.region
    current.until_on = moved_on
    current.save()
    Residence.objects.create(member=locked, region=region, village=village, from_on=moved_on)
    _live_at(locked, region, village)
    moved = MemberMoved(
        member_id=locked.pk,
        moved_on=moved_on.isoformat(),
        from_region=name_of(from_region),
        to_region=name_of(region),
    )
    record(moved, subject=locked)
    return locked


@action(Permission.MEMBERS_CORRECT)
def correct_residence(
    actor: Actor, member: Member, *, region: str, village: str = "", on: date | None = None
) -> Member:
    """Correct an address that was wrong from its beginning: the past is restated. `on` picks an earlier residence.

    Refuses an unknown place and a day on which no residence is known.
    """
    with nothing_lasts(actor, member):
        return _correct_home(member, Home(region, village), on)


@action(Permission.MEMBERS_CORRECT_OWN)
def correct_own_home(actor: Actor, member: Member, home: Home, *, address: str = "") -> Member:
    """Correct one's own address that was wrong from its beginning. Refuses anybody else's record, and as above."""
    _require_own(actor, member)
    corrected = _correct_home(member, home, None)
    correct_own_contact(actor, corrected, address=address)
    return corrected


def _require_own(actor: Actor, member: Member) -> None:
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))


def _correct_home(member: Member, home: Home, on: date | None) -> Member:
    region, village = home.region, home.village
    errors = place_errors(region, village)
    if errors:
        raise Invalid(errors)
    locked = Member.objects.locked_standing(member.pk)
    wrong = _residence_on(locked, on) if on else _current(locked)
    if (wrong.region, wrong.village) == (region, village):
        return locked
    from_region = wrong.region
    wrong.region, wrong.village = region, village
    if wrong.pk is not None:
        wrong.save(update_fields=["region", "village"])
    if wrong.until_on is None:
        _live_at(locked, region, village)
    corrected = ResidenceCorrected(
        member_id=locked.pk, from_region=name_of(from_region), to_region=name_of(region)
    )
    record(corrected, subject=locked)
    return locked


def _current(member: Member) -> Residence:
    """The residence that is open; of whoever never moved her own row, not stored as long as it has no days."""
    found = Residence.objects.filter(member=member, until_on__isnull=True).first()
    return found or Residence(member=member, region=member.region, village=member.village)


def _residence_on(member: Member, day: date) -> Residence:
    stored = Residence.objects.filter(member=member).order_by("id")
    for residence in stored or [_current(member)]:
        begun = residence.from_on is None or residence.from_on <= day
        if begun and (residence.until_on is None or day < residence.until_on):
            return residence
    raise NotFound(_("Tidak ada alamat yang tercatat pada %s.") % day_in_words(day))


def _live_at(member: Member, region: str, village: str) -> None:
    """The member's own columns follow the residence that is valid today."""
    member.region, member.village = region, village
    member.save(update_fields=["region", "village", "updated_at"])
