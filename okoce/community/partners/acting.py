"""For whom somebody acts in referrals: for the partners of her grants, or for the movement itself. Each grant counts for itself."""

from django.db.models import Q

from okoce.community.members.policies import lives_in
from okoce.community.partners.models import Partner
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.states import IN_VAIN, ReferralState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import nothing
from okoce.foundation.access.scope import Scope, region_within


def own_partner_ids(actor: Actor) -> set[int]:
    """The partners for which her grants make her act."""
    scopes = actor.scopes_with(Permission.REFERRALS_HANDLE)
    return {scope.partner_id for scope in scopes if scope.partner_id is not None}


def _watches(scope: Scope) -> bool:
    """A grant over a place or the nation: it goes by neither a mitra, a komunitas nor a person."""
    return scope.everywhere or (bool(scope.region) and _names_a_place_alone(scope))


def _names_a_place_alone(scope: Scope) -> bool:
    others = (scope.partner_id, scope.group_id, scope.member_id, scope.helper_user_id)
    return all(one is None for one in others)


def acts_for_movement(actor: Actor, region: str) -> bool:
    """Whether she sends somebody who lives there for the movement, as the secretariat does."""
    watching = filter(_watches, actor.scopes_with(Permission.REFERRALS_HANDLE))
    return any(_holds(scope, region) for scope in watching)


def _holds(scope: Scope, region: str) -> bool:
    return not scope.region or region_within(region, scope.region)


def watched_rows(actor: Actor, permission: Permission) -> Q:
    """The referrals over which she watches, by those grants alone."""
    reach = nothing()
    for scope in filter(_watches, actor.scopes_with(permission)):
        if scope.everywhere:
            return ~nothing()  # an empty Q would drop out of an "or"
        reach |= lives_in(scope.region, "member__region")
    return reach


def _may(actor: Actor, referral: Referral, permission: Permission, partner_id: int | None) -> bool:
    """Whether one of her grants acts for this side of it, or watches over both, where the person lives."""
    return any(
        _watches(scope) or _acts_for(scope, partner_id)
        for scope in actor.scopes_with(permission)
        if _holds(scope, referral.member.region)
    )


def _acts_for(scope: Scope, partner_id: int | None) -> bool:
    return partner_id is not None and scope.partner_id == partner_id and scope.group_id is None


def may_answer(actor: Actor, referral: Referral) -> bool:
    """Whether she receives it: for the mitra, or as the secretariat for one whose contact persons cannot."""
    return _may(actor, referral, Permission.REFERRALS_HANDLE, referral.to_partner_id)


def is_of_receiver(actor: Actor, referral: Referral) -> bool:
    """Whether she acts for the receiving mitra itself: whoever else may answer does it in its name."""
    scopes = actor.scopes_with(Permission.REFERRALS_HANDLE)
    return any(_acts_for(scope, referral.to_partner_id) for scope in scopes)


def may_withdraw(actor: Actor, referral: Referral) -> bool:
    """Whether she sent it."""
    return _may(actor, referral, Permission.REFERRALS_HANDLE, referral.from_partner_id)


def may_name(actor: Actor, referral: Referral) -> bool:
    """Whether she is told who the person is: a receiver not any more once nothing came of it, nobody once the person took her
    consent back."""
    if referral.consent_withdrawn_since is not None:
        return actor.owns(referral.member_id)
    if referral.state not in IN_VAIN or actor.owns(referral.member_id):
        return True
    return _may(actor, referral, Permission.REFERRALS_READ, referral.from_partner_id)


def may_call(actor: Actor, referral: Referral) -> bool:
    """Whether she is told the person's telephone: a receiver from her acceptance on."""
    if referral.consent_withdrawn_since is not None:
        return False
    if _may(actor, referral, Permission.REFERRALS_READ, referral.from_partner_id):
        return True
    is_settled = referral.state in (ReferralState.ACCEPTED, ReferralState.CLOSED)
    return is_settled and _may(actor, referral, Permission.REFERRALS_READ, referral.to_partner_id)


def names_of(sender: Partner | None, receiver: Partner, movement: str) -> tuple[str, str]:
    return (sender.name if sender is not None else movement, receiver.name)
