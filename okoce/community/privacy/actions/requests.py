"""Asking something about one's data that no button does, and answering within the hours that the law gives."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.events import DataRequestAnswered, DataRequestAsked
from okoce.community.privacy.models import DataRequest
from okoce.community.privacy.queries import term
from okoce.community.privacy.states import RequestKind, TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.queries import zone_of

LONGEST_TEXT = 2_000
MOST_WAITING = 5  # of one member; more is no question any more


@action(Permission.MEMBERS_CORRECT_OWN)
def ask_about_own_data(actor: Actor, member: Member, kind: str, text: str) -> DataRequest:
    """Ask the data officer something about one's own data; the clock runs from now. The same question, while it waits, is
    asked once. Refuses anybody else's record, an unknown kind, no words, and a sixth one that waits."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    if kind not in RequestKind.values:
        raise Invalid([FieldError("kind", _("Pilih apa yang Anda minta."))])
    words = _written("text", text, _("Tulis dengan kata-kata Anda apa yang Anda minta."))
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


def _ask(actor: Actor, member: Member, kind: RequestKind, words: str) -> DataRequest:
    now = timezone.now()
    hours = term(TermCode.REQUEST_HOURS, day_in(zone_of(member.region), now))
    asked = DataRequest.objects.create(
        member=member,
        kind=kind,
        text=words,
        asked_at=now,
        asked_by=actor.user_id or 0,
        due=now + timedelta(hours=hours),
    )
    told = DataRequestAsked(member_id=member.pk, request_id=asked.pk, label=str(kind.label))
    record(told, subject=member)
    return asked


@action(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def answer_data_request(actor: Actor, request: DataRequest, answer: str) -> DataRequest:
    """Answer what a member asked; she reads it on her page. Refuses no words, one's own request, and one that was answered
    otherwise; the same answer twice is once."""
    if actor.owns(request.member_id) or actor.owns(request.member.merged_into_id or 0):
        raise Refused(_("Ini permintaan Anda sendiri. Minta rekan Anda menjawabnya."))
    words = _written("answer", answer, _("Tulis jawabannya; anggota membacanya di halamannya."))
    locked = DataRequest.objects.locked(request.pk)
    if locked.answered_at is not None:
        if locked.answer != words:
            raise Refused(_("Permintaan ini sudah dijawab. Muat ulang halaman untuk membaca jawabannya."))
        return locked
    locked.answer, locked.answered_at, locked.answered_by = words, timezone.now(), actor.user_id or 0
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    label = str(RequestKind(locked.kind).label)
    told = DataRequestAnswered(member_id=locked.member_id, request_id=locked.pk, label=label)
    record(told, subject=locked.member)
    return locked


def _written(field: str, text: str, missing: str) -> str:
    read = clean_text(text, LONGEST_TEXT)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError(field, f"{read.reason} {read.suggestion}".strip())])
    if not read:
        raise Invalid([FieldError(field, missing)])
    return read
