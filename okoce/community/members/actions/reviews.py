"""Deciding that two similar records are two people, and taking that back; that they are one is decided by
`pipeline.actions.merging`."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.actions.residences import correct_residence
from okoce.community.members.events import (
    ContradictionQueued,
    ContradictionSettled,
    DuplicateDismissed,
    DuplicateReopened,
)
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.states import DuplicateState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_NOTE = 500
# Columns of the members' file that a contradiction may be about and a deed corrects; what the deed calls them.
CORRECTABLE = {
    "nama": "name",
    "telepon": "phone",
    "nik": "nik",
    "email": "email",
    "tanggal_lahir": "birth_on",
    "jenis_kelamin": "sex",
    "status_kerja": "work_status",
    "alamat": "address",
    "kecamatan": "region",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """A contradiction after its decision. `conflict` says why nothing was changed: the data are another person's."""

    candidate: DuplicateCandidate
    conflict: str = ""


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def dismiss_duplicate(actor: Actor, candidate: DuplicateCandidate, note: str = "") -> DuplicateCandidate:
    """Decide that the candidate is no duplicate: the pair is never queued again. Refuses one that was merged, a
    contradiction about one record, and a note that is too long. Twice is once."""
    note = _note(note)
    if not candidate.is_pair:
        raise Conflict(_("Ini data yang bertentangan dari satu orang. Pilih nilai yang benar di halamannya."))
    locked = _locked(candidate)
    if locked.state == DuplicateState.DIFFERENT:
        return locked
    if locked.state != DuplicateState.OPEN:
        raise Conflict(_("Pasangan ini sudah digabung. Muat ulang daftarnya."))
    _decide(locked, actor)
    _tell(DuplicateDismissed, locked, note)
    return locked


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def settle_contradiction(
    actor: Actor, candidate: DuplicateCandidate, *, value: str | None = None, note: str = ""
) -> Settled:
    """Settle what came in against a record: what stands is right, or `value` is and the record is corrected to it.

    Refuses a pair, a record that was merged, a value that cannot stand, and a field that is not corrected from here. Data
    that turn out to be another known person's change nothing: that pair goes to the queue, and this one goes on waiting.
    """
    note = _note(note)
    if candidate.is_pair:
        raise Conflict(_("Pasangan ini diputuskan sebagai satu orang atau dua."))
    Member.objects.locked_standing(candidate.first_id)  # before the candidate, as a merge does
    locked = _locked(candidate)
    if locked.state != DuplicateState.OPEN:
        return Settled(locked)
    corrected = _correct(actor, locked, value) if value is not None else ""
    if corrected:
        return Settled(locked, conflict=corrected)
    _decide(locked, actor)
    outcome = _("yang tersimpan benar") if value is None else _("diperbaiki")
    settled = ContradictionSettled(member_id=locked.first_id, field=locked.field, outcome=outcome)
    record(settled, subject=locked.first, changes={"note": [None, note]} if note else None)
    return Settled(locked)


def _correct(actor: Actor, candidate: DuplicateCandidate, value: str) -> str:
    """Correct the field of a contradiction; the sentence with which the correction goes to the queue instead, or ""."""
    if candidate.field not in CORRECTABLE:
        raise Invalid([FieldError("choice", _("Isian ini diperbaiki di halaman orangnya."))])
    if not value.strip():
        raise Invalid([FieldError("value", _("Tulis nilai yang benar."))])
    name = CORRECTABLE[candidate.field]
    try:
        if name == "region":
            correct_residence(actor, candidate.first, region=value.strip())
            return ""
        return correct_member(actor, candidate.first, Correction(**{name: _read(name, value)})).conflict
    except Invalid as refusal:
        raise Invalid([FieldError("value", str(error.sentence)) for error in refusal.errors[:1]]) from refusal


def _read(name: str, value: str) -> Any:
    if name != "birth_on":
        return value
    day = parse_day(value)
    if isinstance(day, Unreadable):
        raise Invalid([FieldError("value", f"{day.reason} {day.suggestion}".strip())])
    return day


@action(Permission.MEMBERS_REVIEW_DUPLICATES)
def reopen_duplicate(actor: Actor, candidate: DuplicateCandidate, reason: str) -> DuplicateCandidate:
    """Take back "not the same person": the pair waits again. Likewise that a contradiction is settled. Refuses a missing
    reason, and a pair that was merged."""
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
    if locked.is_pair:
        _tell(DuplicateReopened, locked, reason)
    else:
        queued = ContradictionQueued(member_id=locked.first_id, field=locked.field)
        record(queued, subject=locked.first, changes={"note": [None, reason]})
    return locked


def _decide(candidate: DuplicateCandidate, actor: Actor) -> None:
    candidate.state, candidate.decided_at, candidate.decided_by = (
        DuplicateState.DIFFERENT,
        timezone.now(),
        actor.user_id or 0,
    )
    candidate.save(update_fields=["state", "decided_at", "decided_by"])


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
    first, second = candidate.first, candidate.second
    if second is None:
        raise LookupError("a contradiction is about one record")
    happened = fact(
        first_id=first.pk, first_number=first.number, second_id=second.pk, second_number=second.number
    )
    for member in (first, second):
        record(happened, subject=member, changes={"note": [None, note]} if note else None)
