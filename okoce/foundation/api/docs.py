"""The API's documentation as a plain page: readable on a phone, without script and without another server."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class ReadableDocs(DocsBase):
    """Draws the OpenAPI document as a page; the document itself is linked at the top."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **_kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        return render(
            request,
            "api/docs.html",
            {"info": schema["info"], "operations": _operations(schema), "openapi_url": self.get_openapi_url(api, {})},
        )


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            found.append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation.get("summary", ""),
                    "description": operation.get("description", ""),
                    "parameters": operation.get("parameters", []),
                    "body": _fields(schema, _body_schema(operation)),
                    "answers": [(status, answer["description"]) for status, answer in operation["responses"].items()],
                }
            )
    return found


def _body_schema(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    return dict(content.get("application/json", {}).get("schema", {}))


def _fields(schema: dict[str, Any], body: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in body:
        body = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
    required = set(body.get("required", []))
    return [
        {"name": name, "type": _type_of(kind), "description": kind.get("description", ""), "is_required": name in required}
        for name, kind in body.get("properties", {}).items()
    ]


def _type_of(kind: dict[str, Any]) -> str:
    if "anyOf" in kind:
        return " | ".join(_type_of(part) for part in kind["anyOf"])
    if "$ref" in kind:
        return str(kind["$ref"].rsplit("/", 1)[1])
    return str(kind.get("format") or kind.get("type", ""))
