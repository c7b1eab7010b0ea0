"""How somebody's help for a member ends: for the deeds that hold its row."""

from datetime import date

from django.db.models import Q

from okoce.community.members.events import HelperEnded
from okoce.community.members.models import Helper, Member
from okoce.community.members.states import HelperPurpose
from okoce.foundation.events.trail import record


def stop_helping(locked: Helper, today: date) -> None:
    """From today on this one helps no more, and her trail says so. Of somebody who helps her still, with her member at hand."""
    if locked.from_on >= today:
        locked.delete()  # who was to begin today or later never has
    else:
        locked.until_on = today
        locked.save(update_fields=["until_on"])
    told = HelperEnded(
        member_id=locked.member_id,
        user_id=locked.user_id or 0,
        purpose=locked.purpose,
        label=str(HelperPurpose(locked.purpose).label),
    )
    record(told, subject=locked.member)


def stop_help_of_people(member: Member, today: date) -> None:
    """Every mentor and trainer of a member helps her no more; mitra came in by a consent of their own. For deeds that hold her row."""
    going_on = Q(until_on__isnull=True) | Q(until_on__gt=today)
    rows = Helper.objects.filter(going_on, member=member, user_id__isnull=False)
    for one in rows.select_for_update(of=("self",), no_key=True).select_related("member").order_by("pk"):
        stop_helping(one, today)
