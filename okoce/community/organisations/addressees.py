"""Accounts that were opened only to write to whoever applied from a number that is no member's: they go with what named it."""

from collections.abc import Callable, Collection, Iterable

from django.utils.module_loading import autodiscover_modules

from okoce.foundation.accounts.forgetting import forget_unused_accounts
from okoce.foundation.notifications.forgetting import forget_messages_to

Named = Callable[[Collection[str]], Iterable[str]]
_named: list[Named] = []


def names_applicants(named: Named) -> Named:
    """Let a feature say, in its `personal`, which of these numbers its applications still name as those of whoever applied herself."""
    _named.append(named)
    return named


def forget_addressees(phones: Collection[str]) -> None:
    """Let the accounts of these numbers go, with what was told to them, if nobody ever used them. Call it once an application names
    the number no more; where another one does, of a komunitas or of a mitra, the account stays until that one lets it go."""
    autodiscover_modules("personal")
    still = {phone for named in _named for phone in named(phones)}
    gone = forget_unused_accounts(set(phones) - still)
    forget_messages_to(gone)
