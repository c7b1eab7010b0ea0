"""The steps of signing in by code, kept in the session: a phone is named, its code proves it, its owner says who it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.codes import BETWEEN, LASTS, accept_code, counts_until, send_code
from okoce.foundation.accounts.destinations import after_sign_in
from okoce.foundation.accounts.discreet import discreet_name
from okoce.foundation.accounts.lockout import shut_until
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import Person, hold_person, people_of_phone, person_of_member
from okoce.foundation.accounts.queries import officers_of_phone
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.errors import NotFound

ASKED = "sign_in_asked"
PROVEN = "sign_in_proven"
PROVEN_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """A phone that a code was sent to from this browser, and where its owner wanted to go."""

    phone: str
    wanted: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One person behind a phone, told so that a family knows who is meant and nobody learns more."""

    key: str
    name: str
    kind: str
    hint: str = ""


def ask_code(request: HttpRequest, phone: str, wanted: str = "") -> None:
    """Send a code and remember for which phone; refuses what `send_code` refuses."""
    until = send_code(phone, purpose=CodePurpose.SIGN_IN, address=client_address(request))
    remember_asked(request, phone, wanted, until)


def remember_asked(request: HttpRequest, phone: str, wanted: str, until: datetime | None = None) -> None:
    """`until` is not known where the code had left already: so long it counts at least."""
    valid = until or timezone.now() + LASTS - BETWEEN
    request.session[ASKED] = {"phone": phone, "wanted": wanted, "until": valid.isoformat()}
    request.session.pop(PROVEN, None)


def asked(request: HttpRequest) -> Asked | None:
    kept = request.session.get(ASKED)
    return Asked(kept["phone"], kept["wanted"], datetime.fromisoformat(kept["until"])) if kept else None


def code_of(waiting: Asked) -> tuple[datetime | None, datetime | None]:
    """Until when the code counts that was sent, and until when none is taken or sent; each None where it is not so."""
    return counts_until(waiting.phone, purpose=CodePurpose.SIGN_IN), shut_until(waiting.phone)


def prove_phone(request: HttpRequest, text: str) -> None:
    """Take the code; from now on, for a while, this browser speaks for the phone. Refuses what `accept_code` refuses."""
    waiting = asked(request)
    if waiting is None:
        raise NotFound(_("Tidak ada kode yang ditunggu. Isi nomor HP Anda dahulu."))
    accept_code(
        waiting.phone,
        text,
        purpose=CodePurpose.SIGN_IN,
        address=client_address(request),
        holder=f"session:{request.session.session_key}",
    )
    until = timezone.now() + PROVEN_FOR
    request.session[PROVEN] = {"phone": waiting.phone, "until": until.isoformat()}


def proven_phone(request: HttpRequest) -> str | None:
    """The phone that was proven in this browser lately."""
    kept = request.session.get(PROVEN)
    if not kept or datetime.fromisoformat(kept["until"]) < timezone.now():
        return None
    phone: str = kept["phone"]
    return phone


def choices_of(phone: str) -> list[Choice]:
    """Whoever can sign in with this phone: members, then officers who are no members of it."""
    people = people_of_phone(phone)
    members = {person.member_id for person in people}
    officers = [user for user in officers_of_phone(phone) if not _has_moved_on(user, members)]
    serving = {user.member_id for user in officers}
    shown = [_member_choice(person, is_officer=person.member_id in serving) for person in people]
    shown += [
        Choice(f"u{user.pk}", discreet_name(user.name), _("Petugas"))
        for user in officers
        if user.member_id not in members
    ]
    names = [choice.name for choice in shown]
    return [
        choice if names.count(choice.name) > 1 else Choice(choice.key, choice.name, choice.kind)
        for choice in shown
    ]


def _has_moved_on(user: User, members: set[int]) -> bool:
    """An account whose member has another phone since, and which has not followed yet: this one opens it no more."""
    if user.member_id is None or user.member_id in members:
        return False
    return person_of_member(user.member_id) is not None


def _member_choice(person: Person, *, is_officer: bool) -> Choice:
    kind = _("Anggota dan petugas") if is_officer else _("Anggota")
    return Choice(f"m{person.member_id}", discreet_name(person.name), kind, person.number[-4:])


def sign_in_choice(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the persons behind the proven phone; nobody else is found."""
    phone, waiting = proven_phone(request), asked(request)
    if phone is None or key not in {choice.key for choice in choices_of(phone)}:
        raise NotFound(_("Orang itu tidak ada pada nomor ini. Mulai lagi dari nomor HP."))
    wanted = waiting.wanted if waiting else ""
    if key.startswith("m"):
        return sign_in_member(request, int(key[1:]), wanted)
    return sign_in_user(request, User.objects.get(pk=int(key[1:])), wanted)


def sign_in_member(request: HttpRequest, member_id: int, wanted: str = "") -> HttpResponse:
    """Sign in a member whose phone was proven, opening the account on the first time; answers where to go on.

    The caller has proven the phone. Refuses a member who was merged away, has left or was erased.
    """
    with transaction.atomic():
        person = hold_person(member_id)
        if person is None:
            raise NotFound(_("Anggota itu tidak bisa masuk. Minta bantuan pendamping."))
        user = open_member_account(Actor.system("sign_in"), person)
    return sign_in_user(request, user, wanted)


def has_signed_out(member_ids: Iterable[int], since: datetime) -> bool:
    """Whether one of these members has come in since then and is signed in nowhere now: whoever holds their telephone proves it
    by a code again."""
    came_in = User.objects.filter(member_id__in=list(member_ids), last_login__gte=since)
    return any(not UserSession.objects.purge_and_list(user) for user in came_in)


def sign_in_user(request: HttpRequest, user: User, wanted: str = "", method: str = "code") -> HttpResponse:
    """End every sign-in here: a second step where the account has one, a new session key, and on to where the reader wanted.

    `method` is what was proven just now; on the pages of one's own account it need not be proven again at once.
    """
    if not user.is_active:
        raise NotFound(_("Akun ini tidak dipakai lagi. Minta bantuan sekretariat."))
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)
    for key in (ASKED, PROVEN):
        request.session.pop(key, None)
    record_authentication(request, user, method, reauthenticated=True)
    answer: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=after_sign_in(request, user, wanted))
    )
    return answer
