"""What is told of a mitra and of who speaks for it, judged before a deed stores it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.members.names import ERASED_NAME, clean_name
from okoce.community.organisations.rules import LONGEST_ANSWER, readable_text, required_name, required_text
from okoce.community.partners import rules
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.stages import FIRST, LAST
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable

if TYPE_CHECKING:
    from okoce.community.partners.actions.partners import NewPartner

ABOUT = ("name", "kind", "offer", "offered_stages", "website")
LONGEST_WEBSITE, LONGEST_EMAIL, LONGEST_DUTY = 200, 254, 120
Judges = dict[str, Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for a mitra, as it is stored."""

    contact_name: str
    contact_phone: str
    contact_duty: str
    contact_email: str


NO_PHONE = "-"
# What is left where her name and number go: that somebody spoke for it, and when.
NOBODY: dict[str, Any] = {
    "contact_name": ERASED_NAME,
    "contact_phone": NO_PHONE,
    "contact_duty": "",
    "contact_email": "",
    "answer": "",
    "contact_user_id": None,
    "phone_proven_since": None,
    "consented_since": None,
    "consent_text": None,
}
FIELDS = tuple(Speaker.__dataclass_fields__)


def judged(new: "NewPartner") -> dict[str, Any]:
    """As it would be stored; every wrong field is named at once. `contact` is None where nobody was named."""
    return rules.all_judged(_judges(new))


def judged_application(new: "NewPartner", answer: str = "") -> dict[str, Any]:
    """The same of what somebody applies with herself: she says what is offered, for which stages, and who she is there, and
    answers what the secretariat asked."""
    stricter: Judges = {
        "offer": lambda: required_text("offer", new.offer, rules.LONGEST_OFFER),
        "offered_stages": lambda: _some_stages(new.offered_stages),
        "contact": lambda: speaker(new, needs_duty=True),
        "answer": lambda: readable_text("answer", answer, LONGEST_ANSWER),
    }
    return rules.all_judged({**_judges(new), **stricter})


def _judges(new: "NewPartner") -> Judges:
    return {
        "name": lambda: required_name("name", new.name, rules.LONGEST_NAME),
        "kind": lambda: rules.require_kind(new.kind),
        "offer": lambda: readable_text("offer", new.offer, rules.LONGEST_OFFER),
        "offered_stages": lambda: _stages(new.offered_stages),
        "website": lambda: website(new.website),
        "areas": lambda: rules.required_places(new.areas),
        "contact": lambda: _speaker_if_told(new),
    }


def _stages(numbers: Iterable[int]) -> list[int]:
    wanted = sorted(set(numbers))
    if any(not FIRST <= number <= LAST for number in wanted):
        raise Invalid([FieldError("offered_stages", _("Tahap itu tidak ada. Pilih dari daftarnya."))])
    return wanted


def _some_stages(numbers: Iterable[int]) -> list[int]:
    wanted = _stages(numbers)
    if not wanted:
        raise Invalid([FieldError("offered_stages", _("Pilih paling sedikit satu tahap."))])
    return wanted


def website(text: str) -> str:
    """The address of a web site as a link needs it; "" where there is none."""
    read = readable_text("website", text, LONGEST_WEBSITE)
    if not read:
        return ""
    address = read if "://" in read else f"https://{read}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        sentence = _("Alamat situs ini tidak terbaca. Tulis seperti www.contoh.id, atau kosongkan.")
        raise Invalid([FieldError("website", sentence)]) from error
    return address


def email_address(text: str) -> str:
    """An e-mail address as it is stored; "" where there is none."""
    read = readable_text("contact_email", text, LONGEST_EMAIL)
    if not read:
        return ""
    try:
        EmailValidator()(read)
    except ValidationError as error:
        sentence = _("Alamat surel ini tidak terbaca. Tulis seperti nama@contoh.id, atau kosongkan.")
        raise Invalid([FieldError("contact_email", sentence)]) from error
    return read.lower()


def _speaker_if_told(new: "NewPartner") -> Speaker | None:
    return speaker(new) if any(getattr(new, field).strip() for field in FIELDS) else None


def speaker(new: Any, *, needs_duty: bool = False) -> Speaker:
    """Who speaks for it (`contact_…`), read; everything that is wrong with her is named at once."""
    duty = required_text if needs_duty else readable_text
    told = rules.all_judged(
        {
            "contact_name": lambda: _readable("contact_name", clean_name(new.contact_name)),
            "contact_phone": lambda: _readable("contact_phone", parse_phone(new.contact_phone)),
            "contact_duty": lambda: duty("contact_duty", new.contact_duty, LONGEST_DUTY),
            "contact_email": lambda: email_address(new.contact_email),
        }
    )
    return Speaker(**told)


def _readable(field: str, read: str | Unreadable) -> str:
    if isinstance(read, Unreadable):
        raise Invalid([FieldError(field, f"{read.reason} {read.suggestion}".strip())])
    return read


def speaks(proposal: Proposal) -> Speaker:
    """Who speaks for it now."""
    return Speaker(**{field: getattr(proposal, field) for field in FIELDS})


def let_speak(proposal: Proposal, new: Speaker) -> None:
    """Put somebody's name and number there. With another number it is no longer she who proved one and agreed."""
    if new.contact_phone != proposal.contact_phone:
        proposal.phone_proven_since = proposal.contact_user_id = None
        proposal.consented_since = proposal.consent_text = None
        proposal.answer = ""
    for field in FIELDS:
        setattr(proposal, field, getattr(new, field))


def save_partner(partner: Partner, taken: str) -> None:
    """Write it; `taken` is what is said where another mitra has the name."""
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError as error:
        raise Conflict(taken % partner.name, field="name") from error
