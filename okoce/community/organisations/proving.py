"""The first two screens of a public application: a telephone number, and the code that was sent to it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from okoce.community.organisations.applying import Draft
from okoce.community.organisations.forms import ApplicantCode, ApplicantPhone
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.refusals import ALWAYS, ONCE, bring_back

JUST_SENT = "just_sent"
NOBODY = ""  # whose first screen it is, before a number is proven
Show = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Proving:
    """Whose draft, which purpose of the code, the names of the two pages, where whoever is through goes on, how a page is drawn."""

    draft: Draft
    purpose: CodePurpose
    phone_page: str
    code_page: str
    go_on: Callable[[Request], str]
    show: Show

    def ask_phone(self, request: Request) -> HttpResponse:
        """A telephone number. Whoever has proven one already goes on, but for another one that was refused just now."""
        applicant = self.draft.applicant_of(request)
        if request.method != "POST":
            phone = self.draft.kept(request).get("phone", "") or ""
            form = ApplicantPhone(initial={"phone": show_phone(phone)})
            bring_back(request, form, NOBODY)
            if applicant is not None and "ganti" not in request.GET and not form.is_bound:
                return redirect(self.go_on(request))
        else:
            form = ApplicantPhone(request.POST)
            if form.is_valid() and self._sent(request, form):
                self.draft.keep(request, phone=form.cleaned_data["phone"], proven_since=None)
                return redirect(self.code_page)
        telling = ALWAYS if applicant is None else ONCE
        return self.show(request, self.phone_page, form, about=NOBODY, telling=telling)

    def _sent(self, request: Request, form: ApplicantPhone) -> bool:
        try:
            send_code(form.cleaned_data["phone"], purpose=self.purpose, address=client_address(request))
        except DomainError as refusal:
            if refusal.code == JUST_SENT:  # one that has only just left is good enough
                return True
            form.add_error("phone", refusal.sentence)
            return False
        return True

    def ask_code(self, request: Request) -> HttpResponse:
        """The code that was sent; another one on request. Sent twice, the second one finds the number proven."""
        phone = self.draft.kept(request).get("phone")
        if not phone:
            return redirect(self.phone_page)
        if self.draft.kept(request).get("proven_since"):
            return redirect(self.go_on(request))
        form = ApplicantCode(request.POST if request.method == "POST" else None)
        if request.method != "POST":
            return self._code_page(request, form, phone)
        refused = (
            self._send_again(request, phone) if "again" in request.POST else self._take(request, form, phone)
        )
        if refused is None:
            return redirect(self.code_page)
        if refused:
            form.errors["code"] = form.error_class([refused])
        return self._code_page(request, form, phone)

    def _code_page(self, request: Request, form: ApplicantCode, phone: str) -> HttpResponse:
        context = {"phone": show_phone(phone), "phone_page": self.phone_page}
        return self.show(request, self.code_page, form, context, about=phone, telling=ONCE)

    def _send_again(self, request: Request, phone: str) -> str | None:
        try:
            send_code(phone, purpose=self.purpose, address=client_address(request))
        except DomainError as refusal:
            return refusal.sentence
        return None

    def _take(self, request: Request, form: ApplicantCode, phone: str) -> str | None:
        """None for the right code; else what is wrong, "" where the form says it itself."""
        if not form.is_valid():
            return ""
        holder, typed = f"session:{request.session.session_key}", form.cleaned_data["code"]
        try:
            accept_code(phone, typed, purpose=self.purpose, address=client_address(request), holder=holder)
        except DomainError as refusal:
            return refusal.sentence
        self.draft.keep(request, proven_since=timezone.now().isoformat())
        return None
