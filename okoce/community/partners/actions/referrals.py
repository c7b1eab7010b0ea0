"""Sending a member to a mitra, and answering: accepted, declined, withdrawn, closed with what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.organisations.rules import readable_text, require_past, required_text
from okoce.community.partners import events
from okoce.community.partners.acting import (
    acts_for_movement,
    may_answer,
    may_withdraw,
    names_of,
    own_partner_ids,
)
from okoce.community.partners.interests import require_another
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.referrals import person_to_send, stages_served
from okoce.community.partners.referral_models import Referral, ReferralText
from okoce.community.partners.referral_moves import HER_WORD, about, answer, close, held, tell
from okoce.community.partners.referral_telling import tell_everybody
from okoce.community.partners.referral_terms import due_after
from okoce.community.partners.rules import LONGEST_REASON, all_judged
from okoce.community.partners.stages import FIRST, LAST
from okoce.community.partners.states import (
    ConsentGiver,
    ConsentWay,
    PartnerState,
    ReferralOutcome,
    ReferralState,
    ReferralTermCode,
)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused

LONGEST_NEED, LONGEST_NOTE = 300, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """Who is sent to whom, for which stage and what, and how she agreed. `from_partner_id` None: by the movement."""

    number: str
    from_partner_id: int | None
    to_partner_id: int
    stage: int
    need: str
    consent_on: date
    consent_way: str
    consent_by: str = ConsentGiver.MEMBER.value


@action(Permission.REFERRALS_HANDLE)
def send_referral(actor: Actor, new: NewReferral) -> Referral:
    """Send a member to a mitra that serves where she lives, with her consent; its contact persons and she herself are told, and until
    when it is answered. Sent twice it is one.

    Refuses a sender for whom the actor does not act, a person whom she may not read, herself, a mitra that rests or serves
    elsewhere or other stages, consent that was not given (by a minor's guardian), and whom it has already for that stage.
    """
    told = _judged(new)
    person = person_to_send(actor, new.number, filter(None, [new.from_partner_id]))
    _require_sender(actor, new.from_partner_id, person)
    sender, receiver = _sides(new)
    member = Member.objects.locked_standing(person.pk)
    if member.is_restricted:
        raise Refused(_("Anggota ini membatasi pemakaian datanya, jadi tidak dirujuk ke mana pun."))
    _require_served(receiver, member, new.stage)
    text = _words_of_day(new.consent_on)
    _require_of_age(member, new, text)
    open_ones = Referral.objects.open().filter(member=member, to_partner=receiver, stage=new.stage)
    stands = open_ones.order_by("id").first()
    if stands is not None:
        return _same_or_refused(stands, new, told["need"])
    referral = Referral.objects.create(
        member=member,
        from_partner=sender,
        to_partner=receiver,
        stage=new.stage,
        need=told["need"],
        sent_at=timezone.now(),
        due_on=due_after(ReferralTermCode.ANSWER, today_wib()),
        sent_by=actor.user_id or 0,
        consent_on=new.consent_on,
        consent_way=new.consent_way,
        consent_by=new.consent_by,
        consent_text=text,
    )
    return _told_of(referral)


def _told_of(referral: Referral) -> Referral:
    """The fact, and whoever is to know of it."""
    sides = referral.from_partner, referral.to_partner
    from_name, to_name = names_of(*sides, _("Gerakan OK OCE"))
    record(
        events.ReferralSent(**about(referral, to_name), from_name=from_name),
        subject=referral,
        region=referral.member.region,
    )
    tell_everybody(referral)
    return referral


def _judged(new: NewReferral) -> dict[str, Any]:
    return all_judged(
        {
            "need": lambda: required_text("need", new.need, LONGEST_NEED),
            "consent_on": lambda: require_past("consent_on", new.consent_on),
            "stage": lambda: _require_in("stage", new.stage, range(FIRST, LAST + 1)),
            "consent_way": lambda: _require_in("consent_way", new.consent_way, ConsentWay.values),
            "consent_by": lambda: _require_in("consent_by", new.consent_by, ConsentGiver.values),
        }
    )


def _require_in(field: str, value: object, known: object) -> None:
    if value not in known:  # type: ignore[operator]  # a list or a range
        raise Invalid([FieldError(field, _("Pilihan ini tidak dikenal. Pilih salah satu dari daftarnya."))])


def _require_sender(actor: Actor, from_partner_id: int | None, person: Member) -> None:
    if from_partner_id is None and not acts_for_movement(actor, person.region):
        raise NotFound(_("Anda tidak mengirim rujukan atas nama gerakan. Pilih kantor Anda."))
    if from_partner_id is not None and from_partner_id not in own_partner_ids(actor):
        raise NotFound(_("Anda bukan narahubung mitra yang mengirim. Pilih kantor Anda."))
    require_another(actor, person)


def _sides(new: NewReferral) -> tuple[Partner | None, Partner]:
    """Sender and receiver, held in one order: neither is ended meanwhile."""
    if new.from_partner_id == new.to_partner_id:
        raise Invalid([FieldError("to_partner", _("Pengirim dan penerima sama. Pilih mitra lain."))])
    ids = sorted(filter(None, (new.from_partner_id, new.to_partner_id)))
    sides = {pk: Partner.objects.locked(pk) for pk in ids if Partner.objects.filter(pk=pk).exists()}
    receiver = sides.get(new.to_partner_id)
    if receiver is None or any(one.state != PartnerState.ACTIVE for one in sides.values()):
        sentence = _("Mitra itu sedang tidak aktif. Pilih mitra lain dari daftarnya.")
        raise Invalid([FieldError("to_partner", sentence)])
    return sides.get(new.from_partner_id or 0), receiver


def _require_served(receiver: Partner, member: Member, stage: int) -> None:
    stages = stages_served(receiver.pk, member.region)
    if not stages:
        sentence = _("%s tidak melayani kecamatan anggota ini. Pilih mitra lain dari daftarnya.")
        raise Invalid([FieldError("to_partner", sentence % receiver.name)])
    if stage not in stages:
        sentence = _(
            "Di kecamatan anggota ini %(name)s melayani %(stages)s. Pilih tahap itu, atau mitra lain."
        )
        told = {"name": receiver.name, "stages": ", ".join(f"P{one}" for one in sorted(stages))}
        raise Invalid([FieldError("stage", sentence % told)])


def _words_of_day(day: date) -> ReferralText:
    """Which words were read on that day; refuses a day before there were any."""
    try:
        return ReferralText.objects.valid_on(day)
    except ReferralText.DoesNotExist as none:
        sentence = _("Tanggal %s terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.")
        raise Invalid([FieldError("consent_on", sentence % day_in_words(day))]) from none


def _require_of_age(member: Member, new: NewReferral, text: ReferralText) -> None:
    """Below the age that the words of the day name, her guardian agrees; from then on she herself and nobody else. Where her day
    of birth is not known, whoever sends her says."""
    born = member.birth_on
    if born is None:
        return
    years = new.consent_on.year - born.year
    years -= (new.consent_on.month, new.consent_on.day) < (born.month, born.day)
    if years < text.adult_age and new.consent_by != ConsentGiver.GUARDIAN:
        sentence = _("Anggota ini belum %s tahun. Yang menyetujui: orang tua atau walinya.")
        raise Invalid([FieldError("consent_by", sentence % text.adult_age)])
    if years >= text.adult_age and new.consent_by == ConsentGiver.GUARDIAN:
        sentence = _("Anggota ini sudah %s tahun. Yang menyetujui: ia sendiri.")
        raise Invalid([FieldError("consent_by", sentence % text.adult_age)])


def _same_or_refused(stands: Referral, new: NewReferral, need: str) -> Referral:
    if (stands.from_partner_id, stands.need) == (new.from_partner_id, need):
        return stands
    day = day_in_words(timezone.localtime(stands.sent_at).date())
    sentence = _("Anggota ini sudah dirujuk ke sana untuk tahap itu, sejak %s. Tunggu jawabannya dulu.")
    raise Refused(sentence % day, field="to_partner")


@action(Permission.REFERRALS_HANDLE)
def accept_referral(actor: Actor, referral: Referral) -> Referral:
    """Take somebody on. Twice is once; only the receiver may."""
    locked = held(referral)
    _require_receiver(actor, locked)
    if locked.state == ReferralState.ACCEPTED:
        return locked
    answer(actor, locked, ReferralState.ACCEPTED)
    return tell(locked, events.ReferralAccepted)


@action(Permission.REFERRALS_HANDLE)
def decline_referral(actor: Actor, referral: Referral, reason: str) -> Referral:
    """Say no, with the reason, which the sender and the member read. Only the receiver may; from then on it reads no name."""
    why = _required_reason(reason)
    locked = held(referral)
    _require_receiver(actor, locked)
    if (locked.state, locked.reason) == (ReferralState.DECLINED, why):
        return locked
    locked.reason = why
    answer(actor, locked, ReferralState.DECLINED)
    return tell(locked, events.ReferralDeclined)


@action(Permission.REFERRALS_HANDLE)
def withdraw_referral(actor: Actor, referral: Referral, reason: str) -> Referral:
    """Take it back, with the reason: the member thinks otherwise, or it was a mistake. Only the sender may; from then on the
    receiver reads no name. What is closed stays served: that one ends by the member's word alone, and keeps its outcome."""
    why = _required_reason(reason)
    locked = held(referral)
    _require(may_withdraw(actor, locked))
    if (locked.state, locked.reason) == (ReferralState.WITHDRAWN, why):
        return locked
    if locked.state == ReferralState.CLOSED and why != HER_WORD:
        raise Refused(_("Rujukan ini sudah selesai. Ditarik hanya bila anggota menarik persetujuannya."))
    locked.reason = why
    close(actor, locked, ReferralState.WITHDRAWN)
    return tell(locked, events.ReferralWithdrawn)


@action(Permission.REFERRALS_HANDLE)
def close_referral(actor: Actor, referral: Referral, outcome: str, note: str = "") -> Referral:
    """Say what came of one that was accepted. Only the receiver may. Twice is once."""
    told = all_judged(
        {
            "outcome": lambda: _require_in("outcome", outcome, ReferralOutcome.values),
            "note": lambda: readable_text("note", note, LONGEST_NOTE),
        }
    )
    locked = held(referral)
    _require_receiver(actor, locked)
    if (locked.state, locked.outcome, locked.note) == (ReferralState.CLOSED, outcome, told["note"]):
        return locked
    locked.outcome, locked.note = outcome, told["note"]
    close(actor, locked, ReferralState.CLOSED)
    label = str(ReferralOutcome(outcome).label)
    return tell(locked, lambda **told: events.ReferralClosed(**told, outcome=label))


def _require_receiver(actor: Actor, referral: Referral) -> None:
    _require(may_answer(actor, referral))
    require_another(actor, referral.member)


def _require(is_theirs: bool) -> None:
    if not is_theirs:
        raise Refused(
            _("Ini bukan giliran kantor Anda. Yang menjawab penerimanya, yang menarik pengirimnya.")
        )


def _required_reason(reason: str) -> str:
    if not reason.strip():
        sentence = _("Tulis alasannya dalam satu kalimat; kantor yang lain dan anggota membacanya.")
        raise Invalid([FieldError("reason", sentence)])
    return required_text("reason", reason, LONGEST_REASON)
