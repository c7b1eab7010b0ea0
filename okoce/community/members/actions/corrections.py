"""Correcting what stands about a member; whoever would become another known person goes to the review queue instead."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.actions.entry import NewMember, Person
from okoce.community.members.actions.naming import HOUSE, let_accounts_follow
from okoce.community.members.candidates import NIK_FIELD
from okoce.community.members.events import ContradictionQueued, MemberCorrected
from okoce.community.members.lasting import refuse_other_phone
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.states import DuplicateReason, DuplicateState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound, Refused

LABELS = {
    "name": _lazy("nama"),
    "nik_masked": _lazy("NIK"),
    "phone": _lazy("telepon"),
    "email": _lazy("surel"),
    "birth_on": _lazy("tanggal lahir"),
    "sex": _lazy("jenis kelamin"),
    "work_status": _lazy("status kerja"),
    "address": _lazy("alamat"),
    "source": _lazy("sumber"),
}
Changes = dict[str, list[Any]]
_NIK_COLUMNS = ("nik_encrypted", "nik_hash", "nik_masked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to stand from now on; a field that is left out (None) stays. "" empties a text."""

    name: str | None = None
    phone: str | None = None
    nik: str | None = None
    email: str | None = None
    birth_on: date | None = None
    sex: str | None = None
    work_status: str | None = None
    address: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction. `conflict` says why nothing was changed: the data are another person's."""

    member: Member
    changed: tuple[str, ...] = ()
    conflict: str = ""


@action(Permission.MEMBERS_CORRECT)
def correct_member(actor: Actor, member: Member, correction: Correction) -> Corrected:
    """Correct a member's data; what stood before stays in the history under the person's own key. Her accounts take a new name
    with her.

    Refuses wrong fields, and another phone for somebody whom an emergency alone opens. Data that belong to another known person
    change nothing: the pair goes to the review queue.
    """
    corrected = _correct(member, correction, _queue)
    if "phone" in corrected.changed:
        refuse_other_phone(actor, member)
    return corrected


@action(Permission.MEMBERS_CORRECT_OWN)
def correct_own_contact(
    actor: Actor,
    member: Member,
    *,
    phone: str | None = None,
    email: str | None = None,
    address: str | None = None,
) -> Corrected:
    """Correct how one is reached oneself. Refuses anybody else's record, and wrong fields; who has the phone in her hand is
    found out before by whoever calls this."""
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    return _correct(member, Correction(phone=phone, email=email, address=address), _queue_own)


@action(Permission.MEMBERS_CORRECT_OWN)
def add_own_nik(actor: Actor, member: Member, nik: str) -> Corrected:
    """Add the NIK that one has not told yet. Once it stands, an officer who sees the card corrects it.

    Refuses anybody else's record, and what is no NIK. One that is another person's changes nothing: the pair goes to the review
    queue, and until that is decided no other is taken. Where the two were found to be different people before, she is asked to show
    her card, and no other is ever taken from her own hand. So nobody finds out by trying whose NIK is in the records.
    """
    if not actor.owns(member.pk):
        raise NotFound(_("Data itu bukan milik Anda."))
    locked = Member.objects.locked_standing(member.pk)
    if not nik.strip():
        raise Invalid([FieldError("nik", _("Tulis dulu ke-16 angka dari KTP Anda."))])
    if DuplicateCandidate.objects.open_about_nik(locked.pk).exists():
        return Corrected(locked, conflict=_nik_is_looked_at())
    if locked.nik_hash is None and DuplicateCandidate.objects.sent_to_officer(locked.pk).exists():
        return Corrected(locked, conflict=_bring_the_card())
    wanted = Correction(nik=nik)
    if locked.nik_hash is not None and _changes(locked, wanted):
        raise Refused(
            _(
                "NIK Anda sudah tercatat. Kalau keliru, bawa KTP ke petugas kecamatan; petugas membetulkannya."
            ),
            field="nik",
        )
    return _correct(locked, wanted, _queue_own_nik)


def _queue_own_nik(member: Member, other_id: int, changes: Changes) -> Corrected:
    if DuplicateCandidate.objects.queue_about_nik(member.pk, other_id):
        record(ContradictionQueued(member_id=member.pk, field="NIK"), subject=member)
        return Corrected(member, conflict=_nik_is_looked_at())
    # about the pair nothing is left to decide: an officer reads her card
    if DuplicateCandidate.objects.queue(DuplicateReason.NIK_AND_PHONE_DISAGREE, member.pk, field=NIK_FIELD):
        told = ContradictionQueued(member_id=member.pk, field="NIK")
        record(told, subject=member, changes={NIK_FIELD: changes["nik_masked"]})
    return Corrected(member, conflict=_bring_the_card())


def _bring_the_card() -> str:
    return _("NIK ini belum bisa dicatat dari sini. Bawa KTP ke petugas kecamatan; petugas yang mencatatnya.")


def _nik_is_looked_at() -> str:
    return _(
        "NIK ini belum bisa dicatat. Petugas mencocokkannya dulu; Anda tidak perlu mengirimnya lagi. Bawa KTP ke petugas kecamatan"
        " bila ingin lebih cepat."
    )


def _correct(
    member: Member, correction: Correction, conflicting: Callable[[Member, int, Changes], Corrected]
) -> Corrected:
    locked = Member.objects.locked_standing(member.pk)
    changes = _changes(locked, correction)
    if not changes:
        return Corrected(locked)
    other = _whose_else(locked, changes)
    if other is not None:
        return conflicting(locked, other, changes)
    _write(locked, changes)
    if "name" in changes:
        let_accounts_follow(HOUSE, locked)
    told = {name: change for name, change in changes.items() if name in LABELS}
    labels = ", ".join(str(label) for name, label in LABELS.items() if name in told)
    record(MemberCorrected(member_id=locked.pk, fields=labels), subject=locked, changes=told)
    return Corrected(locked, tuple(sorted(told)))


def _write(member: Member, changes: Changes) -> None:
    for name, (_before, after) in changes.items():
        setattr(member, name, after)
    try:
        with transaction.atomic():
            member.save(update_fields=[*changes, "updated_at"])
    except IntegrityError as error:  # another officer gave the same data to another record at this moment
        raise Conflict(
            _("Data ini baru saja dipakai catatan lain. Muat ulang halaman, lalu coba lagi.")
        ) from error


def _changes(member: Member, correction: Correction) -> Changes:
    """Column → [before, after] for what differs, everything checked as at entry."""
    given = {
        f.name: getattr(correction, f.name)
        for f in fields(correction)
        if getattr(correction, f.name) is not None
    }
    stands = {
        "name": member.name,
        "phone": member.phone or "",
        "email": member.email,
        "birth_on": member.birth_on,
        "sex": member.sex,
        "work_status": member.work_status,
        "address": member.address,
        "source": member.source,
        "region": member.region,
        "village": member.village,
        "registered_on": member.registered_on,
    }
    # A NIK that stands is not read back: the check of "phone or NIK" needs to know only that there is one.
    person = Person.of(
        NewMember(**{**stands, **given}), witnessed_by=None, has_nik=bool(member.nik_hash), only=set(given)
    )
    wanted = {name for name in given if name in person.row} | ({"name_key"} if "name" in given else set())
    if "nik" in given:
        wanted |= set(_NIK_COLUMNS)
    changes = {name: [getattr(member, name), person.row[name]] for name in wanted}
    if "nik" in given and _same_bytes(member.nik_hash, person.row["nik_hash"]):
        changes = {name: change for name, change in changes.items() if name not in _NIK_COLUMNS}
    return {name: change for name, change in changes.items() if change[0] != change[1]}


def _same_bytes(first: Any, second: Any) -> bool:
    return (bytes(first) if first else None) == (bytes(second) if second else None)


def _whose_else(member: Member, changes: Changes) -> int | None:
    """The other member whose NIK, or whose phone and name, these would be."""
    if not {"nik_hash", "phone", "name_key"} & set(changes):
        return None

    def after(name: str) -> Any:
        return changes[name][1] if name in changes else getattr(member, name)

    others = Member.objects.counted().exclude(pk=member.pk)
    if "nik_hash" in changes and after("nik_hash"):
        same = others.filter(nik_hash=after("nik_hash")).values_list("pk", flat=True).first()
        if same is not None:
            return int(same)
    if not after("phone"):
        return None
    return (
        others.filter(phone=after("phone"), name_key=after("name_key")).values_list("pk", flat=True).first()
    )


def _queue_own(member: Member, other_id: int, changes: Changes) -> Corrected:
    """She reads nothing of what was decided about the two."""
    queued = _queue(member, other_id, changes)
    return (
        Corrected(member, conflict=_bring_the_card_along()) if _are_different(member.pk, other_id) else queued
    )


def _are_different(one_id: int, other_id: int) -> bool:
    """Whether somebody has decided that the two are two people: then no list shows the pair as waiting."""
    return DuplicateCandidate.objects.pair(one_id, other_id).filter(state=DuplicateState.DIFFERENT).exists()


def _bring_the_card_along() -> str:
    return _(
        "Data ini belum bisa dicatat dari sini, jadi tidak ada yang diubah. Bawa KTP ke petugas kecamatan; petugas yang mencatatnya."
    )


def _queue(member: Member, other_id: int, _told: Changes) -> Corrected:
    if _are_different(member.pk, other_id):
        return Corrected(
            member,
            conflict=_(
                "Data ini sudah dipakai anggota lain, dan sudah diputuskan bahwa keduanya orang yang berbeda. Jadi tidak ada yang"
                " diubah, dan tidak ada yang menunggu diperiksa. Cocokkan lagi dengan KTP-nya; kalau keputusan itu yang keliru,"
                " buka lagi pasangannya di daftar ganda, bagian “Orang yang berbeda”."
            ),
        )
    if DuplicateCandidate.objects.queue(DuplicateReason.CONTRADICTION, member.pk, other_id):
        record(ContradictionQueued(member_id=member.pk, field="telepon, nama atau NIK"), subject=member)
    return Corrected(
        member,
        conflict=_(
            "Data ini sudah dipakai anggota lain, jadi tidak ada yang diubah. Kedua catatan masuk daftar periksa;"
            " sekretariat memutuskan apakah orangnya sama."
        ),
    )
