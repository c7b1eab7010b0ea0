"""In which komunitas a person was and is. It stays: komunitas are counted by it, and it names nobody."""

from okoce.community.groups.models import Membership
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import not_forgotten, not_told, tells, told_rows

not_told("groups.Group", "the name of a komunitas, which is nobody's")
not_forgotten("groups.Group", "the name of a komunitas, which is nobody's")
not_forgotten("groups.Membership", "people are counted by komunitas; it holds days alone")


@tells("memberships", "groups.Membership")
def _(person: Person) -> object:
    return told_rows(Membership.objects.filter(member_id__in=person.member_ids))
