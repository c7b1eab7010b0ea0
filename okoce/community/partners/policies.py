from django.db.models import Q

from okoce.community.members.policies import lives_in
from okoce.community.partners.agreement_models import Agreement, Extension, Obligation, Party
from okoce.community.partners.models import Contact, Partner, PartnerArea, PartnerCheck, Proposal
from okoce.community.partners.referral_models import Referral
from okoce.foundation.access.policies import anchored_rows, nothing, rows_of
from okoce.foundation.access.scope import Scope


def partner_rows(scope: Scope, prefix: str = "") -> Q:
    """By home or by name; a komunitas sees those with whom it has an agreement. `prefix` is the path to it from another table."""
    group = f"{prefix}agreements__agreement__parties__group_id"
    return anchored_rows(scope, region=f"{prefix}region", partner=f"{prefix}id", group=group)


def agreement_rows(scope: Scope, prefix: str = "") -> Q:
    """By the home of its places, or as one of its sides."""
    sides = f"{prefix}parties__"
    return anchored_rows(
        scope, region=f"{prefix}region", partner=f"{sides}partner_id", group=f"{sides}group_id"
    )


@rows_of(Partner, joins=True)
def _(scope: Scope) -> Q:
    return partner_rows(scope)


@rows_of(PartnerArea, joins=True)
@rows_of(PartnerCheck, joins=True)
@rows_of(Contact, joins=True)
def _(scope: Scope) -> Q:
    return partner_rows(scope, "partner__")


@rows_of(Proposal)
def _(scope: Scope) -> Q:
    """Who speaks for it is for those alone who decide about it in its place, and for its own officers, who keep that right."""
    return anchored_rows(scope, region="partner__region", partner="partner_id")


@rows_of(Agreement, joins=True)
def _(scope: Scope) -> Q:
    return agreement_rows(scope)


@rows_of(Party, joins=True)
@rows_of(Extension, joins=True)
@rows_of(Obligation, joins=True)
def _(scope: Scope) -> Q:
    return agreement_rows(scope, "agreement__")


@rows_of(Referral)
def _(scope: Scope) -> Q:
    """Her own, or as one of the two who exchange it, or over all of those who live in a place: who holds the right by a
    territory watches over them (ADR 0024). Where she herself took her consent back, neither of the two reads of it any more."""
    if scope.member_id is not None:
        return Q(member_id=scope.member_id)
    if scope.group_id is not None or scope.helper_user_id is not None:
        return nothing()
    reach = lives_in(scope.region, "member__region") if scope.region else Q()
    if scope.partner_id is None:
        return reach if scope.region else nothing()
    sides = Q(from_partner_id=scope.partner_id) | Q(to_partner_id=scope.partner_id)
    return reach & sides & Q(consent_withdrawn_since__isnull=True)
