"""What stands about me, and what happened to me."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from okoce.community.groups.queries import group_names
from okoce.community.partners.queries.referrals import referrals_of
from okoce.community.privacy.queries.breaches import own_notices
from okoce.dashboards.business_facts import business_facts
from okoce.dashboards.changes import change_labels, told_once
from okoce.dashboards.own.guards import needs_own_record, or_own_account
from okoce.dashboards.own.history import own_lines
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import own_render
from okoce.dashboards.own.views.accounts import account_data
from okoce.foundation.access.actor import account_of_label
from okoce.foundation.accounts.requests import Request
from okoce.foundation.events.queries import history_of, trail_of
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory.queries import name_of, path_of
from okoce.pipeline.queries.merges import older_records_of


@require_safe
@or_own_account(account_data)
@needs_own_record
def own_data(request: Request) -> HttpResponse:
    """My data at a glance, each with the way to correct it."""
    member = own_member(request.actor)
    context = {
        "member": member,
        "business": business_facts(getattr(member, "business", None), with_finances=True),
        "phone": show_phone(member.phone) if member.phone else "",
        "place": path_of(member.region),
        "district": name_of(member.region),
        "village": name_of(member.village) if member.village else "",
        "notices": own_notices(request.actor, member),
        "group": group_names([member.group_id]).get(member.group_id, "") if member.group_id else "",
    }
    return own_render(request, "own/own_data.html", context)


@require_safe
@needs_own_record
def own_history(request: Request) -> HttpResponse:
    """My history in plain words, newest first."""
    member = own_member(request.actor)
    told = history_of(request.actor, member, also=older_records_of(request.actor, member))
    referred = trail_of("partners.referral", [one.pk for one in referrals_of(request.actor, member)])
    told = sorted([*told, *referred], key=lambda line: line.at, reverse=True)
    lines = own_lines(told_once(told), account_of_label(request.actor.label))
    return own_render(request, "own/own_history.html", {"lines": lines, "labels": change_labels()})
