"""Who acts for a mitra: appointing and ending."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okoce.community.organisations.persons import somebody_else
from okoce.community.organisations.rules import readable_text, require_days, require_end
from okoce.community.partners.events import PartnerContactCorrected
from okoce.community.partners.models import Contact, Partner, Proposal
from okoce.community.partners.states import PartnerState
from okoce.community.partners.telling import FIELDS, LONGEST_DUTY, let_speak, speaker, speaks
from okoce.community.partners.terms import ContactTerm, begin, end, speaker_account
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Refused

SERVED = (PartnerState.ACTIVE, PartnerState.PAUSED)
FIELD_NAMES = {
    "contact_name": gettext_lazy("nama"),
    "contact_phone": gettext_lazy("nomor HP"),
    "contact_duty": gettext_lazy("jabatan"),
    "contact_email": gettext_lazy("surel"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSpeaker:
    """Who is to be asked for, as she is written."""

    contact_name: str
    contact_phone: str
    contact_duty: str = ""
    contact_email: str = ""


@action(Permission.PARTNERS_MANAGE)
def appoint_contact(actor: Actor, partner: Partner, who: str, term: ContactTerm) -> Contact:
    """Let somebody (by telephone, member number or e-mail) act for a mitra, with the grant that this brings. Whoever speaks
    for it in its proposal gets an account for that number.

    Refuses a mitra that is not validated, a person whom nobody knows, the actor herself, and a term that crosses another.
    """
    require_days(term.from_on, term.until_on)
    duty = readable_text("duty", term.duty, LONGEST_DUTY)
    locked = Partner.objects.locked(partner.pk)
    if locked.state not in SERVED:
        raise Refused(_("Mitra ini belum divalidasi atau sudah berakhir, jadi belum bisa punya narahubung."))
    user = somebody_else(actor, who, lambda phone: speaker_account(locked, phone))
    return begin(locked, user, ContactTerm(duty, term.from_on, term.until_on))


@action(Permission.PARTNERS_MANAGE)
def end_contact(actor: Actor, contact: Contact, until_on: date) -> Contact:
    """Let somebody's time end on a day, from which on her grant counts no more; on its first day, or before it has begun, it is
    taken back."""
    partner = Partner.objects.locked(contact.partner_id)
    locked = Contact.objects.select_for_update(of=("self",), no_key=True).get(pk=contact.pk)
    locked.partner = partner
    if locked.until_on is not None and locked.until_on < until_on:
        raise Refused(
            _("Masa tugas ini sudah berakhir pada %s. Tidak bisa diperpanjang; tunjuk lagi bila perlu.")
            % day_in_words(locked.until_on),
            field="until_on",
        )
    require_end(locked.from_on, until_on)
    return end(locked, until_on)


@action(Permission.PARTNERS_CORRECT_OWN)
def correct_own_contact(actor: Actor, partner: Partner, new: NewSpeaker) -> Partner:
    """Let an officer of a mitra say whom the secretariat asks for there. What is as it was is not written again. With another
    number nobody has proven it is hers, nor agreed. The trail names what changed, never the person.

    Refuses a mitra that is not validated or has ended.
    """
    told = speaker(new)
    locked = Partner.objects.locked(partner.pk)
    if locked.state not in SERVED:
        raise Refused(_("Mitra ini belum divalidasi atau sudah berakhir, jadi kontaknya tidak berubah lagi."))
    proposal = Proposal.objects.filter(partner=locked).first()
    stood = speaks(proposal) if proposal is not None else None
    if stood == told:
        return locked
    changed = [name for name in FIELDS if stood is None or getattr(stood, name) != getattr(told, name)]
    proposal = proposal or Proposal(partner=locked, proposed_on=today_wib())
    let_speak(proposal, told)
    proposal.save()
    what = ", ".join(str(FIELD_NAMES[name]) for name in changed)
    record(PartnerContactCorrected(partner_id=locked.pk, name=locked.name, what=what), subject=locked)
    return locked
