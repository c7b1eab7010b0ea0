"""What happens to one's own account by one's own hand: noted in its history."""

from typing import cast

from allauth.usersessions.internal import flows
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts import actions
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.typed_numbers import number_typed


def note_new_password(user: User) -> None:
    actions.note_new_password(_owner(user), user)


def note_factor_added(user: User, factor: str) -> None:
    actions.note_factor_added(_owner(user), user, factor)


def note_factor_removed(user: User, factor: str) -> None:
    actions.note_factor_removed(_owner(user), user, factor)


def end_sessions(request: HttpRequest, number: str) -> int:
    """End one of the reader's own sessions, or with no number all but this one; answers how many."""
    mine = UserSession.objects.filter(user_id=request.user.pk)
    session_id = number_typed(number)
    if number and session_id is None:
        return 0
    chosen = mine.filter(pk=session_id) if number else mine
    ending = [session for session in chosen if number or not session.is_current()]
    owner = cast(User, request.user)  # the page is for those who are signed in
    flows.sessions.end_sessions(request, ending)
    actions.note_sessions_ended(_owner(owner), owner, len(ending))
    return len(ending)


def _owner(user: User) -> Actor:
    """The owner of an account, on this account alone: no role is needed for what is one's own."""
    return Actor(label=f"user:{user.pk}", user_id=user.pk, is_system=True)
