"""The port through which messages leave: this feature declares it, config wires each channel to what the settings name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ready:
    """One message, put together. `reference` is the same at every try: a provider that knows it sends it once.

    `template` and `parameters` are for a channel that takes approved templates only. `code` is a code that somebody is to type in:
    such a channel has words of its own for it. No traceback shows to whom or what.
    """

    reference: str
    address: str = field(repr=False)
    subject: str
    body: str = field(repr=False)
    language: str
    template: str = ""
    parameters: Sequence[str] = field(default=(), repr=False)
    code: str = field(default="", repr=False)


class Unavailable(Exception):
    """Not now: the channel is down, busy or wrongly set up. The text is a code, never the message or an address."""


class Unsure(Unavailable):
    """It was handed over, and no answer came: it may have gone out. A report of the provider is waited for."""


class Rejected(Exception):
    """Never: the channel says that this message cannot reach this address. The text likewise."""


class Adapter(Protocol):
    @property
    def takes_templates_only(self) -> bool: ...

    @property
    def is_remote(self) -> bool:
        """Whether several may be sent side by side; what stays in our own database is sent by whoever has its connection."""
        ...

    @property
    def wakes_people(self) -> bool:
        """Whether it reaches somebody in her sleep; what only stands on a page keeps no quiet hours."""
        ...

    def send(self, ready: Ready) -> str:
        """Hand a message over; answers the provider's id. Raises Unavailable, Unsure or Rejected."""
        ...


class Adapters(Protocol):
    def configured(self) -> Mapping[str, Adapter]:
        """The channels that can be used now, by name."""
        ...


class _None:
    def configured(self) -> Mapping[str, Adapter]:
        return {}


_adapters: Adapters = _None()


def use_adapters(adapters: Adapters) -> Adapters:
    """Called once by config, and by tests; answers those that were used before."""
    global _adapters
    before, _adapters = _adapters, adapters
    return before


def configured() -> Mapping[str, Adapter]:
    return _adapters.configured()
