"""Errors as RFC 9457 problem documents: one sentence for people, a code for programs, one entry per wrong field."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import BaseModel, Field

from okoce.foundation.shared.errors import DomainError, FieldError, Invalid
from okoce.foundation.shared.outages import RETRY_SECONDS, is_outage
from okoce.foundation.shared.waiting import say_when

log = structlog.get_logger(__name__)
PROBLEM_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One wrong field: where, what, and a code for programs."""

    field: str = Field(
        description="Name of the field as it was sent; parts are separated by dots: `business.workers`."
    )
    detail: str = Field(description="What is wrong and what to do, in the caller's language.")
    code: str


class Problem(BaseModel):
    """RFC 9457 problem document."""

    type: str = Field(description="A stable URN that names the code.", examples=["urn:okoce:problem:invalid"])
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(description="A sentence for people, in the caller's language.")
    instance: str = Field(description="The address that was asked for.", examples=["/api/v1/members"])
    errors: list[FieldProblem] = Field(
        description="One entry per wrong field; empty where it is not about a field."
    )


def problem(
    request: HttpRequest, status: int, detail: str, *, code: str, errors: Sequence[Mapping[str, Any]] = ()
) -> HttpResponse:
    """A problem document. `type` is a stable URN that names the code."""
    body: dict[str, Any] = {
        "type": f"urn:okoce:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": escape_uri_path(request.path),
        "errors": list(errors),
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def bare_problem(request: HttpRequest, status: int) -> HttpResponse:
    """The problem document for a refusal that came without a sentence of ours."""
    if status not in {known.value for known in HTTPStatus}:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    code, sentence = _bare(status)
    return problem(request, status, sentence, code=code)


def unexpected_problem(request: HttpRequest, error: Exception) -> HttpResponse:
    """For a failure that nobody expected: 503 while the database is away, 500 otherwise."""
    if not is_outage(error):
        return bare_problem(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    response = bare_problem(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _bare(status: int) -> tuple[str, str]:
    sentences = {
        400: ("unreadable", _("Permintaan ini tidak bisa dibaca. Periksa alamat dan isinya.")),
        404: ("not_found", _("Alamat ini tidak ada di API. Daftarnya ada di /api/v1/docs.")),
        405: ("method_not_allowed", _("Cara ini tidak dikenal di alamat ini. Lihat /api/v1/docs.")),
        411: ("length_required", _("Panjang isi tidak disebut. Kirim isinya utuh dengan Content-Length.")),
        413: (
            "too_large",
            _("Isi permintaan terlalu besar: paling banyak 1 MB. Kirim satu data setiap kali."),
        ),
        415: ("not_json", _("Isi harus JSON. Kirim dengan Content-Type: application/json.")),
        503: ("unavailable", _("Sistem belum siap. Tunggu sebentar, lalu kirim lagi.")),
    }
    unexpected = _("Ada gangguan di sistem. Coba lagi; bila tetap, laporkan ke sekretariat.")
    return sentences.get(status, ("unexpected" if status >= 500 else "refused", unexpected))


def install_problems(api: NinjaAPI) -> None:
    """Let every failure of an operation leave as a problem document."""
    handlers: dict[type[Exception], Any] = {
        DomainError: _domain_error,
        ValidationError: _validation_error,
        AuthenticationError: _unauthenticated,
        Throttled: _throttled,
        HttpError: _http_error,
        Http404: _not_found,
        RequestDataTooBig: _too_large,
        UnreadablePostError: _cut_off,
        Exception: _unexpected,
    }
    for kind, handle in handlers.items():
        api.add_exception_handler(kind, handle)


def _domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    if isinstance(error, Invalid):
        return invalid(request, error.errors)
    errors = (
        [{"field": error.field, "detail": str(error.sentence), "code": error.code}] if error.field else []
    )
    answer = problem(request, error.status, str(error.sentence), code=error.code, errors=errors)
    return say_when(answer, error)


def invalid(request: HttpRequest, found: Sequence[FieldError]) -> HttpResponse:
    """Wrong fields, each with its own entry."""
    errors = [{"field": one.field, "detail": str(one.sentence), "code": one.code} for one in found]
    detail = _("Ada isian yang belum benar. Perbaiki kolom yang disebut, lalu kirim lagi.")
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, code="invalid", errors=errors)


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = []
    for finding in error.errors:
        source, *place = finding["loc"]
        if source == "body" and len(place) == 1 and finding["type"] == "missing":
            return _not_json(request)
        found.append(field_error(finding, place[1:] if source == "body" else place))
    return invalid(request, found)


def field_error(finding: Mapping[str, Any], place: Sequence[int | str] | None = None) -> FieldError:
    """What pydantic found, as an entry of ours. `place` is where, `finding["loc"]` by default."""
    where = ".".join(str(part) for part in (finding["loc"] if place is None else place))
    return FieldError(where or "body", sentence_of(finding), str(finding["type"]))


def sentence_of(finding: Mapping[str, Any]) -> str:
    """Pydantic's finding in our words, its own message where we have none."""
    context = finding.get("ctx") or {}
    if "sentence" in context:
        return str(context["sentence"])
    sentences = {
        "missing": _("Wajib diisi."),
        "string_type": _("Harus berupa teks."),
        "string_too_short": _("Terlalu pendek: paling sedikit %s huruf.") % context.get("min_length"),
        "string_too_long": _("Terlalu panjang: paling banyak %s huruf.") % context.get("max_length"),
        "string_pattern_mismatch": _("Bentuknya tidak dikenal."),
        "int_parsing": _("Harus bilangan bulat."),
        "int_parsing_size": _("Bilangannya terlalu besar."),
        "int_type": _("Harus bilangan bulat."),
        "int_from_float": _("Harus bilangan bulat."),
        "finite_number": _("Harus bilangan bulat."),
        "bool_type": _("Harus true atau false."),
        "bool_parsing": _("Harus true atau false."),
        "date_from_datetime_parsing": _("Tanggal ini tidak ada di kalender."),
        "date_parsing": _("Tanggal ini tidak ada di kalender."),
        "greater_than_equal": _("Paling kecil %s.") % _plain(context.get("ge")),
        "less_than_equal": _("Paling besar %s.") % _plain(context.get("le")),
        "literal_error": _("Pilih salah satu: %s.") % context.get("expected"),
        "enum": _("Pilih salah satu: %s.") % context.get("expected"),
        "extra_forbidden": _("Kolom ini tidak dikenal. Daftar kolom ada di /api/v1/docs."),
        "model_type": _("Harus berupa objek JSON."),
        "model_attributes_type": _("Harus berupa objek JSON."),
        "list_type": _("Harus berupa daftar."),
        "too_long": _("Terlalu banyak: paling banyak %s.") % context.get("max_length"),
    }
    return sentences.get(str(finding["type"]), str(finding["msg"]))


def _plain(bound: object) -> str:
    """pydantic writes the bound of a day as Python does."""
    found = re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", str(bound))
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else str(bound)


def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(
        request,
        HTTPStatus.UNAUTHORIZED,
        _("Sertakan kunci API yang berlaku: Authorization: Bearer …"),
        code="unauthenticated",
    )


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    detail = _("Terlalu banyak permintaan. Tunggu sebentar.")
    return problem(request, HTTPStatus.TOO_MANY_REQUESTS, detail, code="throttled")


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return _not_json(request)
    return problem(request, error.status_code, str(error), code="http_error")


def _not_json(request: HttpRequest) -> HttpResponse:
    detail = _("Isi permintaan bukan JSON yang benar. Periksa tanda kurung dan tanda kutip, lalu kirim lagi.")
    return problem(request, HTTPStatus.BAD_REQUEST, detail, code="unreadable")


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    detail = _("Tidak ada, atau bukan dalam wilayah tugas Anda.")
    return problem(request, HTTPStatus.NOT_FOUND, detail, code="not_found")


def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    return bare_problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _cut_off(request: HttpRequest, error: Exception) -> HttpResponse:
    return bare_problem(request, HTTPStatus.BAD_REQUEST)


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("api.unexpected", path=request.path, exc_info=error)
    return unexpected_problem(request, error)
