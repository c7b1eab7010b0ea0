"""Errors as RFC 9457 problem documents: one sentence for people, a code for programs, one entry per wrong field."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.schema import Schema

from okoce.foundation.shared.errors import DomainError, Invalid

log = structlog.get_logger(__name__)


class FieldProblem(Schema):
    """One wrong field: where, what, and a code for programs."""

    field: str
    detail: str
    code: str = "invalid"


class Problem(Schema):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldProblem] = []


def problem(
    request: HttpRequest, status: int, detail: str, *, code: str, errors: Sequence[Mapping[str, Any]] = ()
) -> HttpResponse:
    """A problem document. `type` is a stable URN that names the code."""
    body: dict[str, Any] = {
        "type": f"urn:okoce:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "errors": list(errors),
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install_problems(api: NinjaAPI) -> None:
    """Let every failure of an operation leave as a problem document."""
    api.add_exception_handler(DomainError, _domain_error)
    api.add_exception_handler(ValidationError, _validation_error)
    api.add_exception_handler(AuthenticationError, _unauthenticated)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(Exception, _unexpected)


def _domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    errors: list[dict[str, Any]] = []
    if isinstance(error, Invalid):
        errors = [{"field": wrong.field, "detail": str(wrong.sentence), "code": wrong.code} for wrong in error.errors]
    elif error.field:
        errors = [{"field": error.field, "detail": str(error.sentence), "code": error.code}]
    return problem(request, error.status, str(error.sentence), code=error.code, errors=errors)


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in wrong["loc"][1:] if part != "payload") or str(wrong["loc"][-1]),
         "detail": _sentence(wrong), "code": wrong["type"]}
        for wrong in error.errors
    ]
    unreadable = any(wrong["type"].startswith("json") for wrong in error.errors)
    return problem(
        request,
        HTTPStatus.BAD_REQUEST if unreadable else HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Permintaan tidak bisa dibaca. Perbaiki kolom yang disebut, lalu kirim lagi."),
        code="invalid",
        errors=errors,
    )


def _sentence(wrong: Mapping[str, Any]) -> str:
    """Pydantic's finding in our words, its own message where we have none."""
    context = wrong.get("ctx") or {}
    sentences = {
        "missing": _("Wajib diisi."),
        "string_type": _("Harus berupa teks."),
        "string_too_short": _("Terlalu pendek: paling sedikit %s huruf.") % context.get("min_length"),
        "string_too_long": _("Terlalu panjang: paling banyak %s huruf.") % context.get("max_length"),
        "int_parsing": _("Harus bilangan bulat."),
        "int_type": _("Harus bilangan bulat."),
        "date_from_datetime_parsing": _("Tanggal ditulis seperti 2026-11-21."),
        "date_parsing": _("Tanggal ditulis seperti 2026-11-21."),
        "greater_than_equal": _("Paling kecil %s.") % context.get("ge"),
        "less_than_equal": _("Paling besar %s.") % context.get("le"),
        "literal_error": _("Pilih salah satu: %s.") % context.get("expected"),
        "enum": _("Pilih salah satu: %s.") % context.get("expected"),
        "extra_forbidden": _("Kolom ini tidak dikenal."),
    }
    return sentences.get(wrong["type"], str(wrong["msg"]))


def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(
        request, HTTPStatus.UNAUTHORIZED, _("Sertakan kunci API yang berlaku: Authorization: Bearer …"), code="unauthenticated"
    )


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    return problem(request, HTTPStatus.TOO_MANY_REQUESTS, _("Terlalu banyak permintaan. Tunggu sebentar."), code="throttled")


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        detail = _("Isi permintaan bukan JSON yang benar. Periksa tanda kurung dan tanda kutip, lalu kirim lagi.")
        return problem(request, error.status_code, detail, code="unreadable")
    return problem(request, error.status_code, str(error), code="http_error")


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, HTTPStatus.NOT_FOUND, _("Tidak ada, atau bukan dalam wilayah tugas Anda."), code="not_found")


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("api.unexpected", path=request.path, exc_info=error)
    return problem(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, _("Ada gangguan di sistem. Coba lagi; bila tetap, laporkan ke sekretariat."),
        code="unexpected",
    )
