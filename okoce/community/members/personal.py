"""What members hold about a person; and what is left of her when she is forgotten: what the counts need, and no more."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from okoce.community.members.actions.entry import NIK_PURPOSE
from okoce.community.members.consent_days import restate_consent_days
from okoce.community.members.models import (
    Business,
    Card,
    Consent,
    DuplicateCandidate,
    GuardianConsent,
    Helper,
    Member,
    Residence,
)
from okoce.community.members.names import ERASED_NAME, name_key
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told, tells, told_rows
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.keys import decrypt

may_name("members.Member", "address", "source")

not_told("members.DuplicateCandidate", "a suspicion about two records; the other one may be somebody else's")


@tells("person", "members.Member")
def _(person: Person) -> object:
    """Her record, and those that were merged into it; the NIK in full, since it is held."""
    rows = Member.objects.filter(pk__in=person.member_ids)
    niks = {
        pk: decrypt(NIK_PURPOSE, sealed).decode()
        for pk, sealed in rows.values_list("pk", "nik_encrypted")
        if sealed is not None
    }
    return [row | {"nik": niks.get(row["id"], "")} for row in told_rows(rows, without=("name_key",))]


@tells("business", "members.Business")
def _(person: Person) -> object:
    return told_rows(Business.objects.filter(member_id__in=person.member_ids))


@tells("homes", "members.Residence")
def _(person: Person) -> object:
    return told_rows(Residence.objects.filter(member_id__in=person.member_ids))


@tells("consents", "members.Consent", "members.GuardianConsent")
def _(person: Person) -> object:
    given = Consent.objects.filter(member_id__in=person.member_ids)
    guardians = GuardianConsent.objects.filter(consent__in=given)
    return {
        "consents": told_rows(given, without=("witnessed_by", "withdrawn_by")),
        "guardians": told_rows(guardians, without=("witnessed_by",)),
    }


@tells("helpers", "members.Helper")
def _(person: Person) -> object:
    """That she is helped, for what and since when; who helps is on her page."""
    return told_rows(Helper.objects.filter(member_id__in=person.member_ids), without=("user_id",))


@tells("cards", "members.Card")
def _(person: Person) -> object:
    cards = Card.objects.filter(member_id__in=person.member_ids)
    return told_rows(cards, without=("issued_by", "revoked_by"))


# Of a member there stay: number, sex, kecamatan, komunitas, the days of registering, consenting and leaving.
_IDENTITY: dict[str, Any] = {
    "name": ERASED_NAME,
    "name_key": name_key(ERASED_NAME),
    "nik_encrypted": None,
    "nik_hash": None,
    "nik_masked": "",
    "phone": None,
    "email": "",
    "birth_on": None,
    "work_status": "",
    "village": "",
    "address": "",
    "source": "",
}


@forgets("members.Member")
def _(person: Person) -> None:
    now = timezone.now()
    Member.objects.filter(pk__in=person.member_ids).update(**_IDENTITY, erased_at=now, updated_at=now)


@forgets("members.Business")
def _(person: Person) -> None:
    """How it stood at entry and how many worked there stay: growth is told against them."""
    Business.objects.filter(member_id__in=person.member_ids).update(
        name="", sector="", since_on=None, monthly_turnover=None, nib="", npwp="", updated_at=timezone.now()
    )


@forgets("members.Residence")
def _(person: Person) -> None:
    Residence.objects.filter(member_id__in=person.member_ids).update(village="")


@forgets("members.Consent", "members.GuardianConsent")
def _(person: Person) -> None:
    """No consent stands any more. That there was one, for what and when, stays as proof that all until now was lawful."""
    given = Consent.objects.filter(member_id__in=person.member_ids)
    GuardianConsent.objects.filter(consent__in=given).delete()
    given.update(witnessed_by=None)
    given.filter(withdrawn_on__isnull=True).update(withdrawn_on=today_wib())
    restate_consent_days(person.member_ids)
    _forget_as_guardian(person)


def _forget_as_guardian(person: Person) -> None:
    """That somebody consented for a child, when, by which way and to which text stays as the child's evidence; who, goes (ADR 0054).
    Under her number and name: a telephone alone may be another's of the family."""
    keys, full_names = {name_key(name) for name in person.names}, person.full_names
    beside = GuardianConsent.objects.filter(phone__in=person.phones).values_list("pk", "name")
    hers = [
        pk
        for pk, name in beside
        if name_key(name) in keys or (full_names is not None and full_names.search(name.casefold()))
    ]
    GuardianConsent.objects.filter(pk__in=hers).update(name="", phone="", erased_at=timezone.now())


@forgets("members.Helper")
def _(person: Person) -> None:
    """Nobody reaches her record by helping any more."""
    today = today_wib()
    helping = Helper.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=today))
    helping = helping.filter(member_id__in=person.member_ids)
    helping.filter(from_on__gte=today).delete()
    helping.filter(from_on__lt=today).update(until_on=today)


@forgets("members.Card")
def _(person: Person) -> None:
    """A code that leads to nobody is not known."""
    Card.objects.filter(member_id__in=person.member_ids).delete()


@forgets("members.DuplicateCandidate")
def _(person: Person) -> None:
    ids = person.member_ids
    DuplicateCandidate.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).delete()
