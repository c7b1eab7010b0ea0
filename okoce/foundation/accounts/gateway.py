"""The port through which a phone is told something at once: accounts declares it, config wires it to words and a channel.

A code passes through here and nowhere else: it stands in no event, no argument of a job and no log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from okoce.foundation.accounts.states import NoticeKind
from okoce.foundation.shared.errors import Refused


class Undeliverable(Exception):
    """The channel did not take the message; the text says why, without the message."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a phone is told: of which kind, what fills its words, and the code where it brings one. No traceback shows the code."""

    kind: NoticeKind
    variables: Mapping[str, str]
    code: str = field(default="", repr=False)


class Gateway(Protocol):
    """A channel: its name as people know it ("WhatsApp"), and how it sends."""

    @property
    def name(self) -> str: ...

    def send(self, phone: str, notice: Notice) -> None:
        """Tell a phone (E.164), in the language of whoever is served. Raises Undeliverable."""
        ...


class NoChannel:
    """Where nothing is configured, nobody waits for a code that never comes."""

    name = ""

    def send(self, phone: str, notice: Notice) -> None:
        raise Refused(
            _(
                "Situs ini belum punya pengirim pesan, jadi kode tidak bisa dikirim. Hubungi pengelola; petugas"
                " dapat masuk dengan surel dan kata sandi."
            ),
            code="no_channel",
        )


_gateway: Gateway = NoChannel()


def use_gateway(gateway: Gateway) -> Gateway:
    """Called once by config, and by tests; answers the one that was used before."""
    global _gateway
    before, _gateway = _gateway, gateway
    return before


def channel_name() -> str:
    return _gateway.name


def deliver(phone: str, notice: Notice) -> None:
    """Tell a phone now. Raises Undeliverable, or Refused where there is no channel."""
    _gateway.send(phone, notice)
