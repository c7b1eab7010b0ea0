"""The port through which words leave for a phone: accounts declares it, config wires it to a channel.

A code passes through here and nowhere else: it stands in no event, no argument of a job and no log.
"""

from typing import Protocol

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import Refused


class Undeliverable(Exception):
    """The channel did not take the message; the text says why, without the message."""


class Gateway(Protocol):
    """A channel: its name as people know it ("WhatsApp"), and how it sends."""

    @property
    def name(self) -> str: ...

    def send(self, phone: str, text: str) -> None:
        """Hand over one message for a phone (E.164). Raises Undeliverable."""
        ...


class NoChannel:
    """Where nothing is configured, nobody waits for a code that never comes."""

    name = ""

    def send(self, phone: str, text: str) -> None:
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


def deliver(phone: str, text: str) -> None:
    """Send one message now. Raises Undeliverable, or Refused where there is no channel."""
    _gateway.send(phone, text)
