"""Deeds about messages: sending by hand, withdrawing, writing words anew, choosing how one is written to, having read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.notifications.composing import names_in
from okoce.foundation.notifications.events import PreferenceChosen, SentByHand, Withdrawn, WordingWritten
from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.models import Message, Preference, Wording
from okoce.foundation.notifications.queries import own_rows
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import CHOSEN, NOT_SENT, Channel, Language, MessageState
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_NAME = 100, 900, 100


@action(Permission.MESSAGES_SEND)
def mark_sent_by_hand(actor: Actor, message: Message) -> Message:
    """Note that somebody has sent a message from her own phone. Twice is once; refuses one that nobody waits for any more."""
    locked = Message.objects.locked(message.pk)
    if locked.state == MessageState.SENT and locked.sent_by is not None:
        return locked
    if locked.state != MessageState.BY_HAND:
        raise Conflict(_("Pesan ini tidak menunggu dikirim dengan tangan lagi. Muat ulang daftarnya."))
    locked.state, locked.sent_since, locked.sent_by = MessageState.SENT, timezone.now(), actor.user_id or 0
    locked.channel = Channel.WHATSAPP
    locked.save(update_fields=["state", "sent_since", "sent_by", "channel"])
    record(SentByHand(message_id=locked.pk, label=_label(locked)), subject=locked)
    return locked


@action(Permission.MESSAGES_MANAGE)
def withdraw_message(actor: Actor, message: Message) -> Message:
    """Take a message back that nobody was sent yet; it vanishes from its recipient's page too. Twice is once."""
    locked = Message.objects.locked(message.pk)
    if locked.state == MessageState.WITHDRAWN:
        return locked
    if locked.state not in NOT_SENT:
        raise Refused(_("Pesan ini sudah keluar, jadi tidak bisa ditarik lagi."))
    locked.state, locked.ended_since = MessageState.WITHDRAWN, timezone.now()
    locked.save(update_fields=["state", "ended_since"])
    record(Withdrawn(message_id=locked.pk, label=_label(locked)), subject=locked)
    return locked


def _label(message: Message) -> str:
    kind = KINDS.get(message.code)
    return str(kind.label) if kind else message.code


@dataclass(frozen=True, slots=True)
class NewWording:
    """Words as they are to hold from a day on. `seen` is the version that whoever wrote them had before her."""

    code: str
    language: str
    subject: str
    body: str
    whatsapp_name: str
    from_on: date
    source: str
    seen: int


@action(Permission.MESSAGES_MANAGE)
def write_wording(actor: Actor, new: NewWording) -> Wording:
    """Write another version of the words of a kind. Refuses words that name what nothing fills, a day that is over, and a
    version that somebody else has written meanwhile; the same words again are the version that holds."""
    _require_readable(new)
    rows = Wording.objects.filter(code=new.code, language=new.language)
    latest = rows.order_by("-version").select_for_update().first()
    newest = rows.aggregate(newest=Max("version"))["newest"] or 0
    if latest is not None and _same(latest, new):
        return latest
    if newest != new.seen:
        raise Conflict(
            _("Rekan Anda baru saja menulis versi %d. Muat ulang halaman, lalu bandingkan.") % newest
        )
    wording = Wording.objects.create(
        code=new.code,
        language=new.language,
        version=newest + 1,
        from_on=new.from_on,
        subject=new.subject.strip(),
        body=new.body.strip(),
        whatsapp_name=new.whatsapp_name.strip(),
        source=new.source.strip(),
    )
    told = WordingWritten(
        label=str(KINDS[new.code].label),
        language=new.language,
        version=wording.version,
        from_on=str(wording.from_on),
    )
    record(told, subject=wording)
    return wording


def _same(latest: Wording, new: NewWording) -> bool:
    mine = (new.subject.strip(), new.body.strip(), new.whatsapp_name.strip(), new.from_on)
    return (latest.subject, latest.body, latest.whatsapp_name, latest.from_on) == mine


def _require_readable(new: NewWording) -> None:
    kind = KINDS.get(new.code)
    if kind is None or new.language not in Language.values:
        raise NotFound(_("Jenis pesan itu tidak ada."))
    errors = [*_problems(new), *_name_problems(new)]
    if new.from_on < today_wib():
        told = _("Hari itu sudah lewat. Pilih %s atau sesudahnya.") % day_in_words(today_wib())
        errors.append(FieldError("from_on", told))
    for field, text in (("subject", new.subject), ("body", new.body)):
        strange = [name for name in names_in(text) if name not in kind.names]
        if strange:
            names = ", ".join(f"{{{name}}}" for name in sorted(kind.names))
            told = _("{%(name)s} tidak dikenal di pesan ini. Yang ada: %(names)s.")
            errors.append(FieldError(field, told % {"name": strange[0], "names": names}))
    if errors:
        raise Invalid(errors)


def _problems(new: NewWording) -> list[FieldError]:
    lengths = {"subject": LONGEST_SUBJECT, "body": LONGEST_BODY, "source": 300}
    errors = []
    for field, longest in lengths.items():
        text = getattr(new, field)
        read = clean_text(text, longest)
        if isinstance(read, Unreadable):
            errors.append(FieldError(field, f"{read.reason} {read.suggestion}"))
        elif not read:
            errors.append(FieldError(field, _("Bagian ini kosong. Isi dahulu, lalu kirim lagi.")))
    if "\n" in new.subject.strip():
        errors.append(FieldError("subject", _("Judul hanya satu baris.")))
    return errors


def _name_problems(new: NewWording) -> list[FieldError]:
    name = new.whatsapp_name.strip()
    is_plain = name.replace("_", "a").isalnum() and name.isascii() and name == name.lower()
    if name and (not is_plain or len(name) > LONGEST_NAME):
        told = _(
            "Nama templat WhatsApp terdiri dari huruf kecil, angka, dan garis bawah. Salin dari WhatsApp."
        )
        return [FieldError("whatsapp_name", told)]
    return []


@action(Permission.MESSAGES_READ_OWN)
def choose_own_preference(
    actor: Actor, to: To, *, channel: str, language: str, is_stopped: bool
) -> Preference:
    """Say how one wants to be written to. Refuses anybody else's."""
    _require_own(actor, to)
    if channel not in ("", *CHOSEN) or language not in Language.values:
        raise Invalid([FieldError("channel", _("Pilih salah satu dari daftarnya."))])
    chosen = {"channel": channel, "language": language, "is_stopped": is_stopped}
    before = Preference.objects.filter(member_id=to.member_id, user_id=to.user_id).values(*chosen).first()
    kept, _is_new = Preference.objects.update_or_create(
        member_id=to.member_id, user_id=to.user_id, defaults=chosen
    )
    if before != chosen:
        record(PreferenceChosen(preference_id=kept.pk), subject=kept)
    return kept


@action(Permission.MESSAGES_READ_OWN)
def mark_own_read(actor: Actor, to: To, up_to: int) -> int:
    """Note that one has read one's own messages up to one of them."""
    _require_own(actor, to)
    return (
        own_rows(actor, to)
        .filter(pk__lte=up_to, opened_since__isnull=True)
        .update(opened_since=timezone.now())
    )


def _require_own(actor: Actor, to: To) -> None:
    is_mine = actor.owns(to.member_id) if to.member_id is not None else to.user_id == actor.user_id
    if not is_mine or actor.user_id is None:
        raise NotFound(_("Pesan itu bukan milik Anda."))
