"""What a member allows besides the programme itself: she gives it and takes it back herself, at any time (UU 27/2022, 9 and 40)."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.consenting import add_consents, in_words, standing_of
from okoce.community.members.events import ConsentWithdrawn
from okoce.community.members.models import GuardianConsent, Member
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.territory.queries import zone_of

# Leaving the programme is another deed, with an officer.
OF_ONES_OWN_CHOICE = (ConsentPurpose.CONTACT.value, ConsentPurpose.SHOP.value)


@action(Permission.MEMBERS_CORRECT_OWN)
def choose_own_consents(
    actor: Actor, member: Member, *, wanted: Collection[str], text_version: str
) -> tuple[list[str], list[str]]:
    """From today on exactly these purposes are allowed besides the programme; answers what was given and what was withdrawn.

    Refuses anybody else's record, and to give anything where the programme's consent is missing or a guardian gave it.
    """
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    locked = Member.objects.locked_standing(member.pk)
    day = day_in(zone_of(locked.region))
    standing = set(standing_of(locked).values_list("purpose", flat=True))
    given = [purpose for purpose in OF_ONES_OWN_CHOICE if purpose in wanted and purpose not in standing]
    withdrawn = [purpose for purpose in OF_ONES_OWN_CHOICE if purpose in standing and purpose not in wanted]
    if given:
        _require_own_word(locked, standing)
    _withdraw(locked, withdrawn, day)
    add_consents(locked, given, text_version, day)
    return given, withdrawn


def _require_own_word(member: Member, standing: set[str]) -> None:
    if ConsentPurpose.PROGRAMME.value not in standing:
        raise Refused(
            _("Persetujuan Anda mengikuti program belum tercatat. Datang ke kantor kecamatan dengan KTP.")
        )
    if GuardianConsent.objects.filter(consent__member=member, consent__withdrawn_on__isnull=True).exists():
        raise Refused(_("Izin baru untuk Anda diberikan bersama orang tua atau wali, di kantor kecamatan."))


def _withdraw(member: Member, purposes: list[str], day: date) -> None:
    if purposes:
        standing_of(member).filter(purpose__in=purposes).update(withdrawn_on=day)
        record(ConsentWithdrawn(member_id=member.pk, purposes=in_words(purposes)), subject=member)
