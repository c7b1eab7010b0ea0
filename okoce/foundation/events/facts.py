"""Declared facts: what can happen, under which kind, and the sentence that history pages show."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, TypeVar, dataclass_transform

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: its dotted name, its sentence (an Indonesian msgid with {placeholders}), its class."""

    kind: str
    sentence: str
    fact: type


KINDS: dict[str, FactKind] = {}
REACTIONS: dict[str, list[str]] = {}
GATHERED: dict[str, list[str]] = {}  # kind → reactions to many facts at once


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(kind: str, sentence: str) -> Callable[[type[Fact]], type[Fact]]:
    """Declare a fact; its fields are ids and plain values, never personal data (those go into `changes`)."""

    def declare(declared: type[Fact]) -> type[Fact]:
        frozen = dataclass(frozen=True, slots=True, kw_only=True)(declared)
        if kind in KINDS:
            raise ValueError(f"two facts are of kind {kind}")
        KINDS[kind] = FactKind(kind, sentence, frozen)
        frozen.kind = kind  # type: ignore[attr-defined]  # a class attribute beside the dataclass fields
        return frozen

    return declare


def payload_of(happened: object) -> dict[str, Any]:
    """The fields of a fact as they are stored."""
    if not is_dataclass(happened) or isinstance(happened, type):
        raise TypeError("record() takes an instance of a declared fact")
    return asdict(happened)


def on(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Subscribe a reaction: it runs as a job `react.<kind>.<name>` with the event's id, at least once."""
    from okoce.foundation.shared.jobs import job

    def subscribe(reaction: Callable[..., None]) -> Callable[..., None]:
        name = f"react.{kind}.{reaction.__name__}"
        REACTIONS.setdefault(kind, []).append(name)
        job(name)(reaction)
        return reaction

    return subscribe


def on_many(kind: str) -> Callable[[Callable[[Sequence[int]], None]], Callable[[Sequence[int]], None]]:
    """Subscribe a reaction to many facts at once: it runs with the ids of the events of some seconds, at least once each.

    For facts that come by the hundred a second, where a job each would cost as much as the deed itself.
    """
    from okoce.foundation.shared.jobs import job

    def subscribe(reaction: Callable[[Sequence[int]], None]) -> Callable[[Sequence[int]], None]:
        name = f"react.{kind}.{reaction.__name__}"
        GATHERED.setdefault(kind, []).append(name)
        job(name)(reaction)
        return reaction

    return subscribe
