"""Where a member was sent, in her words: to whom, for what, how it stands, and what was shared with whom by then."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from okoce.community.partners.acting import names_of
from okoce.community.partners.queries.referrals import words_of
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import TONES, ReferralState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in, day_in_words, today_wib


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """One of them, for her."""

    referral: Referral
    sender: str
    receiver: str
    stage: str
    tone: str
    words: str
    is_withdrawn: bool
    where: str
    shared: tuple[str, ...]


def open_referral_of_outer_member(actor: Actor) -> Exists:
    """Whether one waits for its end: asked within a query about members."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_READ).open()
    return Exists(rows.filter(member_id=OuterRef("pk")))


def own_referrals_drawn(referrals: Sequence[Referral]) -> list[OwnReferral]:
    """In the order in which they come. Public: asked about one's own, found before."""
    stages = stage_names()
    return [_drawn(one, stages.get(one.stage, f"P{one.stage}")) for one in referrals]


def _drawn(one: Referral, stage: str) -> OwnReferral:
    sender, receiver = names_of(one.from_partner, one.to_partner, _("Gerakan OK OCE"))
    return OwnReferral(
        one,
        sender,
        receiver,
        stage,
        TONES[one.state],
        words_of(one.consent_text, receiver),
        one.consent_withdrawn_since is not None,
        _where(one, receiver),
        tuple(_shared(one, receiver)),
    )


def _where(one: Referral, receiver: str) -> str:
    """With whom it lies now, since when, and until when; "" of one that is over."""
    if one.due_on is None:
        return ""
    began = one.answered_at if one.state == ReferralState.ACCEPTED else one.sent_at
    told = {"name": receiver, "since": day_in_words(day_in("WIB", began)), "due": day_in_words(one.due_on)}
    is_late = one.due_on < today_wib()
    if one.state == ReferralState.SENT and is_late:
        return (
            _("Sejak %(since)s menunggu jawaban %(name)s. Seharusnya dijawab %(due)s; pengawas diberi tahu.")
            % told
        )
    if one.state == ReferralState.SENT:
        return _("Sejak %(since)s menunggu jawaban %(name)s, paling lambat %(due)s.") % told
    if is_late:
        return (
            _(
                "Sejak %(since)s ditangani %(name)s. Hasilnya seharusnya dicatat %(due)s; pengawas diberi tahu."
            )
            % told
        )
    return _("Sejak %(since)s ditangani %(name)s. Hasilnya dicatat paling lambat %(due)s.") % told


def _shared(one: Referral, receiver: str) -> list[str]:
    """What the receiver could read, and since when: a telephone from its acceptance on (ADR 0024)."""
    sent = day_in_words(day_in("WIB", one.sent_at))
    told = [
        _("Sejak %(day)s: nama dan kecamatan Anda, dan kebutuhan Anda “%(need)s”, kepada %(name)s.")
        % {"day": sent, "need": one.need, "name": receiver}
    ]
    was_accepted = one.answered_at is not None and one.state != "declined"
    if was_accepted and one.answered_at is not None:
        accepted = day_in_words(day_in("WIB", one.answered_at))
        told.append(
            _("Sejak %(day)s: juga nomor HP Anda, kepada %(name)s.") % {"day": accepted, "name": receiver}
        )
    return told
