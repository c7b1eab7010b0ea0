"""Whoever founded a komunitas, when she is to serve it."""

from okoce.community.groups.models import Application, Group
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.foundation.accounts.models import User

HOUSE = Actor.system("groups")


def founder_account(group: Group, phone: str) -> User | None:
    """An account for the number that was proven when she applied; None where the number is not hers."""
    founded = Application.objects.filter(group=group, founder_phone=phone).first()
    return None if founded is None else create_user(HOUSE, NewUser(name=founded.founder_name, phone=phone))
