"""From a user or a token to an Actor; lists of accounts for those who manage them."""

from django.db.models import F, QuerySet
from django.utils import timezone

from okoce.foundation.access.actor import Actor, Grant, scope_of_grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import ApiToken, RoleAssignment, User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.keys import keyed_hash

TOKEN_PURPOSE = "accounts.token"  # noqa: S105  (a purpose, not a password)


def actor_for_user(user: User) -> Actor:
    """The actor of a signed-in user, with the grants that are valid today."""
    assignments = RoleAssignment.objects.valid_on(today_wib()).filter(user_id=user.pk).order_by("id")
    grants = [_grant(assignment) for assignment in assignments if assignment.role in ROLES]
    if user.member_id is not None:
        grants.append(Grant("anggota", Scope(member_id=user.member_id)))
    return Actor(label=f"user:{user.pk}", user_id=user.pk, grants=tuple(grants))


def _grant(assignment: RoleAssignment) -> Grant:
    scope = scope_of_grant(
        assignment.role,
        user_id=assignment.user_id,
        region=assignment.region,
        group_id=assignment.group_id,
        partner_id=assignment.partner_id,
    )
    return Grant(assignment.role, scope)


def actor_for_token(text: str) -> Actor | None:
    """The actor behind an API token, or None for an unknown or revoked one. Notes the day of its last use."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(token_hash=keyed_hash(TOKEN_PURPOSE, text), revoked_at__isnull=True, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    today = timezone.now().date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return actor_for_user(token.user)


def accounts_in(actor: Actor) -> QuerySet[User]:
    """Accounts that the actor may see, newest first."""
    if not actor.may(Permission.ACCOUNTS_READ):
        return User.objects.none()
    return User.objects.order_by(F("created_at").desc())


def has_account(contact: str) -> bool:
    """True when an active account has this phone (E.164) or e-mail."""
    return User.objects.with_contact(contact) is not None
