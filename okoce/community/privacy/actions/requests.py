"""Asking something about one's data that no button does, and answering within the hours that the law gives."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.events import (
    AccountRequestAnswered,
    AccountRequestNoted,
    DataRequestAnswered,
    DataRequestAsked,
    DataRequestNoted,
)
from okoce.community.privacy.models import DataRequest
from okoce.community.privacy.queries.accounts import accounts_answered_for
from okoce.community.privacy.queries.rights import before_any_term, term
from okoce.community.privacy.states import RequestKind, RequestOrigin, TermCode
from okoce.community.privacy.words import words_in
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import identity_of
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import ZONES, day_in, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.territory.queries import zone_of

ACCOUNTS_ZONE = "WIB"  # an account lives nowhere: the clock is the secretariat's
MOST_WAITING = 5  # of one member; more is no question any more


@action(Permission.MEMBERS_CORRECT_OWN)
def ask_about_own_data(actor: Actor, member: Member, kind: str, text: str) -> DataRequest:
    """Ask the data officer something about one's own data; the clock runs from now. The same question, while it waits, is
    asked once. Refuses anybody else's record, an unknown kind, no words, and a sixth one that waits."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    if kind not in RequestKind.values:
        raise Invalid([FieldError("kind", _("Pilih apa yang Anda minta."))])
    words = words_in("text", text, _("Tulis dengan kata-kata Anda apa yang Anda minta."))
    locked = Member.objects.locked_standing(member.pk)
    waiting = DataRequest.objects.waiting().filter(member=locked)
    same = waiting.filter(kind=kind, text=words).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("Masih ada %d permintaan Anda yang belum dijawab. Tunggu dulu jawabannya.") % MOST_WAITING
        )
    return _ask(actor, locked, RequestKind(kind), words)


@dataclass(frozen=True, slots=True)
class WrittenRequest:
    """What a member asked in a letter or in an office: where the paper is filed, and the day on which it came in."""

    kind: str
    text: str
    letter: str
    received_on: date


@action(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def note_written_request(actor: Actor, member: Member, written: WrittenRequest) -> DataRequest:
    """Note what a member asked otherwise than on her page; the clock runs from the day on which it came in. The same one
    noted twice is once. Refuses one's own, an unknown kind, no words, no letter and a day that cannot be."""
    if actor.owns(member.pk):
        raise Refused(_("Ini permintaan Anda sendiri. Kirim dari halaman data Anda."))
    read = _judged_letter(written)
    locked = Member.objects.locked_standing(member.pk)
    found = _noted_before(read, member=locked)
    if found is not None:
        return found
    asked_at = _began_at(written.received_on, zone_of(locked.region))
    kind = RequestKind(read.kind)
    asked = _create(
        actor, locked, kind, read.text, asked_at, origin=RequestOrigin.WRITTEN, letter=read.letter
    )
    record(DataRequestNoted(member_id=locked.pk, request_id=asked.pk, label=str(kind.label)), subject=locked)
    return asked


@action(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def note_account_request(actor: Actor, user_id: int, written: WrittenRequest) -> DataRequest:
    """Likewise of whoever has an account alone and cannot sign in. Refuses besides an account that is not within the actor's reach,
    a member's, and one that may be the actor's own."""
    account = (
        accounts_answered_for(actor).filter(pk=user_id).select_for_update(of=("self",), no_key=True).first()
    )
    if account is None:
        raise NotFound(_("Akun itu tidak ada dalam tugas Anda, sudah dihapus, atau milik seorang anggota."))
    if actor.user_id is not None and account.pk in identity_of(actor.user_id).user_ids:
        raise Refused(_("Ini permintaan Anda sendiri. Kirim dari halaman data Anda."))
    read = _judged_letter(written)
    found = _noted_before(read, user_id=account.pk)
    if found is not None:
        return found
    asked_at = _began_at(written.received_on, ACCOUNTS_ZONE)
    asked = DataRequest.objects.create(
        user_id=account.pk,
        kind=read.kind,
        origin=RequestOrigin.WRITTEN,
        letter=read.letter,
        text=read.text,
        asked_at=asked_at,
        asked_by=actor.user_id or 0,
        due=asked_at + timedelta(hours=term(TermCode.REQUEST_HOURS, day_in(ACCOUNTS_ZONE, asked_at))),
    )
    label = str(RequestKind(read.kind).label)
    record(AccountRequestNoted(user_id=account.pk, request_id=asked.pk, label=label), subject=account)
    return asked


def _judged_letter(written: WrittenRequest) -> WrittenRequest:
    """As it is kept. Refuses an unknown kind, no words, no letter and a day that cannot be."""
    if written.kind not in RequestKind.values:
        raise Invalid([FieldError("kind", _("Pilih apa yang diminta."))])
    problem = day_problem(written.received_on) or before_any_term(TermCode.REQUEST_HOURS, written.received_on)
    if problem:
        raise Invalid([FieldError("received_on", problem)])
    words = words_in("text", written.text, _("Tulis apa yang diminta, dengan kata-kata orangnya."))
    letter = words_in("letter", written.letter, _("Tulis nomor surat atau tempat menyimpannya."))
    return replace(written, text=words, letter=letter)


def _noted_before(read: WrittenRequest, **whose: object) -> DataRequest | None:
    same = DataRequest.objects.waiting().filter(**whose)
    return same.filter(kind=read.kind, text=read.text, letter=read.letter).first()


def _began_at(received_on: date, zone: str) -> datetime:
    """A letter of today counts from now, one of before from the beginning of its day: the clock never runs too long."""
    if received_on >= day_in(zone):
        return timezone.now()
    return datetime.combine(received_on, time(), ZONES[zone])


def _ask(actor: Actor, member: Member, kind: RequestKind, words: str) -> DataRequest:
    asked = _create(actor, member, kind, words, timezone.now())
    told = DataRequestAsked(member_id=member.pk, request_id=asked.pk, label=str(kind.label))
    record(told, subject=member)
    return asked


def _create(
    actor: Actor, member: Member, kind: RequestKind, words: str, now: datetime, **how: str
) -> DataRequest:
    hours = term(TermCode.REQUEST_HOURS, day_in(zone_of(member.region), now))
    return DataRequest.objects.create(
        member=member,
        kind=kind,
        text=words,
        asked_at=now,
        asked_by=actor.user_id or 0,
        due=now + timedelta(hours=hours),
        **how,
    )


@action(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def take_data_request(actor: Actor, request: DataRequest) -> DataRequest:
    """Say that one is the one who answers; others see it. Taking over from somebody is allowed: nobody's clock waits for who is
    ill. Refuses one's own request and one that is answered."""
    _require_anothers(actor, request)
    locked = DataRequest.objects.locked(request.pk)
    if locked.answered_at is not None:
        raise Refused(_("Permintaan ini sudah dijawab."))
    if locked.taken_by != actor.user_id:
        locked.taken_at, locked.taken_by = timezone.now(), actor.user_id or 0
        locked.save(update_fields=["taken_at", "taken_by"])
    return locked


@action(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def answer_data_request(actor: Actor, request: DataRequest, answer: str) -> DataRequest:
    """Answer what a member asked; she reads it on her page. Refuses no words, one's own request, and one that was answered
    otherwise; the same answer twice is once."""
    _require_anothers(actor, request)
    words = words_in("answer", answer, _("Tulis jawabannya; yang meminta membacanya di halamannya."))
    locked = DataRequest.objects.locked(request.pk)
    if locked.answered_at is not None:
        if locked.answer != words:
            raise Refused(_("Permintaan ini sudah dijawab. Muat ulang halaman untuk membaca jawabannya."))
        return locked
    locked.answer, locked.answered_at, locked.answered_by = words, timezone.now(), actor.user_id or 0
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    _tell_answered(locked)
    return locked


def _tell_answered(answered: DataRequest) -> None:
    label = str(RequestKind(answered.kind).label)
    if answered.member is not None:
        told = DataRequestAnswered(member_id=answered.member.pk, request_id=answered.pk, label=label)
        record(told, subject=answered.member)
        return
    account = User.objects.get(pk=answered.user_id or 0)
    record(AccountRequestAnswered(user_id=account.pk, request_id=answered.pk, label=label), subject=account)


def _require_anothers(actor: Actor, request: DataRequest) -> None:
    """Also not that of an account which may be the same person's."""
    if request.member is not None:
        is_own = actor.owns(request.member_id) or actor.owns(request.member.merged_into_id or 0)
    else:
        is_own = actor.user_id is not None and request.user_id in identity_of(actor.user_id).user_ids
    if is_own:
        raise Refused(_("Ini permintaan Anda sendiri. Minta rekan Anda menjawabnya."))
