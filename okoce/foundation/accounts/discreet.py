"""People and phones told so that whoever is meant knows, and nobody else learns more."""

from okoce.foundation.shared.phones import show_phone

MOST_INITIALS = 3


def discreet_name(name: str) -> str:
    """The first name and initials: "Siti Rahayu Widya" → "Siti R. W."."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0].upper()}." for word in rest[:MOST_INITIALS])])


def discreet_phone(phone: str) -> str:
    """`0812-••••-7890`: enough for its owner."""
    shown = show_phone(phone)
    return f"{shown[:5]}••••{shown[-5:]}"
