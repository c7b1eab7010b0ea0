"""After a lock: the owner of the phone is told, and whoever looks after the account finds it in the history."""

import structlog
from django.db import transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import note_sign_in_lock
from okoce.foundation.accounts.caps import take_notice
from okoce.foundation.accounts.clock import clock_text
from okoce.foundation.accounts.gateway import Notice, Undeliverable, deliver
from okoce.foundation.accounts.lockout import LOCKED_PHONE
from okoce.foundation.accounts.models import Guessing, User
from okoce.foundation.accounts.people import note_lock_of_member, people_of_phone
from okoce.foundation.accounts.states import NoticeKind
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.keys import decrypt

log = structlog.get_logger(__name__)


def tell_of_lock(guessing_id: int) -> None:
    """Write the lock into the histories and send the phone one message, at most a few a day; a second call finds nothing to do."""
    with transaction.atomic():
        guessing = Guessing.objects.select_for_update(of=("self",)).filter(pk=guessing_id).first()
        if guessing is None or guessing.phone_encrypted is None or guessing.locked_until is None:
            return
        phone = decrypt(LOCKED_PHONE, bytes(guessing.phone_encrypted)).decode()
        until = clock_text(guessing.locked_until)
        guessing.phone_encrypted = None
        guessing.save(update_fields=["phone_encrypted"])
        _note(phone, until)
        is_told = take_notice(phone, "lock")
    if is_told:
        _tell(phone, until)


def _note(phone: str, until: str) -> None:
    for user in User.objects.with_contact(phone):
        note_sign_in_lock(Actor.system("sign_in"), user, until)
    for person in people_of_phone(phone):
        note_lock_of_member(person.member_id, until)


def _tell(phone: str, until: str) -> None:
    try:
        deliver(phone, Notice(NoticeKind.SIGN_IN_LOCKED, {"until": until}))
    except (Undeliverable, Refused) as error:
        log.warning("owner not told of a lock", reason=str(error))
