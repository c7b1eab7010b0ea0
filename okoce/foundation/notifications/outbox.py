"""Writing messages down, within the transaction of what they tell of: gone with it, never without it, and once an occasion."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from okoce.foundation.notifications.composing import seal
from okoce.foundation.notifications.kinds import Kind
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.recipients import To, choices_of, recipients_of
from okoce.foundation.shared.keys import keyed_hash

REFERENCE = "notifications.reference"
IN_ONE = 1_000


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to be told to whom. `occasion` says which one it is: the same is told to the same person once for ever."""

    to: To
    occasion: str
    variables: Mapping[str, str]


def send(kind: Kind, to: To, *, occasion: str, **variables: str) -> bool:
    """Let a message go out once this transaction is through; False where it has, or nobody is there to read it."""
    return send_many(kind, [NewMessage(to, occasion, variables)]) == 1


def was_told(kind: Kind, occasion: str) -> bool:
    """Whether somebody was written to on that occasion."""
    return Message.objects.filter(key__startswith=f"{kind.code}:{occasion}:").exists()


def told_already(kind: Kind, occasions: Collection[tuple[To, str]]) -> set[tuple[To, str]]:
    """Who of these was written to on that occasion, whatever became of it."""
    keyed = {_key(kind, to, occasion): (to, occasion) for to, occasion in occasions}
    return {keyed[key] for key in _known(keyed)}


def _key(kind: Kind, to: To, occasion: str) -> str:
    return f"{kind.code}:{occasion}:{to.mark}"


def _known(keys: Iterable[str]) -> set[str]:
    return set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def send_many(kind: Kind, new: Iterable[NewMessage]) -> int:
    """The same for many, with as many statements for a thousand as for one; answers how many are new."""
    waiting = list(new)
    return sum(_write(kind, waiting[first : first + IN_ONE]) for first in range(0, len(waiting), IN_ONE))


def _write(kind: Kind, new: list[NewMessage]) -> int:
    if kind.is_immediate:
        raise ValueError(f"{kind.code} leaves at once and is kept nowhere")
    unknown = {name for one in new for name in one.variables} - kind.names
    if unknown:
        raise ValueError(f"{kind.code} knows no {', '.join(sorted(unknown))}")
    keyed = {_key(kind, one.to, one.occasion): one for one in new}
    known = _known(keyed)
    fresh = {key: one for key, one in keyed.items() if key not in known}
    people = [one.to for one in fresh.values()]
    recipients, choices = recipients_of(people), choices_of(people)
    now = timezone.now()
    rows = [
        Message(
            key=key,
            reference=keyed_hash(REFERENCE, key).hex(),
            code=kind.code,
            urgency=kind.urgency,
            member_id=one.to.member_id,
            user_id=one.to.user_id,
            language=choices[one.to].language,
            zone=recipients[one.to].zone,
            variables_encrypted=seal(one.variables),
            at=now,
            due=now,
        )
        for key, one in fresh.items()
        if one.to in recipients
    ]
    # somebody faster with the same occasion has written it; the key holds
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
