"""The one register of how long something about people is kept: each feature declares, in its `personal.py`, what its job forgets.

A rule names the rows that the job would touch now: the job and the dry run ask the same question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept how long (asked anew each time: it may be dated data), where that is decided, and by which job it goes."""

    code: str
    table: str
    what: str | Promise
    kept_for: Callable[[], timedelta]
    is_dated: bool  # a row says how long; else the code does
    job: str
    over: Callable[[], models.QuerySet[Any]]
    is_part: bool = False  # it is about some rows of the table; the others stay


RULES: dict[str, Rule] = {}


def keeps(rule: Rule) -> None:
    """Declare a rule, once."""
    if rule.code in RULES:
        raise ValueError(f"two features keep {rule.code}")
    RULES[rule.code] = rule


def all_rules() -> list[Rule]:
    autodiscover_modules("personal")
    return [RULES[code] for code in sorted(RULES)]
