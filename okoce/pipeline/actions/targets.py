"""Setting a target, and taking one back."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_names, groups_in_sight
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ALL_ROLES
from okoce.foundation.access.scope import region_within
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory import queries as territory
from okoce.pipeline import tallies
from okoce.pipeline.events import TargetSet, TargetWithdrawn
from okoce.pipeline.programmes import course_of, programme_of
from okoce.pipeline.rules import rules_as_stored
from okoce.pipeline.states import EACH_GROUP, Metric
from okoce.pipeline.target_models import Target

LARGEST = 1_000_000_000
LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTarget:
    """A target as it is set; `node` as the tallies know it, `K:*` for every komunitas by itself, or `P:…` for a programme."""

    metric: str
    node: str
    from_on: date
    until_on: date
    value: int
    source: str


@action(Permission.PIPELINE_MANAGE_TARGETS)
def set_target(actor: Actor, new: NewTarget) -> Target:
    """Write a target down beside those that stand, whatever they say. The same twice is refused, and so is a period that ends
    before it begins, a number that is none, and a scope in which the metric cannot be counted."""
    if new.node != EACH_GROUP and not programme_of(new.node):
        tallies.require_node(new.node)
    _require_reach(actor, new.node)
    source = _checked(new)
    _require_known(new)
    target = Target(
        metric=new.metric,
        node=new.node,
        from_on=new.from_on,
        until_on=new.until_on,
        value=new.value,
        source=source,
        set_by=_office_of(actor),
    )
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        raise Conflict(_("Target yang sama dengan sumber yang sama sudah ada.")) from error
    told = TargetSet(
        target_id=target.pk,
        metric=target.metric,
        label=str(Metric(target.metric).label),
        node=target.node,
        value=target.value,
        until_on=target.until_on.isoformat(),
        source=source,
    )
    record(told, subject=target)
    return target


@action(Permission.PIPELINE_MANAGE_TARGETS)
def withdraw_target(actor: Actor, target_id: int, reason: str) -> Target:
    """Say of a target that it no longer holds, and why. It stays readable; twice is once."""
    target = Target.objects.select_for_update().filter(pk=target_id).first()
    if target is None:
        raise NotFound(_("Target itu tidak ada."))
    _require_reach(actor, target.node)
    if target.withdrawn_on is not None:
        return target
    why = clean_text(reason, LONGEST_SOURCE)
    if isinstance(why, Unreadable) or not why:
        sentence = (
            f"{why.reason} {why.suggestion}" if isinstance(why, Unreadable) else _("Tulis mengapa dicabut.")
        )
        raise Invalid([FieldError("reason", sentence)])
    target.withdrawn_on, target.withdrawal_reason = today_wib(), why
    target.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    told = TargetWithdrawn(
        target_id=target.pk,
        label=str(Metric(target.metric).label),
        value=target.value,
        until_on=target.until_on.isoformat(),
        reason=why,
    )
    record(told, subject=target)
    return target


def _require_known(new: NewTarget) -> None:
    """Refuses a place, a komunitas or a programme that does not exist."""
    if _is_one_group(new.node):
        if not group_names([int(new.node[2:])]):
            raise NotFound(_("Komunitas itu tidak ada."), field="node")
    elif programme := programme_of(new.node):
        _require_held(programme, new)
    elif new.node and new.node != EACH_GROUP:
        territory.region(new.node)


def _require_held(programme: str, new: NewTarget) -> None:
    """Refuses a programme that holds on no day of the target's time, as decided so far."""
    rules = rules_as_stored()
    if programme not in {rule.programme for rule in rules}:
        raise NotFound(_("Program itu tidak ada."), field="node")
    course = course_of(rules, programme, new.from_on, new.until_on, today_wib())
    if course.never_holds:
        sentence = _(
            "Program ini tidak berlaku pada satu hari pun dalam masa target. Periksa masanya di halaman program."
        )
        raise Invalid([FieldError("until_on", sentence)])


def _require_reach(actor: Actor, node: str) -> None:
    """A grant for one territory or komunitas sets no target beyond it; a programme may hold anywhere."""
    right = Permission.PIPELINE_MANAGE_TARGETS
    for reach in actor.scopes_with(right):
        whole = reach.group_id is None and reach.partner_id is None
        if reach.everywhere or (whole and region_within(node, reach.region)):
            return
    if _is_one_group(node) and int(node[2:]) in groups_in_sight(actor, right):
        return
    raise NotFound(_("Wilayah itu tidak ada dalam wilayah tugas Anda."), field="node")


def _is_one_group(node: str) -> bool:
    return node.startswith("K:") and node != EACH_GROUP


def _office_of(actor: Actor) -> str:
    """The role in which it is set: whose hand it was, the trail tells."""
    right = Permission.PIPELINE_MANAGE_TARGETS
    return next(
        (grant.role for grant in actor.grants if right in ALL_ROLES[grant.role].permissions), actor.label
    )


def _checked(new: NewTarget) -> str:
    """The source as it will stand; raises Invalid with every wrong field."""
    errors = [*_wrong_numbers(new), *_wrong_scope(new)]
    source = clean_text(new.source, LONGEST_SOURCE)
    if isinstance(source, Unreadable):
        errors.append(FieldError("source", f"{source.reason} {source.suggestion}"))
    elif not source:
        errors.append(
            FieldError("source", _("Sumbernya kosong. Tulis keputusan, surat, atau berita yang memuatnya."))
        )
    if errors or isinstance(source, Unreadable):
        raise Invalid(errors)
    return source


def _wrong_numbers(new: NewTarget) -> list[FieldError]:
    errors = []
    if new.until_on <= new.from_on:
        errors.append(FieldError("until_on", _("Target berakhir sebelum mulai. Periksa kedua tanggalnya.")))
    if not 0 < new.value <= LARGEST:
        errors.append(FieldError("value", _("Angka target harus 1 sampai 1.000.000.000.")))
    return errors


def _wrong_scope(new: NewTarget) -> list[FieldError]:
    if new.metric not in Metric.values:
        return [FieldError("metric", _("Ukuran ini tidak dikenal. Pilih satu dari daftarnya."))]
    is_of_group = new.node.startswith("K:")
    if new.metric == Metric.ENTREPRENEURS_PER_COMMUNITY and new.node != EACH_GROUP:
        return [
            FieldError("node", _("Ukuran per komunitas berlaku untuk setiap komunitas. Pilih lingkup itu."))
        ]
    if new.node == EACH_GROUP and new.metric != Metric.ENTREPRENEURS_PER_COMMUNITY:
        return [FieldError("node", _("Untuk setiap komunitas, pilih ukuran “Wirausaha per komunitas”."))]
    if new.metric == Metric.COMMUNITIES and is_of_group:
        return [FieldError("node", _("Jumlah komunitas dihitung per wilayah. Pilih wilayahnya."))]
    return []
