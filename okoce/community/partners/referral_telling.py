"""Who is written to about a referral, at which step. Each once: a referral stands in each of its states once, and is overdue once a
step. To offices no message names the person, and what she herself takes back nobody is told of."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.partners.acting import names_of
from okoce.community.partners.models import Contact
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.stages import stages_in_words
from okoce.community.partners.states import ReferralOutcome, ReferralState
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.watchers import watchers_over
from okoce.foundation.notifications import referral_kinds as kinds
from okoce.foundation.notifications.kind import Kind
from okoce.foundation.notifications.outbox import NewMessage, send_many
from okoce.foundation.notifications.recipients import To, choices_of
from okoce.foundation.shared.days import day_in_words, today_wib

Said = dict[str, str]

OWED: dict[str, str | Promise] = {
    ReferralState.SENT.value: _lazy("jawaban"),
    ReferralState.ACCEPTED.value: _lazy("hasilnya"),
}
# What came of it, as she is told: the receiver says so, she may see it otherwise.
HER_OUTCOMES: dict[str, str | Promise] = {
    ReferralOutcome.SERVED.value: _lazy("menurut mereka, Anda sudah dilayani"),
    ReferralOutcome.UNSUITED.value: _lazy("menurut mereka, layanannya tidak cocok dengan kebutuhan Anda"),
    ReferralOutcome.ABSENT.value: _lazy("menurut mereka, Anda tidak datang atau tidak bisa dihubungi"),
}


def tell_everybody(referral: Referral) -> None:
    """Write to whoever waits for the step that was just taken."""
    _STEPS[ReferralState(referral.state)](referral)


def tell_sender(referral: Referral) -> None:
    """Tell whoever sent it how it stands now: the contact persons of the mitra, or the officer who sent it for the movement."""

    def said() -> Said:
        answer = str(ReferralState(referral.state).label)
        if referral.outcome:
            answer = f"{answer}, {ReferralOutcome(referral.outcome).label}"
        return {"partner": referral.to_partner.name, "stage": _stage(referral), "answer": answer}

    _tell(kinds.REFERRAL_ANSWERED, _senders(referral), _occasion(referral), said)


def tell_ended(referral: Referral) -> None:
    """Tell both that it was taken back because the mitra has ended: whoever acted for that is none any more."""
    tell_sender(referral)
    _tell_her(kinds.OWN_REFERRAL_TAKEN_BACK, referral, lambda: _why(referral))


def tell_late(referral: Referral) -> None:
    """Tell the receiver that the step is overdue, and whoever watches over referrals where the person lives."""
    due = referral.due_on or today_wib()

    def said() -> Said:
        return {**_way(referral), "owed": str(OWED[referral.state]), "due": day_in_words(due)}

    occasion = f"{_occasion(referral)}:{due.isoformat()}"
    _tell(kinds.REFERRAL_LATE, _contacts(referral.to_partner_id), occasion, said)
    watching = watchers_over(Permission.REFERRALS_HANDLE, referral.member.region)
    _tell(kinds.REFERRAL_ESCALATED, [To(user_id=user_id) for user_id in watching], occasion, said)


def _sent(referral: Referral) -> None:
    def said() -> Said:
        return {**_way(referral), **_due(referral.due_on)}

    _tell(kinds.REFERRAL_RECEIVED, _contacts(referral.to_partner_id), _occasion(referral), said)
    _tell_her(kinds.OWN_REFERRAL_SENT, referral, said)


def _accepted(referral: Referral) -> None:
    tell_sender(referral)
    _tell_her(kinds.OWN_REFERRAL_ACCEPTED, referral, lambda: {**_place(referral), **_due(referral.due_on)})


def _declined(referral: Referral) -> None:
    tell_sender(referral)
    _tell_her(kinds.OWN_REFERRAL_DECLINED, referral, lambda: _why(referral))


def _withdrawn(referral: Referral) -> None:
    _tell(
        kinds.REFERRAL_TAKEN_BACK,
        _contacts(referral.to_partner_id),
        _occasion(referral),
        lambda: _way(referral),
    )
    _tell_her(kinds.OWN_REFERRAL_TAKEN_BACK, referral, lambda: _why(referral))


def _closed(referral: Referral) -> None:
    tell_sender(referral)
    outcome = HER_OUTCOMES[referral.outcome]
    _tell_her(kinds.OWN_REFERRAL_CLOSED, referral, lambda: {**_place(referral), "outcome": str(outcome)})


_STEPS: dict[ReferralState, Callable[[Referral], None]] = {
    ReferralState.SENT: _sent,
    ReferralState.ACCEPTED: _accepted,
    ReferralState.DECLINED: _declined,
    ReferralState.WITHDRAWN: _withdrawn,
    ReferralState.CLOSED: _closed,
}


def _tell(kind: Kind, people: Sequence[To], occasion: str, said: Callable[[], Said]) -> None:
    """The same to each, in her own language."""
    choices, new = choices_of(people), []
    for to in people:
        with translation.override(choices[to].language):
            new.append(NewMessage(to, occasion, said()))
    send_many(kind, new)


def _tell_her(kind: Kind, referral: Referral, said: Callable[[], Said]) -> None:
    _tell(kind, [To(member_id=referral.member_id)], _occasion(referral), said)


def _occasion(referral: Referral) -> str:
    return f"{referral.pk}:{referral.state}"


def _contacts(partner_id: int) -> list[To]:
    """Whoever acts for a mitra today."""
    today = today_wib()
    serving = Contact.objects.filter(partner_id=partner_id, from_on__lte=today).not_ended_by(today)
    accounts = dict.fromkeys(serving.order_by("id").values_list("user_id", flat=True))
    return [To(user_id=user_id) for user_id in accounts]


def _senders(referral: Referral) -> list[To]:
    if referral.from_partner_id is not None:
        return _contacts(referral.from_partner_id)
    return [To(user_id=referral.sent_by)] if referral.sent_by else []


def _way(referral: Referral) -> Said:
    sender, receiver = names_of(referral.from_partner, referral.to_partner, _("Gerakan OK OCE"))
    return {"sender": sender, "partner": receiver, "stage": _stage(referral)}


def _place(referral: Referral) -> Said:
    return {"partner": referral.to_partner.name, "stage": _stage(referral)}


def _why(referral: Referral) -> Said:
    return {**_place(referral), "reason": referral.reason}


def _due(day: date | None) -> Said:
    return {"due": day_in_words(day)} if day is not None else {}


def _stage(referral: Referral) -> str:
    return stages_in_words([referral.stage])
