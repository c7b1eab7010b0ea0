"""Questions about komunitas. Which are active is public; their rows are read within the scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _

from okoce.community.groups.models import (
    Application,
    Check,
    ChecklistItem,
    Group,
    GroupArea,
    GroupTerm,
    Membership,
    Officer,
    Silence,
)
from okoce.community.groups.states import TAKES_NOBODY, WAITING, GroupState, GroupTermCode, OfficerRole
from okoce.community.members.models import Member
from okoce.community.members.names import name_key
from okoce.community.members.verifying import masked_name
from okoce.community.organisations.checklists import Checked, checked_items
from okoce.community.organisations.lists import PER_PAGE, NamePage, page_by_name
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user_id, identity_of, name_in_office
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory.states import LENGTH_OF, Level

MOST_ON_DUTY = 12  # of the officers that a member reads
LONGEST_LINK = 60  # of what a link names; the longest code has half of that


@dataclass(frozen=True, slots=True)
class GroupsAsked:
    """What a list of komunitas is narrowed to."""

    state: str = ""
    text: str = ""
    after: int = 0


def group_for(actor: Actor, group_id: int, permission: Permission = Permission.GROUPS_READ) -> Group:
    """A komunitas within the actor's scope."""
    found = Group.objects.visible_to(actor, permission).filter(pk=group_id).first()
    if found is None:
        raise NotFound(_("Komunitas itu tidak ada dalam wilayah tugas Anda."))
    return found


def groups_in(actor: Actor) -> ScopedQuerySet[Group]:
    """The komunitas that the actor may see, by name."""
    return Group.objects.visible_to(actor, Permission.GROUPS_READ).order_by("name_key", "id")


def is_still_seen(actor: Actor, group_id: int) -> bool:
    """Whether a komunitas lies in the actor's scope by the grants of now, which a deed of hers may have ended."""
    now = actor_for_user_id(actor.user_id) if actor.user_id is not None else actor
    return now is not None and groups_in(now).filter(pk=group_id).exists()


def list_groups(actor: Actor, asked: GroupsAsked) -> NamePage[Group]:
    """The komunitas that the actor may see, narrowed, a page of them by name."""
    seen = rows = groups_in(actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.text.strip("\x00 "):
        written = " ".join(asked.text.replace("\x00", "").split())
        rows = rows.filter(Q(name_key__contains=name_key(written)) | Q(code__iexact=written))
    return page_by_name(rows, seen, asked.after)


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many komunitas the actor may see, by state; a state that none has is missing."""
    rows = Group.objects.visible_to(actor, Permission.GROUPS_READ).order_by()
    return dict(rows.values_list("state").annotate(Count("id")))


def applications_waiting(actor: Actor) -> ScopedQuerySet[Group]:
    """Applications that wait for the actor to decide about."""
    return Group.objects.visible_to(actor, Permission.GROUPS_MANAGE).filter(state=GroupState.APPLIED)


def application_of(actor: Actor, group: Group) -> Application | None:
    """Who founded it and under which number; None where nobody applied by the form, or the actor reads no applications."""
    return Application.objects.visible_to(actor, Permission.GROUPS_READ_DESK).filter(group=group).first()


def checklist_of(group: Group, day: date) -> list[Checked]:
    """The checklist of a day, as the komunitas meets it. Public: it says nothing of persons, and the komunitas was found before."""
    return checked_items(ChecklistItem.objects.valid_on(day), Check.objects.filter(group=group))


def areas_now(group: Group) -> list[str]:
    """The kecamatan in which a komunitas works now. Public."""
    return list(group.areas.filter(until_on__isnull=True).order_by("region").values_list("region", flat=True))


def is_name_taken(name: str, besides: str) -> bool:
    """Whether another komunitas has the name; those that wait under the founder's own telephone do not count. Public: every
    name of a komunitas is."""
    others = Group.objects.filter(name_key=name_key(name)).exclude(state=GroupState.REFUSED)
    return others.exclude(state__in=WAITING, application__founder_phone=besides).exists()


def memberships_of(actor: Actor, member: Member) -> list[Membership]:
    """Somebody's times in komunitas, the latest first."""
    rows = Membership.objects.visible_to(actor, Permission.MEMBERS_READ).filter(member=member)
    return list(rows.select_related("group").order_by(F("from_on").desc(nulls_last=True), "-id"))


def closed_group_served_by(actor: Actor, group_id: int) -> Group | None:
    """A komunitas that was closed, for whoever served it: her grant ended with it. Public: what is told of it was written to her."""
    if actor.user_id is None:
        return None
    hers = Officer.objects.filter(group=OuterRef("pk"), user_id__in=identity_of(actor.user_id).user_ids)
    return Group.objects.filter(Exists(hers), pk=group_id, state=GroupState.CLOSED).first()


def applications_of_phone(actor: Actor, phone: str) -> list[Group]:
    """The komunitas that were founded under a telephone number, the latest first; whoever asks has proven it."""
    rows = Group.objects.visible_to(actor, Permission.GROUPS_MANAGE).filter(application__founder_phone=phone)
    return list(rows.select_related("application").order_by("-id")[:PER_PAGE])


def areas_of(groups: Iterable[Group]) -> dict[int, list[str]]:
    """The kecamatan in which several komunitas work now, by their id. Public."""
    found: dict[int, list[str]] = {}
    rows = GroupArea.objects.filter(group__in=list(groups), until_on__isnull=True).order_by("region")
    for group_id, region in rows.values_list("group_id", "region"):
        found.setdefault(group_id, []).append(region)
    return found


def regions_of_groups(group_ids: Iterable[int]) -> dict[int, str]:
    """The place that holds the area of each; of one that only the nation holds, a kecamatan of it. Public: asked for its clock."""
    groups = list(Group.objects.filter(pk__in=group_ids))
    areas = areas_of([group for group in groups if not group.region])
    return {group.pk: group.region or next(iter(areas.get(group.pk, [])), "") for group in groups}


def served_by(user_ids: Iterable[int], groups: Iterable[Group]) -> set[int]:
    """Which of these komunitas somebody serves today, by the accounts that are hers. Public: whoever asks has proven it."""
    rows = Officer.objects.filter(group__in=list(groups), user_id__in=list(user_ids))
    today = today_wib()
    return set(rows.filter(from_on__lte=today).not_ended_by(today).values_list("group_id", flat=True))


def active_group(group_id: int) -> Group | None:
    """The komunitas if it takes members now. Public."""
    return Group.objects.filter(pk=group_id, state=GroupState.ACTIVE).first()


def active_group_named(text: str) -> Group | None:
    """The active komunitas of a name or code, as people write it; None where there is none. Public."""
    written = " ".join(text.replace("\x00", "").split())
    if not written:
        return None
    active = Group.objects.filter(state=GroupState.ACTIVE)
    return active.filter(Q(name_key=name_key(written)) | Q(code__iexact=written)).order_by("id").first()


def group_of_invitation(text: str) -> Group | None:
    """The komunitas that an invitation names by id, code or name, also where it rests or has ended since; one that takes members
    before others. None where it names none that was ever validated. Public: it was invited with."""
    written = " ".join(text.replace("\x00", "").split())[:LONGEST_LINK]
    number = number_typed(written)
    if not written:
        return None
    named = Q(pk=number) if number is not None else Q(name_key=name_key(written)) | Q(code__iexact=written)
    known = Group.objects.filter(named, state__in=(GroupState.ACTIVE, *TAKES_NOBODY))
    takes_first = Case(When(state=GroupState.ACTIVE, then=Value(0)), default=Value(1))
    return known.order_by(takes_first, "id").first()


def active_groups_called(text: str, after: int) -> NamePage[Group]:
    """A page of the komunitas that take members and whose name or code is like this; all of them for no text. Public."""
    active = rows = Group.objects.filter(state=GroupState.ACTIVE)
    written = " ".join(text.replace("\x00", "").split())
    if written:
        rows = rows.filter(Q(name_key__contains=name_key(written)) | Q(code__iexact=written))
    return page_by_name(rows, active, after)


def groups_in_sight(actor: Actor, right: Permission) -> set[int]:
    """Ids of the komunitas that a right of the actor reaches."""
    return set(Group.objects.visible_to(actor, right).values_list("pk", flat=True))


def active_groups_since() -> dict[int, tuple[str, date]]:
    """Region and day of validation of every komunitas that is active now, by id. Public: it names nobody."""
    rows = Group.objects.filter(state=GroupState.ACTIVE, validated_on__isnull=False).order_by("id")
    told = rows.values_list("pk", "region", "validated_on")
    return {pk: (region, since) for pk, region, since in told if since is not None}


def quiet_after(day: date) -> int:
    """After how many days without anything noted a komunitas counts as quiet, as decided by then. Public."""
    return _term(GroupTermCode.QUIET_DAYS, day)


def quiet_warning_after(day: date) -> int:
    """After how many of these days its chair is warned. Public."""
    return max(1, quiet_after(day) * _term(GroupTermCode.QUIET_WARNING_PERCENT, day) // 100)


def first_steps_for(day: date) -> int:
    """For how many days a chair is new. Public."""
    return _term(GroupTermCode.FIRST_STEPS_DAYS, day)


def _term(code: GroupTermCode, day: date) -> int:
    terms = GroupTerm.objects.filter(code=code, from_on__lte=day)
    return terms.order_by("-from_on").values_list("value", flat=True)[0]


def quiet_waiting(actor: Actor) -> ScopedQuerySet[Silence]:
    """Komunitas that have gone quiet, for those who decide about them: as the last look found them."""
    today = today_wib()
    rows = Silence.objects.visible_to(actor, Permission.GROUPS_MANAGE).filter(group__state=GroupState.ACTIVE)
    return rows.filter(since_on__lt=today - timedelta(days=quiet_after(today)))


def chaired_by(actor: Actor) -> list[Officer]:
    """The office of chair that the actor's account holds today, in each komunitas that goes on; the latest first."""
    today = today_wib()
    rows = Officer.objects.not_ended_by(today).filter(role=OfficerRole.CHAIR, from_on__lte=today)
    own = rows.filter(user_id=actor.user_id or 0, group__state__in=(GroupState.ACTIVE, GroupState.PAUSED))
    return list(own.select_related("group").order_by("-from_on", "-id"))


def chair_office_of(actor: Actor, group_id: int) -> Officer | None:
    """The actor's own office of chair in one komunitas; None where she holds none."""
    return next((one for one in chaired_by(actor) if one.group_id == group_id), None)


def serving_now(actor: Actor, group_ids: Iterable[int]) -> dict[int, list[Officer]]:
    """Who serves each komunitas today, the chair first."""
    today, chair_first = today_wib(), Case(When(role=OfficerRole.CHAIR, then=Value(0)), default=Value(1))
    rows = Officer.objects.visible_to(actor, Permission.GROUPS_READ).not_ended_by(today)
    found: dict[int, list[Officer]] = {}
    for officer in rows.filter(group__in=list(group_ids), from_on__lte=today).order_by(
        chair_first, "role", "id"
    ):
        found.setdefault(officer.group_id, []).append(officer)
    return found


def group_names(group_ids: Iterable[int]) -> dict[int, str]:
    """Names of komunitas by id, in one query. Public."""
    return dict(Group.objects.filter(pk__in=set(group_ids)).values_list("pk", "name"))


def name_of_group() -> QuerySet[Group, Any]:
    """The name of the komunitas that the outer row calls `group_id`: for a subquery. Public."""
    return Group.objects.filter(pk=OuterRef("group_id")).values("name")[:1]


@dataclass(frozen=True, slots=True)
class Served:
    """A komunitas by name, with the name of whoever serves it first; "" where nobody may be named."""

    name: str = ""
    officer: str = ""


def group_with_officer(group_id: int, day: date) -> Served:
    """A komunitas and who serves it on a day, its chair first, in one query: for its own members, who read the names of those who
    act for them (ADR 0025). Public: whoever asks belongs to it."""
    serving = _named_on_duty(day).filter(group=OuterRef("pk"))
    rows = Group.objects.filter(pk=group_id).annotate(officer=Subquery(serving.values("named")[:1]))
    found = rows.values_list("name", "officer").first()
    return Served(found[0], found[1] or "") if found is not None else Served()


def on_duty_for_members(group_id: int, day: date) -> list[tuple[str, str]]:
    """Who serves a komunitas on a day, office and whole name, its chair first: for its own members. Public in the same way."""
    rows = _named_on_duty(day).filter(group=group_id).values_list("role", "named")
    return [(str(OfficerRole(role).label), name) for role, name in rows[:MOST_ON_DUTY]]


def officer_for_everybody(group_id: int, day: date) -> str:
    """Who serves a komunitas on a day, its chair first, masked: for whoever does not belong to it. No officer has agreed to more
    (ADR 0025). Public."""
    named = _named_on_duty(day).filter(group=group_id).values_list("named", flat=True).first()
    return masked_name(named) if named else ""


def _named_on_duty(day: date) -> QuerySet[Any]:
    """Offices that hold on a day, the chair first, with the name of whoever is in office. Whoever restricted what her data is used
    for is named to nobody (ADR 0027)."""
    restricted = Member.objects.filter(is_restricted=True).values("pk")
    accounts = User.objects.filter(pk=OuterRef("user_id"), member_id__in=restricted)
    held = Officer.objects.not_ended_by(day).filter(from_on__lte=day, assignment_id__isnull=False)
    named = held.exclude(Exists(accounts)).annotate(named=Subquery(name_in_office(day)))
    return named.exclude(named=None).order_by(_by_rank(), "from_on", "id")


def _by_rank() -> Case:
    """The offices in the order in which they are declared."""
    ranks = [When(role=role, then=Value(place)) for place, role in enumerate(OfficerRole.values)]
    return Case(*ranks, output_field=IntegerField())


def active_groups_near(region: str, limit: int) -> list[Group]:
    """Komunitas that take members, those nearest to a kecamatan first: its own, those of its kabupaten, those next door in the
    kabupaten, those of the province, those of the nation. Public."""
    province, regency = region[: LENGTH_OF[Level.PROVINCE]], region[: LENGTH_OF[Level.REGENCY]]
    works_there = GroupArea.objects.filter(group_id=OuterRef("pk"), region=region, until_on__isnull=True)
    nearness = [
        Q(region=region) | Q(Exists(works_there)),
        Q(region=regency),
        Q(region__startswith=f"{regency}."),
        Q(region=province),
        Q(region=""),
    ]
    order = Case(
        *(When(near, then=Value(place)) for place, near in enumerate(nearness)),
        output_field=IntegerField(),
    )
    found = Group.objects.filter(state=GroupState.ACTIVE).annotate(distance=order)
    return list(found.filter(distance__isnull=False).order_by("distance", "name_key", "id")[:limit])


def group_known_as(actor: Actor, text: str) -> Group | None:
    """The komunitas of a name, code or id, as the actor may see it; of several of one name the first."""
    written = " ".join(text.replace("\x00", "").split())
    by_words = Q(name_key=name_key(written)) | Q(code__iexact=written)
    number = number_typed(written)
    rows = Group.objects.visible_to(actor, Permission.GROUPS_READ)
    return rows.filter(by_words if number is None else by_words | Q(pk=number)).order_by("id").first()


def active_groups_by_district(
    actor: Actor, districts: Iterable[str], *, besides: int
) -> dict[str, list[Group]]:
    """The active komunitas that the actor may give something in each of these kecamatan, by name: those whose area it is in, and
    those whose area was never written by kecamatan, where it lies in their kabupaten."""
    wanted = set(districts)
    if not wanted:
        return {}
    homes = wanted | {code[: LENGTH_OF[Level.REGENCY]] for code in wanted}
    seen = Group.objects.visible_to(actor, Permission.CENTRES_DECIDE).filter(state=GroupState.ACTIVE)
    in_area = GroupArea.objects.filter(group_id=OuterRef("pk"), until_on__isnull=True)
    near = Q(Exists(in_area.filter(region__in=wanted))) | (~Q(Exists(in_area)) & Q(region__in=homes))
    groups = list(seen.filter(near).exclude(pk=besides).order_by("name_key", "id"))
    areas = areas_of(groups)
    found: dict[str, list[Group]] = {}
    for group in groups:
        told = areas.get(group.pk)
        for code in sorted(wanted):
            if code in told if told else code.startswith(group.region):
                found.setdefault(code, []).append(group)
    return found
