"""Makes the API of version 1; `config` mounts the features' routers on it."""

from typing import Any

from django.utils.functional import cached_property
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from okoce.foundation.api.docs import ReadableDocs
from okoce.foundation.api.parsing import StrictParser
from okoce.foundation.api.problems import PROBLEM_TYPE, Problem, install_problems

DESCRIPTION = """Satu orang, tujuh tahap: mendaftarkan anggota, melihat langkahnya, menyerahkan bukti, membaca corong.

Kunci API dibuat dengan `okoce token create` dan dikirim sebagai `Authorization: Bearer KUNCI`; yang terlihat hanya data dalam
wilayah tugas pemilik kunci. Galat berupa dokumen RFC 9457 (`application/problem+json`) dengan satu entri per kolom yang salah.
Daftar dibuka per halaman: `?limit=&cursor=` memberi `{"items": […], "next": CURSOR|null}`. Penulisan menerima
`Idempotency-Key`. Tanggal ditulis `2026-11-21`. Kalimat berbahasa Indonesia; `Accept-Language: en` memberi bahasa Inggris."""

READING = (401, 403, 422)
WRITING = (400, 401, 403, 409, 411, 413, 415, 422)


class Api(NinjaAPI):
    """NinjaAPI whose OpenAPI document tells that refusals are problem documents."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return self._document

    @cached_property
    def _document(self) -> OpenAPISchema:
        document = super().get_openapi_schema()
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {PROBLEM_TYPE: answer["content"]["application/json"]}
        return document


def make_api() -> Api:
    """The API without operations yet. CSRF does not apply: callers bring a token, never a cookie."""
    api = Api(
        title="OK OCE API",
        version="1.0.0",
        description=DESCRIPTION,
        urls_namespace="api-v1",
        docs=ReadableDocs(),
        parser=StrictParser(),
    )
    install_problems(api)
    return api


def answers(success: dict[int, object], *problems: int) -> dict[int, object]:
    """The responses of an operation: its successes, and a problem document for each of its refusals."""
    return {**success, **dict.fromkeys(sorted(problems), Problem)}
