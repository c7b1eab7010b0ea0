"""A chair proposes a member of her komunitas for an office; the secretariat appoints her or says why not."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.events import NominationDeclined, NominationWithdrawn, OfficerNominated
from okoce.community.groups.interests import require_stranger
from okoce.community.groups.models import Group, Nomination, Officer
from okoce.community.groups.queries import chair_office_of
from okoce.community.groups.rules import required_reason
from okoce.community.groups.states import GroupState, NominationState, OfficerRole, Term
from okoce.community.groups.telling import tell_chair_of_answer, tell_officer
from okoce.community.groups.terms import begin, require_term
from okoce.community.members.models import Member
from okoce.community.members.numbers import record_id_of
from okoce.community.organisations.persons import serving_account
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import hold_person
from okoce.foundation.accounts.queries import active_user, identity_of
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable

HOUSE = Actor.system("groups")


@action(Permission.GROUPS_HAND_OVER)
def nominate_officer(actor: Actor, group: Group, who: str, role: str) -> Nomination:
    """Propose a member of the komunitas that the actor chairs, by telephone or member number, for an office. The same proposal a
    second time is the one that waits.

    Refuses whoever does not chair it, who is no member of it (whether anybody else has that number she does not learn), herself,
    and who holds that office already.
    """
    if chair_office_of(actor, group.pk) is None:
        raise NotFound(_("Mengusulkan pengurus itu untuk ketua komunitasnya."))
    today = today_wib()
    require_term(Term(role, today))
    locked = Group.objects.locked(group.pk)
    if locked.state != GroupState.ACTIVE:
        raise Refused(_("Komunitas ini sedang tidak aktif. Usulkan pengurus sesudah dibuka lagi."))
    meant = _account_of(_member_meant(actor, locked, who))
    if actor.user_id is not None and meant.pk in identity_of(actor.user_id).user_ids:
        raise _wrong(_("Itu Anda sendiri. Pilih anggota lain."))
    _require_not_serving(locked, meant, role, today)
    waiting = Nomination.objects.filter(
        group=locked, user_id=meant.pk, role=role, state=NominationState.WAITING
    ).first()
    if waiting is not None:
        return waiting
    made = Nomination.objects.create(
        group=locked, user_id=meant.pk, role=role, proposed_on=today, state_on=today
    )
    _record(OfficerNominated, made)
    return made


@action(Permission.GROUPS_HAND_OVER)
def withdraw_nomination(actor: Actor, nomination: Nomination) -> Nomination:
    """Take back what waits: of the komunitas that the actor chairs. Twice is once."""
    if chair_office_of(actor, nomination.group_id) is None:
        raise NotFound(_("Usulan itu tidak ada pada komunitas ini. Muat ulang halamannya."))
    locked = _locked(nomination)
    if locked.state == NominationState.WITHDRAWN:
        return locked
    _require_waiting(locked)
    _move(locked, NominationState.WITHDRAWN)
    _record(NominationWithdrawn, locked)
    return locked


@action(Permission.GROUPS_MANAGE)
def appoint_nominated(actor: Actor, nomination: Nomination) -> Officer:
    """Appoint whom the chair proposed, from today on; she and the chair are told. Refuses whoever founded or serves the komunitas
    herself, who is no member of it any more, and an office that somebody else holds."""
    locked = _locked(nomination)
    require_stranger(actor, locked.group)
    _require_waiting(locked)
    if locked.group.state not in (GroupState.ACTIVE, GroupState.PAUSED):
        raise Refused(_("Komunitas ini belum divalidasi atau sudah ditutup, jadi belum bisa punya pengurus."))
    user = serving_account(active_user(locked.user_id))
    if not Member.objects.filter(pk=user.member_id or 0, group_id=locked.group_id).exists():
        raise Refused(
            _("Orang itu sudah bukan anggota komunitas ini. Tulis itu sebagai alasan, lalu jangan setujui.")
        )
    officer = begin(locked.group, user, Term(locked.role, today_wib()))
    _move(locked, NominationState.APPOINTED)
    tell_officer(officer)
    tell_chair_of_answer(locked)
    return officer


@action(Permission.GROUPS_MANAGE)
def decline_nomination(actor: Actor, nomination: Nomination, reason: str) -> Nomination:
    """Say no, with the reason that the chair reads; she is told. Twice is once."""
    why = required_reason(reason)
    locked = _locked(nomination)
    if locked.state == NominationState.DECLINED and locked.state_reason == why:
        return locked
    require_stranger(actor, locked.group)
    _require_waiting(locked)
    _move(locked, NominationState.DECLINED, why)
    _record(NominationDeclined, locked, why)
    tell_chair_of_answer(locked)
    return locked


def _member_meant(actor: Actor, group: Group, who: str) -> Member:
    typed = who.strip()
    phone = parse_phone(typed)
    number = record_id_of(typed) if typed.upper().startswith("OK") else None
    if isinstance(phone, Unreadable) and number is None:
        raise _wrong(_("Tulis nomor HP atau nomor anggota (OK-…) orangnya."))
    rows = Member.objects.visible_to(actor, Permission.MEMBERS_READ).filter(
        group_id=group.pk, merged_into__isnull=True, erased_at__isnull=True
    )
    found = list(rows.filter(pk=number) if number is not None else rows.filter(phone=phone))
    if len(found) > 1:
        shared = ", ".join(f"{one.name} ({one.number})" for one in found)
        raise _wrong(_("Nomor itu dipakai beberapa anggota: %s. Tulis nomor anggotanya.") % shared)
    if not found:
        raise _wrong(
            _(
                "Tidak ada anggota komunitas ini dengan nomor itu. Periksa nomornya, atau minta orangnya bergabung dulu lewat"
                " undangan komunitas."
            )
        )
    return found[0]


def _account_of(member: Member) -> User:
    """Opened where she has none yet, so that she can sign in the day she is appointed."""
    person = hold_person(member.pk)
    if person is None or member.left_on is not None:
        raise _wrong(_("Anggota itu sudah keluar atau catatannya digabung. Periksa nomornya."))
    return open_member_account(HOUSE, person)


def _require_not_serving(group: Group, user: User, role: str, day: date) -> None:
    serving = Officer.objects.filter(group=group, user_id=user.pk, role=role).not_ended_by(day)
    if serving.exists():
        raise _wrong(_("Orang itu sudah menjadi %s.") % OfficerRole(role).label)


def _locked(nomination: Nomination) -> Nomination:
    """The nomination as it stands now, its komunitas held first: as in every deed about officers."""
    group = Group.objects.locked(nomination.group_id)
    found = Nomination.objects.select_for_update(of=("self",), no_key=True).get(pk=nomination.pk)
    found.group = group
    return found


def _require_waiting(nomination: Nomination) -> None:
    if nomination.state != NominationState.WAITING:
        raise Refused(
            _("Usulan ini sudah dijawab: “%s”. Muat ulang halamannya.")
            % NominationState(nomination.state).label
        )


def _move(nomination: Nomination, to: NominationState, reason: str = "") -> None:
    nomination.state, nomination.state_on, nomination.state_reason = to, today_wib(), reason
    nomination.save(update_fields=["state", "state_on", "state_reason", "updated_at"])


def _record(
    fact: type[OfficerNominated | NominationWithdrawn | NominationDeclined], one: Nomination, reason: str = ""
) -> None:
    told = fact(
        group_id=one.group_id,
        nomination_id=one.pk,
        user_id=one.user_id,
        role_name=str(OfficerRole(one.role).label),
    )
    record(told, subject=one.group, changes={"reason": ["", reason]} if reason else {})


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("who", sentence)])
