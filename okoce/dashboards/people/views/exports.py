"""Files of people: asked for from the list, watched, fetched. Every step is a plain form."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.dashboards.people import actions, queries
from okoce.dashboards.people.batches import MOST_CHOSEN, ticked_in
from okoce.dashboards.people.export_forms import AskExport
from okoce.dashboards.people.limits import allowance_of
from okoce.dashboards.people.marking import file_name, scope_words, shown
from okoce.dashboards.people.narrowing import address, filter_words, read_narrowing
from okoce.dashboards.states import BUSY, ExportFormat, ExportState
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.web.numbers import moment_text
from okoce.foundation.web.tables import Cell, Column
from okoce.pipeline.queries.people import only_similar, shows_similar

UNPROCESSABLE = 422
TONES = {
    ExportState.DONE.value: "verified",
    ExportState.FAILED.value: "stuck",
    ExportState.CANCELLED.value: "stuck",
}


@require_POST
@needs(Permission.MEMBERS_EXPORT)
def ask_export(request: Request) -> HttpResponse:
    """Ask why, then have the list as it is narrowed made into a file; of whom somebody ticked, those alone."""
    query, chosen = QueryDict(request.POST.get("saringan", "")), ticked_in(request.POST)
    if chosen is None and not _is_all_meant(request, query):
        return redirect(address(query))  # which says what is wrong, or which place is meant
    narrowed = filter_words(query) if chosen is None else _("orang yang dicentang")
    kind = request.POST.get("berkas", "")
    if kind not in ExportFormat.values:
        messages.warning(request, _("Pilih CSV atau XLSX."))
        return redirect(address(query))
    form = AskExport(request.POST if "alasan" in request.POST else None)
    if not form.is_valid():
        return _why(request, query, kind, narrowed, form)
    try:
        export = actions.ask_export(
            request.actor, query.urlencode(), kind, narrowed, form.cleaned_data["alasan"], chosen
        )
    except Invalid as refusal:
        form.take(refusal)
        return _why(request, query, kind, narrowed, form)
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(address(query))
    return redirect("export_detail", export_id=export.pk)


def _is_all_meant(request: Request, query: QueryDict) -> bool:
    """Whether the list is one of which all can be taken along."""
    asked = read_narrowing(request.actor, query)
    if asked.is_named or asked.wanted is None:
        return False
    if shows_similar(request.actor, asked.wanted):
        messages.warning(request, only_similar().sentence)
        return False
    return True


def _why(request: Request, query: QueryDict, kind: str, narrowed: str, form: AskExport) -> HttpResponse:
    """The step between list and file: what will be taken along, how many people the day still allows, and the reason."""
    ticked = [] if request.POST.get("semua") else request.POST.getlist("orang")[:MOST_CHOSEN]
    context = {
        "form": form,
        "kind": ExportFormat(kind),
        "query": request.POST.get("saringan", ""),
        "ticked": ticked,
        "narrowed": narrowed,
        "allowance": allowance_of(request.actor),
        "back_href": address(query),
    }
    return render(request, "people/ask_export.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
@needs(Permission.MEMBERS_READ_EXPORTS)
def export_list(request: Request) -> HttpResponse:
    """The reader's own files of people."""
    rows = [
        [
            Cell(moment_text(export.created_at, "medium"), f"/unduhan/{export.pk}"),
            Cell(export.get_state_display(), tone=TONES.get(export.state, "waiting")),
            export.get_format_display(),
            export.done,
        ]
        for export in queries.exports_of(request.actor)
    ]
    columns = [
        Column(_("Diminta")),
        Column(_("Keadaan")),
        Column(_("Jenis")),
        Column(_("Orang"), is_number=True),
    ]
    context = {"rows": rows, "columns": columns, "may_export": request.actor.may(Permission.MEMBERS_EXPORT)}
    return render(request, "people/export_list.html", context)


@require_safe
@needs(Permission.MEMBERS_READ_EXPORTS)
def export_detail(request: Request, export_id: int) -> HttpResponse:
    """How far one file is; it renews itself with and without script."""
    export = queries.export_for(request.actor, export_id)
    context = {
        "export": export,
        "is_busy": export.state in BUSY,
        "is_stopping": export.state in BUSY and export.cancel_asked_at is not None,
        "narrowed": scope_words(export),
        "code": shown(export),
        "is_ready": export.state == ExportState.DONE and export.purged_at is None,
        "may_export": request.actor.may(Permission.MEMBERS_EXPORT),
    }
    template = "people/export_detail.html#state" if request.htmx else "people/export_detail.html"
    return render(request, template, context)


@require_POST
@needs(Permission.MEMBERS_EXPORT)
def cancel_export(request: Request, export_id: int) -> HttpResponse:
    """Stop after the rows that are being written."""
    actions.cancel_export(request.actor, export_id)
    return redirect("export_detail", export_id=export_id)


@require_POST
@needs(Permission.MEMBERS_EXPORT)
def fetch_export(request: Request, export_id: int) -> FileResponse:
    """The file, for its maker alone."""
    path = actions.fetch_export(request.actor, export_id)
    name = file_name(queries.export_for(request.actor, export_id), path.suffix)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
