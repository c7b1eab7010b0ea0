"""Pages to read: how long what is kept, and the record of processing, also as a file."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.members.queries import purposes_on
from okoce.dashboards.data_office.registers import as_rows, record_of_processing, retention_dry_run
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.tables import Column

BYTE_ORDER_MARK = "\ufeff"


@require_safe
@needs(Permission.PRIVACY_READ)
def retention_rules(request: Request) -> HttpResponse:
    """Every rule, and how many rows its job would touch if it ran now."""
    rows = [[one.what, one.kept_for, one.decided_by, one.over] for one in retention_dry_run()]
    columns = [
        Column(_("Yang disimpan")),
        Column(_("Berapa lama")),
        Column(_("Ditentukan oleh")),
        Column(_("Terkena sekarang"), is_number=True),
    ]
    return render(request, "data_office/retention_rules.html", {"rows": rows, "columns": columns})


@require_safe
@needs(Permission.PRIVACY_READ)
def processing_record(request: Request) -> HttpResponse:
    """Which table, whose data, why, how long, who sees."""
    heads, *rows = as_rows(record_of_processing())
    context = {
        "aims": list(purposes_on(today_wib()).values()),
        "rows": rows,
        "columns": [Column(head) for head in heads],
    }
    return render(request, "data_office/processing_record.html", context)


@require_safe
@needs(Permission.PRIVACY_READ)
def processing_file(request: Request) -> HttpResponse:
    """The same as CSV."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"catatan-pemrosesan-{today_wib().isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write(BYTE_ORDER_MARK)
    csv.writer(answer, lineterminator="\r\n").writerows(as_rows(record_of_processing()))
    return answer
