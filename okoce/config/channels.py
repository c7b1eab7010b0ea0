"""Channels outside of a demo: WhatsApp's Cloud API; for codes also a gateway for WhatsApp or SMS by HTTP, and a folder for trying
things out.

The contract of the HTTP channel stands in docs/how-to/connect-a-message-gateway.md.
"""

import json
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings

from okoce.foundation.accounts.gateway import Undeliverable
from okoce.foundation.notifications import whatsapp

TIMEOUT_SECONDS = 5
WAIT_SECONDS = 0.5
TRIES = 2


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token and the code to an address that nobody configured."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpChannel:
    """Posts `{"to", "text"}` as JSON with a bearer token. Tries a second time when the gateway did not answer or was not well;
    both tries carry the same Idempotency-Key, so that a message is not sent twice."""

    url: str
    token: str
    name: str

    def send(self, phone: str, text: str) -> None:
        key = uuid.uuid4().hex
        for attempt in range(1, TRIES + 1):
            problem = self._post(phone, text, key)
            if problem is None:
                return
            if attempt == TRIES or not problem.may_pass:
                raise Undeliverable(problem.reason)
            time.sleep(WAIT_SECONDS)

    def _post(self, phone: str, text: str, key: str) -> "_Problem | None":
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        body = json.dumps({"to": phone, "text": text}).encode()
        request = urllib.request.Request(self.url, body, headers, method="POST")  # noqa: S310  (settings check the scheme)
        opener = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS):
                return None
        except urllib.error.HTTPError as error:
            is_their_fault = error.code >= HTTPStatus.INTERNAL_SERVER_ERROR
            is_busy = error.code == HTTPStatus.TOO_MANY_REQUESTS
            return _Problem(f"gateway answered {error.code}", may_pass=is_their_fault or is_busy)
        except OSError as error:  # refused, unreachable, too slow
            return _Problem(f"gateway not reached: {type(error).__name__}", may_pass=True)


@dataclass(frozen=True, slots=True)
class _Problem:
    reason: str
    may_pass: bool


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """Writes each message into a file of its own that only the server's user reads; for trying out, never for people."""

    folder: Path
    name: str = "folder"

    def send(self, phone: str, text: str) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"{time.time_ns()}-{uuid.uuid4().hex[:8]}.txt"
            path.touch(mode=0o600)
            path.write_text(f"{phone}\n{text}\n", encoding="utf-8")
        except OSError as error:
            raise Undeliverable(f"folder not written: {type(error).__name__}") from error


def configured_whatsapp(timeout_seconds: float = whatsapp.TIMEOUT_SECONDS) -> whatsapp.CloudApi | None:
    """WhatsApp's Cloud API, where its number and token are set."""
    if not (settings.OKOCE_WHATSAPP_PHONE_ID and settings.OKOCE_WHATSAPP_TOKEN):
        return None
    return whatsapp.CloudApi(
        settings.OKOCE_WHATSAPP_URL,
        settings.OKOCE_WHATSAPP_PHONE_ID,
        settings.OKOCE_WHATSAPP_TOKEN,
        timeout_seconds,
    )
