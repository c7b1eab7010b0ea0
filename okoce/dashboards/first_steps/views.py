"""The page of a new chair: what comes first, each step ticked as the records show it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from okoce.community.groups.actions.officers import note_targets_read
from okoce.dashboards.first_steps.steps import first_steps_of
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs


@require_safe
@needs(Permission.GROUPS_HAND_OVER)
def first_steps(request: Request, group_id: int) -> HttpResponse:
    """Where a chair begins; once all is done the page says so and leads on."""
    group, steps = first_steps_of(request.actor, group_id)
    done = sum(step.is_done for step in steps)
    context = {"group": group, "steps": steps, "done": done, "total": len(steps)}
    return render(request, "dashboards/first_steps.html", context)


@require_POST
@needs(Permission.GROUPS_HAND_OVER)
def read_targets(request: Request, group_id: int) -> HttpResponse:
    """To the targets of her komunitas and how far it is; that she went there no other record tells."""
    note_targets_read(request.actor, group_id)
    return redirect(f"{reverse('group_detail', args=[group_id])}#h-targets")
