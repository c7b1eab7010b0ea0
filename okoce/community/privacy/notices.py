"""Writing to the people whose data got out, and to whom of them nothing has come."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.query import QuerySet

from okoce.community.members.models import Member
from okoce.community.privacy.breach_models import Breach, BreachPerson
from okoce.foundation.accounts.models import User
from okoce.foundation.notifications.kinds import BREACH
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.outbox import NewMessage, send_many
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import CHOSEN, MessageState
from okoce.foundation.shared.days import day_in, day_in_words
from okoce.foundation.shared.phones import show_phone

# On its way, or where she reads it: by a channel, or on her own page once she has opened it.
_REACHES = (
    Q(state__in=(MessageState.WAITING, MessageState.SENDING, MessageState.DELIVERED, MessageState.READ))
    | Q(state=MessageState.SENT, channel__in=CHOSEN)
    | Q(opened_since__isnull=False)
)


@dataclass(frozen=True, slots=True)
class Unreached:
    """One whom nothing has reached: her place in the list, her record or else her account, and what became of the message, if there
    was one."""

    id: int
    member: Member | None
    account: User | None
    state: str
    problem: str
    at: datetime | None

    @property
    def contact(self) -> str:
        """Where the owner of an account is reached otherwise; a member's stands on her page."""
        if self.account is None:
            return ""
        phone = show_phone(self.account.phone) if self.account.phone else ""
        return " · ".join(filter(None, (phone, self.account.email)))


def tell_people(breach: Breach) -> int:
    """A message to each who is known; who was told before is not told again. Answers how many are new."""
    people = BreachPerson.objects.filter(breach=breach).order_by("id").values_list("member_id", "user_id")
    said = {
        "title": breach.title,
        "data": breach.data,
        "noticed": day_in_words(day_in("WIB", breach.noticed_since)),
        "measures": breach.measures,
    }
    return send_many(BREACH, (NewMessage(To(*whom), _occasion(breach), said) for whom in people))


def unreached_among(people: QuerySet[BreachPerson], breach: Breach) -> QuerySet[BreachPerson]:
    """Those of these people whom nothing has reached, once they were told."""
    if breach.subjects_told_at is None:
        return people.none()
    records = Member.objects.filter(
        Q(pk=OuterRef(OuterRef("member_id"))) | Q(merged_into_id=OuterRef(OuterRef("member_id")))
    )
    reached = _messages(breach).filter(_REACHES)
    return people.filter(
        ~Exists(reached.filter(member_id__in=records.values("pk"))),
        ~Exists(reached.filter(user_id=OuterRef("user_id"))),
        breach=breach,
    )


def told_how(breach: Breach, people: list[BreachPerson]) -> list[Unreached]:
    """What became of the message to each of a page, in three queries."""
    ids = [one.member_id for one in people if one.member_id is not None]
    user_ids = [one.user_id for one in people if one.user_id is not None]
    members, accounts = Member.objects.in_bulk(ids), User.objects.in_bulk(user_ids)
    messages = _messages(breach).filter(Q(member_id__in=ids) | Q(user_id__in=user_ids))
    sent = {(one.member_id, one.user_id): one for one in messages}
    return [
        Unreached(
            one.pk,
            members.get(one.member_id or 0),
            accounts.get(one.user_id or 0),
            str(message.get_state_display()) if (message := sent.get((one.member_id, one.user_id))) else "",
            message.problem if message else "",
            message.at if message else None,
        )
        for one in people
    ]


def _messages(breach: Breach) -> QuerySet[Message]:
    return Message.objects.filter(code=BREACH.code, key__startswith=f"{BREACH.code}:{_occasion(breach)}:")


def _occasion(breach: Breach) -> str:
    return str(breach.pk)
