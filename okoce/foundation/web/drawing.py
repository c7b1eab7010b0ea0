"""Parts of pages that hang on a few values alone, drawn once for all pages that show the same values.

Everything that such a part says stands in what it is remembered by, so it can be neither old nor somebody else's. What a
person has typed is not remembered: it would stay in the memory of the server.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# The menu of each role and count, the places of each territory, the filters of the list with each of their choices.
MOST_REMEMBERED = 1024


def drawn_once(template: str, **values: Hashable) -> SafeString:
    """A template that reads nothing but these values and the reader's language."""
    return _drawn(template, get_language() or "", tuple(values.items()))


@lru_cache(MOST_REMEMBERED)
def _drawn(template: str, language: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    del language  # active; a part of what the drawing is remembered by
    return render_to_string(template, dict(values))
