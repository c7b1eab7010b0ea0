"""Codes leave through a gateway by HTTP, tried against a real server; a folder and a demo take them too."""

import json
import stat
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from okoce.config import channels
from okoce.config.channels import FolderChannel, HttpChannel
from okoce.config.environment import Environment, SettingMissing
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.gateway import Undeliverable
from okoce.foundation.shared.errors import Refused

PHONE = "+6281234567890"


class Gateway(ThreadingHTTPServer):
    """A gateway on this machine that answers as it is told and remembers what it got."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.waits = 0.0
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/messages"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((dict(self.headers), body))
        time.sleep(self.server.waits)
        status = self.server.answers.pop(0) if self.server.answers else 202
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "WAIT_SECONDS", 0)


def channel(gateway: Gateway) -> HttpChannel:
    return HttpChannel(gateway.url, "rahasia", "WhatsApp")


@pytest.mark.loopback
class TestTheHttpGateway:
    def test_gets_one_json_with_number_text_and_token(self, gateway: Gateway) -> None:
        channel(gateway).send(PHONE, "Kode 123456")
        [(headers, body)] = gateway.got
        assert body == {"to": PHONE, "text": "Kode 123456"}
        assert headers["Authorization"] == "Bearer rahasia"
        assert headers["Content-Type"] == "application/json"
        assert len(headers["Idempotency-Key"]) == 32

    @pytest.mark.parametrize("passing", [500, 503, 429])
    def test_is_tried_once_more_with_the_same_key_when_it_was_not_well(
        self, gateway: Gateway, passing: int
    ) -> None:
        gateway.answers = [passing, 200]
        channel(gateway).send(PHONE, "Kode")
        assert len({headers["Idempotency-Key"] for headers, _body in gateway.got}) == 1
        assert len(gateway.got) == 2

    @pytest.mark.parametrize(("answers", "tries"), [([400], 1), ([401], 1), ([302], 1), ([500, 500], 2)])
    def test_that_refuses_is_believed(self, gateway: Gateway, answers: list[int], tries: int) -> None:
        gateway.answers = answers
        with pytest.raises(Undeliverable, match=str(answers[0])) as problem:
            channel(gateway).send(PHONE, "Kode 123456")
        assert len(gateway.got) == tries
        assert "123456" not in str(problem.value)

    def test_that_is_too_slow_is_not_waited_for(
        self, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 0.05)
        gateway.waits = 0.5
        with pytest.raises(Undeliverable, match="TimeoutError"):
            channel(gateway).send(PHONE, "Kode")

    def test_that_is_not_there_is_told(self) -> None:
        with pytest.raises(Undeliverable, match="not reached"):
            HttpChannel("http://127.0.0.1:9/", "x", "SMS").send(PHONE, "Kode")

    @pytest.mark.django_db
    def test_carries_a_real_code(self, gateway: Gateway, settings: Settings) -> None:
        settings.OKOCE_CODE_URL, settings.OKOCE_CODE_TOKEN = gateway.url, "rahasia"
        send_code(PHONE, purpose="sign_in", address="127.0.0.1")
        [(_headers, body)] = gateway.got
        code = body["text"].split(" Anda ")[1][:6]
        accept_code(PHONE, code, purpose="sign_in", address="127.0.0.1")

    @pytest.mark.django_db
    def test_stays_unused_in_a_demo(self, gateway: Gateway, settings: Settings) -> None:
        settings.OKOCE_CODE_URL, settings.DEMO = gateway.url, "2018"
        send_code(PHONE, purpose="sign_in", address="127.0.0.1")
        assert gateway.got == []

    @pytest.mark.django_db
    def test_writes_no_code_into_the_log_when_it_fails(
        self, gateway: Gateway, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.OKOCE_CODE_URL = gateway.url
        gateway.answers = [400]
        with pytest.raises(Refused, match="gangguan pengirim pesan"):
            send_code(PHONE, purpose="sign_in", address="127.0.0.1")
        code = gateway.got[0][1]["text"].split(" Anda ")[1][:6]
        said = caplog.text
        assert "gateway answered 400" in said
        assert code not in said
        assert PHONE not in said


def test_a_folder_keeps_each_message_for_the_servers_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "codes"
    FolderChannel(folder).send(PHONE, "Kode 123456")
    [path] = folder.iterdir()
    assert path.read_text() == f"{PHONE}\nKode 123456\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Undeliverable):
        FolderChannel(tmp_path / "file").send(PHONE, "Kode")


@pytest.mark.parametrize(
    "url", ["http://gateway.contoh/x", "ftp://gateway.contoh", "gateway.contoh", "javascript:x"]
)
def test_codes_are_never_sent_in_the_clear(url: str) -> None:
    with pytest.raises(SettingMissing, match="OKOCE_CODE_URL"):
        Environment({"OKOCE_CODE_URL": url}).https("OKOCE_CODE_URL")


@pytest.mark.parametrize("url", ["", "https://gateway.contoh/x", "http://127.0.0.1:9000/"])
def test_a_safe_address_is_taken(url: str) -> None:
    assert Environment({"OKOCE_CODE_URL": url}).https("OKOCE_CODE_URL") == url
