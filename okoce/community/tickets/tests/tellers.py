"""Tickets for tests: each sent from a form of its own, by the public deed."""

import itertools
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from okoce.community.tickets.actions.sending import NewTicket, Sent, send_ticket
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.moves import SENDER
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from tests.cast import SENEN, SYSTEM

_forms = itertools.count(1)
STORY = "Seseorang meminta uang pendaftaran atas nama OK OCE."


def told(**given: Any) -> NewTicket:
    number = next(_forms)
    told = {"key": f"form-{number}", "kind": "complaint", "text": STORY, "region": SENEN}
    # each from a home of its own
    return NewTicket(**{**told, "address": f"198.51.{number // 200}.{number % 200 + 1}", **given})


def sent(**given: Any) -> Sent:
    return send_ticket(SENDER, told(**given))


def ticket(**given: Any) -> Ticket:
    return sent(**given).ticket


def moved_back(one: Ticket, by: timedelta) -> Ticket:
    """As if it had been sent that much earlier."""
    instants = (
        "sent_since",
        "due",
        "step_until",
        "asked_since",
        "answered_since",
        "reopen_until",
        "closed_since",
    )
    now = fresh(one)
    earlier = {name: getattr(now, name) - by for name in instants if getattr(now, name) is not None}
    with transaction.atomic(), opened_by(SYSTEM):
        Ticket.objects.filter(pk=one.pk).update(**earlier, updated_at=timezone.now())
    return fresh(one)


def fresh(one: Ticket) -> Ticket:
    return Ticket.objects.get(pk=one.pk)


def officer_called(
    name: str, role: str = "petugas_kecamatan", region: str = SENEN, **anchors: Any
) -> tuple[User, Actor]:
    """Somebody in office with an account of that name."""
    number = next(_forms)
    user = create_user(
        SYSTEM, NewUser(name=name, email=f"pejabat{number}@okoce.contoh", phone=f"+628144400{number:04}")
    )
    grant_role(SYSTEM, user, role, Anchors(region=region, **anchors), today_wib())
    return user, actor_for_user(user)


def seated(*places: str) -> dict[str, User]:
    """Somebody in office at each of these places; without a name that a ticket could mention."""
    return {place: officer_called("Q. X.", "petugas_skpd", region=place)[0] for place in places}
