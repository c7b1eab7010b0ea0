"""What is open for a member when she leaves a komunitas or moves to another, and what becomes of it. Her place does not change, so
whoever verifies, watches or answers there goes on; only those who reached her by the komunitas change, and they do at once.

- Evidence that waits, what holds her back, jobs stated, stages: rows of her own, read by whoever reads her (`member_rows`). From
  this moment that are the officers of the new komunitas, and no longer those of the old one. Nothing is written over.
- Helpers: a mentor who helps her by being asked to (role `pendamping`), and whoever serves her place or the nation, goes along.
  Whoever reached her by the old komunitas alone would be named as her help and read nothing of her: that help ends today, and her
  trail says so. The new komunitas gives her another one from its list.
- Referrals: between two offices, for one stage, by her consent to these two. No komunitas has a part in them: they go on.
- Tickets: her own, at the level and place where they stand. They go on; whom she accused is kept away as before.
- Requests about her data, erasing, restricting: at the desk of the data officer, which knows no komunitas.
- Messages that wait for a hand: read by whoever reads her. One that an officer of the old komunitas has taken is anybody's again
  after its minutes.
- Suspicions of a double record, her card, her consents: of the person, or of the place. A card is drawn anew each time, and names
  the komunitas of that day.
- A file of people that an officer took along while she read her stays what it was, with its code; the next one lacks her.
"""

from django.db.models import Q

from okoce.community.members.help_ending import stop_helping
from okoce.community.members.models import Helper, Member
from okoce.community.members.states import FITTING
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.accounts.queries import RoleHeld, roles_held_by_each
from okoce.foundation.shared.days import day_in, today_wib
from okoce.foundation.territory.queries import zone_of

_ANY_TASK = frozenset().union(*FITTING.values())


def let_go_of_helpers(member: Member) -> None:
    """End the help of whoever reached her by the komunitas alone to which she belongs no more. `member` stands as changed."""
    today = day_in(zone_of(member.region))
    rows = Helper.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=today), member=member, user_id__isnull=False
    )
    helping = list(rows.select_for_update(of=("self",), no_key=True).select_related("member").order_by("pk"))
    held = roles_held_by_each({one.user_id for one in helping if one.user_id}, _ANY_TASK, today_wib())
    for one in helping:
        roles = [
            role
            for role in held.get(one.user_id or 0, ())
            if role.role in FITTING.get(one.purpose, frozenset())
        ]
        # whose office is over already is named to nobody, and stays as it stands
        if roles and not any(_goes_along(role, member) for role in roles):
            stop_helping(one, today)


def _goes_along(role: RoleHeld, member: Member) -> bool:
    return ROLES[role.role].breadth is Breadth.HELPER or role.reaches(member.region, member.group_id)
