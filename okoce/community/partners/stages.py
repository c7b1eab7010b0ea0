"""What the stages are called. They stand above partners, which know them by number; config tells their names."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise

FIRST, LAST = 1, 7
Names = Callable[[], Iterable[tuple[int, str | Promise]]]
_told: list[Names] = []


def name_stages_with(names: Names) -> None:
    """Called once by config."""
    _told[:] = [names]


def stages_in_words(numbers: Iterable[int]) -> str:
    """Their names, with commas between them."""
    names = stage_names()
    return ", ".join(names.get(number, f"P{number}") for number in numbers)


def stage_names() -> dict[int, str]:
    """Number → "P2 Pelatihan", in their order."""
    return {number: str(name) for number, name in (_told[0]() if _told else ())}
