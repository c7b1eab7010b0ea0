"""Founding a komunitas and deciding about it: validated, asked again, refused, paused, opened again, closed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.groups import events
from okoce.community.groups.interests import require_stranger
from okoce.community.groups.models import Application, ChecklistItem, Group
from okoce.community.groups.persons import founder_of
from okoce.community.groups.queries import checklist_of
from okoce.community.groups.rules import LONGEST_NAME, require_kind, required_reason
from okoce.community.groups.states import GROUP, WAITING, GroupKind, GroupState, OfficerRole
from okoce.community.groups.telling import tell_founder, tell_officers
from okoce.community.groups.terms import Term, begin, end_all
from okoce.community.members.names import name_key
from okoce.community.organisations.checklists import judge
from okoce.community.organisations.entrusted import UNDECIDED, Fates, settle_entrusted
from okoce.community.organisations.rules import require_past, required_text
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.notifications.kinds import (
    GROUP_ASKED,
    GROUP_CLOSED,
    GROUP_PAUSED,
    GROUP_REFUSED,
    GROUP_REOPENED,
    GROUP_VALIDATED,
    Kind,
)
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Conflict, Refused

LONGEST_CODE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """A komunitas that the secretariat takes down itself; `region` "" works in the whole nation."""

    code: str
    name: str
    kind: str = GroupKind.OTHER.value
    region: str = ""
    is_synthetic: bool = False


@action(Permission.GROUPS_MANAGE)
def create_group(actor: Actor, new: NewGroup) -> Group:
    """Take down a komunitas that applies; refuses a code or a name that another one has."""
    code, name = required_text("code", new.code, LONGEST_CODE), required_text("name", new.name, LONGEST_NAME)
    require_kind(new.kind)
    group = Group(
        code=code,
        name=name,
        name_key=name_key(name),
        kind=new.kind,
        region=new.region,
        is_synthetic=new.is_synthetic,
    )
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise Conflict(_("Sudah ada komunitas dengan nama atau kode itu. Pakai yang sudah ada.")) from error
    require_reach(actor, Permission.GROUPS_MANAGE, [group])
    record(events.GroupCreated(group_id=group.pk, code=code, name=name), subject=group)
    return group


@action(Permission.GROUPS_MANAGE)
def check_group(actor: Actor, group: Group, met: Collection[int], read_at: datetime | None = None) -> Group:
    """Note which items of today's checklist a komunitas that applied meets; the others it does not (yet). What stays
    as it was keeps who judged it, and when. `read_at`: the state of the application that was looked at (its `updated_at`).

    Refuses whoever founded it, a komunitas that is decided about already, and an application that has changed since.
    """
    locked = Group.objects.locked(group.pk)
    require_stranger(actor, locked)
    _require_waiting(locked)
    if read_at is not None and read_at != locked.updated_at:
        raise Refused(_("Pengajuan ini baru saja berubah. Baca lagi, lalu periksa."))
    items = list(ChecklistItem.objects.valid_on(today_wib()))
    if not judge(locked.checks, items, met, actor.label):
        return locked
    count = sum(item.pk in met for item in items)
    record(
        events.GroupChecked(group_id=locked.pk, name=locked.name, met=count, total=len(items)), subject=locked
    )
    return locked


@action(Permission.GROUPS_MANAGE)
def validate_group(
    actor: Actor, group: Group, validated_on: date, *, is_led_by_founder: bool = False
) -> Group:
    """Declare a komunitas genuine: from now on it takes members, led by its founder where that is decided; she is told. Twice is
    once.

    Refuses whoever founded it or is one of its officers, a day before it applied, what the checklist of that day still misses,
    and a founder who is to lead but whose number does not say who she is.
    """
    locked = Group.objects.locked(group.pk)
    if locked.state == GroupState.ACTIVE:
        return locked
    require_stranger(actor, locked)
    _require_waiting(locked)
    require_past("validated_on", validated_on)
    _require_applied_by(locked, validated_on)
    _require_checked(locked, validated_on)
    locked.validated_on = validated_on
    _move(locked, GroupState.ACTIVE, validated_on)
    record(
        events.GroupValidated(group_id=locked.pk, name=locked.name, validated_on=validated_on.isoformat()),
        subject=locked,
    )
    if is_led_by_founder:
        _let_founder_lead(locked)
    tell_founder(GROUP_VALIDATED, locked)
    return locked


def _let_founder_lead(group: Group) -> None:
    founder = founder_of(group)
    if founder is None:
        raise Refused(
            _(
                "Belum jelas akun siapa pendirinya, misalnya karena nomornya dipakai beberapa anggota. Validasi tanpa menjadikannya"
                " ketua, lalu tunjuk pengurus dengan nomor anggotanya."
            )
        )
    begin(group, founder, Term(OfficerRole.CHAIR, today_wib()))


@action(Permission.GROUPS_MANAGE)
def ask_group(actor: Actor, group: Group, reason: str) -> Group:
    """Ask the founder to complete or correct the application; she is told, and reads what is asked."""
    return _decide(group, GroupState.ASKED, reason, events.GroupAsked, GROUP_ASKED)


@action(Permission.GROUPS_MANAGE)
def refuse_group(actor: Actor, group: Group, reason: str) -> Group:
    """Refuse an application, with the reason that its founder reads; she is told. Its name is free again."""
    return _decide(group, GroupState.REFUSED, reason, events.GroupRefused, GROUP_REFUSED)


@action(Permission.GROUPS_MANAGE)
def pause_group(actor: Actor, group: Group, reason: str, fates: Fates = UNDECIDED) -> Group:
    """Let an active komunitas rest: it takes no new members until it is opened again. Refuses while it is undecided what becomes
    of each of its open centres meanwhile."""
    Group.objects.hold_all({group.pk, *fates.takers})
    settle_entrusted(actor, group.pk, fates, for_good=False)
    return _decide(group, GroupState.PAUSED, reason, events.GroupPaused, to_officers=GROUP_PAUSED)


@action(Permission.GROUPS_MANAGE)
def reopen_group(actor: Actor, group: Group, reason: str) -> Group:
    """Let a komunitas that rests go on. One that only applied is validated instead. Refuses whoever founded or serves it."""
    locked = Group.objects.locked(group.pk)
    if locked.state in WAITING:
        raise Refused(_("Komunitas ini belum divalidasi. Periksa daftarnya, lalu validasi."), field="reason")
    require_stranger(actor, locked)
    return _decide(locked, GroupState.ACTIVE, reason, events.GroupReopened, to_officers=GROUP_REOPENED)


@action(Permission.GROUPS_MANAGE)
def close_group(actor: Actor, group: Group, reason: str, fates: Fates = UNDECIDED) -> Group:
    """Close a komunitas for good; its officers serve no longer, and no grant for it holds. Nothing of it is deleted: its members
    and its history stay readable. Refuses while it is undecided what becomes of each of its centres."""
    Group.objects.hold_all({group.pk, *fates.takers})
    settle_entrusted(actor, group.pk, fates, for_good=True)
    closed = _decide(group, GroupState.CLOSED, reason, events.GroupClosed, to_officers=GROUP_CLOSED)
    end_all(closed, today_wib())
    return closed


def _decide(
    group: Group,
    to: GroupState,
    reason: str,
    fact: Callable[..., object],
    to_founder: Kind | None = None,
    to_officers: Kind | None = None,
) -> Group:
    """Move a komunitas, with the reason; where it stands there already, the second click finds it done."""
    why = required_reason(reason)
    locked = Group.objects.locked(group.pk)
    if locked.state == to and locked.state_reason == why:
        return locked
    _move(locked, to, today_wib(), why)
    record(fact(group_id=locked.pk, name=locked.name), subject=locked, changes={"reason": ["", why]})
    if to_founder is not None:
        tell_founder(to_founder, locked)
    if to_officers is not None:
        tell_officers(to_officers, locked, why)
    return locked


def _move(group: Group, to: GroupState, on: date, reason: str = "") -> None:
    group.state = GROUP.move(group.state, to)
    group.state_on, group.state_reason = on, reason
    group.save(update_fields=["state", "state_on", "state_reason", "validated_on", "updated_at"])


def _require_waiting(group: Group) -> None:
    if group.state not in WAITING:
        raise Refused(
            _("Pengajuan komunitas ini sudah diputuskan: “%s”. Muat ulang halamannya.")
            % GroupState(group.state).label
        )


def _require_applied_by(group: Group, day: date) -> None:
    applied = Application.objects.filter(group=group).first()
    if applied is not None and day < applied.applied_on:
        raise Refused(
            _("Komunitas ini baru mengajukan diri pada %s. Pilih hari itu atau sesudahnya.")
            % day_in_words(applied.applied_on),
            field="validated_on",
        )


def _require_checked(group: Group, day: date) -> None:
    missing = [one.text for one in checklist_of(group, day) if not one.is_met]
    if missing:
        raise Refused(_("Belum bisa divalidasi. Yang belum diperiksa: %s.") % "; ".join(missing))
