"""The API's documentation as a plain page: readable on a phone, without script and without another server."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class ReadableDocs(DocsBase):
    """Draws the OpenAPI document as a page; the document itself is linked at the top."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **_kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema()
        shown = {
            "info": document["info"],
            "paragraphs": document["info"]["description"].split("\n\n"),
            "operations": _operations(document),
            "openapi_url": self.get_openapi_url(api, {}),
        }
        return render(request, "api/docs.html", shown)


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "anchor": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "paragraphs": operation.get("description", "").split("\n\n"),
            "is_public": not operation.get("security"),
            "parameters": [_parameter(document, one) for one in operation.get("parameters", [])],
            "fields": _fields(document, _content(operation.get("requestBody", {}))),
            "answers": [_answer(document, status, one) for status, one in operation["responses"].items()],
        }
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def _parameter(document: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "type": _type_of(document, parameter["schema"]),
        "description": parameter.get("description", ""),
        "is_required": parameter.get("required", False),
    }


def _answer(document: dict[str, Any], status: int, answer: dict[str, Any]) -> dict[str, Any]:
    is_success = int(status) < 400
    return {
        "status": status,
        "description": answer["description"],
        "fields": _fields(document, _content(answer)) if is_success else [],
    }


def _content(part: dict[str, Any]) -> dict[str, Any]:
    return dict(part.get("content", {}).get("application/json", {}).get("schema", {}))


def _fields(document: dict[str, Any], shape: dict[str, Any], prefix: str = "") -> list[dict[str, Any]]:
    """Every field of an object, those of the objects within it after it: `business.workers`."""
    shape = _followed(document, shape)
    required = set(shape.get("required", []))
    found: list[dict[str, Any]] = []
    for name, kind in shape.get("properties", {}).items():
        found.append(
            {
                "name": prefix + name,
                "type": _type_of(document, kind),
                "description": kind.get("description", ""),
                "is_required": name in required,
            }
        )
        for inner in _objects_in(document, kind):
            found += _fields(document, inner, f"{prefix}{name}.")
    return found


def _objects_in(document: dict[str, Any], kind: dict[str, Any]) -> list[dict[str, Any]]:
    parts = [_followed(document, part) for part in kind.get("anyOf", [kind])]
    items = [_followed(document, part["items"]) for part in parts if "items" in part]
    return [part for part in [*parts, *items] if "properties" in part]


def _followed(document: dict[str, Any], kind: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in kind:
        return kind
    return dict(document["components"]["schemas"][kind["$ref"].rsplit("/", 1)[1]])


def _type_of(document: dict[str, Any], kind: dict[str, Any]) -> str:
    if "anyOf" in kind:
        return " | ".join(dict.fromkeys(_type_of(document, part) for part in kind["anyOf"]))
    kind = _followed(document, kind)
    if "enum" in kind or "const" in kind:
        return " · ".join(str(choice) for choice in kind.get("enum", [kind.get("const")]) if choice != "")
    if kind.get("type") == "array":
        return f"[{_type_of(document, kind['items'])}]"
    return str(kind.get("format") or kind.get("type", ""))
