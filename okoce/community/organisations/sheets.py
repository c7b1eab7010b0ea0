"""What the pages of komunitas, mitra, centres and agreements show alike: the checklist, and what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okoce.community.organisations.checklists import Checked
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.queries import author_names, user_names
from okoce.foundation.events.queries import HistoryLine, history_of
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.lists import CheckItem
from okoce.foundation.web.numbers import day_text, moment_text

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Deed:
    """A decision that is open to the reader, with its form; `is_refused` where it was just tried in vain."""

    label: str | Promise
    note: str | Promise
    href: str
    form: RuleAwareForm
    is_refused: bool


def checklist_items(lines: Iterable[Checked]) -> list[CheckItem]:
    """The checklist to tick, each item with who found it met, and when."""
    lines = list(lines)
    authors = author_names(line.checked_by for line in lines if line.checked_by)
    return [
        CheckItem(
            value=str(line.item_id),
            label=line.text,
            note=f"{moment_text(line.checked_at)} · {authors[line.checked_by]}"
            if line.is_met and line.checked_at
            else "",
            is_done=line.is_met,
        )
        for line in lines
    ]


def open_end(until_on: date | None, *, has_begun: bool) -> str:
    """Until when a term runs, in words: one without an end that has yet to begin does not run until now."""
    if until_on is not None:
        return day_text(until_on, "medium")
    return _("sekarang") if has_begun else _("seterusnya")


def history_lines(actor: Actor, row: Model, person: str = "") -> list[HistoryLine]:
    """What happened, for whoever reads histories here. `person`: under which word the one is told whom a fact is about; a name
    stands with the account alone, never in the trail."""
    if not is_reached(row, actor, Permission.EVENTS_READ):
        return []
    lines = history_of(actor, row, limit=MOST_LINES)
    authors = author_names(line.author for line in lines)
    told = (line.payload["user_id"] for line in lines if "user_id" in line.payload)
    names = user_names(told) if person else {}
    return [
        replace(line, author=authors[line.author], changes=_with_name(line, names, person)) for line in lines
    ]


def _with_name(line: HistoryLine, names: Mapping[int, str], person: str) -> dict[str, list[Any]]:
    name = names.get(line.payload.get("user_id", 0))
    return {**line.changes, person: ["", name]} if name else line.changes
