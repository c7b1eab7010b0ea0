"""Whoever applied for a mitra herself, when she is to hear what was decided about it."""

from django.db import transaction
from django.utils.translation import gettext as _

from okoce.community.organisations.persons import account_meant, serving_account
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.terms import HOUSE, speaker_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import active_user
from okoce.foundation.notifications.kind import Kind
from okoce.foundation.notifications.outbox import send, was_told
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.errors import DomainError


def speaker_of(partner: Partner) -> User | None:
    """The account of whoever applied for it herself: from which she applied, else that of her number, opened where there is none.
    None where nobody did, and where several members share the number: then nobody knows which of them it was."""
    spoke = Proposal.objects.filter(partner=partner, phone_proven_since__isnull=False).first()
    if spoke is None:
        return None
    try:
        with transaction.atomic():
            if spoke.contact_user_id is not None:
                return serving_account(active_user(spoke.contact_user_id))
            return account_meant(HOUSE, spoke.contact_phone, lambda phone: speaker_account(partner, phone))
    except DomainError:
        return None


def tell_speaker(kind: Kind, partner: Partner, reason: str) -> None:
    """Tell her what was decided just now, with the reason where the words of this kind name it; nobody is told where it is not
    known who she is."""
    speaker = speaker_of(partner)
    if speaker is None:
        return
    said = {"partner": partner.name, "reason": reason}
    told = {name: value for name, value in said.items() if name in kind.names}
    send(kind, To(user_id=speaker.pk), occasion=_occasion(partner), **told)


def speaker_note(kind: Kind, partner: Partner) -> str:
    """For the secretariat: whether she was written to of what was decided just now."""
    if was_told(kind, _occasion(partner)):
        return _("Yang mengajukan dikirimi pesan.")
    return _("Yang mengajukan tidak bisa dikirimi pesan; hubungi sendiri.")


def _occasion(partner: Partner) -> str:
    return f"{partner.pk}.{partner.updated_at.isoformat()}"
