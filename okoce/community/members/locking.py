"""Holding a person's row for a deed about her."""

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.shared.errors import Conflict


def lock_standing(member: Member) -> Member:
    """The row, held until the end of the transaction. Refuses a record that was merged: nothing may be written about it any
    more, since its person is told by another one."""
    locked = Member.objects.locked(member.pk)
    if locked.merged_into_id is not None:
        raise Conflict(_("Catatan ini sudah digabung dengan catatan lain. Buka catatan yang berlaku."))
    return locked
