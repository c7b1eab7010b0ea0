"""A komunitas applies: its founder says what it is and where it works."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.groups.areas import required_areas
from okoce.community.groups.events import GroupApplicationChanged, GroupApplied
from okoce.community.groups.models import Application, Check, Group
from okoce.community.groups.rules import LONGEST_NAME, LONGEST_OTHERS, LONGEST_PURPOSE, require_kind
from okoce.community.groups.states import GROUP, WAITING, GroupState
from okoce.community.members.names import clean_name, name_key
from okoce.community.organisations.applying import already_decided, queue_up
from okoce.community.organisations.areas import set_areas
from okoce.community.organisations.limits import note_filed, require_room
from okoce.community.organisations.rules import LONGEST_ANSWER, readable_text, required_name, required_text
from okoce.community.organisations.states import Applies
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.verification.codes import ALPHABET

# Whoever founds a komunitas on the public form: the system acts for her, and the trail says so.
FOUNDER = Actor.system("group_application")
LOT_LENGTH = 6
TOLD = ("name", "name_key", "kind", "purpose")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """What a founder tells. Her number is proven by a code (since when), or is that of the account she is signed in to."""

    name: str
    kind: str
    purpose: str
    areas: tuple[str, ...]
    founder_name: str
    founder_phone: str
    founder_user_id: int | None = None
    phone_proven_since: datetime | None = None
    others: str = ""
    answer: str = ""


@action(Permission.GROUPS_MANAGE)
def apply_group(actor: Actor, new: NewApplication) -> Group:
    """Take an application down, or the founder's changes to one that still waits (of the same name). Sent twice it is one.

    Refuses what is missing, all of it at once, a name that another komunitas has, and more than a few
    waiting at a time or sent lately.
    """
    told = _judged(new)
    queue_up("groups.application", new.founder_phone)
    waiting = _waiting_of(new.founder_phone)
    same = next((group for group in waiting if group.name_key == told.name_key), None)
    if same is not None:
        return _change(same, new)
    require_room(Applies.GROUP, new.founder_phone, len(waiting))
    return _take_down(told, new)


@action(Permission.GROUPS_MANAGE)
def change_application(actor: Actor, group: Group, new: NewApplication) -> Group:
    """Let the founder complete or correct what still waits; also its name. What was asked for counts as answered."""
    _judged(new)
    found = next((one for one in _waiting_of(new.founder_phone) if one.pk == group.pk), None)
    if found is None:
        raise already_decided()
    return _change(found, new)


def _judged(new: NewApplication) -> Group:
    """The komunitas as it would be stored; every wrong field is named at once."""
    errors: list[FieldError] = []
    told = {"name": "", "purpose": ""}
    named, meant = ("name", LONGEST_NAME, required_name), ("purpose", LONGEST_PURPOSE, required_text)
    for field, longest, read in (named, meant):
        try:
            told[field] = read(field, getattr(new, field), longest)
        except Invalid as wrong:
            errors += wrong.errors
    for judge in (
        lambda: require_kind(new.kind),
        lambda: required_areas(new.areas),
        lambda: _named(new),
        lambda: _words(new),
    ):
        try:
            judge()
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid(errors)
    return Group(**told, name_key=name_key(told["name"]), kind=new.kind)


def _named(new: NewApplication) -> str:
    name = clean_name(new.founder_name)
    if isinstance(name, Unreadable):
        raise Invalid([FieldError("founder_name", f"{name.reason} {name.suggestion}".strip())])
    return name


def _words(new: NewApplication) -> tuple[str, str]:
    """Who else helps to run it, and the answer to what was asked."""
    others = readable_text("others", new.others, LONGEST_OTHERS)
    return others, readable_text("answer", new.answer, LONGEST_ANSWER)


def _waiting_of(phone: str) -> list[Group]:
    """Held until the end of the deed, in one order."""
    rows = Group.objects.filter(application__founder_phone=phone, state__in=WAITING)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))


def _take_down(group: Group, new: NewApplication) -> Group:
    today = today_wib()
    group.code, group.state_on = _new_code(), today
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        # her own second tap, a moment ahead of this one
        same = next((one for one in _waiting_of(new.founder_phone) if one.name_key == group.name_key), None)
        if same is not None:
            return _change(same, new)
        raise _taken(group.name) from error
    Application.objects.create(
        group=group,
        founder_name=_named(new),
        founder_phone=new.founder_phone,
        founder_user_id=new.founder_user_id,
        phone_proven_since=new.phone_proven_since,
        others=_words(new)[0],
        applied_on=today,
    )
    set_areas(group, required_areas(new.areas), today)
    note_filed(Applies.GROUP, new.founder_phone)
    record(GroupApplied(group_id=group.pk, name=group.name), subject=group)
    return group


def _change(group: Group, new: NewApplication) -> Group:
    told = _judged(new)
    before, was = _content(group), group.state
    for field in TOLD:
        setattr(group, field, getattr(told, field))
    group.application.founder_name = _named(new)
    group.application.others, answer = _words(new)
    if group.state != GroupState.APPLIED:
        group.application.answer = answer
        group.state = GROUP.move(group.state, GroupState.APPLIED)
        group.state_on, group.state_reason = today_wib(), ""
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise _taken(told.name) from error
    is_another = set_areas(group, required_areas(new.areas), today_wib()) or _content(group) != before
    if is_another:  # what was checked was said of something else
        Check.objects.filter(group=group).delete()
    if is_another or group.state != was:
        group.application.save()
        record(GroupApplicationChanged(group_id=group.pk, name=group.name), subject=group)
    return group


def _content(group: Group) -> tuple[str, ...]:
    return (
        *(getattr(group, field) for field in TOLD),
        group.application.founder_name,
        group.application.others,
    )


def _taken(name: str) -> Conflict:
    return Conflict(
        _("Sudah ada komunitas bernama “%s”. Pakai nama lain, atau bergabunglah dengan komunitas itu.")
        % name,
        field="name",
    )


def _new_code() -> str:
    """Short, for links that people type; it opens nothing."""
    while True:
        code = "KOM-" + "".join(secrets.choice(ALPHABET) for _place in range(LOT_LENGTH))
        if not Group.objects.filter(code=code).exists():
            return code
