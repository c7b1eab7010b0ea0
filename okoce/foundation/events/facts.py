"""Declared facts: what can happen, under which kind, and the sentence that history pages show."""

from collections.abc import Callable
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
