"""Accounts, and what sign-in remembers, of one person."""

import json
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.caps import phone_key
from okoce.foundation.accounts.codes import LASTS, codes_over
from okoce.foundation.accounts.forgetting import session_lasts, sessions_over
from okoce.foundation.accounts.models import (
    ApiToken,
    EmergencyAccess,
    Guessing,
    RoleAssignment,
    SignInAttempt,
    SignInCode,
    User,
)
from okoce.foundation.accounts.throttle import PURPOSE as CONTACT
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, holds_back, not_forgotten, not_told, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps
from okoce.foundation.personal.traces import is_named_in
from okoce.foundation.shared.days import day_in_words, last_day, today_wib
from okoce.foundation.shared.keys import keyed_hash

may_name("accounts.ApiToken", "name")
may_name("accounts.EmergencyAccess", "reason")

for table in ("SignInAttempt", "SignInCode", "Guessing", "CodeCount"):
    not_told(f"accounts.{table}", "counts under a keyed hash, gone within days; they name nobody")
not_told("sessions.Session", "what a browser is in the middle of; the places where she is signed in are told")
not_forgotten(
    "accounts.CodeCount", "a count under a keyed hash, gone within two days; without it codes cost a fortune"
)


@tells(
    "accounts",
    "accounts.User",
    "accounts.RoleAssignment",
    "accounts.ApiToken",
    "accounts.EmergencyAccess",
    "usersessions.UserSession",
    "mfa.Authenticator",
)
def _(person: Person) -> object:
    of_hers = {"user_id__in": person.user_ids}
    return {
        "accounts": told_rows(User.objects.filter(pk__in=person.user_ids), without=("password",)),
        "roles": told_rows(RoleAssignment.objects.filter(**of_hers)),
        "emergencies": told_rows(EmergencyAccess.objects.filter(**of_hers), without=("ended_by",)),
        "programs": told_rows(ApiToken.objects.filter(**of_hers)),
        "signed_in": told_rows(UserSession.objects.filter(**of_hers), without=("session_key", "data")),
        "second_factors": told_rows(Authenticator.objects.filter(**of_hers), without=("data",)),
    }


@holds_back
def _(person: Person) -> Iterator[str]:
    """While she serves, others must know who decides, and reach her."""
    serving = RoleAssignment.objects.not_ended_by(today_wib()).filter(user_id__in=person.user_ids)
    for one in serving.order_by("id"):
        role = ROLES[one.role].title if one.role in ROLES else one.role
        if one.until_on is None:
            yield gettext("Anda masih bertugas sebagai %s.") % role
        else:
            told = {"role": role, "day": day_in_words(last_day(one.from_on, one.until_on))}
            yield gettext("Anda masih bertugas sebagai %(role)s sampai %(day)s.") % told


@forgets(
    "accounts.User",
    "accounts.RoleAssignment",
    "accounts.ApiToken",
    "usersessions.UserSession",
    "mfa.Authenticator",
)
def _(person: Person) -> None:
    """Her account goes. Whoever serves or served as an officer keeps the officer's account, apart from the record: what was
    done in office must stay somebody's."""
    for user in User.objects.filter(pk__in=person.user_ids):
        for session in UserSession.objects.filter(user_id=user.pk):
            session.end()
        if not user.assignments.exists():
            user.delete()
            continue
        if person.leaves_office:
            _shut(user)
            continue
        others = User.objects.filter(member_id__isnull=True, phone=user.phone).exclude(pk=user.pk)
        if user.email and others.exists():  # one officer's account a telephone
            user.phone = None
        user.member_id = None
        user.save(update_fields=["member_id", "phone"])


def _shut(user: User) -> None:
    """No way leads to her or in for her any more. Her name stays beside what she did in office for its own term (`privacy`)."""
    ApiToken.objects.filter(user=user).delete()
    Authenticator.objects.filter(user_id=user.pk).delete()
    user.phone = user.email = None
    user.is_active, user.erased_since = False, timezone.now()
    user.set_unusable_password()
    user.save()


@forgets("accounts.SignInAttempt", "accounts.SignInCode", "accounts.Guessing")
def _(person: Person) -> None:
    phones = [phone_key(phone) for phone in person.phones]
    contacts = [keyed_hash(CONTACT, contact) for contact in (*person.phones, *person.emails)]
    SignInCode.objects.filter(phone_hash__in=phones).delete()
    Guessing.objects.filter(key_hash__in=phones).delete()
    SignInAttempt.objects.filter(contact_hash__in=contacts).delete()


not_forgotten(
    "accounts.EmergencyAccess", "what was opened in office stays somebody's; she is struck out of its reason"
)


@forgets("sessions.Session")
def _(person: Person) -> None:
    """She is signed out everywhere; browsers that stand between her telephone and the code, also a family's, begin anew."""
    Session.objects.filter(
        pk__in=[
            session.pk for session in Session.objects.iterator() if _is_about(person, session.get_decoded())
        ]
    ).delete()


def _is_about(person: Person, kept: dict[str, Any]) -> bool:
    is_hers = str(kept.get(SESSION_KEY, "")) in {str(user_id) for user_id in person.user_ids}
    return is_hers or is_named_in(person, json.dumps(kept).encode())


keeps(
    Rule(
        code="accounts.codes",
        table="accounts.SignInCode",
        what=_lazy("Kode masuk yang tidak dipakai"),
        kept_for=lambda: LASTS * 2,
        is_dated=False,
        job="accounts.forget_sign_in_attempts",
        over=lambda: codes_over(timezone.now()),
    )
)
keeps(
    Rule(
        code="accounts.sessions",
        table="sessions.Session",
        what=_lazy("Sesi peramban yang berakhir, dengan formulir yang tidak pernah dikirim"),
        kept_for=session_lasts,
        is_dated=False,
        job="accounts.forget_sign_in_attempts",
        over=lambda: sessions_over(timezone.now()),
    )
)
