"""By name: is this komunitas, mitra, officer or pendamping genuine? Asked by anybody, so a person is masked unless she holds an
office of the association today and agreed that everybody reads her name (ADR 0025, 0029)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from okoce.community.association.queries.tenures import held_by_name
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.states import GroupState, OfficerRole
from okoce.community.members.models import Member
from okoce.community.members.names import name_key
from okoce.community.members.verifying import masked_name
from okoce.community.partners.models import Partner
from okoce.community.partners.states import PartnerKind, PartnerState
from okoce.community.trust.models import NamePermission
from okoce.community.trust.verifying import holder_standing, name_standing, since_of, standing_of
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.shared.days import last_day, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.brake import NAMES, note_miss, note_question
from okoce.foundation.verification.registry import Validity

SHORTEST, LONGEST = 3, 200
MOST = 20
# Who meets the public in the movement's name. Administrators and auditors do not.
PUBLIC_ROLES = (
    "pendamping", "penggerak", "pengurus_komunitas", "pelatih", "petugas_kecamatan", "petugas_skpd", "petugas_ptsp",
    "petugas_bank", "kontak_mitra", "sekretariat", "direktorat_diklat", "pengurus_cabang",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """What the public may know of somebody or something of that name."""

    what: str
    name: str  # whole of a komunitas or mitra, masked of a person who did not agree to be named
    place: str
    since: date | None
    until: date | None
    state: Validity
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, what holds today first; `is_cut` where there may be more."""

    found: list[Hit]
    is_cut: bool


def search_by_name(text: str, address: str) -> Hits:
    """Komunitas, mitra and permitted names that contain the words, people in office who are called exactly so. Public.

    Refuses a text that is too short, and an address that tries names.
    """
    wanted = _readable(text)
    note_question(address, NAMES)
    hits = found_by_name(wanted)
    if not hits.found:
        note_miss(address, NAMES)
    return hits


def found_by_name(wanted: str) -> Hits:
    """The same for somebody of the house, whom no brake slows. Public: it says no more than the page of everybody."""
    today = today_wib()
    lists = [
        _groups(wanted),
        _partners(wanted),
        _names(wanted, today),
        _people(wanted, today),
        _of_association(wanted, today),
    ]
    found = [hit for hits in lists for hit in hits[:MOST]]
    found.sort(key=lambda hit: (hit.state is not Validity.VALID, hit.name.lower()))
    return Hits(found, is_cut=any(len(hits) > MOST for hits in lists))


def _readable(text: str) -> str:
    read = clean_text(text, LONGEST)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("nama", f"{read.reason} {read.suggestion}")])
    if len(name_key(read)) < SHORTEST:
        raise Invalid([FieldError("nama", _("Tulis paling sedikit %s huruf dari namanya.") % SHORTEST)])
    return read


def trusted_groups() -> QuerySet[Group]:
    """Those that were validated once; an application is nobody's promise yet. Public."""
    rows = Group.objects.filter(state__in=(GroupState.ACTIVE, GroupState.PAUSED, GroupState.CLOSED))
    return rows.filter(validated_on__isnull=False)


def _groups(wanted: str) -> list[Hit]:
    rows = trusted_groups().filter(Q(name_key__contains=name_key(wanted)) | Q(code__iexact=wanted))
    found = []
    for group in rows.order_by("name_key", "id")[: MOST + 1]:
        state, until = standing_of(group)
        place = path_of(group.region)
        found.append(Hit(_("Komunitas"), group.name, place, since_of(group), until, state))
    return found


def _partners(wanted: str) -> list[Hit]:
    """Likewise of a mitra: whoever only applied, or was refused, is none."""
    rows = Partner.objects.filter(state__in=(PartnerState.ACTIVE, PartnerState.PAUSED, PartnerState.CLOSED))
    rows = rows.filter(name_key__contains=name_key(wanted), validated_on__isnull=False)
    found = []
    for partner in rows.order_by("name_key", "id")[: MOST + 1]:
        state, until = standing_of(partner)
        what = _("%s, mitra OK OCE") % PartnerKind(partner.kind).label
        found.append(Hit(what, partner.name, path_of(partner.region), since_of(partner), until, state))
    return found


def _names(wanted: str, today: date) -> list[Hit]:
    rows = NamePermission.objects.filter(name_key__contains=name_key(wanted)).select_related(
        "group", "partner"
    )
    found = []
    for one in rows.order_by("name_key", "-from_on", "id")[: MOST + 1]:
        state, until = name_standing(one, today)
        holder = one.group or one.partner
        place = path_of(holder.region) if holder else ""
        note = _("Dipakai oleh: %s.") % one.holder_name
        found.append(Hit(_("Izin memakai nama"), one.name, place, one.from_on, until, state, note))
    return found


def _people(wanted: str, today: date) -> list[Hit]:
    """Only whoever is called exactly so: whoever asks must know the name already."""
    offices = Officer.objects.exclude(until_on=F("from_on")).filter(from_on__lte=today)
    grants = RoleAssignment.objects.filter(role__in=PUBLIC_ROLES, from_on__lte=today)
    # one list of numbers, so that the database begins with the few who serve and not with everybody's account
    serving = offices.order_by().values("user_id").union(grants.order_by().values("user_id"))
    people = User.objects.filter(pk__in=serving, name__iexact=wanted, is_active=True).order_by("pk")
    # who restricted what her data is used for is shown by nobody but herself (ADR 0027)
    people = people.exclude(member_id__in=Member.objects.filter(is_restricted=True).values("pk"))
    names = {pk: masked_name(name) for pk, name in people.values_list("pk", "name")[: MOST + 1]}
    if not names:
        return []
    theirs = list(offices.filter(user_id__in=names).order_by("-from_on", "-id")[: MOST + 1])
    # a grant that came with an office is told as the office
    held = grants.filter(user_id__in=names).exclude(pk__in=_grants_of_offices(names))
    roles = list(held.order_by("-from_on", "-id")[: MOST + 1])
    holders = _holders(theirs, roles)
    return [_office(one, names, holders, today) for one in theirs] + [
        _role(one, names, holders, today) for one in roles
    ]


@dataclass(frozen=True, slots=True)
class _Holders:
    """The komunitas and mitra for which somebody serves, by id."""

    groups: Mapping[int, Group]
    partners: Mapping[int, Partner]


def _holders(offices: Iterable[Officer], roles: Iterable[RoleAssignment]) -> _Holders:
    group_ids = {one.group_id for one in offices} | {one.group_id for one in roles if one.group_id}
    partner_ids = {one.partner_id for one in roles if one.partner_id}
    return _Holders(Group.objects.in_bulk(group_ids), Partner.objects.in_bulk(partner_ids))


def _of_association(wanted: str, today: date) -> list[Hit]:
    """Board, secretariat and branches, of today and before, called exactly so."""
    return [
        _of_term(one.position, one.name, one.branch, (one.since, one.until), today, None)
        for one in held_by_name(wanted, today, MOST + 1)
    ]


def _grants_of_offices(user_ids: Iterable[int]) -> list[int]:
    rows = Officer.objects.filter(user_id__in=list(user_ids), assignment_id__isnull=False).order_by()
    return [pk for pk in rows.values_list("assignment_id", flat=True) if pk is not None]


def _office(one: Officer, names: dict[int, str], holders: _Holders, today: date) -> Hit:
    what = _("%(role)s komunitas") % {"role": OfficerRole(one.role).label}
    holder = holders.groups[one.group_id]
    return _of_term(what, names[one.user_id], holder.name, (one.from_on, one.until_on), today, holder)


def _role(one: RoleAssignment, names: dict[int, str], holders: _Holders, today: date) -> Hit:
    holder = holders.groups.get(one.group_id or 0) or holders.partners.get(one.partner_id or 0)
    place = holder.name if holder else path_of(one.region)
    term = (one.from_on, one.until_on)
    return _of_term(str(ROLES[one.role].title), names[one.user_id], place, term, today, holder)


def _of_term(
    what: str,
    name: str,
    place: str,
    term: tuple[date, date | None],
    today: date,
    holder: Group | Partner | None,
) -> Hit:
    """Whoever serves a komunitas or mitra stands and falls with it."""
    since, until = term
    last_on = last_day(since, until) if until else None
    if until is not None and until <= today:
        return Hit(what, name, place, since, last_on, Validity.ENDED)
    state, ended_on = holder_standing(holder, today) if holder else (Validity.VALID, None)
    note = _("%s berhenti sementara.") % place if state is Validity.NOT_NOW else ""
    return Hit(what, name, place, since, ended_on or last_on, state, note)
