"""The pages of rules: the list for every officer, the editor for whoever decides."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.dashboards.people.narrowing import exact_place
from okoce.dashboards.rules import showing
from okoce.dashboards.rules.deciding import Decision, Draft, decide
from okoce.dashboards.rules.forms import EndRule, NarrowRules, WriteRule, as_it_stands
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import author_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import latest_today, today_wib
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import FilterChip, chips_by_state, list_address
from okoce.pipeline.actions import rules as deeds
from okoce.pipeline.queries.rules import planned_end, planned_version, programmes, reached_rule, told_rule
from okoce.pipeline.rule_plans import Plan, earliest_day, period_in_words
from okoce.pipeline.rules import Rule, all_rules

UNPROCESSABLE = 422
A_PAGE = 50
STATES = ("now", "to_come", "over")
ALL = "semua"


@require_safe
@needs(Permission.PIPELINE_READ_FUNNEL)
def rule_list(request: Request) -> HttpResponse:
    """What holds where on a day; what held, what comes."""
    form = NarrowRules(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = asked.get("per") or today_wib()
    place, problem = exact_place(asked.get("wilayah", "").strip())
    if problem:
        form.add_error("wilayah", problem)
    found = [rule for rule in _in_order() if _concerns(rule, place)]
    state = _asked_state(request.GET.get("keadaan", ""))
    chosen = [rule for rule in found if not state or showing.state_of(rule, day) == state]
    page, after = _page(chosen, request.GET.get("sesudah", ""))
    narrowed = {
        "wilayah": asked.get("wilayah", ""),
        "per": asked["per"].isoformat() if asked.get("per") else "",
    }
    context = {
        "form": form,
        "day": day,
        "columns": showing.columns_of_list(),
        "rows": showing.lines_of(page),
        "chips": _chips(found, state, day, narrowed),
        "next_href": list_address("rule_list", **narrowed, keadaan=state or ALL, sesudah=after)
        if after
        else "",
        "may_write": request.actor.may(Permission.PIPELINE_MANAGE_RULES),
        "is_narrowed": bool(place or state),
    }
    return render(request, "dashboards/rule_list.html", context, status=UNPROCESSABLE if form.errors else 200)


def _asked_state(typed: str) -> str:
    """What holds, unless something else is asked for; "" is all."""
    if typed == ALL:
        return ""
    return typed if typed in STATES else STATES[0]


def _in_order() -> list[Rule]:
    """By territory, the latest version first."""
    return sorted(
        all_rules(), key=lambda rule: (rule.region, -(rule.from_on or date.min).toordinal(), rule.code)
    )


def _concerns(rule: Rule, place: str) -> bool:
    """Rules that reach a place, and those of places within it."""
    return not place or rule.reaches(place) or rule.region.startswith(place + ".")


def _page(rules: list[Rule], after: str) -> tuple[list[Rule], str]:
    codes = [rule.code for rule in rules]
    start = codes.index(after) + 1 if after in codes else 0
    page = rules[start : start + A_PAGE]
    return page, page[-1].code if len(rules) > start + A_PAGE else ""


def _chips(rules: list[Rule], state: str, day: date, narrowed: dict[str, str]) -> list[FilterChip]:
    counts = {one: sum(1 for rule in rules if showing.state_of(rule, day) == one) for one in STATES}
    labels = {"now": _("Berlaku hari itu"), "to_come": _("Akan datang"), "over": _("Sudah lewat")}

    def address(one: str) -> str:
        return list_address("rule_list", **narrowed, keadaan=one or ALL)

    return chips_by_state(list(labels.items()), counts, state, address, shows_empty=True)


@require_safe
@needs(Permission.PIPELINE_READ_FUNNEL)
def rule_detail(request: Request, rule: str) -> HttpResponse:
    """One version with its conditions in words, who made it and why, and the other versions of its territory."""
    told, reason, lines = told_rule(rule)
    same_place = [one for one in _in_order() if one.region == told.region and one.code != told.code]
    # what can be done with it is judged where the day comes first, as by the deeds
    state, begun = showing.state_of(told, today_wib()), showing.state_of(told, latest_today())
    authors = author_names(line.author for line in lines)
    context = {
        "rule": told,
        "reason": reason,
        "place": territory.path_of(told.region),
        "period": period_in_words(told),
        "order": showing.order_in_words(told),
        "stages": showing.stages_in_words(told),
        "state": state,
        "columns": showing.columns_of_list(),
        "others": showing.lines_of(same_place[:A_PAGE]),
        "lines": [replace(line, author=authors[line.author]) for line in lines],
        "may_write": request.actor.may(Permission.PIPELINE_MANAGE_RULES),
        "may_end": request.actor.may(Permission.PIPELINE_MANAGE_RULES) and _may_end(told, begun),
        "is_to_come": begun == "to_come",
    }
    return render(request, "dashboards/rule_detail.html", context)


def _may_end(rule: Rule, state: str) -> bool:
    return state == "to_come" or (state == "now" and bool(rule.region))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PIPELINE_MANAGE_RULES)
def write_rule(request: Request) -> HttpResponse:
    """A version from a day on: the form, the preview, and saving what was previewed."""
    base = {rule.code: rule for rule in all_rules()}.get(request.GET.get("dari", ""))
    form = WriteRule(
        request.POST if request.method == "POST" else None,
        initial=as_it_stands(base) if base else {"from_on": earliest_day()},
        programmes=programmes(),
    )
    decision = Decision()
    if form.is_valid():
        new = form.new_rule()

        def planned() -> tuple[Plan, str]:
            _clean, plan, rules = planned_version(request.actor, new)
            return plan, rules

        draft = Draft(new, planned, lambda seen: deeds.add_rule(request.actor, new, seen).code)
        decision = decide(request.actor, form, draft, is_saving="save" in request.POST)
    if decision.code:
        messages.success(request, _("Aturan disimpan. Ia berlaku mulai hari yang Anda tulis."))
        return redirect("rule_detail", rule=decision.code)
    return _drawn(request, "dashboards/write_rule.html", form, decision, {})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PIPELINE_MANAGE_RULES)
def end_rule(request: Request, rule: str) -> HttpResponse:
    """The last day of a version; or taking one back before its first day."""
    reached_rule(request.actor, rule)
    told, _reason, _lines = told_rule(rule)
    is_to_come = showing.state_of(told, latest_today()) == "to_come"
    form = EndRule(request.POST if request.method == "POST" else None, is_to_come=is_to_come)
    decision = Decision()
    if form.is_valid():
        on, reason = form.on, form.cleaned_data["reason"]

        def carried_out(seen: deeds.Seen) -> str:
            if on is None:
                return deeds.withdraw_rule(request.actor, rule, reason, seen).code
            return deeds.end_rule(request.actor, rule, on, reason, seen).code

        draft = Draft((rule, on), lambda: planned_end(request.actor, rule, on), carried_out)
        decision = decide(request.actor, form, draft, is_saving="save" in request.POST)
    if decision.code:
        messages.success(request, _("Aturan dibatalkan.") if is_to_come else _("Akhir aturan disimpan."))
        return redirect("rule_detail", rule=decision.code)
    context = {"rule": told, "is_to_come": is_to_come, "place": territory.path_of(told.region)}
    return _drawn(request, "dashboards/end_rule.html", form, decision, context)


def _drawn(
    request: HttpRequest,
    template: str,
    form: WriteRule | EndRule,
    decision: Decision,
    context: dict[str, object],
) -> HttpResponse:
    """The form with the preview of what stands in it."""
    told = {
        **context,
        "form": form,
        "preview": decision.preview,
        "seal": decision.seal,
        "has_moved": decision.has_moved,
        "columns": showing.columns_of_preview(),
    }
    return render(request, template, told, status=UNPROCESSABLE if form.errors else 200)
