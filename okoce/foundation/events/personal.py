"""The trail forgets a person by losing her key: what happened, when and by whom stays, what was personal in it is unreadable."""

from okoce.foundation.events.models import SubjectKey
from okoce.foundation.events.striking import strike_out_of_trail
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told

not_told("events.SubjectKey", "the key itself; what it opens is told as the history")


@forgets("events.Event")
def _(person: Person) -> None:
    """Of her own history the key goes; out of the reasons in the history of others she is struck. Payloads hold ids alone."""
    strike_out_of_trail(person)


@forgets("events.SubjectKey")
def _(person: Person) -> None:
    keys = SubjectKey.objects.filter(subject_type="members.member", subject_id__in=person.member_ids)
    keys.delete()
    SubjectKey.objects.filter(subject_type="accounts.user", subject_id__in=person.user_ids).delete()
