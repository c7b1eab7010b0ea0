"""Whoever has an account and is no member: her account as her own deeds find it, and what she asked about it."""

from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from okoce.community.privacy.models import AccountLook, DataRequest, ErasureRequest
from okoce.community.privacy.persons import person_of_account
from okoce.community.privacy.queries.rights import Looked, Looks
from okoce.community.privacy.states import RequestOrigin
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import restrict
from okoce.foundation.accounts.models import User
from okoce.foundation.personal.registry import held_back_by
from okoce.foundation.shared.errors import NotFound

PER_PAGE = 50
ANSWER = Permission.MEMBERS_ANSWER_DATA_REQUEST


def own_account(actor: Actor, *, is_held: bool = False) -> User:
    """The actor's account, where it is of no member; held until the end of the transaction where asked."""
    rows = User.objects.filter(pk=actor.user_id or 0, member_id__isnull=True, erased_since__isnull=True)
    if is_held:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = rows.first()
    if found is None:
        raise NotFound(_("Akun itu bukan milik Anda, atau milik seorang anggota."))
    return found


def account_that_asked(asked: DataRequest) -> User:
    """Whose account a request is about. Public: behind a request that was found before. NotFound where a member asked."""
    found = User.objects.filter(pk=asked.user_id or 0, erased_since__isnull=True).first()
    if found is None:
        raise NotFound(_("Permintaan itu bukan tentang sebuah akun, atau akunnya sudah dihapus."))
    return found


def account_reached_at(actor: Actor, contact: str) -> User | None:
    """The account of no member with this telephone (E.164) or e-mail, for whoever notes what its owner asked on paper."""
    return accounts_reached_at(actor, [contact]).get(contact)


def accounts_reached_at(
    actor: Actor, contacts: Collection[str], permission: Permission = ANSWER
) -> dict[str, User]:
    """The same of many, in one query; by the contact, without those that lead to nobody."""
    asked = {contact: contact.lower() for contact in contacts}
    rows = accounts_answered_for(actor, permission).annotate(mail=Lower("email"))
    found = rows.filter(Q(phone__in=asked.values()) | Q(mail__in=asked.values())).order_by("-id")
    reached = {contact: one for one in found for contact in (one.phone, one.mail) if contact}
    return {contact: reached[key] for contact, key in asked.items() if key in reached}


def accounts_answered_for(actor: Actor, permission: Permission = ANSWER) -> QuerySet[User]:
    """The accounts of no member about which the actor answers: an account lives nowhere, so national grants alone reach them."""
    rows = User.objects.filter(member_id__isnull=True, erased_since__isnull=True)
    return restrict(rows, actor, permission)


def is_letter_of_account(asked: DataRequest) -> bool:
    """Whether the owner of an account that stands asked on paper. Public: behind a request that was found before."""
    accounts = User.objects.filter(pk=asked.user_id or 0, erased_since__isnull=True)
    return asked.origin == RequestOrigin.WRITTEN and accounts.exists()


def erasure_of_account(actor: Actor, account: User) -> ErasureRequest | None:
    """The request of an account's owner to be erased that waits for its day, within the actor's reach."""
    rows = ErasureRequest.objects.visible_to(actor, Permission.PRIVACY_READ).waiting()
    return rows.filter(user_id=account.pk).first()


def looks_at_own_account(actor: Actor, *, before: int | None = None) -> Looks:
    """Who saw her contact, the newest first."""
    rows = AccountLook.objects.filter(subject_user_id=actor.user_id or 0).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    told = [
        Looked(one.pk, one.role, one.region, one.group_id, one.partner_id, one.page, "", one.at)
        for one in rows[: PER_PAGE + 1]
    ]
    page = told[:PER_PAGE]
    return Looks(page, page[-1].id if len(told) > PER_PAGE else None)


def own_account_requests(actor: Actor) -> Sequence[DataRequest]:
    """What she has asked, the newest first."""
    rows = DataRequest.objects.filter(user_id=actor.user_id, user_id__isnull=False)
    return list(rows.order_by("-id")[:PER_PAGE])


def own_account_erasure(actor: Actor) -> ErasureRequest | None:
    """Her request to be erased that waits for its day."""
    rows = ErasureRequest.objects.waiting().filter(user_id=actor.user_id, user_id__isnull=False)
    return rows.first()


def why_not_erased(actor: Actor) -> list[str]:
    """As which officer she still serves, in sentences: until then she is not erased."""
    return held_back_by(person_of_account(own_account(actor)))
