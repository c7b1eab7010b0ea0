"""Deciding that two similar records are two people, and taking that back; that they are one is decided by
`pipeline.actions.merging`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.events import DuplicateDismissed, DuplicateReopened
from okoce.community.members.models import DuplicateCandidate
from okoce.community.members.states import DuplicateState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_NOTE = 500


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def dismiss_duplicate(actor: Actor, candidate: DuplicateCandidate, note: str = "") -> DuplicateCandidate:
    """Decide that the candidate is no duplicate: the pair is never queued again. Refuses one that was merged, and a note
    that is too long. Twice is once."""
    note = _note(note)
    locked = _locked(candidate)
    if locked.state == DuplicateState.DIFFERENT:
        return locked
    if locked.state != DuplicateState.OPEN:
        raise Conflict(_("Pasangan ini sudah digabung. Muat ulang daftarnya."))
    locked.state, locked.decided_at, locked.decided_by = (
        DuplicateState.DIFFERENT,
        timezone.now(),
        actor.user_id or 0,
    )
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    _tell(DuplicateDismissed, locked, note)
    return locked


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def reopen_duplicate(actor: Actor, candidate: DuplicateCandidate, reason: str) -> DuplicateCandidate:
    """Take back "not the same person": the pair waits again. Refuses a missing reason, and a pair that was merged."""
    reason = _note(reason, "reason")
    if not reason:
        sentence = _("Tulis mengapa keputusan itu dibuka lagi; alasannya tercatat di riwayat.")
        raise Invalid([FieldError("reason", sentence)])
    locked = _locked(candidate)
    if locked.state == DuplicateState.OPEN:
        return locked
    if locked.state != DuplicateState.DIFFERENT:
        raise Conflict(_("Pasangan ini sudah digabung; penggabungan dibatalkan di daftar penggabungan."))
    if any(member is not None and member.merged_into_id for member in (locked.first, locked.second)):
        raise Conflict(
            _("Salah satu catatan sudah digabung ke catatan lain. Buka pasangan dari catatan itu.")
        )
    locked.state, locked.decided_at, locked.decided_by = DuplicateState.OPEN, None, None
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    _tell(DuplicateReopened, locked, reason)
    return locked


def _locked(candidate: DuplicateCandidate) -> DuplicateCandidate:
    return DuplicateCandidate.objects.filter(pk=candidate.pk).locked_in_order()[0]


def _note(text: str, name: str = "note") -> str:
    cleaned = clean_text(text, LONGEST_NOTE)
    if isinstance(cleaned, Unreadable):
        raise Invalid([FieldError(name, f"{cleaned.reason} {cleaned.suggestion}".strip())])
    return cleaned


def _tell(
    fact: type[DuplicateDismissed | DuplicateReopened], candidate: DuplicateCandidate, note: str
) -> None:
    """In the history of both; the note is about people, so it stands under their own keys."""
    first, second = candidate.first, candidate.second or candidate.first
    happened = fact(
        first_id=first.pk, first_number=first.number, second_id=second.pk, second_number=second.number
    )
    for member in dict.fromkeys((first, second)):
        record(happened, subject=member, changes={"note": [None, note]} if note else None)
