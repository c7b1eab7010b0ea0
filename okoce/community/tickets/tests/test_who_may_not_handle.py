"""Who may not handle a ticket is one rule: asked of one officer and one ticket, of a whole list, of everybody in office at once."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from okoce.community.groups.interests import groups_near
from okoce.community.groups.models import Application, Group
from okoce.community.groups.tests.factories import applied_group
from okoce.community.members.models import Member
from okoce.community.members.policies import records_of_people, records_of_person
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.interests import partners_near
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.tests.factories import proposed
from okoce.community.tickets.interests import accused_rows, reason_to_keep_away
from okoce.community.tickets.models import Accused, Entry, Ticket
from okoce.community.tickets.nearness import case_of, cases_of, handlers_of, why_away, words_of
from okoce.community.tickets.sealing import ABOUT, PHONE, WORDS, phone_key, seal, unseal
from okoce.community.tickets.seats import manned, tickets_left_alone
from okoce.community.tickets.tests.tellers import officer_called
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import Identity, actor_for_user, identities_of
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db
# One officer in each of five kecamatan, two in the sixth, three above: a level where one is kept away may be left alone, or not.
PLACES = [
    "31.71.01",
    "31.71.02",
    "31.71.03",
    "31.71.04",
    "31.71.05",
    "31.71.06",
    "31.71.06",
    "31.71",
    "31.71",
    "31",
]
FIRST, LAST = ["Tono", "Sri", "Rukmini", "Agus", "Dewi"], ["Wijaya", "Rejeki", "Wulandari", "Salim"]


@pytest.fixture(autouse=True)
def _offices() -> None:
    """Here each world says who sits where."""


@dataclass
class World:
    officers: list[User]
    tickets: list[Ticket]


def name_of(dice: random.Random) -> str:
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def some(dice: random.Random, rows: list, chance: float = 0.3) -> list:  # type: ignore[type-arg]  # of whatever
    return [row for row in rows if dice.random() < chance]


def a_world(seed: int) -> World:
    """Officers with other accounts, telephones of their families, komunitas, mitra and merged records; tickets from and about them."""
    dice = random.Random(seed)
    members = [member_with(name=name_of(dice)) for _number in range(10)]
    for number, member in enumerate(members[1:], 1):
        if dice.random() < 0.5:
            Member.objects.filter(pk=member.pk).update(merged_into=members[dice.randrange(number)])
    officers = [officer_called(name_of(dice), region=place)[0] for place in PLACES]
    groups = [applied_group(f"Mawar {number}") for number in range(4)]
    partners = [proposed(f"Mitra {number}") for number in range(3)]
    with transaction.atomic(), opened_by(SYSTEM):
        for member in some(dice, members):
            User.objects.create(name=name_of(dice), phone=dice.choice(officers).phone, member_id=member.pk)
        for group in groups:
            near, is_by_phone = dice.choice(officers), dice.random() < 0.5
            Application.objects.create(
                group=group,
                founder_name="Pendiri",
                founder_phone=near.phone if is_by_phone else "+628999",
                founder_user_id=None if is_by_phone else near.pk,
                applied_on=today_wib(),
            )
        for partner in partners:
            Proposal.objects.filter(partner=partner).update(contact_user_id=dice.choice(officers).pk)
        tickets = [a_ticket(dice, officers, members, groups, partners) for _number in range(30)]
    return World(officers, tickets)


def a_ticket(
    dice: random.Random,
    officers: list[User],
    members: list[Member],
    groups: list[Group],
    partners: list[Partner],
) -> Ticket:
    now, office = timezone.now(), dice.choice(PLACES)
    phone = dice.choice(officers).phone if dice.random() < 0.2 else None
    one = Ticket.objects.create(
        code_hash=dice.randbytes(32),
        kind="complaint",
        region=office,
        office=office,
        about_encrypted=seal(
            ABOUT, dice.choice(["", "", name_of(dice), dice.choice(FIRST), "Pak Tono, S.Pd."])
        ),
        phone_encrypted=seal(PHONE, phone or ""),
        phone_hash=phone_key(phone) if phone else None,
        member_id=dice.choice(members).pk if dice.random() < 0.3 else None,
        sender_user_id=dice.choice(officers).pk if dice.random() < 0.2 else None,
        sent_since=now,
        due=now,
    )
    for voice, words in (
        ("sender", dice.choice([f"Saya ditagih {name_of(dice)}.", "Diminta uang."])),
        ("house", "Tono Wijaya"),
    ):
        Entry.objects.create(ticket=one, at=now, what="sent", voice=voice, words_encrypted=seal(WORDS, words))
    named = [{"user_id": user.pk} for user in some(dice, officers, 0.05)]
    named += [{"group_id": group.pk} for group in some(dice, groups, 0.15)]
    named += [{"partner_id": partner.pk} for partner in some(dice, partners, 0.15)]
    named += [{"member_id": member.pk} for member in some(dice, members, 0.05)]
    Accused.objects.bulk_create(Accused(ticket=one, **whom) for whom in named)
    return one


def is_named(user: User, one: Ticket) -> bool:
    """The rule once more, of one and one, as the database alone tells it."""
    me, records = _known(user)
    whom = Q(user_id__in=me.user_ids) | Q(group_id__in=groups_near(me)) | Q(partner_id__in=partners_near(me))
    for record in records:
        whom |= Q(member_id__in=records_of_person(record))
    return Accused.objects.filter(whom, ticket=one).exists()


def is_senders_or_called_alike(user: User, one: Ticket) -> bool:
    me, records = _known(user)
    sent = any(
        Ticket.objects.filter(pk=one.pk, member_id__in=records_of_person(pk)).exists() for pk in records
    )
    if sent or one.sender_user_id in me.user_ids or unseal(PHONE, one.phone_encrypted) in me.phones:
        return True
    lines = Entry.objects.filter(ticket=one, voice="sender")
    told = " ".join(unseal(WORDS, line.words_encrypted) for line in lines)
    names = [
        words_of(name) for name in User.objects.filter(pk__in=me.user_ids).values_list("name", flat=True)
    ]
    about = words_of(unseal(ABOUT, one.about_encrypted))
    return any(name & about or name <= words_of(told) for name in names)


def _known(user: User) -> tuple[Identity, set[int]]:
    likely = User.objects.filter(Q(pk=user.pk) | Q(phone=user.phone))
    me = Identity(frozenset(one.pk for one in likely), frozenset(one.phone for one in likely if one.phone))
    return me, {one.member_id for one in likely if one.member_id is not None}


@pytest.mark.parametrize("seed", range(2))
def test_one_by_one_in_a_list_and_all_at_once_are_the_same_rule(seed: int) -> None:
    world = a_world(seed)
    kept = {
        (user.pk, one.pk): is_named(user, one) or is_senders_or_called_alike(user, one)
        for user in world.officers
        for one in world.tickets
    }
    assert 30 < sum(kept.values()) < len(kept) - 30, "a world in which something is decided"
    rows = Ticket.objects.filter(pk__in=[one.pk for one in world.tickets])
    cases = cases_of(rows, world.tickets)
    handlers = handlers_of((user.pk for user in world.officers), cases)
    for user in world.officers:
        actor = actor_for_user(user)
        named = set(rows.filter(accused_rows(actor)).values_list("pk", flat=True))
        for case in cases:
            one = case.ticket
            assert (why_away(handlers[user.pk], case) is not None) == kept[user.pk, one.pk]
            assert (one.pk in named) == is_named(user, one)
            if one.office == actor.grants[0].scope.region:
                assert bool(reason_to_keep_away(actor, one)) == kept[user.pk, one.pk]


@pytest.mark.parametrize("seed", range(2, 4))
def test_a_ticket_waits_exactly_where_somebody_in_office_may_handle_it(seed: int) -> None:
    world = a_world(seed)
    sits = [(actor_for_user(user), place) for user, place in zip(world.officers, PLACES, strict=True)]
    alone = {one.pk for one in tickets_left_alone()}
    assert alone, "a world in which somebody is left alone"
    for one in world.tickets:
        free = free_places(one, sits)
        assert (one.pk in alone) == (one.office not in free)
        here = one.office
        while here and here not in free:
            here = here.rpartition(".")[0]
        assert manned(one.office, case_of(one)) == here


def free_places(one: Ticket, sits: Iterable[tuple[object, str]]) -> set[str]:
    """Where somebody sits to whom no reason is told."""
    free = set()
    for actor, place in sits:
        there = Ticket.objects.get(pk=one.pk)
        there.office = place
        if not reason_to_keep_away(actor, there):  # type: ignore[arg-type]  # an actor
            free.add(place)
    return free


def test_the_accounts_and_records_of_many_are_those_of_each() -> None:
    world = a_world(4)
    ids = [*User.objects.values_list("pk", flat=True), 999_999]
    ones = identities_of(ids)
    for user in User.objects.filter(pk__in=[one.pk for one in world.officers]):
        assert ones[user.pk] == _known(user)[0]
    assert ones[999_999] == Identity(frozenset({999_999}), frozenset())
    members = list(Member.objects.values_list("pk", flat=True))
    many = records_of_people(members)
    for pk in members:
        assert many[pk] == set(
            Member.objects.filter(pk__in=records_of_person(pk)).values_list("pk", flat=True)
        )
