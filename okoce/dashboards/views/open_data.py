"""Open data: what every figure means, and the figures to take along."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import read_asked
from okoce.dashboards.open_data import definitions, funnel_lines

BYTE_ORDER_MARK = "\ufeff"


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """The definitions by version, and where the figures are for people and for programs."""
    return render(request, "dashboards/open_data.html", {"definitions": definitions()})


@require_safe
def open_funnel(request: HttpRequest) -> HttpResponse:
    """The funnel as CSV (`?wilayah=31&per=2018-12-31`)."""
    asked = read_asked(request.GET)
    lines = list(funnel_lines(asked.scope, asked.day))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"corong-{lines[1][1] or 'indonesia'}-{lines[1][0]}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write(BYTE_ORDER_MARK)
    csv.writer(answer, lineterminator="\r\n").writerows(lines)
    return answer
