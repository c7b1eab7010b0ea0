"""What time does to proposals of mitra: those that nobody completes end, and of those that came to nothing, or that ended, name and
number go. That somebody applied, when, and what became of it stays."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from okoce.community.organisations.addressees import forget_addressees
from okoce.community.organisations.limits import (
    contacts_kept_for,
    ended_contacts_kept_for,
    unfinished_for,
    unfinished_reason,
)
from okoce.community.partners.actions.partners import refuse_partner
from okoce.community.partners.events import SpeakerForgotten
from okoce.community.partners.models import Partner, PartnerQuerySet, Proposal
from okoce.community.partners.states import PartnerState
from okoce.community.partners.telling import NO_PHONE, NOBODY
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.models import ScopedQuerySet

RETENTION = Actor.system("retention")


def unfinished() -> PartnerQuerySet:
    """Applications whose applicant was asked, and did not answer within the term of today."""
    asked = Partner.objects.filter(state=PartnerState.ASKED, proposal__phone_proven_since__isnull=False)
    return asked.filter(state_on__lt=today_wib() - unfinished_for())


def contacts_over() -> ScopedQuerySet[Proposal]:
    """Proposals that were refused or ended longer ago than the term of today, and still name who spoke for them."""
    return _named_in(PartnerState.REFUSED, contacts_kept_for())


def ended_contacts_over() -> ScopedQuerySet[Proposal]:
    """The same of mitra whose partnership ended longer ago than the term of today."""
    return _named_in(PartnerState.CLOSED, ended_contacts_kept_for())


def _named_in(state: PartnerState, kept_for: timedelta) -> ScopedQuerySet[Proposal]:
    ended = Proposal.objects.filter(partner__state=state, partner__state_on__lt=today_wib() - kept_for)
    return ended.exclude(contact_phone=NO_PHONE)


def end_unfinished() -> int:
    """Let each of them end, with the reason that its applicant reads; its name is free. Answers how many."""
    ended = 0
    for partner_id in list(unfinished().order_by("id").values_list("pk", flat=True)):
        with transaction.atomic():  # whoever answers meanwhile is waited for
            rows = unfinished().select_for_update(of=("self",), no_key=True)
            partner = rows.filter(pk=partner_id).first()
            if partner is not None:
                refuse_partner(RETENTION, partner, unfinished_reason())
                ended += 1
    return ended


def forget_contacts() -> int:
    """Let name and number go, and the account that was opened to write to her, if she never used it. Answers how many."""
    with transaction.atomic(), opened_by(RETENTION):
        over = (contacts_over() | ended_contacts_over()).select_related("partner").order_by("id")
        found = list(over.select_for_update(of=("self",), no_key=True))
        Proposal.objects.filter(pk__in=[one.pk for one in found]).update(**NOBODY, updated_at=timezone.now())
        forget_addressees({one.contact_phone for one in found if one.phone_proven_since is not None})
        for one in found:
            record(SpeakerForgotten(partner_id=one.partner_id, name=one.partner.name), subject=one.partner)
    return len(found)
