"""Referrals on the page of a person: where she was sent, and whether the reader may send her."""

from django.urls import reverse

from okoce.community.members.models import Member
from okoce.community.partners.queries.referrals import may_send, sent_about
from okoce.community.partners.states import TONES
from okoce.foundation.access.actor import Actor
from okoce.foundation.web.lists import ListRow
from okoce.foundation.web.numbers import day_text


def referral_rows(actor: Actor, member: Member) -> list[ListRow]:
    """Where she was sent, as far as the reader may see it."""
    return [
        ListRow(
            one.way,
            reverse("referral_detail", args=[one.referral_id]),
            f"{one.stage} · {day_text(one.sent_on, 'medium')}",
            one.state_words,
            TONES[one.state],
        )
        for one in sent_about(actor, member)
    ]


def may_refer(actor: Actor, member: Member) -> bool:
    """Whether the reader may send her somewhere: nobody who is gone, and nobody sends herself."""
    return (
        member.erased_at is None
        and not member.is_restricted
        and not actor.owns(member.pk)
        and may_send(actor, member.region)
    )
