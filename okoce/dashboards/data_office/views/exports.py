"""The register of files of people, and from which of them a found line comes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from okoce.dashboards.data_office.export_forms import TraceLine
from okoce.dashboards.data_office.exports import file_behind, file_taken, files_taken, trail_of_file
from okoce.dashboards.people.marking import scope_words, shown
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.typed_numbers import number_typed

UNPROCESSABLE = 422
READ = Permission.PRIVACY_READ


@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ)
def files_taken_list(request: Request) -> HttpResponse:
    """All files, the newest first; posted: the one behind a found line."""
    form = TraceLine(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            export = file_behind(request.actor, form.cleaned_data["line"])
            return redirect("file_taken_detail", export_id=export.pk)
    rows, following = files_taken(request.actor, number_typed(request.GET.get("sebelum", "")))
    context = {
        "form": form,
        "files": rows,
        "next_href": f"{reverse('files_taken_list')}?sebelum={following}" if following else "",
    }
    return render(
        request, "data_office/files_taken.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_safe
@needs(READ)
def file_taken_detail(request: Request, export_id: int) -> HttpResponse:
    """One file: who, what, why, how many people, and each time that it was fetched."""
    taken = file_taken(request.actor, export_id)
    context = {
        "taken": taken,
        "export": taken.export,
        "code": shown(taken.export),
        "scope": scope_words(taken.export),
        "lines": trail_of_file(request.actor, taken.export),
    }
    return render(request, "data_office/file_taken.html", context)
