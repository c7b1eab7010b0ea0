"""Larger parts of pages: wizard, next step, lists with actions, cards, two records side by side. A builtin like `web`."""

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from okoce.foundation.web.cards import MemberCard
from okoce.foundation.web.drawing import drawn_once
from okoce.foundation.web.lists import CheckItem, ComparedLine, FilterChip, ListRow, Side, Task
from okoce.foundation.web.navigation import NavItem
from okoce.foundation.web.scope_choice import ScopeOption
from okoce.foundation.web.steps import NextStep, TrailStop

register = template.Library()


@register.inclusion_tag("web/components/wizard.html")
def wizard(step: int, total: int, saved_at: datetime | None = None) -> dict[str, object]:
    """Where one is in a form of several screens, and when what was typed was kept."""
    states = ["done" if number < step else "" for number in range(1, total + 1)]
    bars = [(number, state, number == step) for number, state in enumerate(states, start=1)]
    return {"bars": bars, "step": step, "total": total, "saved_at": saved_at}


@register.inclusion_tag("web/components/action_bar.html")
def action_bar(label: str, back: str = "", name: str = "", value: str = "") -> dict[str, str]:
    """The bar at the foot of a form: one step back (a link), and the one button."""
    return {"label": label, "back": back, "name": name, "value": value}


@register.inclusion_tag("web/components/trail.html")
def trail(stops: Sequence[TrailStop], look: str = "", label: str = "") -> dict[str, object]:
    """Seven dots: how far. `look`: trail-small."""
    return {"stops": stops, "look": look, "label": label}


@register.inclusion_tag("web/components/next_step.html", name="next_step")
def next_step_tag(step: NextStep, level: str = "h2", field_id: str = "next-step") -> dict[str, object]:
    """Exactly one on a page: where I am, what is next, who helps, by when."""
    return {"step": step, "level": level, "field_id": field_id}


@register.inclusion_tag("web/components/list.html", name="rows")
def rows_tag(rows: Sequence[ListRow]) -> dict[str, object]:
    return {"rows": rows}


@register.inclusion_tag("web/components/tasks.html", name="tasks")
def tasks_tag(tasks: Sequence[Task], level: str = "h3") -> dict[str, object]:
    return {"tasks": tasks, "level": level}


@register.inclusion_tag("web/components/filters.html", name="filters")
def filters_tag(chips: Sequence[FilterChip], label: str) -> dict[str, object]:
    """Links that narrow a list, so they work without script; `label` says what they filter."""
    return {"chips": chips, "label": label}


@register.inclusion_tag("web/components/checklist.html")
def checklist(name: str, items: Sequence[CheckItem], label: str) -> dict[str, object]:
    return {"name": name, "items": items, "label": label}


@register.inclusion_tag("web/components/batch_bar.html")
def batch_bar(
    actions: Sequence[tuple[str, str]], name: str = "tindakan", label: str = "", everybody: str = ""
) -> dict[str, object]:
    """Ends a form around `{% table … pick="orang" %}`: the chosen rows, and one button per (value, label). `everybody` is said
    while the box in `.pick-all` is ticked."""
    return {"actions": actions, "name": name, "label": label, "everybody": everybody}


@register.simple_tag
def desk_menu(items: tuple[NavItem, ...], current: str) -> SafeString:
    """The pages of the desk that the reader's grants open; one drawing for all who see the same ones."""
    return drawn_once("web/components/desk_menu.html", items=items, current=current)


@register.simple_tag
def scope_options(options: tuple[ScopeOption, ...]) -> SafeString:
    """What the switch of the desk offers."""
    return drawn_once("web/components/scope_options.html", options=options)


@register.inclusion_tag("web/components/tab_bar.html")
def tab_bar(items: Sequence[NavItem], current: str = "", label: str = "") -> dict[str, object]:
    """The member's thumb bar, three to five pages; `current` is the key of this one."""
    return {"items": items, "current": current, "label": label}


@register.inclusion_tag("web/components/member_card.html", name="member_card")
def member_card_tag(card: MemberCard, level: str = "h2") -> dict[str, object]:
    return {"card": card, "level": level}


@register.inclusion_tag("web/components/compare.html")
def compare(left: Side, right: Side, lines: Sequence[ComparedLine], label: str) -> dict[str, object]:
    """Two records side by side; what differs is marked in words too."""
    return {"left": left, "right": right, "lines": lines, "label": label}


@register.inclusion_tag("web/components/offline.html")
def offline(sentence: str) -> dict[str, str]:
    """What a page that was kept says of itself; the service worker puts the same onto it."""
    return {"sentence": sentence}
