"""Registering the person at the counter, once per key that the browser gave."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.actions.consents import Guardian, give_consents, note_guardian
from okoce.community.members.actions.corrections import Corrected, Correction, correct_member
from okoce.community.members.actions.entry import NewMember
from okoce.community.members.actions.residences import correct_residence
from okoce.community.members.models import DuplicateCandidate, GuardianConsent, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import FieldError, Invalid, NotAllowed, Refused
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.territory import queries as territory
from okoce.pipeline.actions.registrations import correct_registration_day
from okoce.stages.p1_registration.actions import register_member
from okoce.stages.p1_registration.applications.queries import needs_guardian
from okoce.stages.p1_registration.events import ConsentWitnessed, PaperFormTyped
from okoce.stages.p1_registration.models import DeskSubmission

PURPOSE = "registration.desk"


@dataclass(frozen=True, slots=True)
class Submission:
    """One person as the desk sent it: the key of repetition, everything that was told as one text, and how it was read."""

    key: str
    told: str
    new: NewMember
    guardian: Guardian | None = None
    is_paper: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission. `member` is None for a known person whom the officer may not see.

    `is_other`: the key was answered before, for something else that was told; what came now is not stored. `may_be_double`:
    somebody else in the records may be the same person. `awaits_review`: what was told of a known person contradicts what
    is stored.
    """

    member: Member | None
    is_new: bool
    is_repeated: bool = False
    is_other: bool = False
    may_be_double: bool = False
    awaits_review: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A person as she should have been typed in."""

    correction: Correction
    region: str
    village: str
    registered_on: date | None = None  # left out it stays


@action(Permission.MEMBERS_CORRECT)
def correct_at_desk(actor: Actor, member: Member, rewritten: Rewritten) -> Corrected:
    """Put right what was mistyped, the place and the day of registration from their beginning. Data that are another person's
    change nothing at all."""
    corrected = correct_member(actor, member, rewritten.correction)
    if not corrected.conflict:
        correct_residence(actor, member, region=rewritten.region, village=rewritten.village)
        if rewritten.registered_on is not None:
            correct_registration_day(actor, member, rewritten.registered_on)
    return corrected


@action(Permission.MEMBERS_REGISTER)
def register_at_desk(actor: Actor, submission: Submission) -> Outcome:
    """Register the person at the counter with the consent that the officer witnessed, or that stands on paper.

    The same key gives the same person and no second one. Refuses somebody under age without a guardian. A refusal keeps
    nothing, so that it can be corrected and sent again.
    """
    if actor.user_id is None:
        raise NotAllowed(_("Pendaftaran di meja dilakukan oleh petugas yang masuk dengan akunnya sendiri."))
    told_hash = keyed_hash(PURPOSE, submission.told)
    note = DeskSubmission.objects.take(
        author=actor.user_id, key=submission.key, told_hash=told_hash, is_paper=submission.is_paper
    )
    if note is None:
        before = DeskSubmission.objects.get(author_user_id=actor.user_id, key=submission.key)
        return _answer_again(actor, before, told_hash)
    _require_guardian(submission)
    registration = register_member(actor, submission.new)
    if registration.is_new and registration.member is not None:
        _note_consent(actor, registration.member, submission)
    DeskSubmission.objects.filter(pk=note).update(member=registration.member, is_new=registration.is_new)
    return Outcome(
        registration.member,
        registration.is_new,
        may_be_double=registration.has_doubles,
        awaits_review=registration.awaits_review,
    )


@action(Permission.MEMBERS_REGISTER)
def add_guardian_consent(
    actor: Actor, member: Member, guardian: Guardian, *, purposes: tuple[str, ...]
) -> GuardianConsent:
    """Somebody who answers for a minor of the records consents afterwards, before an officer: from today on it counts.

    Refuses whoever is of age (she consents herself), an officer without an account, and wrong fields. Twice is once.
    """
    if actor.user_id is None:
        raise NotAllowed(_("Persetujuan ini dicatat oleh petugas yang masuk dengan akunnya sendiri."))
    if not needs_guardian(member.birth_on, member.region):
        raise Refused(
            _(
                "Orang ini sudah dewasa, atau tanggal lahirnya belum tercatat. Ia menyetujui sendiri di /daftar."
            )
        )
    day = day_in(territory.zone_of(member.region))
    version = guardian.text_version
    if give_consents(actor, member, purposes=purposes, text_version=version, given_on=day):
        witnessed = ConsentWitnessed(member_id=member.pk, text_version=version, given_on=day.isoformat())
        record(witnessed, subject=member)
    return note_guardian(actor, member, guardian)


def _require_guardian(submission: Submission) -> None:
    new = submission.new
    if submission.guardian is None and needs_guardian(new.birth_on, new.region, new.consent_on):
        sentence = _("Orang ini belum dewasa. Orang tua atau walinya harus ikut menyetujui.")
        raise Invalid([FieldError("guardian_name", sentence)])


def _note_consent(actor: Actor, member: Member, submission: Submission) -> None:
    told = PaperFormTyped if submission.is_paper else ConsentWitnessed
    given_on = member.consent_on.isoformat() if member.consent_on else ""
    version = submission.new.text_version
    record(told(member_id=member.pk, text_version=version, given_on=given_on), subject=member)
    if submission.guardian is not None:
        note_guardian(actor, member, submission.guardian)


def _answer_again(actor: Actor, note: DeskSubmission, told_hash: bytes) -> Outcome:
    """What this key was answered before, as far as the officer may still see it."""
    seen = Member.objects.visible_to(actor, Permission.MEMBERS_READ)
    member = seen.filter(pk=note.member_id).first() if note.member_id is not None else None
    is_other = bytes(note.told_hash) != told_hash
    awaits_review = (
        member is not None
        and not note.is_new
        and DuplicateCandidate.objects.contradictions_of(member.pk).exists()
    )
    return Outcome(
        member,
        note.is_new,
        is_repeated=True,
        is_other=is_other,
        may_be_double=True,
        awaits_review=awaits_review,
    )
