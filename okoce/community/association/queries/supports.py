"""Questions about what layer 1 does for komunitas: the register, one komunitas, and which nobody has visited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from okoce.community.association.models import Support
from okoce.community.association.queries.branches import term_value
from okoce.community.association.states import SupportKind, TermCode
from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.members.names import ERASED_NAME
from okoce.community.organisations.support_notes import SupportNote
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import NotFound

PER_PAGE = 50
MOST_TOLD = 3
VALIDATED = "groups.group_validated"


@dataclass(frozen=True, slots=True)
class SupportPage:
    rows: list[Support]
    names: dict[int, str]
    next_after: int | None


def supports_of(actor: Actor, group: Group) -> list[Support]:
    """All that was done for a komunitas, the latest first; also what was struck, which says so."""
    rows = Support.objects.visible_to(actor, Permission.GROUPS_READ).filter(group=group)
    return list(rows.order_by("-day_on", "-id")[:PER_PAGE])


def support_for(actor: Actor, group: Group, support_id: int) -> Support:
    """One note, for whoever may strike it."""
    rows = Support.objects.visible_to(actor, Permission.ASSOCIATION_NOTE_SUPPORT)
    found = rows.filter(group=group, pk=support_id).first()
    if found is None:
        raise NotFound(_("Catatan itu tidak ada pada komunitas ini."))
    return found


def group_to_support(actor: Actor, group_id: int) -> Group:
    """A komunitas for which the actor may note what she did."""
    found = Group.objects.visible_to(actor, Permission.ASSOCIATION_NOTE_SUPPORT).filter(pk=group_id).first()
    if found is None:
        raise NotFound(_("Komunitas itu tidak ada dalam wilayah tugas Anda."))
    return found


def list_supports(actor: Actor, kind: str, after: int) -> SupportPage:
    """The register, the latest first."""
    seen = Support.objects.visible_to(actor, Permission.ASSOCIATION_READ).standing()
    rows = seen.filter(kind=kind) if kind else seen
    last = seen.filter(pk=after).values_list("day_on", "pk").first() if after else None
    if last is not None:
        rows = rows.filter(Q(day_on__lt=last[0]) | Q(day_on=last[0], pk__lt=last[1]))
    found = list(rows.select_related("group").order_by("-day_on", "-id")[: PER_PAGE + 1])
    return SupportPage(
        found[:PER_PAGE],
        supporter_names(found[:PER_PAGE]),
        found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
    )


def supporter_names(rows: Iterable[Support]) -> dict[int, str]:
    """Who did it, by note: layer 1 acts in office, so the desk names them. Public: asked of notes that were found before."""
    found = list(rows)
    names = user_names(one.by_user_id for one in found)
    return {one.pk: names.get(one.by_user_id, ERASED_NAME) for one in found}


@dataclass(frozen=True, slots=True)
class Unvisited:
    """An active komunitas that nobody of layer 1 has seen for long; `last_on` None: never."""

    group: Group
    last_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class UnvisitedPage:
    rows: list[Unvisited]
    next_after: int | None
    after_days: int  # the term


def list_unvisited(actor: Actor, after: int, day: date | None = None) -> UnvisitedPage:
    """Active komunitas for which nothing was done for more days than the term says (since they were validated, where nothing ever
    was), by name."""
    today = day or today_wib()
    term = term_value(TermCode.UNVISITED_DAYS, today)
    since = today - timedelta(days=term)
    groups = Group.objects.visible_to(actor, Permission.ASSOCIATION_READ).filter(state=GroupState.ACTIVE)
    recent = Support.objects.standing().filter(day_on__gte=since, day_on__lte=today).values("group_id")
    rows = groups.exclude(pk__in=recent).exclude(validated_on__gte=since)
    last = groups.filter(pk=after).values_list("name_key", "pk").first() if after else None
    if last is not None:
        rows = rows.filter(Q(name_key__gt=last[0]) | Q(name_key=last[0], pk__gt=last[1]))
    found = list(rows.order_by("name_key", "id")[: PER_PAGE + 1])
    days = _last_days(found, today)
    told = [_unvisited(group, days.get(group.pk), today) for group in found[:PER_PAGE]]
    return UnvisitedPage(told, found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None, term)


def _unvisited(group: Group, last_on: date | None, today: date) -> Unvisited:
    since = last_on or group.validated_on or today
    return Unvisited(group, last_on, (today - since).days)


def _last_days(groups: Iterable[Group], day: date) -> dict[int, date]:
    rows = Support.objects.standing().filter(group__in=[one.pk for one in groups], day_on__lte=day)
    return dict(rows.order_by().values_list("group_id").annotate(Max("day_on")))


@dataclass(frozen=True, slots=True)
class Founding:
    """Who of the house validated a komunitas, and who had accompanied it until then: from its own records."""

    validated_on: date | None
    validated_by: str
    accompanied_by: tuple[str, ...]


def founding_of(actor: Actor, group: Group) -> Founding:
    """How a komunitas came about. Whoever validated it stands in its trail, whoever accompanied it in the register."""
    rows = Support.objects.visible_to(actor, Permission.GROUPS_READ).standing().filter(group=group)
    before = rows.filter(day_on__lte=group.validated_on) if group.validated_on else rows
    helpers = list(before.order_by("by_user_id").values_list("by_user_id", flat=True).distinct())
    by = Event.objects.about("groups.group", group.pk).filter(kind=VALIDATED).order_by("id")
    validator = by.values_list("author_user_id", flat=True).first()
    names = user_names([*helpers, *([validator] if validator else [])])
    return Founding(
        validated_on=group.validated_on,
        validated_by=names.get(validator or 0, ""),
        accompanied_by=tuple(names.get(one, ERASED_NAME) for one in helpers),
    )


def supports_told(actor: Actor, group_id: int) -> SupportNote:
    """The last of it, for the page of the komunitas."""
    rows = Support.objects.visible_to(actor, Permission.GROUPS_READ).standing().filter(group_id=group_id)
    found = list(rows.order_by("-day_on", "-id")[:MOST_TOLD])
    names, today = supporter_names(found), today_wib()
    return SupportNote(tuple(_line(one, names[one.pk]) for one in found), _standing(found, today))


def _line(one: Support, name: str) -> str:
    return _("%(kind)s pada %(day)s oleh %(name)s") % {
        "kind": SupportKind(one.kind).label,
        "day": day_in_words(one.day_on),
        "name": name,
    }


def _standing(rows: list[Support], today: date) -> str:
    if not rows:
        return _("Belum pernah ditengok pengurus OK OCE.")
    days = (today - rows[0].day_on).days
    if days > term_value(TermCode.UNVISITED_DAYS, today):
        return _("Sudah %s hari tidak ditengok pengurus OK OCE.") % days
    step = rows[0]
    if step.next_on is None:
        return ""
    told = {"step": step.next_step, "day": day_in_words(step.next_on)}
    if step.next_on < today:
        return _("Langkah berikutnya terlambat: %(step)s (%(day)s).") % told
    return _("Langkah berikutnya: %(step)s (%(day)s).") % told
