"""Beginning a registration, keeping what was told, finishing it once.

Whoever registers herself has no account yet, so the system acts for her; that the telephone is hers is shown by its code before
anything but the number is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.actions.consents import Guardian, give_consents, note_guardian
from okoce.community.members.actions.entry import NewBusiness, NewMember
from okoce.community.members.models import Member
from okoce.community.members.states import EntryState, WorkStatus
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.territory import queries as territory
from okoce.stages.p1_registration.actions import register_member
from okoce.stages.p1_registration.applications.answers import Answers, opened, phone_hash, sealed
from okoce.stages.p1_registration.applications.queries import (
    Draft,
    guardian_proven_at,
    needs_guardian,
    read_draft,
)
from okoce.stages.p1_registration.events import (
    DraftCompleted,
    DraftPhoneVerified,
    DraftSaved,
    DraftStarted,
    GuardianPhoneVerified,
)
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import Activity, DraftStep

# Whoever registers herself: the system acts for her, and the trail says so.
HERSELF = Actor.system("registration")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first screen: a number, the komunitas and the source of the link, and whether she may be called (which words)."""

    phone: str
    invited_by: int | None = None
    source: str = ""
    call_text_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The last screen: the purposes agreed to, in which version of the words, and the guardian of somebody under age."""

    purposes: tuple[str, ...]
    text_version: str
    guardian: Guardian | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a draft. A known person is led to her own record."""

    member_id: int
    is_new: bool


@action(Permission.MEMBERS_REGISTER)
def start_draft(actor: Actor, begun: Beginning, draft_id: int | None = None) -> Draft:
    """Keep the number of somebody who begins; sent again (or corrected) before the code, it is the same draft."""
    draft = RegistrationDraft.objects.locked(draft_id) if draft_id is not None else None
    if draft is None or draft.step != DraftStep.CODE:
        draft = RegistrationDraft()
    answers = Answers(phone=begun.phone, invited_by=begun.invited_by, source=begun.source)
    draft.answers, draft.phone_hash = sealed(answers), phone_hash(begun.phone)
    draft.group_id = begun.invited_by
    draft.callable_since = timezone.now() if begun.call_text_version else None
    draft.call_text_version = begun.call_text_version
    draft.save()
    record(DraftStarted(draft_id=draft.pk, may_be_called=bool(begun.call_text_version)), subject=draft)
    return read_draft(draft)


@action(Permission.MEMBERS_REGISTER)
def verify_phone(actor: Actor, draft_id: int, phone: str) -> Draft:
    """The code that was sent to this number has been typed in. Twice is once.

    Refuses where the draft has got another number meanwhile, in another tab: that one is not proven.
    """
    draft = _locked(draft_id)
    if bytes(draft.phone_hash) != phone_hash(phone):
        raise Refused(
            _("Nomornya baru saja diganti di jendela lain. Pakai kode yang dikirim ke nomor yang baru."),
            field="code",
        )
    if draft.verified_since is None:
        draft.verified_since, draft.step = timezone.now(), DraftStep.PERSON
        draft.save(update_fields=["verified_since", "step", "updated_at"])
        record(DraftPhoneVerified(draft_id=draft.pk), subject=draft)
    return read_draft(draft)


@action(Permission.MEMBERS_REGISTER)
def continue_earlier_draft(actor: Actor, draft_id: int, earlier_id: int) -> Draft:
    """Go on with what was told before, on another device; refuses the draft of another number."""
    new, earlier = _locked(draft_id), _locked(earlier_id)
    is_hers = bytes(new.phone_hash) == bytes(earlier.phone_hash) and new.verified_since is not None
    if not is_hers or earlier.member_id is not None:
        raise NotFound(_("Pendaftaran itu sudah tidak ada. Lanjutkan dengan yang baru."))
    earlier.verified_since = new.verified_since
    # whether she may be called is what she has said last
    earlier.callable_since, earlier.call_text_version = new.callable_since, new.call_text_version
    earlier.save(update_fields=["verified_since", "callable_since", "call_text_version", "updated_at"])
    if new.pk != earlier.pk:
        new.delete()
    return read_draft(earlier)


@action(Permission.MEMBERS_REGISTER)
def start_for_family(actor: Actor, draft_id: int) -> Draft:
    """A draft for somebody else on the telephone that has just been verified for this one."""
    done = _locked(draft_id)
    if done.member_id is None or done.verified_since is None:
        raise Refused(_("Selesaikan dahulu pendaftaran ini."))
    phone = Member.objects.get(pk=done.member_id).phone or ""
    if phone_hash(phone) != bytes(done.phone_hash):
        raise Refused(_("Mulai lagi dengan nomor HP-nya."))
    new = RegistrationDraft.objects.create(
        answers=sealed(Answers(phone=phone)),
        phone_hash=done.phone_hash,
        verified_since=done.verified_since,
        step=DraftStep.PERSON,
    )
    record(DraftStarted(draft_id=new.pk, may_be_called=False), subject=new)
    return read_draft(new)


@action(Permission.MEMBERS_REGISTER)
def save_block(actor: Actor, draft_id: int, step: DraftStep, told: Mapping[str, Any]) -> Draft:
    """Keep the answers of one block; sent again they change nothing, and nobody is led back by it."""
    draft = _locked(draft_id)
    if draft.member_id is not None or DraftStep(draft.step).place < step.place:
        return read_draft(draft)
    answers = opened(draft.answers)
    now_told = replace(answers, **told)
    following = list(DraftStep)[step.place]
    if now_told == answers and DraftStep(draft.step).place > step.place:
        return read_draft(draft)
    draft.answers, draft.region = sealed(now_told), now_told.region
    draft.group_id = (
        now_told.group_id if now_told.group_id is not None else _invitation(step, draft, now_told)
    )
    draft.step = max(DraftStep(draft.step), following, key=lambda one: one.place)
    draft.save(update_fields=["answers", "region", "group_id", "step", "updated_at"])
    record(DraftSaved(draft_id=draft.pk, step=step.value), subject=draft)
    return read_draft(draft)


def _invitation(step: DraftStep, draft: RegistrationDraft, answers: Answers) -> int | None:
    """Until she has chosen, the komunitas of the link may help her; who chose none is left in peace."""
    has_chosen = step is DraftStep.GROUP or DraftStep(draft.step).place > DraftStep.GROUP.place
    return None if has_chosen else answers.invited_by


@action(Permission.MEMBERS_REGISTER)
def keep_agreement(actor: Actor, draft_id: int, agreement: Agreement) -> Draft:
    """Keep what a minor and her guardian agreed to until the guardian's phone is proven. Another phone is proven anew."""
    draft, guardian = _locked(draft_id), agreement.guardian
    if draft.step != DraftStep.CONSENT or guardian is None:
        return read_draft(draft)
    answers = opened(draft.answers)
    is_same = answers.guardian_phone == guardian.phone
    now_told = replace(
        answers,
        purposes=",".join(agreement.purposes),
        text_version=agreement.text_version,
        guardian_name=guardian.name,
        guardian_phone=guardian.phone,
        guardian_relation=guardian.relation,
        guardian_proven_at=answers.guardian_proven_at if is_same else "",
    )
    if now_told != answers:
        draft.answers = sealed(now_told)
        draft.save(update_fields=["answers", "updated_at"])
        record(DraftSaved(draft_id=draft.pk, step=DraftStep.CONSENT.value), subject=draft)
    return read_draft(draft)


@action(Permission.MEMBERS_REGISTER)
def prove_guardian(actor: Actor, draft_id: int, phone: str) -> Draft:
    """The code that was sent to the guardian's phone has been typed in. Twice is once; refuses where the phone is another one
    meanwhile."""
    draft = _locked(draft_id)
    if draft.member_id is not None:
        return read_draft(draft)
    answers = opened(draft.answers)
    if answers.guardian_phone != phone:
        raise Refused(
            _("Nomornya baru saja diganti di jendela lain. Pakai kode yang dikirim ke nomor yang baru."),
            field="code",
        )
    if not answers.guardian_proven_at:
        draft.answers = sealed(replace(answers, guardian_proven_at=timezone.now().isoformat()))
        draft.save(update_fields=["answers", "updated_at"])
        record(GuardianPhoneVerified(draft_id=draft.pk), subject=draft)
    return read_draft(draft)


@action(Permission.MEMBERS_REGISTER)
def complete_registration(actor: Actor, draft_id: int, agreement: Agreement) -> Completed:
    """Make the member of a draft. Sent twenty times at once it is one member, and everybody gets the same answer.

    Refuses a draft that is not whole, and somebody under age without a guardian whose phone is proven.
    """
    draft = _locked(draft_id)
    if draft.member_id is not None:
        return Completed(draft.member_id, draft.has_made_member)
    answers = opened(draft.answers)
    if draft.step != DraftStep.CONSENT:
        raise Refused(_("Pendaftaran ini belum lengkap. Isi dahulu bagian yang kosong."))
    if agreement.guardian is None and needs_guardian(answers.born_on, answers.region):
        sentence = _("Pendaftar belum dewasa. Orang tua atau walinya harus ikut menyetujui.")
        raise Invalid([FieldError("guardian_agrees", sentence)])
    if agreement.guardian is not None:
        proven_at = guardian_proven_at(read_draft(draft), agreement.guardian.phone)
        agreement = replace(agreement, guardian=replace(agreement.guardian, proven_at=proven_at))
    registration = register_member(actor, _new_member(answers, agreement))
    member = registration.member
    if member is None:
        raise RuntimeError("the system sees every member")
    _note_consents(actor, member, agreement, is_new=registration.is_new)
    _close(draft, member, is_new=registration.is_new)
    return Completed(member.pk, registration.is_new)


def _locked(draft_id: int) -> RegistrationDraft:
    draft = RegistrationDraft.objects.locked(draft_id)
    if draft is None:
        raise NotFound(_("Isian pendaftaran ini sudah dihapus. Mulai lagi dari nomor HP."))
    return draft


def _new_member(answers: Answers, agreement: Agreement) -> NewMember:
    activity = Activity(answers.activity)
    state = {Activity.TRADING: EntryState.TRADING, Activity.LICENSED: EntryState.LICENSED}.get(
        activity, EntryState.NONE
    )
    today = day_in(territory.zone_of(answers.region))
    return NewMember(
        name=answers.name,
        phone=answers.phone,
        birth_on=answers.born_on,
        sex=answers.sex,
        work_status=WorkStatus.IN_BUSINESS.value if activity.is_business else activity.value,
        region=answers.region,
        village=answers.village,
        group_id=answers.group_id,
        source=answers.source,
        registered_on=today,
        is_day_told=False,
        consent_on=today,
        purposes=agreement.purposes,
        text_version=agreement.text_version,
        business=NewBusiness(sector=answers.trade, entry_state=state.value),
    )


def _note_consents(actor: Actor, member: Member, agreement: Agreement, *, is_new: bool) -> None:
    """A known person is known from a file, it may be, that had no consent: here she gives it herself."""
    if not is_new:
        today = day_in(territory.zone_of(member.region))
        give_consents(
            actor,
            member,
            purposes=agreement.purposes,
            text_version=agreement.text_version,
            given_on=today,
        )
    if agreement.guardian is not None:
        note_guardian(actor, member, agreement.guardian)


def _close(draft: RegistrationDraft, member: Member, *, is_new: bool) -> None:
    """What she told stands in her own record now; of the draft only the way there is left, for a short while."""
    draft.step, draft.member_id, draft.answers = DraftStep.DONE, member.pk, b""
    draft.has_made_member = is_new
    draft.region, draft.group_id = "", None
    draft.callable_since, draft.call_text_version = None, ""
    draft.save()
    record(DraftCompleted(draft_id=draft.pk, member_id=member.pk, is_new=is_new), subject=draft)
