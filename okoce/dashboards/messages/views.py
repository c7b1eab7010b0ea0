"""The desk's pages of messages."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.dashboards.messages.forms import ChoosePreference, DecideHandRule, TakeBackHandRule, WriteWording
from okoce.dashboards.messages.showing import for_days, hand_rule_columns, hand_rule_row, touched_in_words
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, View, is_officer, needs
from okoce.foundation.notifications import actions as deeds
from okoce.foundation.notifications import hand_rules, queries
from okoce.foundation.notifications.composing import fill
from okoce.foundation.notifications.hands import hands_at
from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import NOT_SENT, Language, MessageState
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, NotAllowed, NotFound
from okoce.foundation.web.lists import FilterChip

UNPROCESSABLE = 422
LONGEST_ID = 18


def asked_id(typed: str) -> int | None:
    """Behind which row a page begins; whatever else stands in the address is the first page."""
    is_id = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_ID
    return int(typed) if is_id else None


def _mine(request: Request) -> To:
    """An officer's own messages, also when her office is over; a member reads hers among her own pages."""
    if not is_officer(request.actor) and not queries.has_been_told(request.actor):
        raise NotAllowed(_("Halaman ini milik petugas. Pesan untuk anggota ada di halaman Anda sendiri."))
    return To(user_id=request.actor.user_id)


def _or_told(view: View) -> View:
    """Whose last grant has ended still reads what she was told."""
    guarded = needs(Permission.MESSAGES_READ_OWN)(view)

    @functools.wraps(guarded)
    def told(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_left = request.user.is_authenticated and not request.actor.may(Permission.MESSAGES_READ_OWN)
        has_some = is_left and queries.has_been_told(request.actor)
        return (view if has_some else guarded)(request, *args, **kwargs)

    return told


@never_cache
@require_safe
@_or_told
def officer_messages(request: Request) -> HttpResponse:
    """What an officer was told, newest first."""
    page = queries.own_messages(
        request.actor, _mine(request), before=asked_id(request.GET.get("sesudah", ""))
    )
    context = {
        "told": page.rows,
        "may_choose": request.actor.may(Permission.MESSAGES_READ_OWN),
        "newest": max((one.id for one in page.rows), default=0),  # type: ignore[attr-defined]  # rows of Told
        "next_href": f"{reverse('officer_messages')}?sesudah={page.next}" if page.next else "",
    }
    return render(request, "messages/officer_messages.html", context)


@require_POST
@needs(Permission.MESSAGES_READ_OWN)
def read_officer_messages(request: Request) -> HttpResponse:
    """All of them are read."""
    deeds.mark_own_read(request.actor, _mine(request), asked_id(request.POST.get("newest", "")) or 0)
    return redirect("officer_messages")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MESSAGES_READ_OWN)
def officer_preferences(request: Request) -> HttpResponse:
    """How an officer wants to be written to."""
    form, is_done = chosen_preference(request, _mine(request))
    if is_done:
        return redirect("officer_messages")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "messages/officer_preferences.html", {"form": form}, status=status)


def chosen_preference(request: Request, to: To) -> tuple[ChoosePreference, bool]:
    """The form of somebody's preferences, and whether it was carried out."""
    choice = queries.own_choice(request.actor, to)
    initial = {"channel": choice.channel, "language": choice.language, "is_stopped": choice.is_stopped}
    form = ChoosePreference(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return form, False
    try:
        deeds.choose_own_preference(request.actor, to, **form.cleaned_data)
    except NotFound:
        raise
    except DomainError as refusal:
        form.take(refusal)
        return form, False
    flash.success(request, _("Pilihan Anda disimpan."))
    return form, True


@never_cache
@require_safe
@needs(Permission.MESSAGES_READ_BY_HAND)
def hand_list(request: Request) -> HttpResponse:
    """What waits to be sent from somebody's own phone, the longest waiting first; what one has taken oneself above it."""
    found = queries.messages_by_hand(request.actor, after=asked_id(request.GET.get("sesudah", "")) or 0)
    page = found.page
    context = {
        "may_send": request.actor.may(Permission.MESSAGES_SEND),
        "mine": found.mine,
        "waiting": page.rows,
        "waiting_count": found.count,
        "most_counted": queries.MOST_COUNTED,
        "oldest": found.oldest,
        "next_href": f"{reverse('hand_list')}?sesudah={page.next}" if page.next else "",
    }
    return render(request, "messages/hand_list.html", context)


@require_POST
@needs(Permission.MESSAGES_SEND)
def take_by_hand(request: Request, message_id: int) -> HttpResponse:
    """I am going to send it."""
    told = _("Pesan ini sekarang Anda yang pegang. Buka tautannya, kirim, lalu catat.")
    return _by_hand(request, message_id, deeds.take_by_hand, told)


@require_POST
@needs(Permission.MESSAGES_SEND)
def let_go_by_hand(request: Request, message_id: int) -> HttpResponse:
    """I am not going to send it after all."""
    return _by_hand(
        request, message_id, deeds.let_go_by_hand, _("Pesan dilepas. Rekan lain bisa mengambilnya.")
    )


@require_POST
@needs(Permission.MESSAGES_SEND)
def mark_sent_by_hand(request: Request, message_id: int) -> HttpResponse:
    """I have sent it."""
    return _by_hand(request, message_id, deeds.mark_sent_by_hand, _("Tercatat sudah dikirim."))


def _by_hand(
    request: Request, message_id: int, deed: Callable[[Actor, Any], object], told: str
) -> HttpResponse:
    message = queries.message_for(request.actor, message_id, Permission.MESSAGES_SEND)
    try:
        deed(request.actor, message)
    except NotFound:
        raise
    except DomainError as refusal:
        flash.error(request, refusal.sentence)
    else:
        flash.success(request, told)
    return redirect("hand_list")


@never_cache
@require_safe
@needs(Permission.MESSAGES_READ)
def delivery_list(request: Request) -> HttpResponse:
    """All messages with what became of each, and what the day costs."""
    asked = request.GET.get("keadaan", "")
    state = asked if asked in MessageState.values else ""
    page = queries.deliveries(request.actor, state=state, before=asked_id(request.GET.get("sesudah", "")))
    narrowed = f"keadaan={state}&" if state else ""
    context = {
        "deliveries": page.rows,
        "chips": _chips(request, state),
        "spending": queries.spending_today(request.actor),
        "next_href": f"{reverse('delivery_list')}?{narrowed}sesudah={page.next}" if page.next else "",
        "may_withdraw": request.actor.may(Permission.MESSAGES_MANAGE),
        "not_sent": NOT_SENT,
        "is_narrowed": bool(state),
    }
    return render(request, "messages/delivery_list.html", context)


def _chips(request: Request, state: str) -> list[FilterChip]:
    here, counts = reverse("delivery_list"), queries.count_by_state(request.actor)
    return [
        FilterChip(_("Semua"), here, is_current=not state),
        *(
            FilterChip(str(one.label), f"{here}?keadaan={one.value}", counts[one.value], one.value == state)
            for one in MessageState
            if counts[one.value] or one.value == state
        ),
    ]


@require_POST
@needs(Permission.MESSAGES_MANAGE)
def withdraw_message(request: Request, message_id: int) -> HttpResponse:
    """It shall not go out."""
    message = queries.message_for(request.actor, message_id, Permission.MESSAGES_MANAGE)
    try:
        deeds.withdraw_message(request.actor, message)
    except NotFound:
        raise
    except DomainError as refusal:
        flash.error(request, refusal.sentence)
    else:
        flash.success(request, _("Pesan ditarik."))
    return redirect("delivery_list")


@require_safe
@needs(Permission.MESSAGES_READ)
def wording_list(request: Request) -> HttpResponse:
    """Each kind of message with the words that hold today."""
    holding = queries.wordings_today(today_wib())
    hands = hands_at(timezone.now())
    kinds = [
        (
            kind,
            [holding[kind.code, one] for one in Language.values if (kind.code, one) in holding],
            hands.days_of(kind.code),
        )
        for kind in KINDS.values()
    ]
    context = {"kinds": kinds, "may_write": request.actor.may(Permission.MESSAGES_MANAGE)}
    return render(request, "messages/wording_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MESSAGES_MANAGE)
def write_wording(request: Request, kind: str) -> HttpResponse:
    """The words of one kind in one language: what holds, another version with a preview, and all before."""
    if kind not in KINDS:
        raise NotFound(_("Jenis pesan itu tidak ada."))
    asked = request.GET.get("bahasa", "")
    language = asked if asked in Language.values else Language.INDONESIAN.value
    latest = queries.latest_wording(kind, language)
    posted = request.POST if request.method == "POST" else None
    form = WriteWording(posted, initial=_as_it_stands(latest), kind=KINDS[kind])
    if form.is_valid() and "preview" not in request.POST:
        with form.taking_refusals():
            deeds.write_wording(request.actor, form.new_wording(kind, language))
            flash.success(request, _("Kata-kata disimpan sebagai versi baru."))
            return redirect("wording_list")
    context = {
        "kind": KINDS[kind],
        "language": Language(language),
        "chips": _languages(kind, language),
        "form": form,
        "preview": _preview(form, kind, language),
        "versions": [one for one in queries.wordings_of(kind) if one.language == language],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "messages/write_wording.html", context, status=status)


def _as_it_stands(latest: Any) -> dict[str, Any]:
    if latest is None:
        return {"seen": 0, "from_on": today_wib()}
    return {
        "subject": latest.subject,
        "body": latest.body,
        "whatsapp_name": latest.whatsapp_name,
        "from_on": today_wib(),
        "seen": latest.version,
    }


def _preview(form: WriteWording, kind: str, language: str) -> dict[str, str]:
    """The words as somebody would read them, filled with samples; of what is typed now."""
    typed = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else form.initial
    samples = KINDS[kind].samples(language)
    return {name: fill(str(typed.get(name) or ""), samples) for name in ("subject", "body")}


def _languages(kind: str, language: str) -> list[FilterChip]:
    here = reverse("write_wording", kwargs={"kind": kind})
    return [
        FilterChip(str(one.label), f"{here}?bahasa={one.value}", is_current=one.value == language)
        for one in Language
    ]


@require_safe
@needs(Permission.MESSAGES_READ)
def hand_rule_list(request: Request) -> HttpResponse:
    """Each kind of message: for how many days volunteers are asked to send it, today and from a later day on."""
    decided = hand_rules.hand_rules(today_wib())
    may_decide = request.actor.may(Permission.MESSAGES_MANAGE)
    rows = [hand_rule_row(one, is_linked=may_decide) for one in decided]
    context = {"columns": hand_rule_columns(), "rows": rows}
    return render(request, "messages/hand_rule_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MESSAGES_MANAGE)
def decide_hand_rule(request: Request, kind: str) -> HttpResponse:
    """Another rule for one kind from a day on, with a preview of whom it touches; and all that was decided before."""
    decided = hand_rules.hand_rules_of(hand_rules.hand_kind(kind), today_wib())
    form = DecideHandRule(request.POST if request.method == "POST" else None, initial=_from_tomorrow(decided))
    touched: list[str] = []
    if form.is_valid():
        rule = form.new_rule(kind)
        with form.taking_refusals():
            if "preview" not in request.POST:
                deeds.decide_hand_rule(request.actor, rule)
                flash.success(request, _("Aturan disimpan."))
                return redirect("hand_rule_list")
            hand_rules.checked_rule(rule)
            touched = touched_in_words(hand_rules.touched_by(request.actor, kind, rule.days), rule.days)
    context = {
        "kind": decided.kind,
        "form": form,
        "touched": touched,
        "now": for_days(decided.holding.days if decided.holding else 0),
        "rules": [(row, for_days(row.days), row in decided.coming) for row in decided.rows],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "messages/decide_hand_rule.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MESSAGES_MANAGE)
def take_back_hand_rule(request: Request, hand_rule_id: int) -> HttpResponse:
    """A rule that has not begun shall not."""
    rule = hand_rules.coming_rule(hand_rule_id)
    kind = hand_rules.hand_kind(rule.code)
    form = TakeBackHandRule(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.take_back_hand_rule(request.actor, rule, form.cleaned_data["reason"])
            flash.success(request, _("Aturan dibatalkan. Yang berlaku sekarang berjalan terus."))
            return redirect("decide_hand_rule", kind=kind.code)
    context = {"kind": kind, "form": form, "rule": rule, "days": for_days(rule.days)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "messages/take_back_hand_rule.html", context, status=status)


def _from_tomorrow(decided: hand_rules.Decided) -> dict[str, Any]:
    """What holds, from the first day on which it may be another."""
    tomorrow = today_wib() + timedelta(days=1)
    return {"days": decided.holding.days if decided.holding else 0, "from_on": tomorrow}
