"""Reads JSON strictly: no NaN, no broken letters, no bottomless nesting. What is wrong here is 400, never an error of ours."""

import codecs
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic_core import from_json


class StrictParser(Parser):
    """One pass over the bytes; numbers without end, lone surrogates and 200 levels of brackets are refused by the reader."""

    def parse_body(self, request: HttpRequest) -> Any:
        # Windows programs like to put a byte order mark before UTF-8.
        return from_json(
            request.body.removeprefix(codecs.BOM_UTF8), allow_inf_nan=False, cache_strings="keys"
        )
