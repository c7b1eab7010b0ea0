"""A member as one person: all her records, accounts, and what she is recognised by."""

from collections.abc import Iterable

from okoce.community.members.actions.entry import NIK_PURPOSE
from okoce.community.members.models import Member
from okoce.community.members.queries import absorbed_by
from okoce.foundation.accounts.models import User
from okoce.foundation.personal.person import Person
from okoce.foundation.shared.keys import decrypt


def person_of(member: Member) -> Person:
    """With the records that were merged into hers: their past is her own."""
    ids = (member.pk, *absorbed_by(member.pk))
    records = list(Member.objects.filter(pk__in=ids))
    accounts = list(User.objects.filter(member_id__in=ids))
    phones = [record.phone for record in records] + [account.phone for account in accounts]
    emails = [record.email for record in records] + [account.email for account in accounts]
    niks = [decrypt(NIK_PURPOSE, record.nik_encrypted).decode() for record in records if record.nik_encrypted]
    return Person(
        member_ids=ids,
        user_ids=tuple(account.pk for account in accounts),
        numbers=_once(record.number for record in records),
        names=_once(record.name for record in records),
        phones=_once(phones),
        emails=_once(emails),
        niks=_once(niks),
    )


def _once(said: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in said if text))
