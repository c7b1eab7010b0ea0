"""Who helps the people of a list, in one statement that the server plans once per connection."""

from collections.abc import Iterable, Sequence

from okoce.community.members.models import Helper, Member, helping_on
from okoce.community.members.policies import reaches
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.statements import id_array, run_prepared

RIGHT = Permission.MEMBERS_READ
_HELPERS = """
SELECT member_id, user_id FROM members_helper
WHERE member_id = ANY(%(members)s::bigint[]) AND user_id IS NOT NULL
  AND from_on <= %(today)s AND (until_on IS NULL OR until_on > %(today)s)
ORDER BY from_on, id
"""


def helpers_of(actor: Actor, found: Sequence[Member]) -> dict[int, list[int]]:
    """Which accounts help each of these members today, in one query; members out of the actor's reach have none."""
    if not found:
        return {}
    helping: dict[int, list[int]] = {}
    for member_id, user_id in _rows(actor, found):
        helping.setdefault(member_id, []).append(int(user_id or 0))
    return helping


def _rows(actor: Actor, found: Sequence[Member]) -> Iterable[tuple[int, int | None]]:
    """Where each of them is seen to lie within a grant by place and komunitas, the row rule need not be asked again."""
    scopes = list(actor.scopes_with(RIGHT))
    if all(any(reaches(scope, one.region, one.group_id) for scope in scopes) for one in found):
        return run_prepared(_HELPERS, {"members": id_array(found), "today": today_wib()})
    rows = Helper.objects.visible_to(actor, RIGHT).filter(helping_on(today_wib()))
    rows = rows.filter(member__in=[member.pk for member in found], user_id__isnull=False)
    return rows.order_by("from_on", "pk").values_list("member_id", "user_id")
