"""A public application from the telephone to how it stands: the one way by which a komunitas and a mitra apply."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from okoce.community.organisations.applying import DECIDED, Applicant, Draft
from okoce.community.organisations.forms import LastButton
from okoce.community.organisations.proving import Proving
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.refusals import ALWAYS, Telling, bring_back, form_page
from okoce.foundation.web.forms import RuleAwareForm

SHOWING_AND_SENDING = ["GET", "HEAD", "POST"]
TOTAL = 3
# Of what is typed so much is remembered, so that one that is too long is refused with its sentence and not cut.
LONGEST_KEPT, MOST_PICKED = 2_000, 20


class Applied(Protocol):
    """A komunitas or a mitra that somebody applied for."""

    pk: Any
    state: Any
    state_reason: Any


Row = TypeVar("Row", bound=Applied)


@dataclass(frozen=True, slots=True)
class Pages:
    """The names of the five pages, in the order in which they come."""

    phone: str
    code: str
    details: str
    area: str
    done: str

    def number_of(self, page: str) -> int:
        """Which of the numbered screens a page belongs to: number and code are the first one."""
        return {self.phone: 1, self.code: 1, self.details: 2}.get(page, TOTAL)


class Filing(ABC, Generic[Row]):
    """One public form. What is only a komunitas' or a mitra's stands with it; a refusal loses nothing that was typed."""

    draft: ClassVar[Draft]
    purpose: ClassVar[CodePurpose]
    pages: ClassVar[Pages]
    templates: ClassVar[Mapping[str, str]]  # by page
    changed: ClassVar[str]  # what the draft calls the application that is changed
    own_name: ClassVar[str]  # the field in which whoever applies is named
    asked: ClassVar[str]  # the state in which the secretariat waits for an answer
    waiting: ClassVar[Collection[str]]
    last_button: ClassVar[type[LastButton]] = LastButton

    @abstractmethod
    def applied(self, phone: str) -> Sequence[Row]:
        """What was applied for under a number that was proven, the latest first."""

    @abstractmethod
    def form(self, applicant: Applicant, *, is_asked: bool, **about: Any) -> RuleAwareForm:
        """The form of what it is: of what was typed (`data`), or with what was told before (`initial`)."""

    @abstractmethod
    def name_problem(self, name: str, phone: str) -> str:
        """What is said of a name that is another's; "" where it is free."""

    @abstractmethod
    def told_of(self, row: Row) -> tuple[dict[str, Any], list[str]]:
        """What an application told, as its form takes it, and its places."""

    @abstractmethod
    def chosen(self, areas: list[str], added: str, left: str) -> list[str]:
        """The places, with some added and some taken away."""

    @abstractmethod
    def area_context(
        self, request: Request, applicant: Applicant, chosen: list[str], form: LastButton
    ) -> dict[str, Any]:
        """What the page of the places shows beside the name; `form` is what stands above its last button."""

    @abstractmethod
    def send(self, request: Request, applicant: Applicant, told: dict[str, Any], changed: Row | None) -> None:
        """Let the deed take it down, or change the one that waits. `told` is what the form read, and `areas`."""

    @abstractmethod
    def standing_context(self, request: Request, applicant: Applicant, rows: Sequence[Row]) -> dict[str, Any]:
        """What the last page shows of everything that was applied for under this number."""

    def ask_phone(self, request: Request) -> HttpResponse:
        """The first screen: a telephone number."""
        return self._proving().ask_phone(request)

    def ask_code(self, request: Request) -> HttpResponse:
        """The code that was sent to it."""
        return self._proving().ask_code(request)

    def _proving(self) -> Proving:
        return Proving(self.draft, self.purpose, self.pages.phone, self.pages.code, self.place_of, self.show)

    def place_of(self, request: Request) -> str:
        """Where whoever has proven her number goes on: to what she has begun, or to what she applied for before."""
        applicant = self.draft.applicant_of(request)
        has_begun = bool(self.draft.kept(request).get("told"))
        if applicant is None or has_begun or not self.applied(applicant.phone):
            return self.pages.details
        return self.pages.done

    def ask_details(self, request: Request) -> HttpResponse:
        """What it is; with `?ubah=` what was told before, as long as it waits; with `?baru` another one."""
        applicant = self.draft.applicant_of(request)
        if applicant is None:
            return redirect(self.pages.phone)
        if request.method == "POST":
            return self._take_details(request, applicant)
        if request.GET.get("ubah"):
            return self._take_up(request, applicant, request.GET["ubah"])
        if "baru" in request.GET:
            self.draft.leave_change(request, self.changed)
            return redirect(self.pages.details)
        question = self.question(request, applicant)
        told = {self.own_name: applicant.name, **self.draft.kept(request).get("told", {})}
        form = self.form(applicant, is_asked=bool(question), initial=told)
        return self._show_details(request, applicant, form)

    def _take_details(self, request: Request, applicant: Applicant) -> HttpResponse:
        question = self.question(request, applicant)
        form = self.form(applicant, is_asked=bool(question), data=request.POST)
        self.draft.keep(request, told=_typed(request, form))
        if form.is_valid():
            problem = self.name_problem(form.cleaned_data["name"], applicant.phone)
            if not problem:
                self.draft.keep(request, told=form.cleaned_data)
                return redirect(self.pages.area)
            form.add_error("name", problem)
        return self._show_details(request, applicant, form)

    def _show_details(self, request: Request, applicant: Applicant, form: RuleAwareForm) -> HttpResponse:
        context = {"question": self.question(request, applicant)}
        telling = Telling(at=reverse(self.pages.details))
        about = self._about(request, applicant)
        return self.show(request, self.pages.details, form, context, about=about, telling=telling)

    def _about(self, request: Request, applicant: Applicant) -> str:
        """Whose application a refusal is about, and which: another one knows nothing of it."""
        return f"{applicant.phone} {self.draft.kept(request).get(self.changed) or ''}"

    def _take_up(self, request: Request, applicant: Applicant, wanted: str) -> HttpResponse:
        """Put an application that waits back into the form."""
        for row in self.applied(applicant.phone):
            if str(row.pk) == wanted and row.state in self.waiting:
                told, areas = self.told_of(row)
                self.draft.keep(request, told=told, areas=areas, **{self.changed: row.pk})
                return redirect(self.pages.details)
        return redirect(self.pages.done)

    def question(self, request: Request, applicant: Applicant) -> str:
        """What the secretariat asks about the application that is being changed; "" where it asks nothing."""
        row = self._changed(request, applicant)
        return row.state_reason if row is not None and row.state == self.asked else ""

    def _changed(self, request: Request, applicant: Applicant) -> Row | None:
        """The application that is being changed."""
        changed = self.draft.kept(request).get(self.changed)
        if not changed:
            return None
        return next((row for row in self.applied(applicant.phone) if row.pk == changed), None)

    def ask_area(self, request: Request) -> HttpResponse:
        """Its places, searched by name, added and taken away; then it is sent."""
        applicant = self.draft.applicant_of(request)
        if applicant is None:
            return redirect(self.pages.phone)
        kept = self.draft.kept(request)
        if not kept.get("told"):
            return redirect(self.pages.details)
        if request.method != "POST":
            return self._show_area(request, applicant, self.last_button())
        if "kirim" in request.POST:
            return self._send(request, applicant)
        added, left = request.POST.get("tambah", ""), request.POST.get("hapus", "")
        self.draft.keep(request, areas=self.chosen(kept.get("areas", []), added, left))
        return redirect(f"{reverse(self.pages.area)}#wilayah")

    def _show_area(self, request: Request, applicant: Applicant, form: LastButton) -> HttpResponse:
        kept, about = self.draft.kept(request), self._about(request, applicant)
        bring_back(request, form, about)
        context = self.area_context(request, applicant, kept.get("areas", []), form)
        context |= {"errors": form.non_field_errors(), "name": kept["told"].get("name", "")}
        return self.show(request, self.pages.area, form, context, about=about)

    def _send(self, request: Request, applicant: Applicant) -> HttpResponse:
        kept, question = self.draft.kept(request), self.question(request, applicant)
        form = self.form(applicant, is_asked=bool(question), data=kept["told"])
        if not form.is_valid():  # it was left half done on the page before
            return self._show_details(request, applicant, form)
        told = {**form.cleaned_data, "areas": tuple(kept.get("areas", ()))}
        try:
            self.send(request, applicant, told, self._changed(request, applicant))
        except DomainError as refusal:
            if refusal.code == DECIDED:
                return self._decided_meanwhile(request, refusal)
            return self._show_area(request, applicant, self.last_button.refused(request.POST, refusal))
        self.draft.forget_what_was_told(request)
        return redirect(self.pages.done)

    def _decided_meanwhile(self, request: Request, refusal: DomainError) -> HttpResponse:
        """On to the decision. What was typed stays, for another application: under the one that is decided it could never be
        sent."""
        self.draft.keep(request, **{self.changed: None})
        messages.error(request, refusal.sentence)
        return redirect(self.pages.done)

    def show_done(self, request: Request) -> HttpResponse:
        """What was applied for under this number, and how it stands."""
        applicant = self.draft.applicant_of(request)
        if applicant is None:
            return redirect(self.pages.phone)
        context = {
            **self.standing_context(request, applicant, self.applied(applicant.phone)),
            "waiting": [str(state) for state in self.waiting],
            "phone": show_phone(applicant.phone),
        }
        return render(request, self.templates[self.pages.done], context)

    def show(
        self,
        request: Request,
        page: str,
        form: RuleAwareForm,
        context: dict[str, Any] | None = None,
        *,
        about: object = "",
        telling: Telling = ALWAYS,
    ) -> HttpResponse:
        """One of the numbered screens; what is refused on it is led to its own address."""
        bring_back(request, form, about)
        framed = {"number": self.pages.number_of(page), "total": TOTAL, **(context or {})}
        return form_page(request, self.templates[page], form, framed, about=about, telling=telling)


def _typed(request: Request, form: RuleAwareForm) -> dict[str, Any]:
    """What was typed, also where it is wrong; nothing of it is lost."""
    return {
        name: [one[:LONGEST_KEPT] for one in request.POST.getlist(name)[:MOST_PICKED]]
        if isinstance(field, forms.MultipleChoiceField)
        else request.POST.get(name, "")[:LONGEST_KEPT]
        for name, field in form.base_fields.items()
    }
