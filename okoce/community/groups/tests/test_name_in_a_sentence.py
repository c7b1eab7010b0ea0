"""A sentence that says komunitas does not say it twice."""

from datetime import date

import pytest

from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.naming import bare_name
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of, in_words
from tests.cast import SENEN


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Komunitas Ibu Senen", "Ibu Senen"),
        ("KOMUNITAS  Ibu Senen", "Ibu Senen"),
        ("Ibu Senen", "Ibu Senen"),
        ("Komunitas", "Komunitas"),
        ("Komunitasku Maju", "Komunitasku Maju"),
        ("", ""),
    ],
)
def test_the_noun_that_a_name_brings_is_dropped(name: str, said: str) -> None:
    assert bare_name(name) == said


@pytest.mark.django_db
def test_what_was_recorded_of_it_says_it_once_and_keeps_the_whole_name(citra: Actor) -> None:
    group, member = active_group("Komunitas Ibu Senen", SENEN), member_with()
    joined(member, group, date(2018, 5, 1))
    pause_group(citra, group, "Ketua sakit.")
    told = [line.sentence for line in history_of(citra, group)]
    assert told[0] == "Komunitas Ibu Senen berhenti sementara."
    assert not [one for one in told if "omunitas Komunitas" in one]
    assert "Masuk komunitas Ibu Senen sejak 1 Mei 2018." in [
        one.sentence for one in history_of(citra, member)
    ]
    assert Event.objects.filter(kind="groups.group_paused").get().payload["name"] == "Komunitas Ibu Senen"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Komunitas Mawar", "Pendiri komunitas Mawar."),
        ("Komunitas", "Pendiri komunitas Komunitas."),
        (None, "Pendiri komunitas –."),
    ],
)
def test_a_fact_is_told_whatever_it_holds(name: str | None, said: str) -> None:
    assert in_words("Pendiri komunitas {name}.", {"name": name} if name else {}) == said
