"""After a member's phone was changed, by whomever: the account follows at once, and the phone before is told."""

import structlog
from django.db import transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import follow_new_phone
from okoce.foundation.accounts.caps import take_notice
from okoce.foundation.accounts.discreet import discreet_phone
from okoce.foundation.accounts.gateway import Notice, Undeliverable, deliver
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import person_of_member
from okoce.foundation.accounts.states import NoticeKind
from okoce.foundation.shared.errors import Refused

log = structlog.get_logger(__name__)


def follow_and_tell(member_id: int, before: str, after: str) -> None:
    """Both numbers are E.164 or empty. The account takes what stands now, so that a late call brings no old number back; a
    second call has only to tell, which is capped."""
    with transaction.atomic():
        user, person = User.objects.filter(member_id=member_id).first(), person_of_member(member_id)
        if user is not None and person is not None and person.phone and user.phone != person.phone:
            follow_new_phone(Actor.system("sign_in"), user, person.phone)
    tell_old_phone(before, after)


def tell_old_phone(before: str, after: str) -> None:
    """Tell the phone that counts no more, once in a while however often it is asked."""
    with transaction.atomic():
        is_told = bool(before) and before != after and take_notice(before, "new phone")
    if is_told:
        _tell(before, after)


def _tell(before: str, after: str) -> None:
    """Told to the phone that counts no more, so that whoever still holds it can object. It may be a family's: no name."""
    notice = Notice(NoticeKind.PHONE_LEFT, {})
    if after:
        notice = Notice(NoticeKind.PHONE_CHANGED, {"phone": discreet_phone(after)})
    try:
        deliver(before, notice)
    except (Undeliverable, Refused) as error:
        log.warning("old phone not told of a new one", reason=str(error))
