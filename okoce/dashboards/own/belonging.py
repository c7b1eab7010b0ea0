"""What a member reads of her komunitas, of one that she may join, and of those near her."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.groups.naming import bare_name
from okoce.community.groups.once_a_day import why_not_again
from okoce.community.groups.queries import (
    active_groups_called,
    active_groups_near,
    memberships_of,
    officer_for_everybody,
    on_duty_for_members,
)
from okoce.community.groups.states import RESTS_FOR_MEMBERS, TAKES_NOBODY
from okoce.community.members.models import Member
from okoce.community.organisations.lists import NamePage
from okoce.dashboards.own.whom_to_ask import chats_at_centres
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import day_text

MOST_NEAR = 8


def own_group_told(actor: Actor, member: Member) -> dict[str, Any]:
    """Where she belongs and has belonged, and who serves it: whole names, since she belongs to it (ADR 0025). Whoever she writes to is
    reached by what her komunitas has given for everybody to read."""
    times = memberships_of(actor, member)
    now = next((one for one in times if one.until_on is None), None)
    today = day_in(territory.zone_of(member.region))
    return {
        "member": member,
        "group": now.group if now else None,
        "place": territory.path_of(now.group.region) if now else "",
        "since": day_text(now.from_on or member.registered_on) if now else "",
        "officers": on_duty_for_members(now.group_id, today) if now else [],
        "chats": chats_at_centres(now.group, member) if now else [],
        "rests": RESTS_FOR_MEMBERS.get(now.group.state, "") if now else "",
        "not_today": why_not_again(times, today),
        "times": [
            (
                one.group.name,
                day_text(one.from_on) if one.from_on else _("sejak terdaftar"),
                day_text(one.until_on) if one.until_on else _("sekarang"),
            )
            for one in times
        ],
    }


def groups_to_choose(request: Request, member: Member) -> dict[str, Any]:
    """Komunitas that take members: those near her kecamatan, or those of a name that she looks for."""
    typed = request.GET.get("cari")
    if typed is None:
        page = NamePage(active_groups_near(member.region, MOST_NEAR), None)
    else:
        page = active_groups_called(typed[:120], number_typed(request.GET.get("sesudah", "")) or 0)
    homes = territory.names_for(group.region for group in page.rows)
    more = urlencode({"cari": typed or "", "sesudah": page.next_after}) if page.next_after else ""
    return {
        "typed": typed or "",
        "is_search": typed is not None,
        "choices": [(one, homes[one.region]) for one in page.rows if one.pk != member.group_id],
        "next_href": f"?{more}" if more else "",
    }


def joining(actor: Actor, member: Member, group: Group | None, named: str) -> dict[str, Any]:
    """What stands on the page before she joins: both komunitas, and why it cannot be where it cannot."""
    times = memberships_of(actor, member)
    now = next((one for one in times if one.until_on is None), None)
    today = day_in(territory.zone_of(member.region))
    is_hers = now is not None and group is not None and now.group_id == group.pk
    return {
        "member": member,
        "group": group,
        "called": bare_name(group.name) if group else "",
        "place": territory.path_of(group.region) if group else "",
        "officer": officer_for_everybody(group.pk, today) if group else "",
        "before": now.group if now and group and now.group_id != group.pk else None,
        "is_hers": is_hers,
        "since": day_text(now.from_on or member.registered_on) if now else "",
        "takes_nobody": why_not(group, is_hers=is_hers) if group else "",
        "not_today": why_not_again(times, today),
        "other_person": urlencode({"komunitas": named, "lain": 1}),
    }


def why_not(group: Group, *, is_hers: bool) -> str:
    """Why a komunitas takes nobody now, and what that means for her who belongs to it; "" where it takes members."""
    sentence = (RESTS_FOR_MEMBERS if is_hers else TAKES_NOBODY).get(group.state)
    return sentence % {"name": bare_name(group.name)} if sentence is not None else ""
