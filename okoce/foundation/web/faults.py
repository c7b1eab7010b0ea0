"""What is answered when something failed that nobody expected: a page that needs neither the database nor a catalogue."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from okoce.foundation.shared.outages import RETRY_SECONDS, is_outage

UNAVAILABLE = 503


def unexpected(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the exception."""
    if not is_outage(sys.exception()):
        return server_error(request)
    response = server_error(request, template_name="503.html")
    response.status_code = UNAVAILABLE
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
