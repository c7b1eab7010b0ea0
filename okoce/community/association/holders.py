"""Whoever is to hold an office: an account, or a member by number who has none; and how her name is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.models import Tenure
from okoce.community.members.models import Member
from okoce.community.members.names import ERASED_NAME
from okoce.community.members.numbers import record_id_of
from okoce.community.members.queries import member_for, records_of
from okoce.community.members.verifying import masked_name
from okoce.community.organisations.persons import account_meant
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import identity_of, user_names
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Holder:
    user_id: int | None
    member_id: int | None
    name: str


def holder_meant(actor: Actor, who: str) -> Holder:
    """Whoever is meant by a telephone, an e-mail or a member number; a member named by number needs no account. Refuses the
    actor herself, under whichever account, and whom nobody knows."""
    holder = _by_number(actor, who.strip()) or _by_contact(actor, who)
    if _is_herself(actor, holder):
        raise _wrong(_("Anda tidak bisa menunjuk diri sendiri. Minta orang lain di atas Anda menunjuk Anda."))
    return holder


def _by_number(actor: Actor, typed: str) -> Holder | None:
    if not typed.upper().startswith("OK") or record_id_of(typed) is None:
        return None
    try:
        member = member_for(actor, typed)
    except NotFound as nobody:
        raise _wrong(nobody.sentence) from nobody
    if member.merged_into_id is not None or member.left_on is not None:
        raise _wrong(_("Anggota itu sudah keluar atau catatannya digabung. Periksa nomornya."))
    user_id = User.objects.filter(member_id=member.pk).values_list("pk", flat=True).first()
    return Holder(user_id, member.pk, member.name)


def _by_contact(actor: Actor, who: str) -> Holder:
    user = account_meant(actor, who, lambda _phone: None)
    return Holder(user.pk, user.member_id, user.name)


def _is_herself(actor: Actor, holder: Holder) -> bool:
    if actor.user_id is None:
        return False
    one = identity_of(actor.user_id)
    if holder.user_id in one.user_ids or actor.owns(holder.member_id):
        return True
    if holder.member_id is None:
        return False
    # an account may still stand at a record that was merged into the one that is meant
    records = records_of([holder.member_id]).get(holder.member_id, [holder.member_id])
    phones = Member.objects.filter(pk__in=records, phone__isnull=False).values_list("phone", flat=True)
    return (
        not one.phones.isdisjoint(phones)
        or User.objects.filter(pk__in=one.user_ids, member_id__in=records).exists()
    )


def is_same(tenure: Tenure, holder: Holder) -> bool:
    """Whether the one of a term is the one who is meant."""
    is_one_account = holder.user_id is not None and tenure.user_id == holder.user_id
    return is_one_account or (holder.member_id is not None and tenure.member_id == holder.member_id)


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("who", sentence)])


def holder_names(tenures: Iterable[Tenure]) -> dict[int, str]:
    """Whole names by term, for the desk; in two queries."""
    rows = list(tenures)
    users = user_names(one.user_id for one in rows if one.user_id is not None)
    members = _members(rows)
    return {one.pk: _name(one, users, members) for one in rows}


def public_names(tenures: Iterable[Tenure], day: date) -> dict[int, str]:
    """Names by term as everybody reads them on a day: whole where she agreed and is in office, else masked; "" of whoever
    restricted what her data is used for, or was erased (ADR 0025, 0029)."""
    rows = list(tenures)
    users = user_names(one.user_id for one in rows if one.user_id is not None)
    members = _members(rows)
    shown = {}
    for one in rows:
        name, member = _name(one, users, members), members.get(one.member_id or 0)
        is_hidden = name == ERASED_NAME or (member is not None and member.is_restricted)
        is_named = one.named_on is not None and (one.until_on is None or one.until_on > day)
        shown[one.pk] = "" if is_hidden else name if is_named else masked_name(name)
    return shown


def _members(tenures: Iterable[Tenure]) -> dict[int, Member]:
    wanted = {one.member_id for one in tenures if one.member_id is not None}
    return Member.objects.only("name", "is_restricted").in_bulk(wanted) if wanted else {}


def _name(one: Tenure, users: dict[int, str], members: dict[int, Member]) -> str:
    member = members.get(one.member_id or 0)
    return member.name if member else users.get(one.user_id or 0, ERASED_NAME)
