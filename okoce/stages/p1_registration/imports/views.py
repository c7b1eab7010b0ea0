"""Importing a members file on the web. Every step is a plain form; htmx only saves the reader from reloading."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotAllowed, NotFound, TransitionRefused
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.numbers import moment_text
from okoce.foundation.web.tables import Cell, Column, MappedColumn
from okoce.stages.p1_registration.imports import actions, queries
from okoce.stages.p1_registration.imports.column_names import column_name, meanings_to_choose
from okoce.stages.p1_registration.imports.said import SaidRows
from okoce.stages.p1_registration.imports.veiling import veiled, veiled_rejects
from okoce.stages.p1_registration.states import BUSY, OPEN, READY, ImportState

UNPROCESSABLE = 422
COLUMN = "column-"
MOST_CHOSEN = 200
# In the address: from which byte of its file a list goes on.
REFUSED_AFTER, WARNED_AFTER = "ditolak", "peringatan"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_READ_IMPORTS, to_write=Permission.MEMBERS_IMPORT)
def import_list(request: Request) -> HttpResponse:
    """The officer's imports, and the form that sends another file."""
    if request.method == "POST":
        return _upload(request)
    return _list_page(request)


def _upload(request: Request) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        return _list_page(request, _("Pilih berkas CSV atau XLSX dahulu."))
    try:
        uploaded = actions.upload_members_file(request.actor, sent.chunks(), sent.name or "berkas")
    except DomainError as refusal:
        return _list_page(request, refusal.sentence)
    return redirect("import_detail", import_id=uploaded.pk)


def _list_page(request: Request, error: str = "") -> HttpResponse:
    rows = [
        [
            Cell(work.file_name, f"/impor/{work.pk}"),
            Cell(work.get_state_display(), tone=_tone(work.state)),
            moment_text(work.created_at, "medium"),
            work.rows,
            work.taken,
            work.refused,
        ]
        for work in queries.imports_in(request.actor)
    ]
    columns = [
        Column(_("Berkas")),
        Column(_("Keadaan")),
        Column(_("Dikirim")),
        Column(_("Baris"), is_number=True),
        Column(_("Diterima"), is_number=True),
        Column(_("Ditolak"), is_number=True),
    ]
    may_import = request.actor.may(Permission.MEMBERS_IMPORT)
    context = {"rows": rows, "columns": columns, "error": error, "may_import": may_import}
    return render(request, "registration/import_list.html", context, status=UNPROCESSABLE if error else 200)


def _tone(state: str) -> str:
    return {
        ImportState.DONE.value: "verified",
        ImportState.FAILED.value: "stuck",
        ImportState.CANCELLED.value: "stuck",
    }.get(state, "waiting")


@require_safe
@needs(Permission.MEMBERS_READ_IMPORTS)
def import_detail(request: Request, import_id: int) -> HttpResponse:
    """One import: how its columns are understood, how far it is, what became of its rows."""
    return _detail_page(request, import_id)


def _detail_page(
    request: Request, import_id: int, chosen: Mapping[int, str] | None = None, error: str = ""
) -> HttpResponse:
    """`chosen` are meanings of columns as they were sent, where `error` says why they cannot be."""
    work = queries.import_for(request.actor, import_id)
    may_import = queries.may_carry_on(request.actor, work)
    is_kept = work.purged_at is None and may_import
    context: dict[str, Any] = {
        "work": work,
        "may_import": may_import,
        "is_busy": work.state in BUSY,
        "is_open": work.state in OPEN and may_import,
        "may_check": work.state in READY and is_kept,
        "may_start": work.state in {*READY, ImportState.FAILED} and is_kept,
        "has_counts": work.state not in {ImportState.UNCLEAR, ImportState.UPLOADED, ImportState.CHECKING},
    }
    if request.htmx:
        return _progress(request, context)
    if work.state not in BUSY:
        said = str if may_import else veiled
        context |= _refused(request, import_id, said) | _warned(request, import_id, said)
        read = queries.columns_of(request.actor, import_id)
        context |= {"unread": read.unread, "error": error}
        if work.state in OPEN and may_import:
            context |= _columns(read, chosen or {})
    return render(request, "registration/import_detail.html", context, status=UNPROCESSABLE if error else 200)


def _progress(request: Request, context: dict[str, Any]) -> HttpResponse:
    """How far it is; once it is over the whole page is due, which tells what became of the rows."""
    answer = render(request, "registration/import_detail.html#state", context)
    if not context["is_busy"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _columns(read: queries.FileColumns, chosen: Mapping[int, str]) -> dict[str, Any]:
    """The columns that are read, and folded away those that are not, unless something is missing; a file has hundreds of them,
    of which the first can be given a meaning, and those without a header none."""
    unread = [column for column in read.previews if not column.target]
    open_ones = [column for column in unread if column.is_named][:MOST_CHOSEN]
    closed = [column for column in unread if column not in open_ones]

    def shown(columns: Sequence[queries.ColumnPreview]) -> list[MappedColumn]:
        return [
            MappedColumn(
                one.position,
                one.header,
                chosen.get(one.position, one.target or one.likely),
                one.samples,
                _remark(one),
            )
            for one in columns
        ]

    return {
        "to_choose": read.to_choose,
        "columns": shown([column for column in read.previews if column.target]),
        "columns_unread": shown(open_ones),
        "columns_closed": shown(closed),
        "count_unread": len(unread),
        "meanings": meanings_to_choose(),
    }


def _remark(column: queries.ColumnPreview) -> str:
    if column.is_chosen:
        return _("Dipilih petugas.")
    if column.is_passed_over:
        return _("Dilewati petugas.")
    if column.near:
        return _("Judulnya mirip “%(column)s”.") % {"column": column_name(column.near)}
    if column.likely:
        return _("Isinya seperti “%(column)s”.") % {"column": column_name(column.likely)}
    return ""


@require_POST
@needs(Permission.MEMBERS_IMPORT)
def choose_columns(request: Request, import_id: int) -> HttpResponse:
    """Take what the columns mean from the person; what cannot be comes back with everything that she chose."""
    sent = {
        number_typed(name.removeprefix(COLUMN)): value
        for name, value in request.POST.items()
        if name.startswith(COLUMN)
    }
    chosen = {position: str(value) for position, value in sent.items() if position is not None}
    try:
        actions.choose_columns(request.actor, import_id, chosen)
    except (NotFound, NotAllowed):
        raise
    except TransitionRefused as refusal:
        messages.warning(request, refusal.sentence)
    except DomainError as refusal:
        return _detail_page(request, import_id, chosen, refusal.sentence)
    else:
        messages.success(request, _("Arti kolom disimpan. Uji coba dan impor memakainya."))
    return redirect("import_detail", import_id=import_id)


def _refused(request: Request, import_id: int, said: Callable[[str], str]) -> dict[str, Any]:
    """A page of the refused rows and how often each reason was."""
    refused = queries.refused_rows(request.actor, import_id, _after(request, REFUSED_AFTER))
    return {
        "refused": refused,
        "refused_next": _next_page(import_id, f"{REFUSED_AFTER}={refused.next_after}#h-refused", refused),
        "refused_rows": _rows(refused, said),
        "refused_columns": [
            Column(_("Baris"), is_number=True), Column(_("Kolom")), Column(_("Yang salah")), Column(_("Yang bisa dilakukan")),
        ],
        "reason_rows": [[said(kind), count] for kind, count in refused.kinds],
        "reason_columns": [Column(_("Alasan")), Column(_("Baris"), is_number=True)],
    }  # fmt: skip


def _warned(request: Request, import_id: int, said: Callable[[str], str]) -> dict[str, Any]:
    """A page of the warnings and how often each was."""
    warned = queries.warned_rows(request.actor, import_id, _after(request, WARNED_AFTER))
    return {
        "warned": warned,
        "warned_next": _next_page(import_id, f"{WARNED_AFTER}={warned.next_after}#h-warned", warned),
        "warned_rows": _rows(warned, said),
        "warned_columns": [
            Column(_("Baris"), is_number=True), Column(_("Kolom")), Column(_("Yang perlu dilihat")), Column(_("Yang bisa dilakukan")),
        ],
        "warned_reason_rows": [[said(kind), count] for kind, count in warned.kinds],
        "warned_reason_columns": [Column(_("Peringatan")), Column(_("Baris"), is_number=True)],
    }  # fmt: skip


def _rows(page: SaidRows, said: Callable[[str], str]) -> list[list[str]]:
    return [[row.line, row.column, said(row.reason), said(row.suggestion)] for row in page.rows]


def _after(request: Request, name: str) -> int:
    return number_typed(request.GET.get(name, "")) or 0


def _next_page(import_id: int, where: str, said: SaidRows) -> str:
    """The address at which the list goes on, "" behind its last row."""
    address = reverse("import_detail", kwargs={"import_id": import_id})
    return f"{address}?{where}" if said.next_after else ""


@require_POST
@needs(Permission.MEMBERS_IMPORT)
def check_import(request: Request, import_id: int) -> HttpResponse:
    """Try the whole file; nothing is kept."""
    return _done(request, import_id, actions.check_import)


@require_POST
@needs(Permission.MEMBERS_IMPORT)
def start_import(request: Request, import_id: int) -> HttpResponse:
    """Import the file for good."""
    return _done(request, import_id, actions.start_import)


@require_POST
@needs(Permission.MEMBERS_IMPORT)
def cancel_import(request: Request, import_id: int) -> HttpResponse:
    """Stop after the chunk that is being written."""
    return _done(request, import_id, actions.cancel_import)


def _done(request: Request, import_id: int, deed: Any) -> HttpResponse:
    try:
        deed(request.actor, import_id)
    except (NotFound, NotAllowed):
        raise
    except TransitionRefused as refusal:
        messages.warning(request, refusal.sentence)
    except DomainError as refusal:
        return _detail_page(request, import_id, error=refusal.sentence)
    return redirect("import_detail", import_id=import_id)


@require_safe
@needs(Permission.MEMBERS_READ_IMPORTS)
def import_rejects(request: Request, import_id: int) -> FileResponse | StreamingHttpResponse:
    """The refused rows as a CSV that can be corrected and sent again by itself; for whoever only reads without a NIK in full."""
    path, name = queries.rejects_path(request.actor, import_id), f"ditolak-{import_id}.csv"
    work = queries.import_for(request.actor, import_id)
    if queries.may_carry_on(request.actor, work):
        return _handed_out(path, name)
    response = StreamingHttpResponse(
        veiled_rejects(path, work.mapping), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@needs(Permission.MEMBERS_READ_IMPORTS)
def import_warnings(request: Request, import_id: int) -> FileResponse:
    """What to look at again in the rows that were taken, a line for each warning."""
    return _handed_out(queries.warnings_path(request.actor, import_id), f"peringatan-{import_id}.csv")


def _handed_out(path: Path, name: str) -> FileResponse:
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")
    response.headers["Cache-Control"] = "no-store"
    return response
