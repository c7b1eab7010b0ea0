"""The rights of whoever has an account and is no member: taking her data along, asking, another telephone, being erased. All is about
nobody but the doer, so no role gives it; what an officer does for her stands below."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.names import clean_name
from okoce.community.privacy.actions.files import FORMAT
from okoce.community.privacy.actions.requests import ACCOUNTS_ZONE, MOST_WAITING
from okoce.community.privacy.events import (
    AccountCorrected,
    AccountErased,
    AccountErasureAsked,
    AccountErasureWithdrawn,
    AccountRequestAsked,
    OwnAccountFileTaken,
)
from okoce.community.privacy.models import DataRequest, ErasureRequest
from okoce.community.privacy.persons import person_of_account
from okoce.community.privacy.queries.accounts import accounts_answered_for, own_account
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import ErasureOrigin, RequestKind, RequestOrigin, TermCode
from okoce.community.privacy.words import words_in
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, own_action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import identity_of
from okoce.foundation.events.ciphers import as_json
from okoce.foundation.events.trail import record
from okoce.foundation.personal.registry import all_told, forget_everywhere, held_back_by
from okoce.foundation.shared.days import day_in, today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.unreadable import Unreadable


@own_action
def take_own_account_file(actor: Actor) -> bytes:
    """All that every feature holds about whoever has this account, as JSON in UTF-8; that it was taken stands in its history."""
    account = own_account(actor)
    told: dict[str, Any] = {"format": FORMAT, "made_at": timezone.now(), "account": account.pk}
    file = as_json(told | all_told(person_of_account(account)))
    record(OwnAccountFileTaken(user_id=account.pk), subject=account)
    return file


@own_action
def ask_about_own_account(actor: Actor, kind: str, text: str) -> DataRequest:
    """Ask the data officer something; the clock runs from now. The same question, while it waits, is asked once. Refuses an
    unknown kind, no words, and more than may wait."""
    if kind not in RequestKind.values:
        raise Invalid([FieldError("kind", _("Pilih apa yang Anda minta."))])
    words = words_in("text", text, _("Tulis dengan kata-kata Anda apa yang Anda minta."))
    account = own_account(actor, is_held=True)
    waiting = DataRequest.objects.waiting().filter(user_id=account.pk)
    same = waiting.filter(kind=kind, text=words).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("Masih ada %d permintaan Anda yang belum dijawab. Tunggu dulu jawabannya.") % MOST_WAITING
        )
    now = timezone.now()
    asked = DataRequest.objects.create(
        user_id=account.pk,
        kind=kind,
        text=words,
        asked_at=now,
        asked_by=account.pk,
        due=now + timedelta(hours=term(TermCode.REQUEST_HOURS, day_in(ACCOUNTS_ZONE, now))),
    )
    label = str(RequestKind(kind).label)
    record(AccountRequestAsked(user_id=account.pk, request_id=asked.pk, label=label), subject=account)
    return asked


@own_action
def change_own_account_phone(actor: Actor, phone: str) -> User:
    """Another telephone (E.164) that lets her in; that it is in her hand is proven before. Refuses one that another officer's account
    has. The same again changes nothing."""
    account = own_account(actor, is_held=True)
    return _corrected(account, {"phone": phone})


@own_action
def ask_own_account_erasure(actor: Actor) -> ErasureRequest:
    """Ask to be erased. Asked twice is once. Refuses whoever still serves: others must know who decides, and reach her."""
    account = own_account(actor, is_held=True)
    waiting = ErasureRequest.objects.waiting().filter(user_id=account.pk).first()
    if waiting is not None:
        return waiting
    _require_out_of_office(account)
    return _ask_erasure(account, account.pk, ErasureOrigin.OWN)


def _ask_erasure(account: User, asked_by: int, origin: ErasureOrigin, letter: str = "") -> ErasureRequest:
    now = timezone.now()
    not_before = now + timedelta(days=term(TermCode.ERASURE_WAIT_DAYS, today_wib()))
    asked = ErasureRequest.objects.create(
        user_id=account.pk,
        origin=origin,
        letter=letter,
        asked_at=now,
        asked_by=asked_by,
        not_before=not_before,
    )
    due_on = day_in(ACCOUNTS_ZONE, not_before).isoformat()
    record(AccountErasureAsked(user_id=account.pk, due_on=due_on), subject=account)
    return asked


@own_action
def withdraw_own_account_erasure(actor: Actor) -> bool:
    """Think better of it; False where nothing waits (any more)."""
    account = own_account(actor, is_held=True)
    return _withdraw_erasure(account, account.pk)


def _withdraw_erasure(account: User, withdrawn_by: int) -> bool:
    waiting = ErasureRequest.objects.waiting().filter(user_id=account.pk)
    if not waiting.update(withdrawn_at=timezone.now(), withdrawn_by=withdrawn_by):
        return False
    record(AccountErasureWithdrawn(user_id=account.pk), subject=account)
    return True


@action(Permission.MEMBERS_ERASE)
def ask_written_account_erasure(actor: Actor, request: DataRequest) -> ErasureRequest:
    """Let the house erase whoever asked for it in a letter, which was noted before; the same days are waited, in which she or the desk
    takes it back. Asked twice is once. Refuses what she did not ask on paper, one's own, and whoever still serves."""
    account = _account_of_letter(actor, request)
    waiting = ErasureRequest.objects.waiting().filter(user_id=account.pk).first()
    if waiting is not None:
        return waiting
    if held_back_by(person_of_account(account)):
        raise Refused(_("Pemilik akun ini masih bertugas. Akhiri dulu tugasnya, lalu catat lagi di sini."))
    return _ask_erasure(account, actor.user_id or 0, ErasureOrigin.WRITTEN, request.letter)


@action(Permission.MEMBERS_ERASE)
def withdraw_account_erasure(actor: Actor, request: DataRequest) -> bool:
    """Take it back for her, or because it should not have been noted; False where nothing waits (any more)."""
    return _withdraw_erasure(_account_of_letter(actor, request), actor.user_id or 0)


def _account_of_letter(actor: Actor, request: DataRequest) -> User:
    """Held until the end of the transaction."""
    if request.user_id is None or request.origin != RequestOrigin.WRITTEN:
        raise NotFound(_("Permintaan itu bukan surat seorang pemilik akun."))
    if actor.user_id is not None and request.user_id in identity_of(actor.user_id).user_ids:
        raise Refused(_("Ini permintaan Anda sendiri. Minta rekan Anda menjawabnya."))
    accounts = accounts_answered_for(actor).filter(pk=request.user_id)
    account = accounts.select_for_update(of=("self",), no_key=True).first()
    if account is None:
        raise NotFound(_("Akun itu tidak ada dalam tugas Anda, sudah dihapus, atau milik seorang anggota."))
    return account


@dataclass(frozen=True, slots=True)
class AccountCorrection:
    """What an account is called from now on, and its e-mail ("" for none)."""

    name: str
    email: str


@action(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def correct_account(actor: Actor, request: DataRequest, correction: AccountCorrection) -> User:
    """Correct name and e-mail of whoever asked for that; what stood before stays sealed in the account's history. Refuses a request
    that is no such one, or answered, one's own, what cannot be a name or address, and an address that another account has."""
    if request.user_id is None or request.kind != RequestKind.CORRECT or request.answered_at is not None:
        raise Refused(_("Hanya data akun yang pemiliknya meminta dibetulkan, sebelum dijawab."))
    if actor.user_id is not None and request.user_id in identity_of(actor.user_id).user_ids:
        raise Refused(_("Ini permintaan Anda sendiri. Minta rekan Anda menjawabnya."))
    accounts = User.objects.filter(pk=request.user_id, member_id__isnull=True, erased_since__isnull=True)
    account = accounts.select_for_update(of=("self",), no_key=True).first()
    if account is None:
        raise NotFound(_("Akun itu sudah tidak ada."))
    wanted = {"name": _name_in(correction.name), "email": _email_in(correction.email)}
    if wanted["email"] is None and account.phone is None:
        raise Invalid([FieldError("email", _("Akun ini tidak punya nomor HP, jadi surelnya harus ada."))])
    return _corrected(account, wanted)


def _name_in(typed: str) -> str:
    name = clean_name(typed)
    if isinstance(name, Unreadable):
        raise Invalid([FieldError("name", f"{name.reason} {name.suggestion}".strip())])
    return str(name)


def _email_in(typed: str) -> str | None:
    email = typed.strip()
    if not email:
        return None
    try:
        validate_email(email)
    except ValidationError as wrong:
        sentence = _("Surel ini tidak bisa dibaca. Tulis seperti nama@contoh.id.")
        raise Invalid([FieldError("email", sentence)]) from wrong
    return email


def _corrected(account: User, wanted: dict[str, str | None]) -> User:
    changes = {
        name: [getattr(account, name) or "", value or ""]
        for name, value in wanted.items()
        if (getattr(account, name) or "") != (value or "")
    }
    if not changes:
        return account
    for name in changes:
        setattr(account, name, wanted[name])
    try:
        with transaction.atomic():
            account.save(update_fields=list(changes))
    except IntegrityError as error:
        taken = _("Sudah ada akun lain dengan nomor HP atau surel ini. Pakai akun itu, atau tulis yang lain.")
        raise Conflict(taken, field="email" if "email" in changes else "phone") from error
    labels = {"name": _("nama"), "phone": _("nomor HP"), "email": _("surel")}
    fields = ", ".join(str(labels[name]) for name in changes)
    record(AccountCorrected(user_id=account.pk, fields=fields), subject=account, changes=changes)
    return account


@action(Permission.MEMBERS_ERASE)
def carry_out_account_erasure(actor: Actor, request: ErasureRequest) -> bool:
    """Erase whoever asked from her account; False where she thought better of it or is erased already. All of it or nothing.

    Refuses before its day, while she serves again, and while a file in which she stands is being read or made.
    """
    accounts = User.objects.select_for_update(of=("self",), no_key=True)
    account = accounts.filter(pk=request.user_id or 0).first()
    waiting = ErasureRequest.objects.waiting().filter(pk=request.pk).first()
    if waiting is None or account is None:
        return False
    if waiting.not_before > timezone.now():
        raise Conflict(_("Masih dalam hari tunggu: orangnya masih boleh membatalkan."))
    _require_out_of_office(account)
    waiting.erased_at = timezone.now()
    waiting.save(update_fields=["erased_at"])
    forget_everywhere(person_of_account(account, with_past=True))
    record(AccountErased(user_id=account.pk), subject=account)
    return True


def _require_out_of_office(account: User) -> None:
    held = held_back_by(person_of_account(account))
    if held:
        raise Refused(
            _(
                "%s Selama bertugas, nama dan kontak Anda diperlukan supaya orang tahu siapa yang memutuskan. Minta yang menunjuk Anda"
                " mengakhiri tugas itu, atau tulis permintaan kepada petugas pelindungan data."
            )
            % " ".join(held)
        )
