"""What a member allows besides the programme itself: she gives it and takes it back herself, at any time (UU 27/2022, 9 and 40)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from okoce.community.members.consenting import Named, add_consents, end_consents, same_of, standing_of
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.queries import consent_wordings, is_child, purposes_on
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.territory.queries import zone_of

# Leaving the programme is another deed, with an officer.
OF_ONES_OWN_CHOICE = (
    ConsentPurpose.CONTACT.value,
    ConsentPurpose.SHOP.value,
    ConsentPurpose.FINANCES_MENTOR.value,
)


@action(Permission.MEMBERS_CORRECT_OWN)
def choose_own_consents(
    actor: Actor, member: Member, *, wanted: Collection[str], text_version: str
) -> tuple[list[str], list[str]]:
    """From today on exactly these purposes are allowed besides the programme; answers what was given and what was withdrawn.

    Refuses anybody else's record, and to give anything where the programme's consent is missing, a guardian gave it, or she is
    under age.
    """
    locked = _own_locked(actor, member)
    day = day_in(zone_of(locked.region))
    standing = set(standing_of(locked).values_list("purpose", flat=True))
    given = [purpose for purpose in OF_ONES_OWN_CHOICE if purpose in wanted and purpose not in standing]
    withdrawn = [purpose for purpose in OF_ONES_OWN_CHOICE if purpose in standing and purpose not in wanted]
    if given:
        _require_own_word(locked, standing)
    end_consents(actor, locked, standing_of(locked).filter(purpose__in=withdrawn))
    add_consents(locked, given, text_version, day)
    return given, withdrawn


@action(Permission.MEMBERS_CORRECT_OWN)
def allow_named(actor: Actor, member: Member, purpose: str, named: Named) -> Consent:
    """Allow a mitra that one names, in the words of today. Twice is once.

    Refuses anybody else's record, a purpose that names nobody, and as `choose_own_consents` does.
    """
    locked = _own_locked(actor, member)
    day = day_in(zone_of(locked.region))
    aim = purposes_on(day).get(purpose)
    if aim is None or not aim.recipient:
        raise Invalid([FieldError("purpose", _("Pilih apa yang Anda izinkan."))])
    same = standing_of(locked).filter(purpose=purpose, partner_id=named.partner_id).first()
    if same is not None:
        return same
    _require_own_word(locked, set(standing_of(locked).values_list("purpose", flat=True)))
    version = consent_wordings(day)[purpose].version
    [given] = add_consents(locked, [purpose], version, day, named=named)
    return given


@action(Permission.MEMBERS_CORRECT_OWN)
def withdraw_named(actor: Actor, member: Member, consent_id: int, name: str) -> None:
    """Take back what one mitra was allowed; `name` is what it is called. Twice is once. NotFound where she never gave it."""
    locked = _own_locked(actor, member)
    rows = Consent.objects.filter(member=locked, pk=consent_id, partner_id__isnull=False)
    given = rows.first()
    if given is None or given.partner_id is None:
        raise NotFound(_("Izin itu tidak ada pada catatan Anda."))
    end_consents(actor, locked, same_of(given), Named(given.partner_id, name))


def _own_locked(actor: Actor, member: Member) -> Member:
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    return Member.objects.locked_standing(member.pk)


def _require_own_word(member: Member, standing: set[str]) -> None:
    if ConsentPurpose.PROGRAMME.value not in standing:
        raise Refused(
            _("Persetujuan Anda mengikuti program belum tercatat. Datang ke kantor kecamatan dengan KTP.")
        )
    with_guardian = GuardianConsent.objects.filter(consent__member=member, consent__withdrawn_on__isnull=True)
    if is_child(member.birth_on, day_in(zone_of(member.region))) or with_guardian.exists():
        raise Refused(_("Izin baru untuk Anda diberikan bersama orang tua atau wali, di kantor kecamatan."))
