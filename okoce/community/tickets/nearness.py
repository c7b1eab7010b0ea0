"""Who stands too near to a ticket to handle it: its sender, and whoever it names. The one definition, for one officer and one ticket
as for every officer and every ticket at once. Denied wherever it is not certain."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q

from okoce.community.groups.interests import groups_near
from okoce.community.members.names import name_key
from okoce.community.members.policies import records_of_people
from okoce.community.partners.interests import partners_near
from okoce.community.tickets.accused import Named
from okoce.community.tickets.models import Accused, Entry, Ticket, TicketQuerySet
from okoce.community.tickets.sealing import ABOUT, WORDS, phone_key, unseal
from okoce.community.tickets.states import Voice
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import Identity, identities_of
from okoce.foundation.shared.days import today_wib

SHORTEST_WORD = 3
Ones = Mapping[int, Identity]
Near = Mapping[int, frozenset[int]]
Finder = Callable[[Identity], set[int]]


class Why(StrEnum):
    """Why somebody does not handle a ticket."""

    SENT = "sent"
    NAMED = "named"
    CALLED_ALIKE = "called_alike"


@dataclass(frozen=True, slots=True)
class Handler:
    """All that one person is known under, also by another account or the telephone of hers, and by an office that has ended."""

    accounts: frozenset[int] = frozenset()
    phone_keys: frozenset[bytes] = frozenset()
    records: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()
    names: tuple[frozenset[str], ...] = ()


# Which column of a ticket says that she sent it, which of a row of whom it names that it is she: by what of hers.
SENT_BY = {"sender_user_id": "accounts", "member_id": "records", "phone_hash": "phone_keys"}
NAMED_AS = {"user_id": "accounts", "group_id": "groups", "partner_id": "partners", "member_id": "records"}


@dataclass(frozen=True)
class Case:
    """A ticket, which may not be stored yet, as far as nearness asks: whom it names, and what its sender wrote, sealed."""

    ticket: Ticket
    named: Sequence[Accused | Named] = ()
    lines: Sequence[bytes | memoryview | None] = field(default=(), repr=False)

    @cached_property
    def about(self) -> frozenset[str]:
        return words_of(unseal(ABOUT, self.ticket.about_encrypted))

    @cached_property
    def told(self) -> frozenset[str]:
        return frozenset().union(*(words_of(unseal(WORDS, line)) for line in self.lines))


def why_away(handler: Handler, case: Case) -> Why | None:
    """The rule. A word of whom it is about that is a word of one of her names is enough (people seldom write whole ones), and so is
    a whole name of hers in what the sender tells: not everybody fills in whom it is about."""
    if _fits(handler, case.ticket, SENT_BY):
        return Why.SENT
    if any(_fits(handler, one, NAMED_AS) for one in case.named):
        return Why.NAMED
    is_called_alike = any(case.about & name or name <= case.told for name in handler.names if name)
    return Why.CALLED_ALIKE if is_called_alike else None


def rows_naming(handler: Handler) -> Q:
    """The part of the rule that hides tickets, for the rows of whom they name: said of the same columns."""
    return reduce(or_, (Q(**{f"{column}__in": getattr(handler, of)}) for column, of in NAMED_AS.items()))


def _fits(handler: Handler, row: object, columns: Mapping[str, str]) -> bool:
    return any(_plain(getattr(row, column)) in getattr(handler, of) for column, of in columns.items())


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in name_key(text).split() if len(word) >= SHORTEST_WORD)


def case_of(ticket: Ticket) -> Case:
    """A stored ticket, with what is stored with it."""
    return cases_of(Ticket.objects.filter(pk=ticket.pk), [ticket])[0]


def cases_of(rows: TicketQuerySet, found: Sequence[Ticket]) -> list[Case]:
    """Many stored tickets, which `rows` finds, in two statements."""
    of = rows.order_by().values("pk")
    named, lines = defaultdict(list), defaultdict(list)
    for one in Accused.objects.filter(ticket__in=of):
        named[one.ticket_id].append(one)
    told = Entry.objects.filter(ticket__in=of, voice=Voice.SENDER, words_encrypted__isnull=False)
    for ticket_id, sealed in told.values_list("ticket_id", "words_encrypted"):
        lines[ticket_id].append(sealed)
    return [Case(one, named[one.pk], lines[one.pk]) for one in found]


def handler_of(actor: Actor) -> Handler:
    """Whoever acts, with every komunitas and mitra of hers; also with what her grants of the moment name."""
    ids = [actor.user_id] if actor.user_id is not None else []
    ones = identities_of(ids)
    stored = _handlers(ones, _each(groups_near, ones), _each(partners_near, ones))
    known = next(iter(stored.values()), Handler())
    scopes = [grant.scope for grant in actor.grants]
    own = {one.member_id for one in scopes if one.member_id is not None}
    return replace(
        known,
        records=known.records.union(*records_of_people(own).values()),
        groups=known.groups | {one.group_id for one in scopes if one.group_id is not None},
        partners=known.partners | {one.partner_id for one in scopes if one.partner_id is not None},
    )


def handlers_of(user_ids: Iterable[int], cases: Iterable[Case]) -> dict[int, Handler]:
    """Many accounts, as far as these cases ask: a fixed number of statements, as long as none of them is near to a komunitas or
    mitra that is named; to find whose it is costs a few more."""
    named = [one for case in cases for one in case.named]
    groups = frozenset(one.group_id for one in named if one.group_id is not None)
    partners = frozenset(one.partner_id for one in named if one.partner_id is not None)
    ones = identities_of(user_ids)
    return _handlers(ones, _halving(groups_near, ones, groups), _halving(partners_near, ones, partners))


def _handlers(ones: Ones, groups: Near, partners: Near) -> dict[int, Handler]:
    accounts = {pk for one in ones.values() for pk in one.user_ids}
    users = {
        row[0]: row for row in User.objects.filter(pk__in=accounts).values_list("pk", "name", "member_id")
    }
    records = records_of_people({member for _pk, _name, member in users.values() if member is not None})
    served = RoleAssignment.objects.valid_on(today_wib()).filter(user_id__in=list(ones))
    for_group: defaultdict[int, set[int]] = defaultdict(set)
    for_partner: defaultdict[int, set[int]] = defaultdict(set)
    for user_id, group_id, partner_id in served.values_list("user_id", "group_id", "partner_id"):
        for_group[user_id] |= {group_id} if group_id is not None else set()
        for_partner[user_id] |= {partner_id} if partner_id is not None else set()
    found = {}
    for user_id, one in ones.items():
        hers = [users[pk] for pk in one.user_ids if pk in users]
        found[user_id] = Handler(
            accounts=one.user_ids,
            phone_keys=frozenset(phone_key(phone) for phone in one.phones),
            records=frozenset().union(*(records[row[2]] for row in hers if row[2] is not None)),
            groups=groups[user_id] | for_group[user_id],
            partners=partners[user_id] | for_partner[user_id],
            names=tuple(words_of(name) for _pk, name, _member in hers),
        )
    return found


def _each(find: Finder, ones: Ones) -> Near:
    return {user_id: frozenset(find(one)) for user_id, one in ones.items()}


def _halving(find: Finder, ones: Ones, wanted: frozenset[int]) -> Near:
    """Who is near to which of the wanted: asked of all at once, and of each half of them where it is somebody's."""
    hit = wanted & find(_together(ones.values())) if wanted and ones else frozenset()
    if len(ones) < 2 or not hit:
        return dict.fromkeys(ones, hit)
    ids = sorted(ones)
    halves = ids[: len(ids) // 2], ids[len(ids) // 2 :]
    first, second = ({user_id: ones[user_id] for user_id in half} for half in halves)
    return {**_halving(find, first, hit), **_halving(find, second, hit)}


def _together(ones: Iterable[Identity]) -> Identity:
    """As if all were one."""
    many = list(ones)
    return Identity(
        frozenset().union(*(one.user_ids for one in many)), frozenset().union(*(one.phones for one in many))
    )
