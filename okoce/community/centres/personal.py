"""Whom a centre names to be asked for: everybody reads it, and it goes with her."""

from django.utils import timezone

from okoce.community.centres.models import Centre
from okoce.community.members.names import name_key
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, tells

may_name("centres.Centre", "address", "hours", "state_reason")
may_name("centres.CentrePeriod", "reason")

NO_PHONE = "-"


@tells("centres", "centres.Centre")
def _(person: Person) -> object:
    """The number as far as it is hers: beside her name may stand that of another one who is called the same, in a plan that
    nobody else reads."""
    hers, columns = set(_under_her_number(person)), ("name", "region", "address", "contact_name")
    rows = Centre.objects.filter(pk__in=[*hers, *_under_her_name(person)]).order_by("pk")
    return [
        {**dict(zip(columns, told, strict=True)), **({"contact_phone": phone} if pk in hers else {})}
        for pk, phone, *told in rows.values_list("pk", "contact_phone", *columns)
    ]


@forgets("centres.Centre")
def _(person: Person) -> None:
    """The place stays, and a number that is not hers; its komunitas names another one to ask for."""
    now = timezone.now()
    Centre.objects.filter(pk__in=_under_her_name(person)).update(contact_name="", updated_at=now)
    numbers = Centre.objects.filter(pk__in=_under_her_number(person))
    numbers.update(contact_name="", contact_phone=NO_PHONE, updated_at=now)


def _under_her_number(person: Person) -> list[int]:
    return list(Centre.objects.filter(contact_phone__in=person.phones).values_list("pk", flat=True))


def _under_her_name(person: Person) -> list[int]:
    """Another one may be called the same: then too much is better than too little."""
    names = {name_key(name) for name in person.names}
    found = Centre.objects.exclude(contact_name="").values_list("pk", "contact_name")
    return [pk for pk, name in found if name_key(name) in names]
