"""Answers of operations, written once: the schema that an operation built is serialised as it is, not validated again."""

from typing import TypeVar

from django.http import HttpResponse
from pydantic import BaseModel

JSON = "application/json; charset=utf-8"
Answer = TypeVar("Answer", bound=BaseModel)


def to_json(answer: BaseModel) -> bytes:
    """The answer as bytes of JSON."""
    return answer.__pydantic_serializer__.to_json(answer)


def respond(status: int, content: bytes) -> HttpResponse:
    """A JSON answer that nobody in between may keep: it may name persons."""
    response = HttpResponse(content, status=status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def moved(answer: BaseModel, address: str) -> HttpResponse:
    """Send a reader on to where the thing is now; the schema says why to whoever does not follow."""
    response = respond(301, to_json(answer))
    response.headers["Location"] = address
    return response


def reply(answer: BaseModel, status: int = 200) -> HttpResponse:
    """Answer an operation with a schema."""
    return respond(status, to_json(answer))
