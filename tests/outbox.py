"""Where codes go in tests: nowhere, but they can be read. The fixture `outbox` puts it in the place of the channel."""

import re
from collections.abc import Iterator

import pytest

from okoce.config.notices import words_of
from okoce.foundation.accounts.gateway import Notice, Undeliverable, use_gateway


class Outbox:
    """A channel that keeps what it was given; `is_down` makes it fail as a gateway does."""

    name = "WhatsApp"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.is_down = False

    def send(self, phone: str, notice: Notice) -> None:
        if self.is_down:
            raise Undeliverable("down")
        self.sent.append((phone, words_of(notice)))

    def texts(self, phone: str) -> list[str]:
        return [text for to, text in self.sent if to == phone]

    def code(self, phone: str) -> str:
        """The six digits of the last message to a phone."""
        [digits] = re.findall(r"\b[0-9]{6}\b", self.texts(phone)[-1])
        return digits


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    kept = Outbox()
    before = use_gateway(kept)
    yield kept
    use_gateway(before)
