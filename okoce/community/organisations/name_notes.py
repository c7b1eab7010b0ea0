"""What a komunitas or mitra may call itself, told on its page by the feature above that knows it."""

from collections.abc import Callable, Iterable

GROUP, PARTNER = "group", "partner"
# Which of the two, and their numbers → sentences by number.
Teller = Callable[[str, Iterable[int]], dict[int, list[str]]]
_tellers: list[Teller] = []


def register_names(teller: Teller) -> None:
    """Called once when the app that knows is ready."""
    _tellers.append(teller)


def names_told(kind: str, holder_id: int) -> list[str]:
    """The sentences about one of them."""
    return [line for teller in _tellers for line in teller(kind, [holder_id]).get(holder_id, [])]
