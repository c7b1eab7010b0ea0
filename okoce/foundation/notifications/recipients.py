"""Whom a message is for, and how she is reached: members by a port that config wires, since they stand above,
as do komunitas; officers here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.notifications.models import Preference
from okoce.foundation.notifications.states import CHOSEN, Channel, Language
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory.queries import zone_of


@dataclass(frozen=True, slots=True)
class To:
    """A member or an officer's account: one of the two."""

    member_id: int | None = None
    user_id: int | None = None

    @property
    def mark(self) -> str:
        return f"m{self.member_id}" if self.member_id is not None else f"u{self.user_id}"


@dataclass(frozen=True, slots=True)
class Recipient:
    """How somebody is reached now. Who may not be written to (no consent) reads on her own page alone."""

    name: str
    phone: str = ""
    email: str = ""
    zone: str = "WIB"
    may_be_written_to: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody has chosen; by default the house chooses, in Indonesian."""

    channel: str = ""
    language: str = Language.INDONESIAN.value
    is_stopped: bool = False

    def order(self) -> list[str]:
        """The channels to be tried, the chosen one first."""
        if self.is_stopped:
            return []
        return sorted((one.value for one in CHOSEN), key=lambda one: one != self.channel)


class Members(Protocol):
    def of(self, member_ids: Collection[int]) -> Mapping[int, Recipient]:
        """How each of these members is reached; one who was merged by the record that speaks for her. Who has gone, was
        erased, or is made up, is missing."""
        ...

    def records_of(self, member_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
        """All records of each one's person: the one that speaks for her first, then those that were merged into it."""
        ...

    def regions_of_groups(self, group_ids: Collection[int]) -> Mapping[int, str]:
        """Where each komunitas works: the place that holds its area, or one of it where only the nation holds all of it."""
        ...


class _Nobody:
    def of(self, member_ids: Collection[int]) -> Mapping[int, Recipient]:
        return {}

    def records_of(self, member_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
        return {}

    def regions_of_groups(self, group_ids: Collection[int]) -> Mapping[int, str]:
        return {}


_members: Members = _Nobody()


def use_members(members: Members) -> Members:
    """Called once by config, and by tests; answers the one that was used before."""
    global _members
    before, _members = _members, members
    return before


def recipients_of(people: Collection[To]) -> dict[To, Recipient]:
    """How each is reached now, with as many queries for a thousand as for one; who is nobody any more is missing."""
    member_ids = {to.member_id for to in people if to.member_id is not None}
    user_ids = {to.user_id for to in people if to.user_id is not None}
    members = _members.of(member_ids) if member_ids else {}
    users = _officers(user_ids) if user_ids else {}
    found = {to: members.get(to.member_id or 0) or users.get(to.user_id or 0) for to in people}
    return {to: recipient for to, recipient in found.items() if recipient is not None}


def _officers(user_ids: Collection[int]) -> dict[int, Recipient]:
    """An officer is written to by e-mail first: it stands in her account for just that."""
    rows = User.objects.filter(pk__in=user_ids, is_active=True)
    places = _places_of(user_ids)
    return {
        pk: Recipient(
            name=name,
            phone=phone or "",
            email=email or "",
            zone=zone_of(places.get(pk, "")),
            may_be_written_to=True,
        )
        for pk, name, phone, email in rows.values_list("pk", "name", "phone", "email")
    }


def _places_of(user_ids: Collection[int]) -> dict[int, str]:
    """Where each serves: the narrowest place of her grants, by whose clock she sleeps; "" for who serves the nation alone."""
    grants = RoleAssignment.objects.filter(user_id__in=user_ids).not_ended_by(today_wib()).order_by("-pk")
    rows = list(grants.values_list("user_id", "region", "group_id"))
    group_ids = {group_id for _user, _region, group_id in rows if group_id is not None}
    areas = _members.regions_of_groups(group_ids) if group_ids else {}
    places: dict[int, str] = {}
    for user_id, region, group_id in rows:
        place = max(region, areas.get(group_id or 0, ""), key=len)
        if len(place) > len(places.get(user_id, "")):
            places[user_id] = place
    return places


def records_of(member_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    """All records of each one's person, the one that speaks for her first."""
    return _members.records_of(member_ids)


def choices_of(people: Collection[To]) -> dict[To, Choice]:
    """What each has chosen: on the record that speaks for her, else on one that was merged into it."""
    member_ids = {to.member_id for to in people if to.member_id is not None}
    user_ids = [to.user_id for to in people if to.user_id is not None]
    records = _members.records_of(member_ids) if member_ids else {}
    rows = Preference.objects.none()
    if member_ids:
        rows = Preference.objects.filter(member_id__in=member_ids.union(*records.values()))
    if user_ids:
        rows = rows | Preference.objects.filter(user_id__in=user_ids)
    stated = {
        To(member_id, user_id): Choice(channel, language, is_stopped)
        for member_id, user_id, channel, language, is_stopped in rows.values_list(
            "member_id", "user_id", "channel", "language", "is_stopped"
        )
    }
    return {to: _stated_by(to, records, stated) or _by_default(to) for to in people}


def _stated_by(to: To, records: Mapping[int, Sequence[int]], stated: Mapping[To, Choice]) -> Choice | None:
    """Of several records that were merged, one that says stop counts before the others."""
    if to.member_id is None:
        return stated.get(to)
    speaker, *older = (To(member_id=one) for one in records.get(to.member_id, [to.member_id]))
    if speaker in stated:
        return stated[speaker]
    return max((stated[one] for one in older if one in stated), key=lambda one: one.is_stopped, default=None)


def choice_of(to: To) -> Choice:
    return choices_of([to])[to]


def _by_default(to: To) -> Choice:
    return Choice(channel=Channel.EMAIL.value) if to.user_id is not None else Choice()
