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
from okoce.stages.p1_registration.events import MemberRegistered


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a registration. A known person whom the actor may not read is not revealed: `member` is None.
    `has_doubles`: somebody in the records may be the same person, and the pair waits to be looked at."""

    member: Member | None
    is_new: bool
    has_doubles: bool = False


@action(Permission.MEMBERS_REGISTER)
def register_member(actor: Actor, new: NewMember, *, awaits_guardian: bool = False) -> Registration:
    """Register one person in full: member, business, residence, komunitas, consents and P1. `awaits_guardian`: of somebody
    under age no consent is kept yet, so that she is counted, but neither written to nor shared.

    Refuses wrong fields (one entry each), a missing consent, and somebody outside of the actor's territory or komunitas.
    A known person (same NIK, or same phone and name) is answered as such, and nothing of it is changed.
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
    return _meet_again(actor, known, person)


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


def _meet_again(actor: Actor, known: Known, person: Person) -> Registration:
    """The person is in the records: what disagrees goes to the review queue, nothing else happens."""
    if known.member_id is None:
        raise Conflict(_("Orang ini sedang didaftarkan oleh petugas lain. Coba sekali lagi."))
    member = Member.objects.get(pk=known.member_id)
    if known.disagrees:
        _queue(member, DuplicateReason.NIK_AND_PHONE_DISAGREE, known.by_phone)
    elif person.row["nik_hash"] and member.nik_hash and bytes(member.nik_hash) != person.row["nik_hash"]:
        _queue(
            member, DuplicateReason.CONTRADICTION, None, "nik", [member.nik_masked, person.row["nik_masked"]]
        )
    is_visible = Member.objects.visible_to(actor, Permission.MEMBERS_READ).filter(pk=member.pk).exists()
    return Registration(member if is_visible else None, is_new=False)


def _queue(
    member: Member,
    reason: DuplicateReason,
    second_id: int | None,
    field: str = "",
    pair: list[str] | None = None,
) -> None:
    """`pair` is what stands and what came, for whoever settles it."""
    if DuplicateCandidate.objects.queue(reason, member.pk, second_id, field):
        queued = ContradictionQueued(member_id=member.pk, field=field or "nik, telepon")
        record(queued, subject=member, changes={field: pair} if pair else None)
