"""What the law demands leaves first, then what somebody waits for, and the welcomes of an import last."""

from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import transaction

from okoce.foundation.notifications.kinds import BREACH, KINDS, WELCOME
from okoce.foundation.notifications.models import DaySpend, Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.sending import take
from okoce.foundation.notifications.states import TermCode, Urgency
from okoce.foundation.notifications.tests.fakes import CloudApiFake
from okoce.foundation.notifications.tests.people import NOON, answered, sent_at, term, welcomed

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]


def warned(number: int) -> None:
    with transaction.atomic():
        told = {
            "title": "Laptop hilang",
            "data": "Nama",
            "noticed": "20 November 2026",
            "measures": "Dikunci",
        }
        send(BREACH, To(member_id=number), occasion="1", **told)


def codes() -> list[str]:
    return list(
        Message.objects.filter(state="sent").order_by("sent_since", "id").values_list("code", flat=True)
    )


def test_each_kind_has_its_turn() -> None:
    assert (KINDS["breach"].urgency, KINDS["data_answered"].urgency) == (Urgency.LAW, Urgency.AWAITED)
    assert {one for one, kind in KINDS.items() if kind.urgency == Urgency.UNASKED} == {
        "welcome",
        "next_step",
        "stuck",
    }


def test_whoever_waits_is_not_kept_behind_those_who_are_welcomed(whatsapp: CloudApiFake) -> None:
    welcomed(*range(1, 6))
    answered(7)
    warned(8)
    Message.objects.update(due=NOON)
    taken = [take_one() for _each in range(3)]
    assert taken == ["breach", "data_answered", "welcome"]


def take_one() -> str:
    with patch("django.utils.timezone.now", return_value=NOON):
        [one], _all = take(1)
    return one.message.code


def test_what_the_law_demands_leaves_though_the_cap_of_the_day_is_reached(whatsapp: CloudApiFake) -> None:
    term(TermCode.DAY_CAP, 400)
    answered(7)
    sent_at()
    warned(8)
    welcomed(9)
    sent_at()
    assert sorted(codes()) == ["breach", "data_answered"]
    assert sum(DaySpend.objects.values_list("amount", flat=True)) == 800


def test_the_words_say_where_the_site_stands(whatsapp: CloudApiFake) -> None:
    assert "site" in WELCOME.names
    welcomed(7)
    sent_at()
    [body] = whatsapp.counted.values()
    [component] = body["template"]["components"]
    assert settings.OKOCE_SITE in [one["text"] for one in component["parameters"]]
