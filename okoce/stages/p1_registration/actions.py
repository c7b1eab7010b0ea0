"""Registering one person in full: the deed behind the API, the desk's form and the public form."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.groups.models import Membership
from okoce.community.groups.queries import active_group
from okoce.community.members.actions.entry import NewMember, Person
from okoce.community.members.events import ContradictionQueued
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.queries import Known, find_known, is_within_reach
from okoce.community.members.states import ConsentPurpose, DuplicateReason
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotAllowed
from okoce.pipeline.models import StageRecord
from okoce.pipeline.rules import rule_on
from okoce.stages.p1_registration.contradictions import contradictions_with
from okoce.stages.p1_registration.events import MemberRegistered
from okoce.stages.p1_registration.imports.auditing import Said


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a registration. A known person whom the actor may not read is not revealed: `member` is None.
    `has_doubles`: somebody in the records may be the same person, and the pair waits to be looked at.
    `awaits_review`: what was told of a known person contradicts what is stored, and waits likewise."""

    member: Member | None
    is_new: bool
    has_doubles: bool = False
    awaits_review: bool = False


@action(Permission.MEMBERS_REGISTER)
def register_member(actor: Actor, new: NewMember, *, awaits_guardian: bool = False) -> Registration:
    """Register one person in full: member, business, residence, komunitas, consents and P1. `awaits_guardian`: of somebody
    under age no consent is kept yet, so that she is counted, but neither written to nor shared.

    Refuses wrong fields (one entry each), a missing consent, and somebody outside of the actor's territory or komunitas.
    A known person (same NIK, or same phone and name) is answered as such, and nothing of it is changed: what contradicts
    goes to the review queue, as from a file.
    """
    person = Person.of(new, witnessed_by=actor.user_id)
    _require_consent(new)
    if awaits_guardian:
        person.row["consent_on"] = None
    _require_reach(actor, person)
    known = find_known(person.row["nik_hash"], person.row["phone"], person.row["name_key"])
    if known.free_id is not None and Member.objects.take_in(known.free_id, person.row, person.consent):
        member = _bring_in(known.free_id, person)
        found = DuplicateCandidate.objects.queue_close([member.pk])
        return Registration(member, is_new=True, has_doubles=found > 0)
    if known.free_id is not None:  # somebody else was faster with the same person
        known = find_known(person.row["nik_hash"], person.row["phone"], person.row["name_key"])
    return _meet_again(actor, known, person, is_day_told=new.registered_on is not None and new.is_day_told)


def _require_consent(new: NewMember) -> None:
    if new.consent_on is None or ConsentPurpose.PROGRAMME.value not in new.purposes:
        sentence = _(
            "Persetujuan anggota belum ada. Minta ia menyetujui pemrosesan datanya, lalu catat tanggalnya."
        )
        raise Invalid([FieldError("consent_on", sentence)])


def _require_reach(actor: Actor, person: Person) -> None:
    group_id = person.row["group_id"]
    if not is_within_reach(actor, Permission.MEMBERS_REGISTER, person.row["region"], group_id):
        raise NotAllowed(
            _(
                "Orang ini di luar wilayah atau komunitas tugas Anda. Minta petugas setempat atau sekretariat mendaftarkannya."
            ),
            field="region",
        )
    if group_id is not None and active_group(group_id) is None:
        sentence = _("Komunitas itu tidak ada atau tidak aktif. Pilih komunitas yang sudah divalidasi.")
        raise Invalid([FieldError("group_id", sentence)])


def _bring_in(record_id: int, person: Person) -> Member:
    member = person.as_member(record_id)
    if member.group_id is not None:
        Membership.objects.create(member_id=record_id, group_id=member.group_id)
    rule = rule_on(member.region, member.registered_on)
    StageRecord.objects.complete_registration(record_id, rule.code, member.registered_on)
    record(
        MemberRegistered(
            member_id=record_id,
            number=member.number,
            registered_on=member.registered_on.isoformat(),
            group_id=member.group_id,
        ),
        subject=member,
    )
    return member


def _meet_again(actor: Actor, known: Known, person: Person, *, is_day_told: bool) -> Registration:
    """The person is in the records: what disagrees goes to the review queue, nothing else happens."""
    if known.member_id is None:
        raise Conflict(_("Orang ini sedang didaftarkan oleh petugas lain. Coba sekali lagi."))
    member = Member.objects.get(pk=known.member_id)
    if known.disagrees and DuplicateCandidate.objects.queue(
        DuplicateReason.NIK_AND_PHONE_DISAGREE, member.pk, known.by_phone
    ):
        record(ContradictionQueued(member_id=member.pk, field="nik, telepon"), subject=member)
    is_reached = is_within_reach(actor, Permission.MEMBERS_REGISTER, member.region, member.group_id)
    found = contradictions_with(
        member.pk,
        person,
        is_day_told=is_day_told,
        is_reached=is_reached,
        phone_is_anothers=known.disagrees,
    )
    awaits_review = _queue(member, found)
    is_visible = Member.objects.visible_to(actor, Permission.MEMBERS_READ).filter(pk=member.pk).exists()
    if not is_visible:
        return Registration(None, is_new=False)
    return Registration(member, is_new=False, awaits_review=awaits_review)


def _queue(member: Member, contradictions: dict[str, Said]) -> bool:
    """Queue each column once, however often it comes; answers whether one of them waits to be looked at."""
    if not contradictions:
        return False
    Member.objects.locked_standing(member.pk)  # the same form sent twice at once is told once
    for column, (happened, changes) in contradictions.items():
        if DuplicateCandidate.objects.queue(DuplicateReason.CONTRADICTION, member.pk, None, column):
            record(happened, subject=member, changes=changes)
    return DuplicateCandidate.objects.contradictions_of(member.pk).filter(field__in=contradictions).exists()
