"""One rule for rows: a Q per table and scope, the same for lists, details, actions, API and exports."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.models import install_row_rule

RowRule = Callable[[Scope], Q]
_RULES: dict[type[models.Model], tuple[RowRule, bool]] = {}

# Tables that everybody may read whole: reference data without persons.
REFERENCE_TABLES: set[str] = {
    "territory.Region",
    "territory.OldCode",
    "pipeline.ProgrammeRule",
    "pipeline.StageTerm",
    "pipeline.Definition",
    "accounts.CodeLimit",
    "accounts.EmergencyTerm",
    "dashboards.ExportLimit",
    "members.ConsentText",
    "members.Purpose",
    "registration.RegistrationTerm",
    "association.AssociationTerm",
    "association.Position",
    "groups.ChecklistItem",
    "groups.GroupTerm",
    "organisations.ApplicationTerm",
    "partners.ContactText",
    "partners.NoticeTerm",
    "partners.PartnerItem",
    "partners.ReferralTerm",
    "partners.ReferralText",
    "notifications.HandRule",
    "notifications.MessageTerm",
    "notifications.Wording",
    "pipeline.MergeTerm",
    "pipeline.Target",
    "privacy.NoticeText",
    "privacy.PrivacyTerm",
    "tickets.TicketTerm",
}


def rows_of(model: type[models.Model], *, joins: bool = False) -> Callable[[RowRule], RowRule]:
    """Register the row rule of a table. `joins=True` when the rule follows a to-many relation: it is then applied as a
    sub-select, so that no row comes twice."""

    def register(rule: RowRule) -> RowRule:
        _RULES[model] = (rule, joins)
        return rule

    return register


def has_policy(model: type[models.Model]) -> bool:
    return model in _RULES


def nothing() -> Q:
    """Matches no row."""
    return Q(pk__in=[])


def restrict(queryset: models.QuerySet[Any], actor: Actor, permission: Permission) -> models.QuerySet[Any]:
    """Narrow a queryset to what one of the actor's grants with the permission reaches. Raises for a table without a rule."""
    model = queryset.model
    if model not in _RULES:
        raise LookupError(f"{model.__name__} has no row rule: register one in its policies.py")
    rule, joins = _RULES[model]
    scopes = list(actor.scopes_with(permission))
    if any(scope.everywhere for scope in scopes):
        return queryset
    if not scopes:
        return queryset.none()
    reach = Q()
    for scope in scopes:
        reach |= rule(scope)
    if joins:
        reach = Q(pk__in=model._default_manager.filter(reach).values("pk"))
    return queryset.filter(reach)


install_row_rule(restrict)


def is_reached(row: models.Model, actor: Actor, permission: Permission) -> bool:
    """The same rule for one saved row: does a grant with the permission reach it?"""
    rows = type(row)._default_manager.all()
    return restrict(rows, actor, permission).filter(pk=row.pk).exists()


def region_rows(scope: Scope, field: str = "region") -> Q:
    """Rows whose region code lies within a territory scope, as a range that an ordinary index serves."""
    if not scope.region:
        return nothing()
    return Q(**{field: scope.region}) | Q(
        **{f"{field}__gte": scope.region + ".", f"{field}__lt": scope.region + "/"}
    )


def anchored_rows(scope: Scope, *, region: str = "", group: str = "", partner: str = "") -> Q:
    """Rows on which every anchor that the scope names holds; a table that lacks a named anchor's field gives nothing.

    `region`, `group` and `partner` are the table's field paths for each anchor ("" when it has none).
    """
    anchors = [
        (bool(scope.region), region, lambda: region_rows(scope, region)),
        (scope.group_id is not None, group, lambda: Q(**{group: scope.group_id})),
        (scope.partner_id is not None, partner, lambda: Q(**{partner: scope.partner_id})),
    ]
    named = [(field, rule) for is_named, field, rule in anchors if is_named]
    if not named or any(not field for field, _rule in named):
        return nothing()
    reach = Q()
    for _field, rule in named:
        reach &= rule()
    return reach
