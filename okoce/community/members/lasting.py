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
    given = actor.outside_emergency()
    is_foreign = actor.emergency is not None and not is_reached(member, given, Permission.MEMBERS_READ)
    yield
    if is_foreign and is_reached(member, given, Permission.MEMBERS_READ):
        raise Refused(
            _(
                "Selama akses darurat, orang di sana tidak bisa dimasukkan ke wilayah, komunitas, atau mitra Anda sendiri. Minta"
                " petugas yang melayaninya."
            )
        )
