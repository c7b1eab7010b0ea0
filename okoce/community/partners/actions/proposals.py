"""A mitra applies: whoever speaks for it says what it is, where it serves and what it offers, and agrees to be kept as its contact."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.names import name_key
from okoce.community.organisations.addressees import forget_addressees
from okoce.community.organisations.applying import already_decided, queue_up
from okoce.community.organisations.areas import set_areas
from okoce.community.organisations.limits import note_filed, require_room
from okoce.community.organisations.states import Applies
from okoce.community.partners import events
from okoce.community.partners.actions.partners import NewPartner
from okoce.community.partners.models import ContactText, Partner, PartnerCheck, Proposal
from okoce.community.partners.queries.proposals import name_taken
from okoce.community.partners.states import PARTNER, WAITING, PartnerState
from okoce.community.partners.telling import ABOUT, NOBODY, judged_application, save_partner, speaks
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid

# Whoever applies on the public form: the system acts for her, and the trail says so.
APPLICANT = Actor.system("partner_application")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """What somebody applies with. Her number is proven by a code, or is that of the account she is signed in to; `consent_version`
    says which words she agreed to."""

    about: NewPartner
    consent_version: str
    phone_proven_since: datetime
    contact_user_id: int | None = None
    answer: str = ""


@action(Permission.PARTNERS_MANAGE)
def apply_partner(actor: Actor, new: NewProposal) -> Partner:
    """Take an application down, or the changes to one of the same name that still waits. Sent twice it is one.

    Refuses what is missing, all of it at once, a name that another mitra has, more than a few waiting at a time or sent
    lately, and who agreed to
    words that are no longer shown.
    """
    told, text = judged_application(new.about, new.answer), _agreed(new)
    phone = told["contact"].contact_phone
    queue_up("partners.proposal", phone)
    waiting = _waiting_of(phone)
    same = next((one for one in waiting if one.name_key == name_key(told["name"])), None)
    if same is not None:
        return _change(same, new, told, text)
    require_room(Applies.PARTNER, phone, len(waiting))
    return _take_down(new, told, text)


@action(Permission.PARTNERS_MANAGE)
def change_proposal(actor: Actor, partner: Partner, new: NewProposal) -> Partner:
    """Let whoever applied complete or correct what still waits; also its name. What was asked for counts as answered."""
    told, text = judged_application(new.about, new.answer), _agreed(new)
    found = next((one for one in _waiting_of(told["contact"].contact_phone) if one.pk == partner.pk), None)
    if found is None:
        raise already_decided()
    return _change(found, new, told, text)


@action(Permission.PARTNERS_MANAGE)
def withdraw_proposal(actor: Actor, partner: Partner, phone: str) -> Partner:
    """Let whoever applied under a number take her consent back: her name and number go, also from the account that was opened only
    to write to her, and what still waited is over, its name free again. A mitra that is validated stays one. Twice is once."""
    locked = Partner.objects.locked(partner.pk)
    spoken = Proposal.objects.filter(
        partner=locked, contact_phone=phone, phone_proven_since__isnull=False
    ).first()
    if spoken is None:
        return locked
    for field, value in NOBODY.items():
        setattr(spoken, field, value)
    spoken.save()
    forget_addressees({phone})
    if locked.state in WAITING:
        locked.state = PARTNER.move(locked.state, PartnerState.REFUSED)
        locked.state_on, locked.state_reason = today_wib(), _("Ditarik oleh yang mengajukan.")
        locked.save(update_fields=["state", "state_on", "state_reason", "updated_at"])
    record(events.ProposalWithdrawn(partner_id=locked.pk, name=locked.name), subject=locked)
    return locked


def _agreed(new: NewProposal) -> ContactText:
    """The words of today, which must be those that were shown."""
    text = ContactText.objects.valid_on(today_wib())
    if new.consent_version != text.version:
        sentence = (
            _("Kata-kata persetujuan baru saja berubah. Baca lagi, lalu centang.")
            if new.consent_version
            else _("Centang persetujuan ini dulu. Tanpa itu kami tidak boleh menyimpan kontak Anda.")
        )
        raise Invalid([FieldError("consent", sentence)])
    return text


def _waiting_of(phone: str) -> list[Partner]:
    """What was applied for under a number and is not decided about; held until the end of the deed, in one order."""
    rows = Partner.objects.filter(
        proposal__contact_phone=phone, proposal__phone_proven_since__isnull=False, state__in=WAITING
    )
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))


def _take_down(new: NewProposal, told: dict[str, Any], text: ContactText) -> Partner:
    today = today_wib()
    partner = Partner(**{name: told[name] for name in ABOUT}, name_key=name_key(told["name"]), state_on=today)
    save_partner(partner, name_taken())
    set_areas(partner, told["areas"], today)
    Proposal.objects.create(
        partner=partner, proposed_on=today, **asdict(told["contact"]), **_proof(new, text)
    )
    note_filed(Applies.PARTNER, told["contact"].contact_phone)
    record(events.PartnerApplied(partner_id=partner.pk, name=partner.name), subject=partner)
    return partner


def _proof(new: NewProposal, text: ContactText) -> dict[str, Any]:
    """How the number was proven, and to what was agreed when."""
    return {
        "contact_user_id": new.contact_user_id,
        "phone_proven_since": new.phone_proven_since,
        "consented_since": timezone.now(),
        "consent_text": text,
    }


def _change(partner: Partner, new: NewProposal, told: dict[str, Any], text: ContactText) -> Partner:
    proposal, was = Proposal.objects.get(partner=partner), partner.state
    before = ({name: getattr(partner, name) for name in ABOUT}, speaks(proposal))
    is_another = before != ({name: told[name] for name in ABOUT}, told["contact"])
    for name in ABOUT:
        setattr(partner, name, told[name])
    partner.name_key = name_key(partner.name)
    if partner.state != PartnerState.PROPOSED:
        partner.state = PARTNER.move(partner.state, PartnerState.PROPOSED)
        partner.state_on, partner.state_reason = today_wib(), ""
        proposal.answer = told["answer"]
    save_partner(partner, name_taken())
    if set_areas(partner, told["areas"], today_wib()) or is_another:
        PartnerCheck.objects.filter(partner=partner).delete()  # what was checked was said of something else
    elif partner.state == was and proposal.consent_text_id == text.pk:
        return partner
    applied_as = proposal.contact_user_id
    for field, value in (asdict(told["contact"]) | _proof(new, text)).items():
        setattr(proposal, field, value)
    # whoever once applied in her account stays near to it, also when she goes on without signing in
    proposal.contact_user_id = new.contact_user_id or applied_as
    proposal.save()
    record(events.ProposalChanged(partner_id=partner.pk, name=partner.name), subject=partner)
    return partner
