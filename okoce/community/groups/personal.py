"""In which komunitas a person was and is, what she founded, where she served. Of the founder name and number go; the rest is the
komunitas' own record, by which people are counted."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.groups.forgetting import contacts_over, ended_contacts_over, unfinished
from okoce.community.groups.models import Application, Membership, Nomination, Officer
from okoce.community.groups.persons import NOBODY
from okoce.community.members.names import name_key
from okoce.community.organisations.addressees import forget_addressees, names_applicants
from okoce.community.organisations.limits import contacts_kept_for, ended_contacts_kept_for, unfinished_for
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_forgotten, not_told, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps

may_name("groups.Group", "state_reason", "purpose")
may_name("groups.Application", "others", "answer")
may_name("groups.Nomination", "state_reason")

not_told("groups.Group", "the name of a komunitas, which is nobody's")
not_forgotten("groups.Group", "the name of a komunitas, which is nobody's")
not_forgotten("groups.Membership", "people are counted by komunitas; it holds days alone")
not_forgotten("groups.Officer", "who served a komunitas when; it holds days and an account's number alone")


@names_applicants
def _(phones: Collection[str]) -> Iterable[str]:
    return Application.objects.filter(founder_phone__in=phones).values_list("founder_phone", flat=True)


@tells("memberships", "groups.Membership")
def _(person: Person) -> object:
    return told_rows(Membership.objects.filter(member_id__in=person.member_ids))


@tells("offices", "groups.Officer")
def _(person: Person) -> object:
    return told_rows(Officer.objects.filter(user_id__in=person.user_ids))


@tells("nominations", "groups.Nomination")
def _(person: Person) -> object:
    return told_rows(Nomination.objects.filter(user_id__in=person.user_ids))


@forgets("groups.Nomination")
def _(person: Person) -> None:
    """Whom nobody can appoint any more waits in no queue; who served tells by her office."""
    Nomination.objects.filter(user_id__in=person.user_ids).delete()


@tells("founded", "groups.Application")
def _(person: Person) -> object:
    return told_rows(Application.objects.filter(pk__in=_founded_by(person)))


@forgets("groups.Application")
def _(person: Person) -> None:
    """That somebody founded it, and when, stays."""
    Application.objects.filter(pk__in=_founded_by(person)).update(**NOBODY, updated_at=timezone.now())
    forget_addressees(person.phones)


def _founded_by(person: Person) -> list[int]:
    """By her account, or under her number and name: a telephone alone may be another's of the family."""
    hers = Q(founder_user_id__in=person.user_ids) | Q(founder_phone__in=person.phones)
    names = {name_key(name) for name in person.names}
    found = Application.objects.filter(hers).values_list("pk", "founder_user_id", "founder_name")
    return [pk for pk, user, name in found if user in person.user_ids or name_key(name) in names]


for _rule in (
    Rule(
        code="groups.contacts",
        table="groups.Application",
        what=_lazy("Kontak pendiri komunitas yang pengajuannya ditolak atau berakhir"),
        kept_for=contacts_kept_for,
        is_dated=True,
        job="groups.forget_applicants",
        over=contacts_over,
        is_part=True,
    ),
    Rule(
        code="groups.ended_contacts",
        table="groups.Application",
        what=_lazy("Kontak pendiri komunitas yang sudah ditutup"),
        kept_for=ended_contacts_kept_for,
        is_dated=True,
        job="groups.forget_applicants",
        over=ended_contacts_over,
        is_part=True,
    ),
    Rule(
        code="groups.unfinished",
        table="groups.Application",
        what=_lazy("Pengajuan komunitas yang menunggu dilengkapi, sebelum berakhir"),
        kept_for=unfinished_for,
        is_dated=True,
        job="groups.forget_applicants",
        over=unfinished,
        is_part=True,
    ),
):
    keeps(_rule)
