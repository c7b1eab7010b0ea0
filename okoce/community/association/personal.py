"""Which offices a person held in the association, and what she did for komunitas. That somebody held an office, and when, stays; that
her name may be read goes."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from okoce.community.association.models import Branch, Support, Tenure
from okoce.community.association.queries.tenures import offices_of
from okoce.community.association.terms import position_name
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import (
    forgets,
    holds_back,
    not_forgotten,
    not_told,
    tells,
    told_rows,
)
from okoce.foundation.shared.days import today_wib

may_name("association.Branch", "decree", "state_reason")
may_name("association.Tenure", "decree", "end_reason")
may_name("association.Support", "agreed", "next_step", "struck_reason")

not_told("association.Position", "the name of an office, which is nobody's")
not_forgotten("association.Position", "the name of an office, which is nobody's")


def _held(person: Person) -> Q:
    return Q(user_id__in=person.user_ids) | Q(member_id__in=person.member_ids)


@holds_back
def _(person: Person) -> Iterator[str]:
    held = list(Tenure.objects.filter(_held(person)).real().not_ended_by(today_wib()).order_by("id"))
    offices = offices_of(held)
    for one in held:
        office = position_name(offices[one.pk]) if one.pk in offices else one.position
        yield gettext("Anda masih menjabat %s di perkumpulan.") % office


@tells("association_offices", "association.Tenure")
def _(person: Person) -> object:
    return told_rows(Tenure.objects.filter(_held(person)))


@forgets("association.Tenure")
def _(person: Person) -> None:
    """The office and its days stay; nobody reads her name there any more, and why it ended is not told."""
    hers, now = Tenure.objects.filter(_held(person)), timezone.now()
    hers.exclude(named_on=None).update(named_on=None, updated_at=now)
    hers.exclude(end_reason="").update(end_reason="-", updated_at=now)


@tells("branches_founded", "association.Branch")
def _(person: Person) -> object:
    return told_rows(Branch.objects.filter(founder_user_id__in=person.user_ids))


@forgets("association.Branch")
def _(person: Person) -> None:
    """That it was founded, and when, stays."""
    hers = Branch.objects.filter(founder_user_id__in=person.user_ids)
    hers.update(founder_user_id=None, updated_at=timezone.now())


@tells("supports", "association.Support")
def _(person: Person) -> object:
    return told_rows(Support.objects.filter(by_user_id__in=person.user_ids))


not_forgotten(
    "association.Support",
    "what was done for a komunitas, and agreed with it; of the doer an account's number alone",
)
