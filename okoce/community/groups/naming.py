"""A komunitas named in a sentence that says the word komunitas itself."""

NOUN = "komunitas"


def bare_name(name: str) -> str:
    """The name for "komunitas …": without the noun where the name brings it, whole where nothing else would be left."""
    first, _space, rest = name.strip().partition(" ")
    return rest.strip() if first.casefold() == NOUN and rest.strip() else name
