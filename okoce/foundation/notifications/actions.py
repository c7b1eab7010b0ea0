"""Deeds about messages: taking one and sending it by hand, withdrawing, writing words anew, deciding what is sent by hand, choosing
how one is written to, having read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, own_action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.events.trail import record
from okoce.foundation.notifications.composing import names_in
from okoce.foundation.notifications.events import (
    HandRuleDecided,
    HandRuleTakenBack,
    LetGoByHand,
    PreferenceChosen,
    SentByHand,
    TakenByHand,
    Withdrawn,
    WordingWritten,
)
from okoce.foundation.notifications.hand_rules import NewHandRule, checked_rule, hand_kind, required_reason
from okoce.foundation.notifications.hands import clock_in, holder_of
from okoce.foundation.notifications.kinds import KINDS, Kind
from okoce.foundation.notifications.models import HandRule, Message, Preference, Wording
from okoce.foundation.notifications.queries import own_rows
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import CHOSEN, NOT_SENT, Channel, Language, MessageState
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.shared.versions import write_version

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_NAME = 100, 900, 100


@action(Permission.MESSAGES_SEND)
def take_by_hand(actor: Actor, message: Message) -> Message:
    """Say that one is about to send a message from one's own phone, so that nobody else does. Again by the same is once and begins
    anew; refuses while somebody else has it, and one that nobody waits for any more."""
    now = timezone.now()
    locked = Message.objects.locked(message.pk)
    _require_waiting(locked, now)
    holder = holder_of(locked, now)
    if holder is not None and holder != actor.user_id:
        raise Conflict(
            _("Pesan ini sedang dipegang %(name)s sejak pukul %(since)s. Pilih pesan lain.")
            % {"name": user_names([holder]).get(holder, _("rekan Anda")), "since": clock_in(locked)}
        )
    locked.taken_by, locked.taken_since = actor.user_id or 0, now
    locked.save(update_fields=["taken_by", "taken_since"])
    if holder is None:
        record(TakenByHand(message_id=locked.pk, label=_label(locked)), subject=locked)
    return locked


@action(Permission.MESSAGES_SEND)
def let_go_by_hand(actor: Actor, message: Message) -> Message:
    """Give a message back that one has taken and did not send. Twice is once; what somebody else has stays with her."""
    locked = Message.objects.locked(message.pk)
    if locked.state == MessageState.BY_HAND and locked.taken_by == (actor.user_id or 0):
        locked.taken_by = locked.taken_since = None
        locked.save(update_fields=["taken_by", "taken_since"])
        record(LetGoByHand(message_id=locked.pk, label=_label(locked)), subject=locked)
    return locked


@action(Permission.MESSAGES_SEND)
def mark_sent_by_hand(actor: Actor, message: Message) -> Message:
    """Note that somebody has sent a message from her own phone. Twice is once; refuses one that nobody waits for any more.

    Whoever says that it went out is believed, also when her time was over and another one has taken it meanwhile: else it would
    go out twice.
    """
    locked = Message.objects.locked(message.pk)
    if locked.state == MessageState.SENT and locked.sent_by is not None:
        return locked
    if locked.state != MessageState.BY_HAND:
        raise _nobody_waits()
    locked.state, locked.sent_since, locked.sent_by = MessageState.SENT, timezone.now(), actor.user_id or 0
    locked.channel, locked.taken_by, locked.taken_since = Channel.WHATSAPP, None, None
    locked.save(update_fields=["state", "sent_since", "sent_by", "channel", "taken_by", "taken_since"])
    record(SentByHand(message_id=locked.pk, label=_label(locked)), subject=locked)
    return locked


def _require_waiting(message: Message, now: datetime) -> None:
    is_asked = message.hand_until is not None and now < message.hand_until
    if message.state != MessageState.BY_HAND or not is_asked:
        raise _nobody_waits()


def _nobody_waits() -> Conflict:
    return Conflict(_("Pesan ini tidak menunggu dikirim dengan tangan lagi. Muat ulang daftarnya."))


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
    errors += _missing(kind, new)
    for field, text in (("subject", new.subject), ("body", new.body)):
        strange = [name for name in names_in(text) if name not in kind.names]
        if strange:
            names = ", ".join(f"{{{name}}}" for name in sorted(kind.names))
            told = _("{%(name)s} tidak dikenal di pesan ini. Yang ada: %(names)s.")
            errors.append(FieldError(field, told % {"name": strange[0], "names": names}))
    if errors:
        raise Invalid(errors)


def _missing(kind: Kind, new: NewWording) -> list[FieldError]:
    """Without its code a message would lock everybody out; so would one that brings a code and has no name where WhatsApp alone
    carries it, whose words for a code are its own."""
    named = names_in(new.body)
    told = _("Isi harus memuat {%s}. Tanpa itu penerimanya tidak bisa melanjutkan.")
    errors = [FieldError("body", told % name) for name in sorted(kind.needed) if name not in named]
    if kind.needed and not new.whatsapp_name.strip():
        lacking = _("Tulis nama templat kode di WhatsApp. Tanpa nama, kode tidak bisa keluar lewat WhatsApp.")
        errors.append(FieldError("whatsapp_name", lacking))
    return errors


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


@action(Permission.MESSAGES_MANAGE)
def decide_hand_rule(actor: Actor, new: NewHandRule) -> HandRule:
    """Let volunteers be asked to send one kind for so many days, or not at all, from a day on, tomorrow at the earliest: whoever
    was asked until then was asked by the rule before. Refuses a kind that is private and a day for which something else was
    decided; the very same again is the one that stands."""
    kind, source = hand_kind(new.code), checked_rule(new)
    row, is_new = write_version(
        HandRule(code=kind.code, days=new.days, from_on=new.from_on, source=source),
        ("days", "source", "taken_back_since"),
        _("Untuk pesan ini sudah ada aturan mulai %s. Pilih hari lain."),
    )
    if not is_new:
        return row
    told = HandRuleDecided(
        rule_id=row.pk, label=str(kind.label), days=row.days, from_on=row.from_on.isoformat()
    )
    record(told, subject=row)
    return row


@action(Permission.MESSAGES_MANAGE)
def take_back_hand_rule(actor: Actor, rule: HandRule, reason: str) -> HandRule:
    """Let a rule that has not begun never begin: the one before it goes on, and its day is free again. Refuses one that holds or
    held, and a missing reason. Twice is once."""
    told = required_reason(reason)
    locked = HandRule.objects.select_for_update(of=("self",), no_key=True).get(pk=rule.pk)
    if locked.taken_back_since is not None:
        return locked
    if locked.from_on <= today_wib():
        raise Refused(
            _("Aturan ini sudah berlaku sejak %s. Tetapkan aturan lain mulai besok atau sesudahnya.")
            % day_in_words(locked.from_on)
        )
    locked.taken_back_since, locked.back_reason = timezone.now(), told
    locked.save(update_fields=["taken_back_since", "back_reason"])
    fact = HandRuleTakenBack(
        rule_id=locked.pk,
        label=str(KINDS[locked.code].label),
        days=locked.days,
        from_on=locked.from_on.isoformat(),
    )
    record(fact, subject=locked, changes={"reason": ["", told]})
    return locked


@own_action
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


@own_action
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
