"""The officer's desk. Everything is a plain form; script only keeps the page, moves on by Enter and queues what the line drops."""

import base64
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.members.nik import nik_warnings, parse_nik
from okoce.community.members.queries import member_for
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, DomainError, NotFound
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.web.forms import summary_of
from okoce.stages.p1_registration.applications.queries import ADULT_AGE, term
from okoce.stages.p1_registration.desk import actions, queries
from okoce.stages.p1_registration.desk.forms import STICKY, CorrectAtDesk, RegisterAtDesk, SearchAtDesk
from okoce.stages.p1_registration.desk.guardian_forms import AddGuardianConsent
from okoce.stages.p1_registration.desk.missing import Missing
from okoce.stages.p1_registration.desk.reading import carried_from, read_district
from okoce.stages.p1_registration.desk.said import Told
from okoce.stages.p1_registration.queries import awaits_guardian, guardian_was_erased

TEMPLATE = "registration/desk.html"
# The script knows an answer of the desk by it; a sign-in page or a proxy's error has none, so what was typed is kept.
ANSWER = "Okoce-Desk"
FIRST_FIELDS = ("name", "phone", "nik", "birth_on", "sex")


@require_safe
@needs(Permission.MEMBERS_REGISTER)
def desk(request: Request) -> HttpResponse:
    """The desk at the beginning of a queue."""
    form = RegisterAtDesk(initial=_alike_for_all(request))
    return _page(request, {"form": form, "search": SearchAtDesk().focus()})


@require_POST
@needs(Permission.MEMBERS_REGISTER)
def find_at_desk(request: Request) -> HttpResponse:
    """Look for a person within reach; who is not found is carried into the form. Posted, so that no NIK stands in an address."""
    typed = request.POST.get("q", "").strip()
    found = queries.known_at_desk(request.actor, typed)
    carried = carried_from(typed)
    form = RegisterAtDesk(initial=_sticky_of(request) | carried)
    missing = Missing.of(typed, carried) if typed and not found.members else None
    search = SearchAtDesk({"q": typed} if typed else None)
    if missing and missing.is_final:
        form.focus(_first_empty(carried))
    elif missing or not typed:
        search.focus()
    context: dict[str, Any] = {"form": form, "search": search, "missing": missing}
    context["found"] = _lines(found.members)
    context["is_similar"] = found.is_similar
    return _page(request, context, answer="found")


@require_POST
@needs(Permission.MEMBERS_REGISTER)
def register_at_desk(request: Request) -> HttpResponse:
    """Register one person; a refusal comes back with everything that was typed and a sentence beside each wrong field."""
    form, is_final = RegisterAtDesk(request.POST), True
    form.near = queries.region_of_work(request.actor)
    if form.is_valid():
        try:
            outcome = actions.register_at_desk(request.actor, form.submission())
        except DomainError as refusal:
            form.take(refusal)
            is_final = not isinstance(refusal, Conflict)  # somebody is at it: to be sent again as it is
        else:
            return _told(request, form, outcome)
    form.focus(next((name for name in form.fields if name in form.errors), ""))
    response = _page(request, {"form": form, "search": SearchAtDesk()}, answer="refused")
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if is_final else HTTPStatus.CONFLICT
    if not is_final:
        del response.headers[ANSWER]
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_CORRECT)
def correct_at_desk(request: Request, number: str) -> HttpResponse:
    """Put right what was mistyped about a person."""
    member = member_for(request.actor, number, Permission.MEMBERS_CORRECT)
    form = CorrectAtDesk(request.POST) if request.method == "POST" else CorrectAtDesk(initial=_stands(member))
    form.near = member.region
    entry_state = _entry_state(member)
    if form.is_valid() and _is_corrected(request, member, form):
        messages.success(request, _("Data orang ini dibetulkan."))
        for sentence in [*_warnings(form), *_business_followed(member, entry_state)]:
            messages.warning(request, sentence)
        return redirect("member_detail", number=member.number)
    note_look(request.actor, Sight.of(member, LookedAt.CORRECTION))
    context = {"member": member, "form": form, **_places(request, str(form["district"].value() or ""))}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "registration/correct_at_desk.html", context, status=status)


def _is_corrected(request: Request, member: Any, form: CorrectAtDesk) -> bool:
    try:
        corrected = actions.correct_at_desk(request.actor, member, form.rewritten())
    except NotFound:
        raise
    except DomainError as refusal:
        form.take(refusal)
        return False
    if corrected.conflict:
        form.add_error(None, corrected.conflict)
    return not corrected.conflict


def _entry_state(member: Any) -> str:
    business = getattr(member, "business", None)
    return str(business.get_entry_state_display()) if business else ""


def _business_followed(member: Any, before: str) -> list[str]:
    """That the state of her business at entry went along with her day of registration: for a second look."""
    if not before:
        return []
    member.business.refresh_from_db()
    after = _entry_state(member)
    told = _(
        "Keadaan usaha saat mendaftar ikut berubah, dari “%(before)s” menjadi “%(after)s”. Kalau keliru, pilih “Betulkan data"
        " usaha” di halaman ini."
    )
    return [told % {"before": before, "after": after}] if after != before else []


def _stands(member: Any) -> dict[str, str]:
    return {
        "name": member.name,
        "phone": show_phone(member.phone) if member.phone else "",
        "birth_on": member.birth_on.strftime("%d-%m-%Y") if member.birth_on else "",
        "sex": member.sex,
        "work_status": member.work_status,
        "district": territory.path_of(member.region),
        "village": territory.name_of(member.village) if member.village else "",
        "address": member.address,
        "registered_on": member.registered_on.strftime("%d-%m-%Y"),
    }


@require_safe
@needs(Permission.MEMBERS_REGISTER)
def desk_districts(request: Request) -> HttpResponse:
    """Kecamatan for the letters typed so far."""
    places = territory.suggest(request.GET.get("district", "").split(",")[0], Level.DISTRICT)
    return render(
        request, f"{TEMPLATE}#options", {"options": [territory.path_of(one.code) for one in places]}
    )


@require_safe
@needs(Permission.MEMBERS_REGISTER)
def desk_villages(request: Request) -> HttpResponse:
    """The kelurahan and desa of the kecamatan that is written there."""
    return render(
        request, f"{TEMPLATE}#options", {"options": _villages(request.GET.get("district", "").strip())}
    )


def _told(request: Request, form: RegisterAtDesk, outcome: actions.Outcome) -> HttpResponse:
    context = {
        "form": RegisterAtDesk(initial=form.sticky()),
        "search": SearchAtDesk().focus(),
        "told": Told.of(request.actor, outcome, _warnings(form)),
    }
    return _page(request, context, answer="taken")


def _warnings(form: RegisterAtDesk | CorrectAtDesk) -> list[str]:
    """What is odd about the NIK that was taken all the same: for a second look at the card."""
    nik, told = parse_nik(form.written("nik")), form.cleaned_data
    return [one.sentence for one in nik_warnings(nik, told["birth_on"], told["sex"])]


def _page(request: Request, context: dict[str, Any], *, answer: str = "page") -> HttpResponse:
    """The whole page, or the part that the script asked for."""
    part = _part(request, is_search=answer == "found")
    context["form"].lead_key()
    if part != "#work":
        context |= {
            "is_part": bool(part),
            "may_correct": request.actor.may(Permission.MEMBERS_CORRECT),
            "lately": queries.registered_lately(request.actor),
            "count_lately": queries.count_registered_lately(request.actor),
        }
    if not part:
        context |= _frame(request, context["form"])
    context["summary"] = summary_of(context["form"])
    response = render(request, f"{TEMPLATE}{part}", context)
    response.headers[ANSWER] = answer
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_REGISTER)
def add_guardian_consent(request: Request, number: str) -> HttpResponse:
    """Afterwards, from a minor's own page: who answers for her, what both agree to, and the officer as witness."""
    member = member_for(request.actor, number, Permission.MEMBERS_REGISTER)
    form = AddGuardianConsent(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_added(request, member, form):
        messages.success(request, _("Persetujuan orang tua atau wali dicatat. Mulai hari ini berlaku."))
        return redirect("member_detail", number=number)
    note_look(request.actor, Sight.of(member, LookedAt.CONSENTS))
    context = {
        "form": form,
        "member": member,
        "is_awaited": awaits_guardian(request.actor, member),
        "was_erased": guardian_was_erased(request.actor, member),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "registration/add_guardian_consent.html", context, status=status)


def _is_added(request: Request, member: Any, form: AddGuardianConsent) -> bool:
    try:
        actions.add_guardian_consent(request.actor, member, form.guardian, purposes=form.purposes)
    except NotFound:
        raise
    except DomainError as refusal:
        form.take(refusal)
        return False
    return True


def _part(request: Request, *, is_search: bool) -> str:
    if not request.htmx:
        return ""
    if request.htmx.target == "desk-queue":
        return "#sent"
    return "#work" if is_search else "#answer"


def _frame(request: Request, form: RegisterAtDesk) -> dict[str, Any]:
    """What stands around the part that changes: lists to choose from, and the key under which a device keeps its queue."""
    seal = keyed_hash("registration.desk.device", str(request.user.pk))
    return {
        "groups": queries.groups_at_desk(request.actor),
        "minor_since": today_wib().year - term(ADULT_AGE, today_wib()),
        "seal": base64.b64encode(seal).decode(),
        **_places(request, str(form["district"].value() or "")),
    }


def _places(request: Request, district: str) -> dict[str, Any]:
    """The kecamatan and kelurahan that a form offers."""
    districts = queries.districts_in_reach(request.actor)
    return {
        "districts": [territory.path_of(place.code) for place in districts],
        "suggests_districts": not districts,
        "villages": _villages(district.strip()),
    }


def _alike_for_all(request: Request) -> dict[str, str]:
    """At the beginning of a queue: the only kecamatan, or the only komunitas, in which the officer registers."""
    districts = queries.districts_in_reach(request.actor)
    group = queries.only_group(request.actor)
    return {
        "district": territory.path_of(districts[0].code) if len(districts) == 1 else "",
        "group": group.name if group else "",
    }


def _sticky_of(request: Request) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in STICKY}


def _first_empty(carried: dict[str, str]) -> str:
    return next(name for name in (*FIRST_FIELDS, "work_status") if name not in carried)


def _lines(members: list[Any]) -> list[dict[str, str]]:
    places = territory.names_for(member.region for member in members)
    return [
        {
            "name": member.name,
            "href": reverse("member_detail", args=[member.number]),
            "note": " · ".join(
                part
                for part in (
                    member.number,
                    show_phone(member.phone) if member.phone else _("tanpa HP"),
                    places[member.region],
                )
            ),
        }
        for member in members
    ]


def _villages(district: str) -> list[str]:
    try:
        code = read_district(district) if district else ""
    except DomainError:
        return []
    return (
        [place.name for place in territory.children(code)] if len(code) == LENGTH_OF[Level.DISTRICT] else []
    )
