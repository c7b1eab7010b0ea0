"""Questions about terms of office: who holds what, until when, and which grants she has beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from okoce.community.association.holders import holder_names, public_names
from okoce.community.association.models import Branch, Position, Tenure, TenureQuerySet
from okoce.community.association.queries.branches import branch_names, term_value
from okoce.community.association.states import BranchState, Organ, TermCode
from okoce.community.association.terms import position_name
from okoce.community.members.models import Member
from okoce.community.members.names import name_key
from okoce.community.members.queries import records_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import NATIONAL_ROLES, ROLES
from okoce.foundation.access.scope import region_within
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.shared.days import day_in_words, last_day, today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory.queries import names_for

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A term as the desk shows it. `grants`: what she holds; `missing` and `outliving` in sentences."""

    tenure: Tenure
    name: str
    position: str
    organ: str
    has_begun: bool
    has_ended: bool
    is_ending: bool
    grants: tuple[str, ...] = ()
    missing: str = ""
    outliving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldPage:
    rows: list[Held]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class InOffice:
    """A holder of today for everybody; a name of "" is not shown."""

    name: str
    is_named: bool
    position: str
    organ: str
    since: date
    last_on: date | None


@dataclass(frozen=True, slots=True)
class HeldByName:
    """A term as whoever knows its holder's name already may read it."""

    name: str
    position: str
    branch: str
    since: date
    until: date | None


def tenure_for(actor: Actor, branch: Branch, tenure_id: int) -> Tenure:
    """One term of a branch, for whoever may end it."""
    rows = Tenure.objects.visible_to(actor, Permission.ASSOCIATION_MANAGE).filter(branch=branch, pk=tenure_id)
    found = rows.select_related("branch").first()
    if found is None:
        raise NotFound(_("Masa jabatan itu tidak ada pada cabang ini."))
    return found


def tenures_of(actor: Actor, branch: Branch) -> list[Held]:
    """Who holds an office in a branch, will and did: by office, the latest first."""
    rows = Tenure.objects.visible_to(actor, Permission.ASSOCIATION_READ).filter(branch=branch).real()
    found = _held(list(rows.select_related("branch").order_by("-from_on", "id")))
    order = {code: place for place, code in enumerate(_places())}
    return sorted(found, key=lambda one: (order.get(one.tenure.position, len(order)), one.has_ended))


def list_tenures(actor: Actor, *, only_ending: bool, after: int) -> HeldPage:
    """Terms that have not ended, the next to end first."""
    seen = Tenure.objects.visible_to(actor, Permission.ASSOCIATION_READ).real()
    rows = (_ending(seen) if only_ending else seen.not_ended_by(today_wib())).select_related("branch")
    last = seen.filter(pk=after).values_list("until_on", "pk").first() if after else None
    if last is not None:
        rows = rows.filter(_behind(*last))
    found = list(rows.order_by(F("until_on").asc(nulls_last=True), "id")[: PER_PAGE + 1])
    return HeldPage(_held(found[:PER_PAGE]), found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None)


def _behind(until_on: date | None, pk: int) -> Q:
    if until_on is None:
        return Q(until_on__isnull=True, pk__gt=pk)
    return Q(until_on__isnull=True) | Q(until_on__gt=until_on) | Q(until_on=until_on, pk__gt=pk)


def tenures_ending(actor: Actor) -> TenureQuerySet:
    """What runs out soon without a successor at hand, for those who may appoint one."""
    return _ending(Tenure.objects.visible_to(actor, Permission.ASSOCIATION_MANAGE).real())


def _ending(rows: TenureQuerySet) -> TenureQuerySet:
    today = today_wib()
    notice = today + timedelta(days=term_value(TermCode.ENDING_DAYS, today))
    return rows.not_ended_by(today).filter(from_on__lte=today, until_on__lte=notice)


def _places() -> list[str]:
    return list(Position.objects.order_by("place", "id").values_list("code", flat=True))


def positions_for(branch: Branch, day: date) -> list[tuple[str, str]]:
    """The offices of a branch on a day, to choose from. Public reference data."""
    rows = Position.objects.valid_on(day).filter(is_central=not branch.region)
    return [(one.code, position_name(one)) for one in rows]


def offices_of(tenures: Iterable[Tenure]) -> dict[int, Position]:
    """The row of each term's office: the one that held when the term began; of an office that never came to be the one that was
    taken back. Public reference data."""
    rows = list(tenures)
    codes = {one.position for one in rows}
    real: dict[str, list[Position]] = {}
    taken_back: dict[str, list[Position]] = {}
    for position in Position.objects.filter(code__in=codes).order_by("code", "from_on"):
        kept = taken_back if position.until_on == position.from_on else real
        kept.setdefault(position.code, []).append(position)
    known = {**taken_back, **real}
    return {
        one.pk: [
            row
            for row in known[one.position]
            if row.from_on <= max(one.from_on, known[one.position][0].from_on)
        ][-1]
        for one in rows
    }


def _held(tenures: list[Tenure]) -> list[Held]:
    today = today_wib()
    notice = today + timedelta(days=term_value(TermCode.ENDING_DAYS, today))
    names, positions, grants = holder_names(tenures), offices_of(tenures), _grants_of(tenures, today)
    places = names_for(grant.region for held in grants.values() for grant in held)
    found = []
    for one in tenures:
        position, hers = positions[one.pk], grants.get(one.user_id or 0, [])
        runs = one.from_on <= today and (one.until_on is None or one.until_on > today)
        found.append(
            Held(
                tenure=one,
                name=names[one.pk],
                position=position_name(position),
                organ=str(Organ(position.organ).label),
                has_begun=one.from_on <= today,
                has_ended=one.until_on is not None and one.until_on <= today,
                is_ending=runs and one.until_on is not None and one.until_on <= notice,
                grants=tuple(_told(grant, places[grant.region]) for grant in hers),
                missing=_missing(one, position, hers) if runs else "",
                outliving=tuple(str(ROLES[grant.role].title) for grant in hers if _outlives(grant, one)),
            )
        )
    return found


def _grants_of(tenures: Iterable[Tenure], today: date) -> dict[int, list[RoleAssignment]]:
    """The grants that hold today or later, by account: who does what and where, no more."""
    users = {one.user_id for one in tenures if one.user_id is not None}
    found: dict[int, list[RoleAssignment]] = {}
    rows = RoleAssignment.objects.filter(user_id__in=users, role__in=list(ROLES)).not_ended_by(today)
    ordered = list(rows.order_by("from_on", "id")) if users else []
    for grant in ordered:
        found.setdefault(grant.user_id, []).append(grant)
    return found


def _told(grant: RoleAssignment, place: str) -> str:
    title = str(ROLES[grant.role].title)
    last = last_day(grant.from_on, grant.until_on) if grant.until_on else None
    until = _("sampai %s") % day_in_words(last) if last else _("tanpa batas")
    where = f", {place}" if grant.region or grant.role in NATIONAL_ROLES else ""
    return f"{title}{where}, {until}"


def _missing(one: Tenure, position: Position, grants: Iterable[RoleAssignment]) -> str:
    """What the office usually needs and she does not hold today, in the whole place of the branch."""
    if not position.role:
        return ""
    today, region = today_wib(), one.branch.region
    for grant in grants:
        reaches = not grant.region or region == grant.region or region_within(region, grant.region)
        if grant.role == position.role and grant.from_on <= today and reaches:
            return ""
    return str(ROLES[position.role].title)


def _outlives(grant: RoleAssignment, one: Tenure) -> bool:
    """Whether a grant of the office's kind goes on when the term is over."""
    if one.until_on is None:
        return False
    return grant.until_on is None or grant.until_on > one.until_on


def in_office(branch: Branch, day: date) -> list[InOffice]:
    """Who holds an office of a branch on a day, for everybody; named as she agreed to (ADR 0029). Public."""
    rows = list(Tenure.objects.filter(branch=branch).valid_on(day).select_related("branch"))
    names, positions = public_names(rows, day), offices_of(rows)
    rows.sort(key=lambda one: (positions[one.pk].place, one.from_on, one.pk))
    return [
        InOffice(
            name=names[one.pk],
            is_named=one.named_on is not None,
            position=position_name(positions[one.pk]),
            organ=positions[one.pk].organ,
            since=one.from_on,
            last_on=last_day(one.from_on, one.until_on) if one.until_on else None,
        )
        for one in rows
    ]


def held_by_name(name: str, day: date, most: int) -> list[HeldByName]:
    """The terms, begun by a day, of whoever is called exactly so; those that run first. Public: nobody finds whom she does not
    know, the name is whole only of one who agreed and is in office that day, and whoever restricted her data is not found."""
    rows = _called(name, Tenure.objects.real().filter(from_on__lte=day)).select_related("branch")
    found = list(rows.order_by(F("until_on").desc(nulls_first=True), "-from_on", "-id")[:most])
    names, positions = public_names(found, day), offices_of(found)
    branches = branch_names({one.branch_id: one.branch for one in found}.values())
    return [
        HeldByName(
            names[one.pk],
            position_name(positions[one.pk]),
            branches[one.branch_id],
            one.from_on,
            one.until_on,
        )
        for one in found
        if names[one.pk]
    ]


def _called(name: str, rows: TenureQuerySet) -> TenureQuerySet:
    """Those whose holder is shown under that name: her record's, else her account's. A branch that was only planned has none."""
    at_work = rows.exclude(branch__state=BranchState.PLANNED)
    # from the few who hold an office, not from everybody's account; and by the index that members have of their names
    members = Member.objects.filter(name_key=name_key(name), name__iexact=name, is_restricted=False)
    users = User.objects.filter(pk__in=at_work.order_by().values("user_id"), name__iexact=name)
    users = users.exclude(member_id__in=Member.objects.filter(is_restricted=True).values("pk"))
    return at_work.filter(
        Q(member_id__in=members.order_by().values("pk"))
        | Q(member_id__isnull=True, user_id__in=users.order_by().values("pk"))
    )


def own_tenures(actor: Actor) -> TenureQuerySet:
    """The terms of whoever asks: of her account, and of her own record with those that were merged into it."""
    own = [grant.scope.member_id for grant in actor.grants if grant.scope.member_id is not None]
    records = {pk for found in records_of(own).values() for pk in found} if own else set()
    hers = Q(member_id__in=records | set(own))
    if actor.user_id is not None:
        hers |= Q(user_id=actor.user_id)
    return Tenure.objects.real().filter(hers)


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """A term as its holder reads it."""

    tenure_id: int
    position: str
    branch: str
    since: date
    last_on: date | None
    named_on: date | None


def own_offices(actor: Actor) -> list[OwnOffice]:
    """Every term of hers, the latest first."""
    rows = list(own_tenures(actor).select_related("branch").order_by("-from_on", "-id"))
    positions, names = offices_of(rows), branch_names({one.branch_id: one.branch for one in rows}.values())
    return [
        OwnOffice(
            one.pk,
            position_name(positions[one.pk]),
            names[one.branch_id],
            one.from_on,
            last_day(one.from_on, one.until_on) if one.until_on else None,
            one.named_on,
        )
        for one in rows
    ]
