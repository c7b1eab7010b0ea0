"""The komunitas of a demo have officers."""

from datetime import date

import pytest

from okoce.community.groups.actions.officers import end_officer
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.tests.factories import joined
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.demo.komunitas import make_komunitas_officers
from okoce.demo.replay import FLOWERS, _make_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import walked_to

pytestmark = pytest.mark.django_db
DEMO = Actor.system("demo")
GROUPS = 15


@pytest.fixture(autouse=True)
def komunitas(territory_in_memory: None) -> None:  # noqa: F811  (the fixture)
    """Of each one somebody who came in on the same day, and went on to another stage."""
    for number in range(GROUPS):
        _make_group(DEMO, number, f"Contoh {FLOWERS[number % len(FLOWERS)]} {number}", "other")
    for number, group in enumerate(Group.objects.order_by("code")):
        member = walked_to(1 + number % 4)
        Member.objects.filter(pk=member.pk).update(is_synthetic=True)
        joined(member, group, date(2018, 6, 1))


def test_every_komunitas_has_a_chair_whose_name_says_that_she_is_made_up() -> None:
    make_komunitas_officers(DEMO)
    assert set(Officer.objects.values_list("group_id", flat=True)) == set(
        Group.objects.values_list("pk", flat=True)
    )
    chairs = User.objects.filter(pk__in=Officer.objects.values("user_id"))
    assert all(one.is_synthetic and one.name.startswith("Contoh ") for one in chairs)
    assert all((one.email or "").endswith(".contoh") and not one.has_usable_password() for one in chairs)


def test_they_are_made_once_and_what_somebody_changed_stays(citra: Actor) -> None:
    make_komunitas_officers(DEMO)
    end_officer(citra, Officer.objects.order_by("id")[0], today_wib())
    before = list(Officer.objects.order_by("id").values_list("group_id", "user_id", "until_on"))
    make_komunitas_officers(DEMO)
    assert list(Officer.objects.order_by("id").values_list("group_id", "user_id", "until_on")) == before
