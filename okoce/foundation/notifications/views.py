"""The address that WhatsApp calls: once to prove that it is ours, then with what became of messages."""

import hmac
import json
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from okoce.foundation.notifications.reports import take_reports
from okoce.foundation.notifications.whatsapp import is_signed, status_reports

log = structlog.get_logger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whatsapp_webhook(request: HttpRequest) -> HttpResponse:
    """An unsigned or wrongly signed report is refused before it is read: where no secret is set no signature can be right, and
    there is nothing to prove either."""
    if request.method == "POST":
        return _take(request)
    if not settings.OKOCE_WHATSAPP_SECRET:
        return _plain("", HTTPStatus.NOT_FOUND)
    asked = request.GET
    given, wanted = asked.get("hub.verify_token", ""), settings.OKOCE_WHATSAPP_VERIFY
    is_known = bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
    if asked.get("hub.mode") != "subscribe" or not is_known:
        return _plain("", HTTPStatus.FORBIDDEN)
    return _plain(asked.get("hub.challenge", "")[:200], HTTPStatus.OK)


def _take(request: HttpRequest) -> HttpResponse:
    secret, signature = settings.OKOCE_WHATSAPP_SECRET, request.headers.get("X-Hub-Signature-256", "")
    if not secret or not is_signed(
        secret, request.body, signature
    ):  # everybody can sign with no secret at all
        log.warning("webhook refused: wrong signature")
        return _plain("", HTTPStatus.UNAUTHORIZED)
    try:
        told = json.loads(request.body)
    except ValueError:
        return _plain("", HTTPStatus.BAD_REQUEST)
    take_reports(status_reports(told))
    return _plain("", HTTPStatus.OK)


def _plain(text: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
