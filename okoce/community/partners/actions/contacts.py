"""Who acts for a mitra: appointing and ending."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.organisations.persons import somebody_else
from okoce.community.organisations.rules import readable_text, require_days, require_end
from okoce.community.partners.models import Contact, Partner
from okoce.community.partners.states import PartnerState
from okoce.community.partners.telling import LONGEST_DUTY
from okoce.community.partners.terms import ContactTerm, begin, end, speaker_account
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import Refused

SERVED = (PartnerState.ACTIVE, PartnerState.PAUSED)


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
