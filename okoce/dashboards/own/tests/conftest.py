"""A member who has signed in, for the tests of her own pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from tests.cast import account_of

Browser = Callable[[Member], Client]


def herself(member: Member) -> Actor:
    """The member as an actor: her own record and nothing else."""
    return Actor(label="user:90", user_id=90, grants=(Grant("anggota", Scope(member_id=member.pk)),))


@pytest.fixture
def phone_of(db: None) -> Callable[[Member], Client]:
    """A browser in which the member has signed in: `phone_of(siti).get("/saya")`."""

    def signed_in(member: Member) -> Client:
        client = Client()
        client.force_login(account_of(herself(member)))
        return client

    return signed_in


def drawn(answer: Any) -> str:
    """The page's words."""
    from tests.pages import page, words

    return words(page(answer).main)
