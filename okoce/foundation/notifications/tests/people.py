"""People whom tests write to: the port to members is put in place of the real one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.db import transaction

from okoce.foundation.access.door import opened_by
from okoce.foundation.notifications.adapters import Adapter, use_adapters
from okoce.foundation.notifications.kinds import DATA_ANSWERED, WELCOME
from okoce.foundation.notifications.models import Message, MessageTerm, Preference
from okoce.foundation.notifications.outbox import NewMessage, send_many
from okoce.foundation.notifications.recipients import Recipient, To, use_members
from okoce.foundation.notifications.sending import send_waiting
from okoce.foundation.notifications.states import Channel
from okoce.foundation.notifications.whatsapp import CloudApi
from tests.cast import SYSTEM

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def phone(number: int) -> str:
    return f"+62812{number:08d}"


def siti(number: int = 1, **given: object) -> Recipient:
    told = {"name": f"Siti {number}", "phone": phone(number), "may_be_written_to": True}
    return Recipient(**{**told, **given})  # type: ignore[arg-type]  # a recipient's own fields


class Crowd:
    """Members by number; whoever is not named is reached by WhatsApp."""

    def __init__(self, **named: Recipient) -> None:
        self.named = {int(name[1:]): recipient for name, recipient in named.items()}
        self.gone: set[int] = set()
        self.merged: dict[int, int] = {}

    def of(self, member_ids: Collection[int]) -> Mapping[int, Recipient]:
        return {one: self.named.get(one) or siti(one) for one in member_ids if one not in self.gone}

    def records_of(self, member_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
        speakers = {one: self.merged.get(one, one) for one in member_ids}
        return {
            one: [speaker, *(old for old, into in self.merged.items() if into == speaker)]
            for one, speaker in speakers.items()
        }

    def regions_of_groups(self, group_ids: Collection[int]) -> Mapping[int, str]:
        return {}


class Channels:
    def __init__(self, channels: Mapping[str, Adapter]) -> None:
        self.channels = channels

    def configured(self) -> Mapping[str, Adapter]:
        return self.channels


@contextmanager
def reached(crowd: Crowd, channels: Mapping[str, Adapter] | None = None) -> Iterator[None]:
    """With these members, and these channels."""
    members, adapters = use_members(crowd), use_adapters(Channels(channels or {}))
    try:
        yield
    finally:
        use_members(members)
        use_adapters(adapters)


def by_whatsapp(url: str, token: str, phone_id: str) -> dict[str, Adapter]:
    return {Channel.WHATSAPP.value: CloudApi(url, phone_id, token)}


def welcomed(*numbers: int, occasion: str = "1") -> list[Message]:
    """Messages that wait for these members."""
    new = [NewMessage(To(member_id=one), occasion, {"number": f"OKOCE-{one}"}) for one in numbers]
    send_many(WELCOME, new)
    return list(Message.objects.filter(member_id__in=numbers).order_by("id"))


def answered(*numbers: int, occasion: str = "1") -> list[Message]:
    """Messages that these members asked for and wait for: a volunteer sends them where no channel does."""
    send_many(DATA_ANSWERED, [NewMessage(To(member_id=one), occasion, {}) for one in numbers])
    return list(Message.objects.filter(member_id__in=numbers).order_by("id"))


def sent_at(now: datetime = NOON) -> int:
    """Send what waits, at that time of a clock that stands still; what waits was written down before it."""
    Message.objects.filter(state="waiting", tries=0).update(due=now)
    with patch("django.utils.timezone.now", return_value=now):
        return send_waiting(0)


def chosen(to: To, **choice: object) -> None:
    with transaction.atomic(), opened_by(SYSTEM):
        Preference.objects.create(member_id=to.member_id, user_id=to.user_id, **choice)


def term(code: str, value: int, day: date = date(2026, 1, 1)) -> None:
    MessageTerm.objects.create(code=code, value=value, from_on=day, source="uji")
