"""From a user or a token to an Actor; lists of accounts for those who manage them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import (
    Actor,
    Emergency,
    Grant,
    account_of_label,
    scope_of_grant,
    was_in_emergency,
)
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.access.scope import Scope, region_within
from okoce.foundation.accounts.models import ApiToken, RoleAssignment, User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.statements import run_prepared

Anchored = tuple[str, str, int | None, int | None]
OFFICERS = [name for name, role in ROLES.items() if role.breadth is not Breadth.SELF]
TOKEN_PURPOSE = "accounts.token"  # noqa: S105  (a purpose, not a password)


# These two stand before every page of somebody signed in.
_ACCOUNT = "SELECT {columns} FROM accounts_user WHERE id = %(id)s AND is_active"
_GRANTS = """
SELECT role, region, group_id, partner_id FROM accounts_roleassignment
WHERE user_id = %(user)s AND from_on <= %(today)s AND (until_on IS NULL OR until_on > %(today)s)
ORDER BY id
"""


def active_user(user_id: int) -> User | None:
    """The account of an id, None where it may not come in any more. Public: asked by a session that is hers."""
    columns = [field.attname for field in User._meta.concrete_fields]
    rows = run_prepared(_ACCOUNT.format(columns=", ".join(columns)), {"id": user_id})
    return User.from_db(DEFAULT_DB_ALIAS, columns, rows[0]) if rows else None


def actor_for_user(user: User) -> Actor:
    """The actor of a signed-in user, with the grants that are valid today."""
    return _actor(user.pk, user.member_id, run_prepared(_GRANTS, {"user": user.pk, "today": today_wib()}))


# The same with what she has opened for herself. It stands with the grants of now: who has lost the right has lost it too.
_GRANTS_AND_EMERGENCY = """
(SELECT role, region, group_id, partner_id, NULL::bigint AS id, NULL::timestamptz AS until FROM accounts_roleassignment
WHERE user_id = %(user)s AND from_on <= %(today)s AND (until_on IS NULL OR until_on > %(today)s)
ORDER BY accounts_roleassignment.id)
UNION ALL
SELECT role, region, NULL, NULL, id, until FROM accounts_emergencyaccess
WHERE user_id = %(user)s AND opened_since <= %(now)s AND until > %(now)s AND ended_at IS NULL
"""


def actor_for_session(user: User) -> Actor:
    """The actor of somebody at a browser: with the grants of today, and the emergency that is open at this instant. A program or
    a job has none: nobody looks at a banner there."""
    asked = {"user": user.pk, "today": today_wib(), "now": timezone.now()}
    rows = run_prepared(_GRANTS_AND_EMERGENCY, asked)
    actor = _actor(user.pk, user.member_id, [row[:4] for row in rows if row[4] is None])
    opened = next((row for row in rows if row[4] is not None), None)
    if opened is None or not actor.may(Permission.EMERGENCY_OPEN):
        return actor
    role, region, _group, _partner, emergency_id, until = opened
    return actor.in_emergency(Emergency(emergency_id, role, region, until))


def _actor(user_id: int, member_id: int | None, assignments: Iterable[Anchored]) -> Actor:
    """`assignments`: role, region, komunitas and partner of each grant; a role that is no more gives nothing."""
    grants = [_grant(user_id, *assignment) for assignment in assignments if assignment[0] in ROLES]
    if member_id is not None:
        grants.append(Grant("anggota", Scope(member_id=member_id)))
    return Actor(label=f"user:{user_id}", user_id=user_id, grants=tuple(grants))


def _grant(user_id: int, role: str, region: str, group_id: int | None, partner_id: int | None) -> Grant:
    scope = scope_of_grant(role, user_id=user_id, region=region, group_id=group_id, partner_id=partner_id)
    return Grant(role, scope)


# One round trip for token, user and grants: it stands before every call of the API.
_BEHIND = """
SELECT t.id, t.last_used_on, u.id, u.member_id, a.role, a.region, a.group_id, a.partner_id
FROM accounts_apitoken t
JOIN accounts_user u ON u.id = t.user_id AND u.is_active
LEFT JOIN accounts_roleassignment a
  ON a.user_id = u.id AND a.from_on <= %(today)s AND (a.until_on IS NULL OR a.until_on > %(today)s)
WHERE t.token_hash = %(hash)s AND t.revoked_at IS NULL
ORDER BY a.id
"""


def actor_for_token(text: str) -> Actor | None:
    """The actor behind an API token, or None for an unknown or revoked one. Notes the day of its last use."""
    today = today_wib()
    rows = run_prepared(_BEHIND, {"hash": keyed_hash(TOKEN_PURPOSE, text), "today": today})
    if not rows:
        return None
    token_id, last_used_on, user_id, member_id = rows[0][:4]
    if last_used_on != today:
        _note_use(token_id, today)
    return _actor(user_id, member_id, [row[4:] for row in rows if row[4] is not None])


def _note_use(token_id: int, today: date) -> None:
    """Once a day; a token's row is only written by somebody named."""
    with transaction.atomic(), opened_by(Actor.system("token_use")):
        ApiToken.objects.filter(pk=token_id).update(last_used_on=today)


def accounts_in(actor: Actor) -> QuerySet[User]:
    """Accounts that the actor may see, newest first."""
    if not actor.may(Permission.ACCOUNTS_READ):
        return User.objects.none()
    return User.objects.order_by(F("created_at").desc())


def phones_of(actor: Actor, user_ids: Iterable[int]) -> dict[int, str]:
    """The telephones of active accounts by id, in one query; nothing for whoever may not see accounts."""
    rows = accounts_in(actor).filter(pk__in=set(user_ids), is_active=True, phone__isnull=False)
    return {pk: phone for pk, phone in rows.order_by().values_list("pk", "phone") if phone}


def has_account(contact: str) -> bool:
    """True when an active account has this phone (E.164) or e-mail."""
    return User.objects.with_contact(contact).exists()


def one_with_contact(contact: str) -> User | None:
    """The one active account with this phone or e-mail; refuses to choose where a family shares the phone."""
    found = list(User.objects.with_contact(contact)[:2])
    if len(found) > 1:
        raise Conflict(
            _("Nomor %s dipakai oleh lebih dari satu akun. Sebutkan akunnya dengan surel.") % contact
        )
    return found[0] if found else None


def is_officer(user: User) -> bool:
    """True when the account holds any role today, besides being a member."""
    return user.assignments.valid_on(today_wib()).filter(role__in=OFFICERS).exists()


def accounts_of_phone(phone: str) -> list[User]:
    """The active accounts with this phone; whoever asks has proven that it is hers."""
    return list(User.objects.with_contact(phone).filter(is_active=True))


def officers_of_phone(phone: str) -> list[User]:
    """Accounts with this phone that hold a role today."""
    serving = RoleAssignment.objects.valid_on(today_wib()).filter(role__in=OFFICERS).values("user_id")
    return list(User.objects.with_contact(phone).filter(pk__in=serving))


@dataclass(frozen=True, slots=True)
class Identity:
    """The accounts and telephones that may be one person's. A family's telephone makes one of several: so it is used to keep
    somebody away from what concerns her, never to let her in."""

    user_ids: frozenset[int]
    phones: frozenset[str]


def identity_of(user_id: int) -> Identity:
    """Whoever may be the person behind an account. Public: no name, asked by rules only."""
    return identities_of([user_id])[user_id]


def identities_of(user_ids: Iterable[int]) -> dict[int, Identity]:
    """Likewise behind each of many accounts, in two statements."""
    wanted = set(user_ids)
    own = {row[0]: row for row in User.objects.filter(pk__in=wanted).values_list("pk", "phone", "member_id")}
    phones = {phone for _pk, phone, _member in own.values() if phone}
    members = {member for _pk, _phone, member in own.values() if member is not None}
    alike = Q(pk__in=wanted) | Q(phone__in=phones) | Q(member_id__in=members)
    by_phone, by_member = defaultdict(set), defaultdict(set)
    phone_of = {}
    for pk, phone, member in User.objects.filter(alike).values_list("pk", "phone", "member_id"):
        phone_of[pk] = phone
        by_phone[phone].add(pk)
        by_member[member].add(pk)
    found = {}
    for user_id in wanted:
        _pk, phone, member = own.get(user_id, (user_id, None, None))
        hers = {user_id} | (by_phone[phone] if phone else set())
        hers |= by_member[member] if member is not None else set()
        numbers = (phone_of.get(pk) for pk in hers)
        found[user_id] = Identity(frozenset(hers), frozenset(one for one in numbers if one))
    return found


def officers_with(permission: Permission) -> list[int]:
    """The active accounts to which some role gives the right today, wherever it reaches."""
    roles = [name for name, role in ROLES.items() if permission in role.permissions]
    serving = RoleAssignment.objects.valid_on(today_wib()).filter(role__in=roles, user__is_active=True)
    return sorted(set(serving.values_list("user_id", flat=True)))


def actor_for_user_id(user_id: int) -> Actor | None:
    """The actor of an active account, for jobs that go on in its name."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return actor_for_user(user) if user else None


def author_names(labels: Iterable[str]) -> dict[str, str]:
    """Authors as the trail writes them (`user:7`, `system:demo`), as people read them; one query. A name alone, no contact."""
    wanted = dict.fromkeys(labels)
    numbers = {label: number for label in wanted if (number := _number_in(label)) is not None}
    names = dict(User.objects.filter(pk__in=numbers.values()).values_list("pk", "name")) if numbers else {}
    told = {label: names.get(number, label) for label, number in numbers.items()}
    told |= {
        "system:registration": _("Pendaftaran sendiri"),
        "system:group_application": _("Pendirinya"),
        "system:ticket_sender": _("Pelapornya"),
        "system:ticket_clock": _("Sistem, menurut waktunya"),
        "system:referral_clock": _("Sistem, menurut waktunya"),
    }
    return {
        label: _marked(label, told.get(label) or label.replace("system:", _("Sistem: "), 1))
        for label in wanted
    }


def _number_in(label: str) -> int | None:
    """The account behind an author of the trail, also one who acted in an emergency."""
    account = account_of_label(label)
    is_account = account.startswith("user:") and account[5:].isdecimal()
    return int(account[5:]) if is_account else None


def _marked(label: str, words: str) -> str:
    return _("%s (akses darurat)") % words if was_in_emergency(label) else words


def author_roles(labels: Iterable[str]) -> dict[str, str]:
    """Authors as the trail writes them, by what they are: "Petugas kecamatan". No name: whoever acted did so in a role."""
    wanted = dict.fromkeys(labels)
    ids = [number for label in wanted if (number := _number_in(label)) is not None]
    held = RoleAssignment.objects.filter(user_id__in=ids).order_by("-id").values_list("user_id", "role")
    titles = {f"user:{user}": str(ROLES[role].title) for user, role in held if role in ROLES} if ids else {}
    return {
        label: _marked(
            label,
            titles.get(account_of_label(label))
            or (_("Anggota") if label.startswith("user:") else _("Sistem")),
        )
        for label in wanted
    }


def user_names(user_ids: Iterable[int]) -> dict[int, str]:
    """Names of accounts by id, in one query, none where none is asked. A name alone, no contact. Public."""
    wanted = set(user_ids)
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that an account holds today, and what it was given for."""

    user_id: int
    name: str
    role: str
    region: str
    group_id: int | None

    def reaches(self, region: str, group_id: int | None) -> bool:
        """Whether somebody who lives there, in that komunitas, lies within it; a role without a place is for everybody."""
        is_near = not self.region or region_within(region, self.region)
        return is_near and self.group_id in (None, group_id)


def roles_held_by(user_id: int, roles: Iterable[str], day: date) -> list[RoleHeld]:
    """Which of these roles an active account holds on a day. Public: no contact, no more than who does what."""
    return _held(RoleAssignment.objects.valid_on(day).filter(user_id=user_id), roles)


def roles_held_by_each(user_ids: Iterable[int], roles: Iterable[str], day: date) -> dict[int, list[RoleHeld]]:
    """The same of several accounts, in one query, none where none is asked. Public in the same way."""
    wanted, found = set(user_ids), defaultdict[int, list[RoleHeld]](list)
    if wanted:
        for one in _held(RoleAssignment.objects.valid_on(day).filter(user_id__in=wanted), roles):
            found[one.user_id].append(one)
    return dict(found)


def holders_of(roles: Iterable[str], day: date, most: int) -> list[RoleHeld]:
    """Accounts that hold one of these roles on a day, by name. Public in the same way."""
    return _held(RoleAssignment.objects.valid_on(day), roles, most)


def name_in_office(day: date) -> QuerySet[RoleAssignment, Any]:
    """The name of the account that the outer row calls `user_id`, while it is active and holds any role that is an office: for a
    subquery. Public in the same way."""
    rows = RoleAssignment.objects.valid_on(day).filter(user_id=OuterRef("user_id"), role__in=list(ROLES))
    return rows.filter(user__is_active=True).order_by().values("user__name")[:1]


def _held(rows: QuerySet[RoleAssignment], roles: Iterable[str], most: int | None = None) -> list[RoleHeld]:
    found = rows.filter(role__in=list(roles), user__is_active=True).order_by("user__name", "pk")
    values = found.values_list("user_id", "user__name", "role", "region", "group_id")[:most]
    return [RoleHeld(*row) for row in values]


def officers_around(roles: Iterable[str], region: str, groups: Iterable[int], day: date) -> dict[str, int]:
    """How many active accounts hold each role for a place: within it or around it, for the nation, or for one of these komunitas.
    Public: numbers alone."""
    above = ["", *(region[:end] for end in (2, 5, 8) if end <= len(region))]
    near = Q(region__in=above) | (Q(region__gt=region, region__lt=region + "/") if region else Q())
    placed = Q(group_id__isnull=True) & (near if region else Q())
    rows = RoleAssignment.objects.valid_on(day).filter(
        Q(partner_id__isnull=True) & (placed | Q(group_id__in=list(groups))),
        role__in=list(roles),
        user__is_active=True,
    )
    return dict(rows.values_list("role").annotate(people=Count("user_id", distinct=True)).order_by("role"))
