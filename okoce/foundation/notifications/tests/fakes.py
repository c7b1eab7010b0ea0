"""Providers for tests, on this machine: WhatsApp's Cloud API and an SMTP server, as their interfaces are documented."""

import json
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "fake-token"
PHONE_ID = "106540352242922"
# Templates that were approved in the category of codes; all others are utility templates.
AUTHENTICATION = frozenset({"okoce_sign_in_code_1", "okoce_guardian_code_1"})
LONGEST_CODE = 15


@dataclass
class CloudApiFake:
    """What the fake was handed. `counted` are the messages that went out, by Idempotency-Key: one known already is answered
    as before and goes out no second time. `asked` counts every request."""

    port: int = 0
    counted: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[int, int]] = field(default_factory=list)  # status and code, of the next requests
    is_silent: bool = False  # takes the message, and hangs up without a word
    is_forgetful: bool = False  # answers, and later drops the connection that it was to keep
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v21.0"

    def numbers(self) -> list[str]:
        return [body["to"] for body in self.counted.values()]


@contextmanager
def cloud_api() -> Iterator[CloudApiFake]:
    fake = CloudApiFake()

    class Handler(_CloudApiHandler):
        told = fake

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


class _CloudApiHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    told: CloudApiFake

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != f"/v21.0/{PHONE_ID}/messages":
            return self._refuse(404, 803)
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self._refuse(401, 190)
        message = json.loads(body)
        problem = _problem(message)
        if problem:
            return self._refuse(400, problem)
        return self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        key = self.headers["Idempotency-Key"]
        with self.told.lock:
            self.told.asked[key] += 1
            refusal = self.told.refusals.pop(0) if self.told.refusals else None
            if refusal is None:
                self.told.counted.setdefault(key, message)
        if refusal:
            return self._refuse(*refusal)
        if self.told.is_silent:
            self.close_connection = True
            return None
        number = message["to"]
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": number, "wa_id": number}],
            "messages": [{"id": f"wamid.{key[:24]}", "message_status": "accepted"}],
        }
        return self._answer(200, answer)

    def _refuse(self, status: int, code: int) -> None:
        error = {
            "message": f"(#{code}) refused",
            "type": "OAuthException",
            "code": code,
            "fbtrace_id": "A1",
        }
        self._answer(status, {"error": error})

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        self.close_connection = self.close_connection or self.told.is_forgetful
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Tests are quiet."""


def _problem(message: dict[str, Any]) -> int:
    """The code of what is wrong with a template message as documented; 0 for a sound one."""
    template = message.get("template", {})
    parameters = [
        parameter
        for component in template.get("components", [])
        for parameter in component["parameters"]
        if component["type"] == "body"
    ]
    is_sound = (
        message.get("messaging_product") == "whatsapp"
        and message.get("type") == "template"
        and message.get("to", "").isdigit()
        and template.get("language", {}).get("code") in {"id", "en"}
        and len(message.get("biz_opaque_callback_data", "")) <= 512
    )
    if not is_sound:
        return 100
    if not template.get("name"):
        return 132001
    if template["name"] in AUTHENTICATION:
        return _problem_of_code(template.get("components", []))
    if any(component["type"] != "body" for component in template.get("components", [])):
        return 132012
    texts = [parameter["text"] for parameter in parameters if parameter["type"] == "text"]
    is_plain = all(text and "\n" not in text and "\t" not in text and "    " not in text for text in texts)
    return 0 if is_plain and len(texts) == len(parameters) else 132018


def _problem_of_code(components: list[dict[str, Any]]) -> int:
    """Of an authentication template: one code in the body, the same one behind the button that copies it, and no more."""
    found = {component["type"]: component for component in components}
    if set(found) != {"body", "button"} or len(components) != len(found):
        return 131008
    body, button = found["body"], found["button"]
    if (button.get("sub_type"), button.get("index")) != ("url", "0"):
        return 132012
    if body["parameters"] != button["parameters"] or len(body["parameters"]) != 1:
        return 132000
    [parameter] = body["parameters"]
    is_code = parameter["type"] == "text" and 0 < len(parameter["text"]) <= LONGEST_CODE
    return 0 if is_code else 131009


def webhook_body(*statuses: dict[str, Any]) -> bytes:
    """A report as WhatsApp posts it."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "6221000000", "phone_number_id": PHONE_ID},
        "statuses": list(statuses),
    }
    entry = {"id": "102290129340398", "changes": [{"value": value, "field": "messages"}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@dataclass
class SmtpFake:
    """What an SMTP server took: sender, recipient, the message as it came. `refusals` are answers to the next RCPT."""

    port: int = 0
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@contextmanager
def smtp_server() -> Iterator[SmtpFake]:
    fake = SmtpFake()

    class Handler(_SmtpHandler):
        told = fake

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


class _SmtpHandler(socketserver.StreamRequestHandler):
    """RFC 5321, as far as one message needs it."""

    told: SmtpFake

    def handle(self) -> None:
        sender = recipient = ""
        self._say("220 fake ESMTP")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            word, _blank, rest = line.partition(" ")
            match word.upper():
                case "EHLO" | "HELO":
                    self._say("250 fake")
                case "MAIL":
                    sender = rest.partition(":")[2].split()[0]
                    self._say("250 ok")
                case "RCPT":
                    recipient = rest.partition(":")[2].strip()
                    self._say(self.told.refusals.pop(0) if self.told.refusals else "250 ok")
                case "DATA":
                    self._say("354 go on")
                    self.told.taken.append((sender, recipient, self._data()))
                    self._say("250 taken")
                case "RSET" | "NOOP":
                    self._say("250 ok")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("502 unknown")

    def _data(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
            lines.append(line.removeprefix(".") if line.startswith("..") else line)
        return "".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
