"""A checklist as it is met, and judging it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from okoce.community.organisations.models import AbstractCheck, AbstractChecklistItem


@dataclass(frozen=True, slots=True)
class Checked:
    """One item of the checklist, and whether it was found to be met."""

    item_id: int
    text: str
    is_met: bool
    checked_at: datetime | None
    checked_by: str


def moment_of(read_at: str) -> datetime | None:
    """Which state of the row a form was made from; None where it does not say."""
    try:
        return parse_datetime(read_at)
    except ValueError:
        return None


def checked_items(items: Iterable[AbstractChecklistItem], checks: Iterable[AbstractCheck]) -> list[Checked]:
    """The items in their order, each as it was last judged."""
    done = {check.item_id: check for check in checks}  # type: ignore[attr-defined]  # each table adds its item
    is_english = (get_language() or "id").startswith("en")
    return [
        Checked(
            item_id=item.pk,
            text=item.text_en if is_english else item.text,
            is_met=item.pk in done and done[item.pk].is_met,
            checked_at=done[item.pk].checked_at if item.pk in done else None,
            checked_by=done[item.pk].checked_by if item.pk in done else "",
        )
        for item in items
    ]


def judge(checks: Any, items: Iterable[AbstractChecklistItem], met: Collection[int], by: str) -> bool:
    """Note among the checks of one (a related manager) which items are met; the others are not (yet). What stays as it was
    keeps who judged it, and when. Whether anything changed."""
    known = {check.item_id: check.is_met for check in checks.all()}
    changed = [item for item in items if known.get(item.pk, False) != (item.pk in met)]
    now = timezone.now()
    for item in changed:
        told = {"is_met": item.pk in met, "checked_at": now, "checked_by": by}
        checks.update_or_create(item=item, defaults=told)
    return bool(changed)
