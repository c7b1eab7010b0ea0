"""An emergency ends by itself: nothing that is done within one opens a person for longer."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.errors import Refused


@contextmanager
def nothing_lasts(actor: Actor, member: Member) -> Iterator[None]:
    """Around what changes who reaches a person. Refuses what brings her, whom an emergency alone opens, within a grant that the
    officer keeps afterwards. Outside of an emergency it asks nothing."""
    is_foreign = opened_by_emergency_alone(actor, member)
    yield
    if is_foreign and not opened_by_emergency_alone(actor, member):
        raise Refused(
            _(
                "Selama akses darurat, orang di sana tidak bisa dimasukkan ke wilayah, komunitas, atau mitra Anda sendiri. Minta"
                " petugas yang melayaninya."
            )
        )


def refuse_other_phone(actor: Actor, member: Member) -> None:
    """Whoever holds the phone can sign in as the person, also when the emergency is over."""
    if opened_by_emergency_alone(actor, member):
        raise Refused(
            _(
                "Selama akses darurat, nomor HP orang di sana tidak bisa diganti. Minta petugas yang melayaninya."
            )
        )


def opened_by_emergency_alone(actor: Actor, member: Member) -> bool:
    """Whether no grant of the officer's own reaches a person whom she has before her. Outside of an emergency it asks nothing."""
    if actor.emergency is None:
        return False
    return not is_reached(member, actor.outside_emergency(), Permission.MEMBERS_READ)
