"""What becomes of the centres of a komunitas that rests or ends: handed to another one, shut for a time, or shut for good. Of one
that is to work elsewhere: handed to one that works there, or shut for good."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.community.centres import events
from okoce.community.centres.models import Centre, CentreQuerySet
from okoce.community.centres.moves import give, move
from okoce.community.centres.rules import required_reason
from okoce.community.centres.states import CentreState
from okoce.community.groups.models import Group
from okoce.community.groups.queries import active_groups_by_district
from okoce.community.organisations.entrusted import (
    CLOSE,
    HAND,
    PAUSE,
    Entrusted,
    Fates,
    Keeper,
    register_keeper,
    taker_of,
)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.territory import queries as territory

REASON = "shut_reason"


def register_centres() -> None:
    """Called once when the app is ready."""
    register_keeper(Keeper(centres_entrusted, settle_centres, centres_outside, settle_centres_outside))


def centres_entrusted(actor: Actor, group_id: int, for_good: bool) -> list[Entrusted]:
    """The centres that would be left behind, each with the fates that are open to it."""
    return _asked(actor, group_id, _left_behind(group_id, for_good), may_rest=True)


def centres_outside(actor: Actor, group_id: int, codes: Collection[str]) -> list[Entrusted]:
    """The centres outside the kecamatan in which the komunitas is to work, likewise. None stays shut for a time: nobody would answer
    for it there."""
    return _asked(actor, group_id, _outside(group_id, codes), may_rest=False)


def settle_centres(actor: Actor, group_id: int, for_good: bool, fates: Fates) -> None:
    """Let each centre become what was decided about it, within the deed that holds the komunitas. Refuses one that nobody decided
    about, also one that was opened a moment ago."""
    sentence = _("Komunitas ini masih mengurus pusat wirausaha: %s. Pilih dulu apa yang terjadi dengannya.")
    _settle_all(actor, _left_behind(group_id, for_good), fates, sentence)


def settle_centres_outside(actor: Actor, group_id: int, codes: Collection[str], fates: Fates) -> None:
    """The same of those outside the kecamatan in which the komunitas is to work, also of one that was planned there a moment ago."""
    left = _outside(group_id, codes)
    resting = [centre for centre in left if fates.chosen.get(_key(centre)) == PAUSE]
    if resting:
        raise Invalid([FieldError(_key(centre), _wrong()) for centre in resting])
    sentence = _(
        "Di luar wilayah yang baru masih ada pusat wirausaha komunitas ini: %s. Pilih dulu apa yang terjadi dengannya."
    )
    _settle_all(actor, left, fates, sentence)


def _asked(actor: Actor, group_id: int, rows: CentreQuerySet, *, may_rest: bool) -> list[Entrusted]:
    centres = list(rows.order_by("name_key", "id"))
    takers = active_groups_by_district(actor, {centre.region for centre in centres}, besides=group_id)
    places = territory.names_for(centre.region for centre in centres)
    return [
        Entrusted(
            key=_key(centre),
            label=f"{centre.name}, {places[centre.region]} ({CentreState(centre.state).label})",
            fates=tuple(_fates(centre, takers.get(centre.region, []), may_rest=may_rest)),
        )
        for centre in centres
    ]


def _settle_all(actor: Actor, rows: CentreQuerySet, fates: Fates, undecided: str) -> None:
    centres = list(rows.select_related("group").order_by("pk").hold())
    forgotten = [centre.name for centre in centres if not fates.chosen.get(_key(centre))]
    if forgotten:
        raise Refused(undecided % ", ".join(forgotten))
    takers = Group.objects.in_bulk(fates.takers)
    require_reach(actor, Permission.CENTRES_DECIDE, [*centres, *takers.values()])
    for centre in centres:
        _settle(actor, centre, fates, takers)


def _settle(actor: Actor, centre: Centre, fates: Fates, takers: dict[int, Group]) -> None:
    fate = fates.chosen[_key(centre)]
    taker = taker_of(fate)
    if taker in takers and taker != centre.group_id:
        give(actor, centre, takers[taker], _key(centre))
    elif fate == CLOSE:
        move(centre, CentreState.CLOSED, _day(centre), events.CentreClosed, _reason(fates))
    elif fate == PAUSE and centre.state == CentreState.OPEN:
        move(centre, CentreState.PAUSED, _day(centre), events.CentrePaused, _reason(fates))
    elif fate != PAUSE or centre.state != CentreState.PAUSED:
        raise Invalid([FieldError(_key(centre), _wrong())])


def _wrong() -> str:
    return _("Ini tidak bisa terjadi dengan pusat ini. Pilih satu dari daftarnya.")


def _left_behind(group_id: int, for_good: bool) -> CentreQuerySet:
    """A komunitas that rests may keep what is planned or shut; of one that ends nothing stays undecided."""
    mine = Centre.objects.filter(group_id=group_id)
    return mine.filter(~Q(state=CentreState.CLOSED) if for_good else Q(state=CentreState.OPEN))


def _outside(group_id: int, codes: Collection[str]) -> CentreQuerySet:
    """Those that are not closed where it may have none when it works in these alone; also one that was left outside before the
    database refused that."""
    return (
        Centre.objects.filter(group_id=group_id).exclude(region__in=codes).exclude(state=CentreState.CLOSED)
    )


def _fates(centre: Centre, takers: Iterable[Group], *, may_rest: bool) -> list[tuple[str, str]]:
    fates = [(f"{HAND}{taker.pk}", _("Diserahkan kepada %s") % taker.name) for taker in takers]
    if may_rest and centre.state == CentreState.OPEN:
        fates.append((PAUSE, _("Tutup sementara")))
    elif may_rest and centre.state == CentreState.PAUSED:
        fates.append((PAUSE, _("Tetap tutup sementara")))
    return [*fates, (CLOSE, _("Tutup untuk selamanya"))]


def _key(centre: Centre) -> str:
    return f"centre_{centre.pk}"


def _day(centre: Centre) -> date:
    """Today; where it is tomorrow already in the east, and was noted there, then."""
    return max(today_wib(), centre.state_on)


def _reason(fates: Fates) -> str:
    try:
        return required_reason(fates.reason)
    except Invalid as wrong:
        raise Invalid([FieldError(REASON, one.sentence) for one in wrong.errors]) from wrong
