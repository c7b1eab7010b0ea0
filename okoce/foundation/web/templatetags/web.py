"""What templates write figures, days, icons and components with. A builtin: no `{% load %}` needed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from okoce.foundation.web import constellation, forms, numbers, stylesheet
from okoce.foundation.web.cards import SquareCode
from okoce.foundation.web.drawing import MOST_REMEMBERED
from okoce.foundation.web.figures import Figure
from okoce.foundation.web.funnel import FunnelStage, Reason, funnel_rows, reason_rows
from okoce.foundation.web.icons import ICONS
from okoce.foundation.web.passport import Stamp
from okoce.foundation.web.tables import CellValue, Column, MappedColumn, drawn_rows
from okoce.foundation.web.timeline import drawn_entries

register = template.Library()


@register.filter
def rupiah(value: int | None) -> str:
    return numbers.rupiah_text(value)


@register.filter
def count(value: int | None) -> str:
    return numbers.count_text(value)


@register.filter
def percent(ratio: float | Decimal | None) -> str:
    return numbers.percent_text(ratio)


@register.filter
def day(value: date | None, length: str = "long") -> str:
    return numbers.day_text(value, length)


@register.filter
def moment(value: datetime | None, length: str = "long") -> str:
    return numbers.moment_text(value, length)


@register.filter
def clock(value: datetime) -> str:
    return numbers.clock_text(value)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words, for the avatar."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.simple_tag(name="stylesheet", takes_context=True)
def stylesheet_tag(context: Context) -> SafeString:
    return stylesheet.in_head(context.get("request"))


@register.simple_tag(takes_context=True)
def stylesheet_file(context: Context) -> SafeString:
    return stylesheet.at_end(context.get("request"))


@register.simple_tag
def icon(name: str) -> SafeString:
    return _drawn_icon(name)


@cache
def _drawn_icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def icon_path(name: str) -> str:
    return ICONS[name]


@register.inclusion_tag("web/components/button.html")
def button(
    label: str, href: str = "", look: str = "", icon: str = "", name: str = "", value: str = ""
) -> dict[str, str]:
    """A link with `href`, else a submit button. `look`: words of secondary, lit, text, small, wide."""
    classes = " ".join(["button", *(f"button-{word}" for word in look.split())])
    return {"label": label, "href": href, "classes": classes, "icon_name": icon, "name": name, "value": value}


@register.simple_tag
def field(bound: BoundField, css: str = "") -> SafeString:
    """A form's field with label, help and error above the input. `css`: input-short, input-code; for choices
    choice-tiles or segments."""
    if forms.is_drawn_alike(bound):
        form: Callable[[dict[str, str]], BaseForm] = type(bound.form)
        return _drawn_alike(form, bound.name, str(bound.value() or ""), css, get_language())
    return _drawn_field(bound, css)


@lru_cache(MOST_REMEMBERED)
def _drawn_alike(
    form: Callable[[dict[str, str]], BaseForm], name: str, value: str, css: str, language: str | None
) -> SafeString:
    """Out of a form that knows nothing but this value, so that nothing of anybody's form is remembered."""
    del language  # active; a part of what the drawing is remembered by
    return _drawn_field(form({name: value})[name], css)


def _drawn_field(bound: BoundField, css: str) -> SafeString:
    kind = forms.kind_of(bound.field.widget)
    described_by = forms.described_by(bound, str(bound.help_text))
    context = {
        "kind": kind,
        "label": bound.label,
        "field_id": forms.id_of(bound),
        "help": bound.help_text,
        "errors": bound.errors,
        # a form that only asks questions need not say that each of them may be left out
        "is_optional": not bound.field.required and not isinstance(bound.form, forms.QuestionForm),
        "described_by": described_by,
        "widget": "" if kind == "choice" else forms.drawn_widget(bound, kind, described_by, css),
        "options": bound.subwidgets if kind == "choice" else [],
        "look": "segments" if css == "segments" else f"choice {css}".rstrip(),
    }
    return render_to_string("web/components/field.html", context)


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    return {"errors": forms.summary_of(form)}


@register.inclusion_tag("web/components/notice.html")
def notice(
    text: str, tone: str = "", title: str = "", href: str = "", link: str = "", role: str = ""
) -> dict[str, str]:
    """`tone`: "", verified, waiting, stuck; role="alert" or "status" where it comes later than the page."""
    icon_name = {"verified": "check", "waiting": "clock", "stuck": "warning"}.get(tone, "info")
    return {
        "text": text,
        "tone": tone,
        "title": title,
        "href": href,
        "link": link,
        "role": role,
        "icon_name": icon_name,
    }


@register.inclusion_tag("web/components/badge.html")
def badge(text: str, tone: str = "") -> dict[str, str]:
    """`tone` is "", verified, waiting, stuck or lit."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("web/components/figures.html", name="figures")
def figures_tag(figures: Sequence[Figure], look: str = "") -> dict[str, object]:
    """A row of figures. `look`: figures-tight, figures-two."""
    return {"figures": figures, "look": look}


@register.inclusion_tag("web/components/funnel.html", name="funnel")
def funnel_tag(
    stages: Sequence[FunnelStage], is_wide: bool = False, marks_most: bool = True, has_patterns: bool = True
) -> dict[str, object]:
    """`is_wide` puts bars beside names inside a .container; one funnel a page brings the patterns."""
    return {
        "rows": funnel_rows(stages),
        "wide": is_wide,
        "mark_most": marks_most,
        "has_patterns": has_patterns,
    }


@register.inclusion_tag("web/components/reasons.html", name="reasons")
def reasons_tag(reasons: Sequence[Reason]) -> dict[str, object]:
    return {"rows": reason_rows(reasons), "total": sum(reason.count for reason in reasons)}


@register.inclusion_tag("web/components/table.html", name="table")
def table_tag(
    columns: Sequence[Column],
    rows: Sequence[Sequence[CellValue]],
    label: str,
    caption: str = "",
    fold: str = "fold",
    pick: str = "",
) -> dict[str, object]:
    """The first cell of a row is its head; whole numbers get dots; `label` names the scrolling region. On a phone a row
    takes a line for each value, few lines with `fold="tight"` (for long lists), a paragraph for each with `fold="stack"` (for
    sentences), or stays as it is with "". `pick` puts a box
    of that name before each head whose cell has a `pick`."""
    drawn = drawn_rows(columns, rows, pick)
    look = {"caption": caption, "fold": fold}
    return {"columns": columns, "rows": drawn, "label": label, **look}


@register.inclusion_tag("web/components/empty.html")
def empty(
    title: str, sentence: str, href: str = "", action: str = "", icon: str = "list", level: str = "h3"
) -> dict[str, str]:
    """Why there is nothing, and one thing to do. `level` is the heading: h2, h3 or p."""
    return {
        "title": title,
        "sentence": sentence,
        "href": href,
        "action": action,
        "icon_name": icon,
        "level": level,
    }


@register.inclusion_tag("web/components/passport.html", name="passport")
def passport_tag(
    holder: str,
    stamps: Sequence[Stamp],
    detail: str = "",
    number: str = "",
    level: str = "h2",
    code: SquareCode | None = None,
) -> dict[str, object]:
    cover = {"holder": holder, "detail": detail, "number": number, "level": level, "code": code}
    return {"stamps": stamps, **cover}


@register.inclusion_tag("web/components/timeline.html", name="timeline")
def timeline_tag(lines: Sequence[Any], labels: Mapping[str, str] | None = None) -> dict[str, object]:
    """Takes TimelineEntry or the trail's HistoryLine; `labels` names the changed fields in Indonesian."""
    return {"entries": drawn_entries(lines, labels or {})}


@register.inclusion_tag("web/components/pager.html")
def pager(text: str, next_href: str = "", previous_href: str = "") -> dict[str, str]:
    return {"text": text, "next_href": next_href, "previous_href": previous_href}


@register.inclusion_tag("web/components/upload.html")
def upload(
    name: str, label: str, help_text: str = "", error: str = "", accept: str = ".csv,.xlsx"
) -> dict[str, str]:
    ids = [f"id_{name}_error"] if error else []
    described_by = " ".join([*ids, f"id_{name}_help"] if help_text else ids)
    return {
        "name": name,
        "label": label,
        "help": help_text,
        "error": error,
        "accept": accept,
        "described_by": described_by,
    }


@register.inclusion_tag("web/components/mapping.html")
def mapping(
    columns: Sequence[MappedColumn],
    options: Sequence[tuple[str, str]] = (),
    label: str = "",
    caption: str | None = None,
) -> dict[str, object]:
    """How a file's columns were read; with `options` each can be changed, posted as column-<position>."""
    return {
        "columns": columns,
        "options": options,
        "label": label or gettext("Arti tiap kolom berkas"),
        "caption": gettext("Periksa arti tiap kolom. Yang tidak dikenal dilewati.")
        if caption is None
        else caption,
    }


@register.inclusion_tag("web/components/progress.html")
def progress(text: str, value: int = 0, maximum: int = 0, field_id: str = "progress") -> dict[str, object]:
    """Without `maximum` the bar only says that work goes on."""
    return {"text": text, "value": value, "maximum": maximum, "field_id": field_id}


@register.inclusion_tag("web/components/explain.html")
def explain(question: str, answer: str) -> dict[str, str]:
    """A word explained where it stands."""
    return {"question": question, "answer": answer}


@register.inclusion_tag("web/components/constellation.html", name="constellation")
def constellation_tag(
    counts: Mapping[str, int], label: str, lit_by: str = constellation.MEMBERS
) -> dict[str, object]:
    """The map, one dot per kecamatan, lit by its members or its centres; `label` says in one sentence what is to be seen."""
    drawn = constellation.drawing(constellation.cells(), counts, lit_by)
    size = {"width": constellation.WIDTH, "height": constellation.HEIGHT}
    return {"has_base": drawn.has_base, "layers": drawn.layers, "label": label, **size}


@register.inclusion_tag("web/components/legend.html")
def legend(lit_by: str = constellation.MEMBERS) -> dict[str, object]:
    """What the dots of the constellation mean."""
    return {"lit_by": lit_by}
