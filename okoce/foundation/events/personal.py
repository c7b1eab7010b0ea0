"""The trail forgets a person by losing her key: what happened, when and by whom stays, what was personal in it is unreadable."""

from okoce.foundation.events.models import SubjectKey
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_forgotten, not_told

not_told("events.SubjectKey", "the key itself; what it opens is told as the history")
not_forgotten(
    "events.Event", "append-only; without the key its changes are unreadable, and payloads hold ids alone"
)


@forgets("events.SubjectKey")
def _(person: Person) -> None:
    keys = SubjectKey.objects.filter(subject_type="members.member", subject_id__in=person.member_ids)
    keys.delete()
    SubjectKey.objects.filter(subject_type="accounts.user", subject_id__in=person.user_ids).delete()
