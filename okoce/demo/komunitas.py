"""Who serves the komunitas of a demo, and when something was last noted of each: made up, and every name says so. The history ends on
one day for all of them; a real komunitas goes quiet on a day of its own."""

from datetime import date, timedelta

from django.db.models import Max

from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.states import OfficerRole, Term
from okoce.community.members.models import Member
from okoce.demo.standstills import MADE_UP_SHARES
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.foundation.accounts.queries import has_account
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.standstill_notes import StandstillNote, note_standstills
from okoce.pipeline.models import StageRecord
from okoce.pipeline.states import Stage

SAMPLES = "CONTOH-"
SINCE = date(2018, 1, 2)
CHAIRS = 12
# Nobody asked again in one of so many; in the others somebody did on a day between yesterday and so many days ago.
LEFT_ALONE, SPREAD, STEP = 5, 420, 29


def make_komunitas_officers(actor: Actor) -> None:
    """A chair for every sample komunitas that has nobody; a few people chair several, since each account costs a start of the demo
    time. They have no password, so nobody signs in with them. Whatever somebody has changed since stays."""
    served = set(Officer.objects.values_list("group_id", flat=True))
    for group in _samples():
        if group.pk not in served:
            appoint_officer(actor, group, _chair(actor, _number(group)), Term(OfficerRole.CHAIR, SINCE))


def note_last_activity(actor: Actor) -> int:
    """In most komunitas somebody asked again, later than the history, why the newest of its people goes no further: a record like any
    other, of a reason that nobody knew before. Days before stay as they were told. Answers how many were taken."""
    groups = _samples()
    people = Member.objects.counted().filter(is_synthetic=True, group_id__in=[group.pk for group in groups])
    newest = dict(people.order_by("group_id").values_list("group_id").annotate(Max("pk")))
    completed = StageRecord.objects.filter(member_id__in=newest.values(), completed_on__isnull=False)
    reached = dict(completed.order_by("member_id").values_list("member_id").annotate(Max("stage")))
    notes = [
        _note(newest[group.pk], reached[newest[group.pk]] + 1, _number(group))
        for group in groups
        if group.pk in newest
        and _number(group) % LEFT_ALONE
        and reached[newest[group.pk]] < Stage.P7_FINANCING
    ]
    return note_standstills(actor, notes).taken


def _samples() -> list[Group]:
    return list(Group.objects.filter(is_synthetic=True, code__startswith=SAMPLES).order_by("code"))


def _number(group: Group) -> int:
    return int(group.code.removeprefix(SAMPLES))


def _note(member_id: int, step: int, number: int) -> StandstillNote:
    asked_on = today_wib() - timedelta(days=1 + number * STEP % SPREAD)
    return StandstillNote(member_id, step, next(iter(MADE_UP_SHARES[step])), asked_on)


def _chair(actor: Actor, number: int) -> str:
    """The address of whoever chairs the komunitas of a number, whose account is made once."""
    place = 1 + (number - 1) % CHAIRS
    email = f"ketua-{place:02d}@okoce.contoh"
    if not has_account(email):
        create_user(actor, NewUser(name=f"Contoh Ketua {place}", email=email, is_synthetic=True))
    return email
