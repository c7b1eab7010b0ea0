"""What all pages over allauth's views have in common: our words, our shell, 422 where something is wrong."""

from abc import abstractmethod
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okoce.foundation.accounts.security import note_factor_added, note_factor_removed, note_new_password
from okoce.foundation.shared.forms import put_in_words

REFUSED = 422
LABELS = {
    "oldpassword": _("Kata sandi sekarang"),
    "password1": _("Kata sandi baru"),
    "password2": _("Kata sandi baru, sekali lagi"),
    "password": _("Kata sandi"),
    "email": _("Surel"),
    "code": _("Kode 6 angka dari aplikasi"),
    "name": _("Nama kunci ini"),
    "credential": _("Kunci sandi"),
}
HELP = {"password1": _("Sedikitnya 10 huruf atau angka. Jangan pakai nama atau tanggal lahir.")}


def in_our_words(form: BaseForm) -> None:
    """Labels above the fields instead of grey words inside of them."""
    for name, field in form.fields.items():
        field.label = LABELS.get(name, field.label)
        field.help_text = HELP.get(name, "")
        field.widget.attrs.pop("placeholder", None)
        if name == "code":
            field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class OwnPage:
    """Mixed in before a view of allauth."""

    heading: str | Promise = ""
    intro: str | Promise = ""
    button: str | Promise = ""
    template_name = "accounts/account_form.html"

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        form: BaseForm = super().get_form(*args, **kwargs)  # type: ignore[misc]  # of the view beside it
        put_in_words(form)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view beside it
        for name in ("form", "webauthn_form"):
            if context.get(name) is not None:
                in_our_words(context[name])
        said = {"heading": self.heading, "intro": self.intro, "button_label": self.button}
        return {"wrong": self.wrong(context), **said, **context}

    def wrong(self, context: dict[str, Any]) -> BaseForm | None:
        """The form that was filled in wrongly, if one was."""
        forms = (context.get("form"), context.get("webauthn_form"))
        return next((form for form in forms if form is not None and form.is_bound and form.errors), None)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if context.get("wrong") is not None:
            kwargs["status"] = REFUSED
        answer: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]  # of the view beside it
        answer["Cache-Control"] = "no-store"
        return answer


class NotedInHistory:
    """Mixed in before a view of allauth whose form changes how the account is kept safe."""

    request: HttpRequest

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view beside it
        self.note(self.request.user)
        return answer

    @abstractmethod
    def note(self, user: Any) -> None:
        """Write down what was done."""


class OwnPassword(NotedInHistory, OwnPage):
    """A page that gives the account a password, and leads back to its security."""

    button = _("Simpan kata sandi")

    def get_default_success_url(self) -> str:
        return reverse("mfa_index")

    def note(self, user: Any) -> None:
        note_new_password(user)


class AddedFactor(NotedInHistory, OwnPage):
    """A page that puts on a second factor, which is thereby shown in this session."""

    factor = ""

    def note(self, user: Any) -> None:
        record_authentication(self.request, user, "mfa", type=self.factor)
        note_factor_added(user, self.factor)


class RemovedFactor(NotedInHistory, OwnPage):
    """A page that takes one off."""

    factor = ""

    def note(self, user: Any) -> None:
        note_factor_removed(user, self.factor)
