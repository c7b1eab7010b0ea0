"""Being erased: asked by the person herself or in writing, thought over for some days, then carried out by the house.

What is destroyed each feature says itself (`foundation/personal`). What is left counts, and names nobody.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.events import ErasureAsked, ErasureWithdrawn, MemberErased
from okoce.community.privacy.models import ErasureRequest
from okoce.community.privacy.persons import person_of
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import ErasureOrigin, TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.personal.registry import forget_everywhere
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.queries import zone_of

LONGEST_LETTER = 200


@action(Permission.MEMBERS_ERASE_OWN)
def ask_own_erasure(actor: Actor, member: Member) -> ErasureRequest:
    """Ask to be erased oneself. Asked twice is once. Refuses anybody else's record, a merged and an erased one."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    return _ask(actor, member, ErasureOrigin.OWN, "")


@action(Permission.MEMBERS_ERASE)
def ask_written_erasure(actor: Actor, member: Member, letter: str) -> ErasureRequest:
    """Note that a member asked in writing to be erased; `letter` says where the paper is filed. The same days are waited, so
    that a mistake or a forged letter can be noticed. Refuses a missing letter, a merged and an erased record."""
    read = clean_text(letter, LONGEST_LETTER)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("letter", f"{read.reason} {read.suggestion}".strip())])
    if not read:
        sentence = _(
            "Tulis nomor atau tempat surat permintaannya disimpan. Tanpa surat, minta orangnya menghapus sendiri."
        )
        raise Invalid([FieldError("letter", sentence)])
    return _ask(actor, member, ErasureOrigin.WRITTEN, read)


def _ask(actor: Actor, member: Member, origin: ErasureOrigin, letter: str) -> ErasureRequest:
    locked = Member.objects.locked_standing(member.pk)
    waiting = ErasureRequest.objects.waiting().filter(member=locked).first()
    if waiting is not None:
        return waiting
    now = timezone.now()
    zone = zone_of(locked.region)
    not_before = now + timedelta(days=term(TermCode.ERASURE_WAIT_DAYS, day_in(zone)))
    asked = ErasureRequest.objects.create(
        member=locked,
        origin=origin,
        letter=letter,
        asked_at=now,
        asked_by=actor.user_id or 0,
        not_before=not_before,
    )
    due_on = day_in(zone, not_before).isoformat()
    record(ErasureAsked(member_id=locked.pk, origin=origin.value, due_on=due_on), subject=locked)
    return asked


@action(Permission.MEMBERS_ERASE_OWN)
def withdraw_own_erasure(actor: Actor, member: Member) -> bool:
    """Think better of it; False where nothing waits (any more). Refuses anybody else's record."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    return _withdraw(actor, member)


@action(Permission.MEMBERS_ERASE)
def withdraw_erasure(actor: Actor, member: Member) -> bool:
    """Take back a request for a member who asks for that, or that should not have been noted."""
    return _withdraw(actor, member)


def _withdraw(actor: Actor, member: Member) -> bool:
    locked = Member.objects.locked_standing(member.pk)
    waiting = ErasureRequest.objects.waiting().filter(member=locked)
    if not waiting.update(withdrawn_at=timezone.now(), withdrawn_by=actor.user_id or 0):
        return False
    record(ErasureWithdrawn(member_id=locked.pk), subject=locked)
    return True


@action(Permission.MEMBERS_ERASE)
def carry_out_erasure(actor: Actor, request: ErasureRequest) -> bool:
    """Erase whoever asked; False where she thought better of it or is erased already. All of it or nothing.

    Refuses before its day, and while a file in which she stands is being read or made: it is tried again later.
    """
    if request.member_id is None:
        raise NotFound(_("Permintaan itu tentang sebuah akun, bukan tentang seorang anggota."))
    locked = Member.objects.locked(request.member_id)
    waiting = ErasureRequest.objects.waiting().filter(pk=request.pk).first()
    if waiting is None:
        return False
    if waiting.not_before > timezone.now():
        raise Conflict(_("Masih dalam hari tunggu: orangnya masih boleh membatalkan."))
    while locked.merged_into_id is not None:
        locked = Member.objects.locked(locked.merged_into_id)
    waiting.erased_at, waiting.letter = timezone.now(), ""
    waiting.save(update_fields=["erased_at", "letter"])
    forget_everywhere(person_of(locked, with_past=True))
    record(MemberErased(member_id=locked.pk), subject=locked)
    return True
