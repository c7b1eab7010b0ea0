"""The queue of the data officer: what members ask about their data, each with its clock; taking one on, and answering it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.actions.account_rights import AccountCorrection
from okoce.community.privacy.actions.account_rights import correct_account as deed_correct_account
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.actions.requests import (
    answer_data_request,
    note_written_request,
    take_data_request,
)
from okoce.community.privacy.actions.requests import note_account_request as deed_note_account_request
from okoce.community.privacy.queries.accounts import (
    account_reached_at,
    account_that_asked,
    is_letter_of_account,
)
from okoce.community.privacy.queries.cases import (
    RECENT_DAYS,
    Case,
    Mark,
    answered_lately,
    askers_of,
    cases_waiting,
    erased_lately,
    standing_of_desk,
)
from okoce.community.privacy.queries.rights import request_for
from okoce.community.privacy.states import AccountLookedAt, LookedAt, RequestKind
from okoce.dashboards.data_office.forms import AnswerRequest, CorrectAccount, NoteAccountRequest, NoteRequest
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import number_typed

UNPROCESSABLE = 422
ANSWER = Permission.MEMBERS_ANSWER_DATA_REQUEST
HOUR = 3600


@require_safe
@needs(Permission.PRIVACY_READ)
def data_request_list(request: Request) -> HttpResponse:
    """What waits, whose clock runs out first on top."""
    page = cases_waiting(request.actor, Mark.read(request.GET.get("sesudah", "")))
    names = user_names(
        {case.row.taken_by for case in page.cases if not case.is_erasure and case.row.taken_by}
    )
    askers = askers_of(case.row for case in page.cases)
    context = {
        "cases": [
            {
                "case": case,
                "asker": askers[case.row.member_id, case.row.user_id],
                "taken_by": "" if case.is_erasure else names.get(case.row.taken_by, ""),
                **clock_of(case),
            }
            for case in page.cases
        ],
        "standing": standing_of_desk(request.actor),
        "recent_days": RECENT_DAYS,
        "may_erase": request.actor.may(Permission.MEMBERS_ERASE),
        "may_note": request.actor.may(ANSWER),
        "next_href": f"{reverse('data_request_list')}?sesudah={page.next.text}" if page.next else "",
    }
    return render(request, "data_office/data_request_list.html", context)


@require_safe
@needs(Permission.PRIVACY_READ)
def answered_requests(request: Request) -> HttpResponse:
    """What was answered, by whom, and after how long; and the last erasures, of which nothing but their times is left."""
    rows, following = answered_lately(request.actor, number_typed(request.GET.get("sebelum", "")))
    names = user_names({one.answered_by for one in rows if one.answered_by})
    askers = askers_of(rows)
    context = {
        "answered": [
            (
                one,
                askers[one.member_id, one.user_id],
                names.get(one.answered_by or 0, ""),
                *took(one.asked_at, one.answered_at, one.due),
            )
            for one in rows
        ],
        "erased": erased_lately(request.actor),
        "next_href": f"{reverse('answered_requests')}?sebelum={following}" if following else "",
    }
    return render(request, "data_office/answered_requests.html", context)


def took(asked_at: datetime, answered_at: datetime | None, due: datetime) -> tuple[str, str]:
    """After how many hours it was answered, and the tone of the badge: in time or late."""
    until = answered_at or timezone.now()
    hours = max(0, int((until - asked_at).total_seconds() // HOUR))
    words = ngettext("Dijawab dalam %d jam", "Dijawab dalam %d jam", hours) % hours
    return (words, "verified") if until <= due else (_("%s, terlambat") % words, "stuck")


def clock_of(case: Case) -> dict[str, str]:
    """How long there is still time to answer, or to think better of it, and the tone of the badge that says so."""
    hours = int((case.due - timezone.now()).total_seconds() // HOUR)
    if case.is_late:
        return {"clock": _("Terlambat %d jam") % -hours, "tone": "stuck"}
    if hours < 0:
        return {"clock": _("Dijalankan dalam jam ini"), "tone": "waiting"}
    if case.is_erasure:  # not time that the desk has, but time that she has
        return {"clock": _("Masih bisa dibatalkan %d jam") % hours, "tone": "waiting"}
    return {"clock": _("Sisa %d jam") % hours, "tone": "waiting"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PRIVACY_READ, to_write=ANSWER)
def data_request_detail(request: Request, request_id: int) -> HttpResponse:
    """One request, whose it is, and the answer."""
    asked = request_for(request.actor, request_id)
    form = AnswerRequest(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            answer_data_request(request.actor, asked, form.cleaned_data["answer"])
            messages.success(request, _("Jawaban tersimpan. Yang meminta membacanya di halamannya."))
            return redirect("data_request_list")
    if asked.member is not None:
        note_look(request.actor, Sight.of(asked.member, LookedAt.REQUEST))
    else:
        note_account_look(request.actor, AccountSight(page=AccountLookedAt.REQUEST, user_id=asked.user_id))
    names = user_names(filter(None, (asked.taken_by, asked.answered_by)))
    context = {
        "asked": asked,
        "asker": askers_of([asked])[asked.member_id, asked.user_id],
        "may_correct": asked.member is None and asked.kind == RequestKind.CORRECT,
        "may_erase": is_letter_of_account(asked) and request.actor.may(Permission.MEMBERS_ERASE),
        "form": form,
        "taken_by": names.get(asked.taken_by or 0, ""),
        "answered_by": names.get(asked.answered_by or 0, ""),
        "may_answer": is_reached(asked, request.actor, ANSWER),
        "is_mine": asked.taken_by is not None and asked.taken_by == request.actor.user_id,
        **clock_of(Case(asked, False, asked.due)),
    }
    return render(
        request, "data_office/data_request_detail.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ANSWER)
def correct_account(request: Request, request_id: int) -> HttpResponse:
    """Name and e-mail of an account whose holder asked for that."""
    asked = request_for(request.actor, request_id)
    account = account_that_asked(asked)
    standing = {"name": account.name, "email": account.email or ""}
    form = CorrectAccount(request.POST if request.method == "POST" else None, initial=standing)
    if form.is_valid():
        with form.taking_refusals():
            deed_correct_account(request.actor, asked, AccountCorrection(**form.cleaned_data))
            messages.success(request, _("Data akun dibetulkan. Sekarang jawab permintaannya."))
            return redirect("data_request_detail", request_id=asked.pk)
    note_account_look(request.actor, AccountSight(page=AccountLookedAt.ACCOUNT, user_id=account.pk))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "data_office/correct_account.html", {"form": form, "asked": asked}, status=status)


@require_POST
@needs(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def take_request(request: Request, request_id: int) -> HttpResponse:
    """Say that I answer this one."""
    asked = request_for(request.actor, request_id)
    try:
        take_data_request(request.actor, asked)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Permintaan ini sekarang Anda yang menjawab."))
    return redirect("data_request_detail", request_id=asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def note_request(request: Request, number: str) -> HttpResponse:
    """Note what a member asked in a letter, or in an office."""
    member = member_seen(request, number, Permission.MEMBERS_ANSWER_DATA_REQUEST, LookedAt.REQUEST)
    form = NoteRequest(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            asked = note_written_request(request.actor, member, form.written())
            messages.success(request, _("Permintaan dicatat. Waktunya berjalan sejak hari surat diterima."))
            return redirect("data_request_detail", request_id=asked.pk)
    context = {"form": form, "member": member, "back_href": reverse("member_detail", args=[member.number])}
    return render(
        request, "data_office/note_request.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def note_account_request(request: Request) -> HttpResponse:
    """Note what the owner of an account asked in a letter. Whose account it is, is shown and confirmed before it is noted."""
    form = NoteAccountRequest(request.POST if request.method == "POST" else None)
    account = None
    if form.is_valid():
        account = account_reached_at(request.actor, form.cleaned_data["contact"])
        if account is None:
            form.add_error(
                "contact", _("Tidak ada akun seperti itu. Permintaan anggota dicatat di halaman anggotanya.")
            )
        elif request.POST.get("akun") == str(account.pk):
            with form.taking_refusals():
                asked = deed_note_account_request(request.actor, account.pk, form.written())
                messages.success(
                    request, _("Permintaan dicatat. Waktunya berjalan sejak hari surat diterima.")
                )
                return redirect("data_request_detail", request_id=asked.pk)
    if account is not None:
        note_account_look(request.actor, AccountSight(page=AccountLookedAt.ACCOUNT, user_id=account.pk))
    context = {"form": form, "account": account, "back_href": reverse("data_request_list")}
    return render(
        request,
        "data_office/note_account_request.html",
        context,
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_safe
@needs(Permission.PRIVACY_READ)
def former_request_list(request: Request) -> HttpResponse:
    """Where the queue stood before: bookmarks go on working."""
    return redirect("data_request_list", permanent=True)


@require_safe
@needs(Permission.PRIVACY_READ)
def former_request(request: Request, request_id: int) -> HttpResponse:
    """Likewise of one request."""
    return redirect(
        "data_request_detail", request_id=request_for(request.actor, request_id).pk, permanent=True
    )
