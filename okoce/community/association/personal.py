"""Which offices a person held in the association, and what she did for komunitas. That somebody held an office, and when, stays; that
her name may be read goes."""

from django.db.models import Q
from django.utils import timezone

from okoce.community.association.models import Branch, Support, Tenure
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_forgotten, not_told, tells, told_rows

may_name("association.Branch", "decree", "state_reason")
may_name("association.Tenure", "decree", "end_reason")
may_name("association.Support", "agreed", "next_step", "struck_reason")

not_told("association.Position", "the name of an office, which is nobody's")
not_forgotten("association.Position", "the name of an office, which is nobody's")


def _held(person: Person) -> Q:
    return Q(user_id__in=person.user_ids) | Q(member_id__in=person.member_ids)


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
