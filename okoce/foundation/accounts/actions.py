"""Making accounts, giving roles, making and revoking API tokens."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.accounts.clock import clock_text
from okoce.foundation.accounts.emergencies import is_reached_already, last_of, over_since, term, told_of
from okoce.foundation.accounts.events import (
    AccountNameFollowed,
    AccountPhoneFollowed,
    CodeLimitsChanged,
    EmergencyEnded,
    EmergencyOpened,
    MemberAccountOpened,
    PasswordChanged,
    RoleEnded,
    RoleGranted,
    SecondFactorAdded,
    SecondFactorRemoved,
    SessionsEnded,
    SignInLocked,
    TokenCreated,
    TokenRevoked,
    UserCreated,
)
from okoce.foundation.accounts.models import ApiToken, CodeLimit, EmergencyAccess, RoleAssignment, User
from okoce.foundation.accounts.people import Person
from okoce.foundation.accounts.queries import TOKEN_PURPOSE, identity_of
from okoce.foundation.accounts.states import EmergencyTermCode
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.queries import find_region

SHORTEST_REASON, LONGEST_REASON = 20, 500
LIMIT_FIELDS = ("phone_hour", "phone_day", "address_hour", "address_day", "day")


@dataclass(frozen=True, slots=True)
class NewUser:
    """What an account needs: a name and a phone (E.164) or an e-mail."""

    name: str
    phone: str | None = None
    email: str | None = None
    password: str | None = None
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where a role holds."""

    region: str = ""
    group_id: int | None = None
    partner_id: int | None = None


@action(Permission.ACCOUNTS_MANAGE)
def create_user(actor: Actor, new: NewUser) -> User:
    """Make an account; refuses one that nobody could sign in to, and a phone or e-mail that another account has, also
    one that is no longer in use."""
    if not (new.phone or new.email):
        raise Invalid([FieldError("phone", _("Akun perlu nomor HP atau surel. Isi salah satunya."))])
    user = User(
        name=new.name, phone=new.phone or None, email=new.email or None, is_synthetic=new.is_synthetic
    )
    user.set_password(new.password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        contact = " / ".join(filter(None, (new.phone, new.email)))
        raise Conflict(
            _("Sudah ada akun petugas dengan telepon atau surel %s. Pakai akun itu, atau isi yang lain.")
            % contact
        ) from error
    record(UserCreated(user_id=user.pk), subject=user)
    return user


@action(Permission.ACCOUNTS_MANAGE)
def grant_role(
    actor: Actor,
    user: User,
    role: str,
    anchors: Anchors,
    from_on: date | None = None,
    until_on: date | None = None,
) -> RoleAssignment:
    """Give a role within its anchors, from today on unless told otherwise, until (not including) a day or for good.

    Refuses an unknown role, one without the anchor that it needs, and a period that ends before it begins.
    """
    _check_anchors(role, anchors)
    first = from_on or today_wib()
    if until_on is not None and until_on <= first:
        raise Invalid(
            [FieldError("until_on", _("Peran berakhir sesudah ia mulai. Pilih tanggal yang lebih akhir."))]
        )
    assignment = RoleAssignment.objects.create(
        user=user,
        role=role,
        region=anchors.region,
        group_id=anchors.group_id,
        partner_id=anchors.partner_id,
        from_on=first,
        until_on=until_on,
    )
    record(RoleGranted(user_id=user.pk, role=role, region=anchors.region), subject=user)
    return assignment


@action(Permission.ACCOUNTS_MANAGE)
def end_role(actor: Actor, assignment: RoleAssignment, until_on: date) -> None:
    """Let a role end on a day, from which on it counts no more. One that would begin no earlier is taken back whole, and one
    that ends sooner anyway stays as it is."""
    if assignment.until_on is not None and assignment.until_on <= until_on:
        return
    if until_on <= assignment.from_on:
        assignment.delete()
    else:
        assignment.until_on = until_on
        assignment.save(update_fields=["until_on", "updated_at"])
    fact = RoleEnded(user_id=assignment.user_id, role=assignment.role, until_on=until_on.isoformat())
    record(fact, subject=assignment.user)


def _check_anchors(role: str, anchors: Anchors) -> None:
    if role not in ROLES:
        raise Invalid(
            [
                FieldError(
                    "role", _("Peran “%s” tidak dikenal. Pilih salah satu: %s.") % (role, ", ".join(ROLES))
                )
            ]
        )
    needs = {
        Breadth.TERRITORY: (
            "territory",
            anchors.region,
            _("Peran %s perlu wilayah. Tambahkan kode wilayah."),
        ),
        Breadth.GROUP: ("group", anchors.group_id, _("Peran %s perlu komunitas. Tambahkan nomor komunitas.")),
        Breadth.PARTNER: ("partner", anchors.partner_id, _("Peran %s perlu mitra. Tambahkan nomor mitra.")),
    }
    needed = needs.get(ROLES[role].breadth)
    if needed and not needed[1]:
        raise Invalid([FieldError(needed[0], needed[2] % role)])


@action(Permission.ACCOUNTS_MANAGE)
def create_token(actor: Actor, user: User, name: str) -> str:
    """Make an API token for a user and return its text, which is shown this once."""
    text = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user=user, name=name, token_hash=keyed_hash(TOKEN_PURPOSE, text))
    record(TokenCreated(token_id=token.pk), subject=user)
    return text


@action(Permission.ACCOUNTS_MANAGE)
def revoke_token(actor: Actor, token: ApiToken) -> None:
    """Make a token useless from now on."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(TokenRevoked(token_id=token.pk), subject=token.user)


@action(Permission.ACCOUNTS_MANAGE)
def open_member_account(actor: Actor, person: Person) -> User:
    """The account of a member, made when it is missing; its name and phone follow the member's. It has no password: a code
    opens it."""
    known = User.objects.filter(member_id=person.member_id).first()
    if known is not None:
        follow_name(actor, known, person.name)
        if person.phone and known.phone != person.phone:
            follow_new_phone(actor, known, person.phone)
        return known
    user = User(name=person.name, phone=person.phone, member_id=person.member_id)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # somebody was faster with the same member
        return User.objects.get(member_id=person.member_id)
    record(MemberAccountOpened(user_id=user.pk, member_id=person.member_id), subject=user)
    return user


@action(Permission.ACCOUNTS_MANAGE)
def follow_new_phone(actor: Actor, user: User, phone: str) -> None:
    """Let the account of a member have the member's new phone: the one before opens it no more."""
    before, user.phone = user.phone, phone
    user.save(update_fields=["phone"])
    record(AccountPhoneFollowed(user_id=user.pk), subject=user, changes={"phone": [before, user.phone]})


@action(Permission.ACCOUNTS_MANAGE)
def follow_name(actor: Actor, user: User, name: str) -> None:
    """Let the account of a member be called as the member is; both names stand in the member's own history alone, which goes
    with her. Refuses the account of nobody: an officer without a record has a name of her own."""
    if user.member_id is None:
        raise Refused(_("Akun ini bukan akun anggota; namanya tidak mengikuti catatan anggota."))
    if user.name == name:
        return
    user.name = name
    user.save(update_fields=["name"])
    record(AccountNameFollowed(user_id=user.pk), subject=user)


@action(Permission.ACCOUNTS_MANAGE)
def note_sign_in_lock(actor: Actor, user: User, until: str) -> None:
    """Write into an account's history that guessing has locked its phone."""
    record(SignInLocked(user_id=user.pk, until=until), subject=user)


@action(Permission.ACCOUNTS_MANAGE)
def set_code_limits(actor: Actor, limits: CodeLimit) -> CodeLimit:
    """Set how many codes may be sent from a day on; limits of a day that has passed stay as they were."""
    if limits.from_on < today_wib():
        raise Invalid([FieldError("from_on", _("Batas baru berlaku mulai hari ini atau sesudahnya."))])
    values = {name: getattr(limits, name) for name in LIMIT_FIELDS}
    kept, _is_new = CodeLimit.objects.update_or_create(from_on=limits.from_on, defaults=values)
    record(CodeLimitsChanged(from_on=kept.from_on.isoformat(), day=kept.day), subject=kept)
    return kept


@action(Permission.ACCOUNTS_MANAGE)
def note_new_password(actor: Actor, user: User) -> None:
    """Write into an account's history that its password is a new one."""
    record(PasswordChanged(user_id=user.pk), subject=user)


@action(Permission.ACCOUNTS_MANAGE)
def note_factor_added(actor: Actor, user: User, factor: str) -> None:
    """Write into an account's history that a second factor was added."""
    record(SecondFactorAdded(user_id=user.pk, factor=factor), subject=user)


@action(Permission.ACCOUNTS_MANAGE)
def note_factor_removed(actor: Actor, user: User, factor: str) -> None:
    """Write into an account's history that a second factor was removed."""
    record(SecondFactorRemoved(user_id=user.pk, factor=factor), subject=user)


@action(Permission.ACCOUNTS_MANAGE)
def note_sessions_ended(actor: Actor, user: User, count: int) -> None:
    """Write into an account's history that sessions were ended from afar."""
    record(SessionsEnded(user_id=user.pk, count=count), subject=user)


@action(Permission.ACCOUNTS_MANAGE)
def forget_second_factor(actor: Actor, user: User) -> int:
    """Take away the second factors of an account whose owner has lost them, and end its sessions; answers how many went."""
    gone, _per_table = Authenticator.objects.filter(user_id=user.pk).delete()
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
    record(SecondFactorRemoved(user_id=user.pk, factor="all"), subject=user)
    return int(gone)


@action(Permission.EMERGENCY_OPEN)
def open_emergency(actor: Actor, region: str, reason: str, *, may_write: bool = False) -> EmergencyAccess:
    """Open a place to oneself for the minutes that the term says: to read, and only where that is stated to correct.

    Refuses a reason too short to say anything, a place that one reaches anyway, one that is no place, a second while one is
    open or the rest after the last is not over (also under another account of the same person), and where nobody else is
    there to be told.
    """
    if actor.user_id is None:
        raise Refused(_("Akses darurat dibuka oleh akun seseorang."))
    why = _reason_written(reason)
    if find_region(region) is None:
        raise Invalid([FieldError("region", _("Wilayah ini tidak dikenal. Pilih dari daftarnya."))])
    own = identity_of(actor.user_id).user_ids
    # two tabs, or two accounts of one person, queue up here
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=own).order_by("pk"))
    now, today = timezone.now(), today_wib()
    _require_rest(own, now, today)
    if is_reached_already(actor, region):
        raise Refused(_("Wilayah ini sudah terbuka bagi Anda. Akses darurat tidak diperlukan."))
    if not told_of(actor.user_id, today):
        raise Refused(
            _(
                "Tidak ada petugas lain yang bisa diberi tahu, jadi akses darurat tidak dibuka. Hubungi administrator."
            )
        )
    emergency = EmergencyAccess.objects.create(
        user_id=actor.user_id,
        role="akses_darurat_menulis" if may_write else "akses_darurat",
        region=region,
        reason=why,
        opened_since=now,
        until=now + term(EmergencyTermCode.MINUTES, today),
    )
    record(_opened(emergency), subject=emergency)
    return emergency


@action(Permission.EMERGENCY_OPEN)
def end_own_emergency(actor: Actor) -> None:
    """End one's own before its time; where none is open any more nothing happens."""
    rows = EmergencyAccess.objects.select_for_update(of=("self",), no_key=True)
    own = actor.user_id or 0
    for emergency in rows.open_at(timezone.now()).filter(user_id=own):
        _end_emergency(emergency, own)


@action(Permission.EMERGENCY_STOP)
def stop_emergency(actor: Actor, emergency: EmergencyAccess) -> bool:
    """End somebody else's before its time; False where it was over already."""
    rows = EmergencyAccess.objects.select_for_update(of=("self",), no_key=True)
    standing = rows.open_at(timezone.now()).filter(pk=emergency.pk).first()
    if standing is None:
        return False
    _end_emergency(standing, actor.user_id or 0)
    return True


def _opened(emergency: EmergencyAccess) -> EmergencyOpened:
    return EmergencyOpened(
        emergency_id=emergency.pk,
        user_id=emergency.user_id,
        region=emergency.region,
        role=emergency.role,
        until=clock_text(emergency.until),
    )


def _end_emergency(emergency: EmergencyAccess, by: int) -> None:
    emergency.ended_at, emergency.ended_by = timezone.now(), by
    emergency.save(update_fields=["ended_at", "ended_by"])
    record(EmergencyEnded(emergency_id=emergency.pk, user_id=emergency.user_id), subject=emergency)


def _require_rest(own: frozenset[int], now: datetime, today: date) -> None:
    """Nobody prolongs her own, or begins the next where the last has just ended."""
    last = last_of(own)
    if last is None:
        return
    if over_since(last) > now:
        raise Conflict(
            _("Akses darurat Anda masih terbuka sampai %s, dan tidak bisa diperpanjang.")
            % clock_text(last.until)
        )
    free = over_since(last) + term(EmergencyTermCode.REST_MINUTES, today)
    if free > now:
        raise Refused(
            _(
                "Akses darurat Anda baru berakhir. Yang berikutnya bisa dibuka mulai %s; sebelum itu mintalah petugas lain."
            )
            % clock_text(free)
        )


def _reason_written(reason: str) -> str:
    cleaned = clean_text(reason, LONGEST_REASON)
    if isinstance(cleaned, Unreadable):
        raise Invalid([FieldError("reason", f"{cleaned.reason} {cleaned.suggestion}".strip())])
    if len(cleaned) < SHORTEST_REASON:
        sentence = _("Tulis apa yang terjadi dan mengapa tidak bisa menunggu, paling sedikit 20 huruf.")
        raise Invalid([FieldError("reason", sentence)])
    return cleaned
