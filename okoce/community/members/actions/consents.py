"""Consents that come after the registration: of whoever answers for a minor, and of a member who agrees herself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from okoce.community.members.consenting import add_consents, guardian_agrees, guardian_in_words, standing_of
from okoce.community.members.events import GuardianConsented
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.names import clean_name
from okoce.community.members.states import ConsentPurpose, GuardianRelation
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.queries import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Who answers for somebody under age, as it was written down, the version of the words agreed to, and since when the
    phone is proven by a code where no officer stands by."""

    name: str
    phone: str
    relation: str
    text_version: str
    proven_at: datetime | None = None


@action(Permission.MEMBERS_REGISTER)
def note_guardian(actor: Actor, member: Member, guardian: Guardian) -> GuardianConsent:
    """Write beside a minor's consent who consented for her, and who saw it or which code proves it; refuses wrong fields and
    a consent that nothing proves. Twice is once: the first stays, unless who gave it had her own data erased: then another one
    consents anew, beside it."""
    name, phone = _checked(guardian)
    if actor.user_id is None and guardian.proven_at is None:
        raise Refused(_("Nomor HP orang tua atau wali belum dipastikan dengan kode."), field="guardian_phone")
    consent = _consent_beside(actor, member, guardian.text_version)
    noted, is_new = GuardianConsent.objects.get_or_create(
        consent=consent,
        defaults={
            "name": name,
            "phone": phone,
            "relation": guardian.relation,
            "text_version": guardian.text_version,
            "phone_proven_since": guardian.proven_at,
            "witnessed_by": actor.user_id,
        },
    )
    if is_new:
        record(GuardianConsented(member_id=member.pk, text_version=guardian.text_version), subject=member)
    return noted


def _consent_beside(actor: Actor, member: Member, text_version: str) -> Consent:
    """The consent beside which a guardian's stands. Of one whose guardian had her own data erased nothing is written over: it is
    evidence of its day, and the programme is consented to once more."""
    consent = standing_of(member).filter(purpose=ConsentPurpose.PROGRAMME).order_by("id").first()
    if consent is None:
        raise Refused(_("Persetujuan anggota ini belum tercatat. Catat persetujuannya dahulu."))
    if not guardian_agrees(member):
        return consent
    locked = Member.objects.locked_standing(member.pk)
    if known := guardian_in_words(locked):
        return known.consent
    day = day_in(zone_of(locked.region))
    [again] = add_consents(locked, [ConsentPurpose.PROGRAMME], text_version, day, witnessed_by=actor.user_id)
    return again


@action(Permission.MEMBERS_REGISTER)
def give_consents(
    actor: Actor, member: Member, *, purposes: tuple[str, ...], text_version: str, given_on: date
) -> list[Consent]:
    """Add what a member who is in the records already agrees to now; a purpose that she agreed to before stays as it is."""
    locked = Member.objects.locked_standing(member.pk)
    standing = set(standing_of(locked).values_list("purpose", flat=True))
    return add_consents(locked, [one for one in purposes if one not in standing], text_version, given_on)


def _checked(guardian: Guardian) -> tuple[str, str]:
    name, phone = clean_name(guardian.name), parse_phone(guardian.phone)
    read = {"guardian_name": name, "guardian_phone": phone}
    wrong = [
        FieldError(field, f"{one.reason} {one.suggestion}".strip())
        for field, one in read.items()
        if isinstance(one, Unreadable)
    ]
    if guardian.relation not in GuardianRelation.values:
        wrong.append(FieldError("guardian_relation", _("Pilih hubungannya dengan pendaftar.")))
    if wrong or isinstance(name, Unreadable) or isinstance(phone, Unreadable):
        raise Invalid(wrong)
    return name, phone
