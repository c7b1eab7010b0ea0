"""A member as one person: all her records, accounts, and what she is recognised by; and whoever has an account alone."""

from collections.abc import Iterable, Sequence

from okoce.community.members.actions.entry import NIK_PURPOSE
from okoce.community.members.models import Member
from okoce.community.members.queries import absorbed_by
from okoce.foundation.accounts.models import User
from okoce.foundation.events.queries import HistoryLine, trail_of
from okoce.foundation.personal.person import Person
from okoce.foundation.shared.keys import decrypt

CORRECTED = "members.member_corrected"


def person_of(member: Member, *, with_past: bool = False) -> Person:
    """With the records that were merged into hers: their past is her own. `with_past` also by what she was called, and could be
    reached at, before it was corrected; that may have been somebody else's by mistake, so it is only for forgetting her."""
    ids = (member.pk, *absorbed_by(member.pk))
    records = list(Member.objects.filter(pk__in=ids))
    accounts = list(User.objects.filter(member_id__in=ids))
    phones = [record.phone for record in records] + [account.phone for account in accounts]
    emails = [record.email for record in records] + [account.email for account in accounts]
    niks = [decrypt(NIK_PURPOSE, record.nik_encrypted).decode() for record in records if record.nik_encrypted]
    past = _corrected_since(ids) if with_past else {}
    return Person(
        member_ids=ids,
        user_ids=tuple(account.pk for account in accounts),
        numbers=_once(record.number for record in records),
        names=_once([*(record.name for record in records), *past.get("name", [])]),
        phones=_once([*phones, *past.get("phone", [])]),
        emails=_once([*emails, *past.get("email", [])]),
        niks=_once(niks),
    )


def person_of_account(account: User, *, with_past: bool = False) -> Person:
    """Whoever has an account and no record. `with_past` also by what she was called and could be reached at before, and with all in
    which she served: only for forgetting her."""
    past = _before(trail_of("accounts.user", [account.pk])) if with_past else {}
    return Person(
        member_ids=(),
        user_ids=(account.pk,),
        names=_once([account.name, *past.get("name", [])]),
        phones=_once([account.phone, *past.get("phone", [])]),
        emails=_once([account.email, *past.get("email", [])]),
        leaves_office=with_past,
    )


def _corrected_since(ids: Sequence[int]) -> dict[str, list[str]]:
    """What stood in these fields before, as her history tells it; what contradicted her record was never hers."""
    return _before(line for line in trail_of("members.member", ids) if line.kind == CORRECTED)


def _before(lines: Iterable[HistoryLine]) -> dict[str, list[str]]:
    past: dict[str, list[str]] = {"name": [], "phone": [], "email": []}
    for line in lines:
        for field, known in past.items():
            known += [str(before) for before in line.changes.get(field, [])[:1] if before]
    return past


def _once(said: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in said if text))
