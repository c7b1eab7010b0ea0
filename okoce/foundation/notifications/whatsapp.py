"""WhatsApp's Cloud API: approved templates out by HTTP, and what becomes of them back by a signed webhook.

Documented by Meta ("Cloud API: Messages", "Webhooks"). Connections are kept per thread.
"""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from okoce.foundation.notifications.adapters import Ready, Rejected, Unavailable, Unsure

TIMEOUT_SECONDS = 10
# What passes although it is told as an error of the caller: too many at once, the service away, a key that has run out.
PASSING = frozenset({1, 2, 4, 10, 190, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004, 133016})
_BLANKS = re.compile(r"\s+")
_SECONDS = re.compile(r"[0-9]{1,10}")  # since 1970; more digits are no day that a calendar knows
_open = threading.local()


@dataclass(frozen=True, slots=True)
class CloudApi:
    """`url` with its version ("https://graph.facebook.com/v21.0"), the id of the sending number, and the token."""

    url: str
    phone_id: str
    token: str
    timeout_seconds: float = TIMEOUT_SECONDS

    @property
    def takes_templates_only(self) -> bool:
        return True

    @property
    def is_remote(self) -> bool:
        return True

    @property
    def wakes_people(self) -> bool:
        return True

    def send(self, ready: Ready) -> str:
        status, told = self._post(json.dumps(self._body(ready)).encode(), ready.reference)
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return _id_in(told)
        problem = _problem(status, told)
        if _may_pass(status, told):
            raise Unavailable(problem)
        raise Rejected(problem)

    def _body(self, ready: Ready) -> dict[str, Any]:
        template: dict[str, Any] = {"name": ready.template, "language": {"code": ready.language}}
        components = _components_of_code(ready.code) if ready.code else _components(ready.parameters)
        if components:
            template["components"] = components
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": ready.address.lstrip("+"),
            "type": "template",
            "template": template,
            "biz_opaque_callback_data": ready.reference,
        }

    def _post(self, body: bytes, reference: str) -> tuple[int, Any]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            # not Meta's, but known to gateways that stand in for it
            "Idempotency-Key": reference,
        }
        parts = urlsplit(self.url)
        path = f"{parts.path.rstrip('/')}/{self.phone_id}/messages"
        connection = self._connection()
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            raw = answer.read()
        except (OSError, HTTPException) as error:
            _forget(self._kept_as)
            raise Unsure(f"no answer: {type(error).__name__}") from error
        return answer.status, _read(raw)

    def _connection(self) -> HTTPConnection:
        """An open one; whether it opens is known before anything is said."""
        kept: dict[tuple[str, float], HTTPConnection] = _open.__dict__.setdefault("kept", {})
        if self._kept_as not in kept:
            parts = urlsplit(self.url)
            kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
            connection = kind(parts.hostname or "", parts.port, timeout=self.timeout_seconds)
            try:
                connection.connect()
            except (OSError, HTTPException) as error:
                raise Unavailable(f"not reached: {type(error).__name__}") from error
            kept[self._kept_as] = connection
        return kept[self._kept_as]

    @property
    def _kept_as(self) -> tuple[str, float]:
        return self.url, self.timeout_seconds


def _components(parameters: Sequence[str]) -> list[dict[str, Any]]:
    """Parameters are one line each: WhatsApp takes no others."""
    texts = [{"type": "text", "text": _BLANKS.sub(" ", one).strip() or "–"} for one in parameters]
    return [{"type": "body", "parameters": texts}] if texts else []


def _components_of_code(code: str) -> list[dict[str, Any]]:
    """Of an authentication template, whose words are WhatsApp's own: the code in them, and behind the button that copies it."""
    texts = [{"type": "text", "text": code}]
    button = {"type": "button", "sub_type": "url", "index": "0", "parameters": texts}
    return [{"type": "body", "parameters": texts}, button]


def _forget(kept_as: tuple[str, float]) -> None:
    broken = _open.__dict__.get("kept", {}).pop(kept_as, None)
    if broken is not None:
        broken.close()


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _error_of(told: Any) -> dict[str, Any]:
    error = told.get("error") if isinstance(told, dict) else None
    return error if isinstance(error, dict) else {}


def _id_in(told: Any) -> str:
    """A message was taken, whatever else the answer says: without an id only its webhook cannot be matched by it."""
    messages = told.get("messages") if isinstance(told, dict) else None
    first = messages[0] if isinstance(messages, list) and messages else {}
    return str(first.get("id", "")) if isinstance(first, dict) else ""


def _problem(status: int, told: Any) -> str:
    code = _error_of(told).get("code")
    return f"whatsapp {status}" + (f" code {code}" if isinstance(code, int) else "")


def _may_pass(status: int, told: Any) -> bool:
    is_theirs = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    is_busy = status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.UNAUTHORIZED}
    return is_theirs or is_busy or _error_of(told).get("code") in PASSING


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether `X-Hub-Signature-256` is that of the body as it came, under the app's secret."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(expected.encode(), signature.encode())


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What became of one message: `reference` is ours, sent back; `seconds` is when, since 1970."""

    provider_id: str
    reference: str
    status: str
    seconds: int
    problem: str = ""


def status_reports(told: Any) -> list[StatusReport]:
    """The reports in a webhook's body; what is not one, or is not as documented, is passed over."""
    values = [
        change.get("value")
        for entry in _dicts(told, "entry")
        for change in _dicts(entry, "changes")
        if change.get("field") == "messages"
    ]
    found = [_report(status) for value in values for status in _dicts(value, "statuses")]
    return [report for report in found if report is not None]


def _dicts(told: Any, name: str) -> list[dict[str, Any]]:
    inner = told.get(name) if isinstance(told, dict) else None
    return [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []


def _report(status: dict[str, Any]) -> StatusReport | None:
    known = {name: status.get(name) for name in ("id", "status", "timestamp")}
    if not all(isinstance(value, str) and value and "\0" not in value for value in known.values()):
        return None
    if not _SECONDS.fullmatch(str(known["timestamp"])):
        return None
    codes = [error["code"] for error in _dicts(status, "errors") if isinstance(error.get("code"), int)]
    return StatusReport(
        provider_id=str(known["id"])[:200],
        reference=str(status.get("biz_opaque_callback_data") or "").replace("\0", "")[:100],
        status=str(known["status"]),
        seconds=int(str(known["timestamp"])),
        problem=f"whatsapp code {codes[0]}" if codes else "",
    )
