"""How a contact person's time begins and ends, each with the grant that goes with it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from okoce.community.organisations.persons import account_meant
from okoce.community.organisations.terms import begin_service, end_grants, end_service
from okoce.community.partners.events import ContactAppointed, ContactEnded
from okoce.community.partners.models import Contact, Partner, Proposal
from okoce.community.partners.states import CONTACT_ROLE, GRANTED, PartnerKind
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user
from okoce.foundation.accounts.models import User
from okoce.foundation.events.trail import record
from okoce.foundation.notifications.kinds import PARTNER_VALIDATED
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.days import day_in_words, last_day, today_wib
from okoce.foundation.shared.errors import DomainError, Refused

HOUSE = Actor.system("partners")


@dataclass(frozen=True, slots=True)
class ContactTerm:
    """As what somebody acts for a mitra, and how long; without an end it lasts until it is ended."""

    duty: str
    from_on: date
    until_on: date | None = None


def begin(partner: Partner, user: User, term: ContactTerm) -> Contact:
    """Let somebody act for a mitra; the same term a second time is the one that stands. Refuses one that crosses another."""
    rows = Contact.objects.filter(partner=partner, user_id=user.pk)
    same = rows.filter(from_on=term.from_on, until_on=term.until_on).exclude(assignment_id=None).first()
    if same is not None:
        return same
    clash = rows.crossing(term.from_on, term.until_on).order_by("from_on").first()
    if clash is not None:
        raise _crossing(user, clash)
    contact = Contact(
        partner=partner, user_id=user.pk, duty=term.duty, from_on=term.from_on, until_on=term.until_on
    )
    begin_service(HOUSE, contact, role_for(partner.kind), Anchors(partner_id=partner.pk))
    fact = ContactAppointed(
        partner_id=partner.pk, contact_id=contact.pk, user_id=user.pk, from_on=term.from_on.isoformat()
    )
    record(fact, subject=partner)
    return contact


def welcome_speaker(partner: Partner) -> Contact | None:
    """Let whoever applied herself, from a number that is hers, act for the mitra from today on, and tell her. None where nobody did,
    or where the number does not say whose account it is: then the secretariat appoints somebody by hand."""
    spoke = Proposal.objects.filter(partner=partner, phone_proven_since__isnull=False).first()
    if spoke is None:
        return None
    try:
        with transaction.atomic():
            user = account_meant(HOUSE, spoke.contact_phone, lambda phone: speaker_account(partner, phone))
            contact = begin(partner, user, ContactTerm(spoke.contact_duty, today_wib()))
    except DomainError:
        return None
    send(PARTNER_VALIDATED, To(user_id=user.pk), occasion=str(contact.pk), partner=partner.name)
    return contact


def speaker_account(partner: Partner, phone: str) -> User | None:
    """An account for the number of whoever speaks for it; None where the number is another's."""
    spoke = Proposal.objects.filter(partner=partner, contact_phone=phone).first()
    return None if spoke is None else create_user(HOUSE, NewUser(name=spoke.contact_name, phone=phone))


def role_for(kind: str) -> str:
    """The role of access that the contact persons of a mitra of such a kind have."""
    return GRANTED.get(PartnerKind(kind), CONTACT_ROLE)


def require_grants_fit(partner: Partner, kind: str) -> None:
    """Refuses to make another kind of a mitra while somebody serves it with the rights of the first: those of a bank would
    outlast it."""
    if role_for(partner.kind) == role_for(kind):
        return
    if Contact.objects.filter(partner=partner).not_ended_by(today_wib()).exists():
        sentence = _(
            "Hak narahubungnya mengikuti jenis mitra. Akhiri dulu masa tugas mereka, lalu ubah jenisnya."
        )
        raise Refused(sentence, field="kind")


def end(contact: Contact, until_on: date) -> Contact:
    """Let it end on a day, and the grant with it; before its first day it is taken back. Twice is once."""
    if end_service(HOUSE, contact, until_on):
        fact = ContactEnded(
            partner_id=contact.partner_id,
            contact_id=contact.pk,
            user_id=contact.user_id,
            until_on=str(contact.until_on),
        )
        record(fact, subject=contact.partner)
    return contact


def end_all(partner: Partner, day: date) -> None:
    """Let every contact person's time end, and every other grant for the mitra."""
    for contact in Contact.objects.filter(partner=partner).not_ended_by(day).select_related("partner"):
        end(contact, day)
    end_grants(HOUSE, day, partner_id=partner.pk)


def _crossing(user: User, clash: Contact) -> Refused:
    told = {
        "name": user.name,
        "from": day_in_words(clash.from_on),
        "until": day_in_words(last_day(clash.from_on, clash.until_on)) if clash.until_on else _("seterusnya"),
    }
    sentence = _(
        "%(name)s sudah menjadi narahubung dari %(from)s sampai %(until)s. Akhiri yang itu, atau pilih masa lain."
    )
    return Refused(sentence % told, field="from_on")
