"""Who looked at a person, and what she asked for."""

from okoce.community.privacy.models import ErasureRequest, Look
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, tells, told_rows


@tells("looks", "privacy.Look")
def _(person: Person) -> object:
    """By role and office: which officer it was stays with the house."""
    return told_rows(Look.objects.filter(member_id__in=person.member_ids), without=("user_id", "span"))


@tells("erasure_requests", "privacy.ErasureRequest")
def _(person: Person) -> object:
    rows = ErasureRequest.objects.filter(member_id__in=person.member_ids)
    return told_rows(rows, without=("asked_by", "withdrawn_by"))


@forgets("privacy.Look")
def _(person: Person) -> None:
    Look.objects.filter(member_id__in=person.member_ids).delete()


@forgets("privacy.ErasureRequest")
def _(person: Person) -> None:
    """That she asked, and when it was done, is the proof that it was."""
    ErasureRequest.objects.filter(member_id__in=person.member_ids).update(letter="")
