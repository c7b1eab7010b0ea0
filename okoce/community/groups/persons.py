"""Whoever founded a komunitas, when she is to serve it or to hear of it."""

from typing import Any

from django.db import transaction

from okoce.community.groups.models import Application, Group
from okoce.community.members.names import ERASED_NAME
from okoce.community.organisations.persons import account_meant, serving_account
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import active_user
from okoce.foundation.shared.errors import DomainError

HOUSE = Actor.system("groups")
NO_PHONE = "-"
# What is left where her name and number go.
NOBODY: dict[str, Any] = {
    "founder_name": ERASED_NAME,
    "founder_phone": NO_PHONE,
    "founder_user_id": None,
    "phone_proven_since": None,
    "others": "",
    "answer": "",
}


def founder_account(group: Group, phone: str) -> User | None:
    """An account for the number that was proven when she applied; None where the number is not hers."""
    founded = Application.objects.filter(group=group, founder_phone=phone).first()
    return None if founded is None else create_user(HOUSE, NewUser(name=founded.founder_name, phone=phone))


def founder_of(group: Group) -> User | None:
    """The account of whoever founded it: from which she applied, else that of her number, opened where there is none. None where
    nobody applied by the form, and where several members share the number: then nobody knows which of them it was."""
    founded = Application.objects.filter(group=group).first()
    if founded is None:
        return None
    try:
        with transaction.atomic():
            if founded.founder_user_id is not None:
                return serving_account(active_user(founded.founder_user_id))
            return account_meant(HOUSE, founded.founder_phone, lambda phone: founder_account(group, phone))
    except DomainError:
        return None
