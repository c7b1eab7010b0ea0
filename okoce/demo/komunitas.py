"""Who serves the komunitas of a demo: made up, and every name says so."""

from datetime import date

from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.states import OfficerRole, Term
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.foundation.accounts.queries import has_account

SAMPLES = "CONTOH-"
SINCE = date(2018, 1, 2)
CHAIRS = 12


def make_komunitas_officers(actor: Actor) -> None:
    """A chair for every sample komunitas that has nobody; a few people chair several, since each account costs a start of the demo
    time. They have no password, so nobody signs in with them. Whatever somebody has changed since stays."""
    served = set(Officer.objects.values_list("group_id", flat=True))
    for group in _samples():
        if group.pk not in served:
            appoint_officer(actor, group, _chair(actor, _number(group)), Term(OfficerRole.CHAIR, SINCE))


def _samples() -> list[Group]:
    return list(Group.objects.filter(is_synthetic=True, code__startswith=SAMPLES).order_by("code"))


def _number(group: Group) -> int:
    return int(group.code.removeprefix(SAMPLES))


def _chair(actor: Actor, number: int) -> str:
    """The address of whoever chairs the komunitas of a number, whose account is made once."""
    place = 1 + (number - 1) % CHAIRS
    email = f"ketua-{place:02d}@okoce.contoh"
    if not has_account(email):
        create_user(actor, NewUser(name=f"Contoh Ketua {place}", email=email, is_synthetic=True))
    return email
