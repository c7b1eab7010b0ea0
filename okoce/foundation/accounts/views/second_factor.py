"""The second factor: an app that shows codes, or a passkey; codes in reserve for the day that both are lost."""

from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from okoce.foundation.accounts.passkeys import AddedPasskey, ShownPasskey, ShownPasskeyAgain
from okoce.foundation.accounts.requests import is_officer
from okoce.foundation.accounts.security import note_factor_added
from okoce.foundation.accounts.views.own import AddedFactor, NotedInHistory, OwnPage, RemovedFactor
from okoce.foundation.shared.forms import put_in_words


class SecondFactors(OwnPage, base.IndexView):
    heading = _("Keamanan akun")
    template_name = "accounts/second_factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        kept = context["authenticators"]
        return context | {
            "app": kept.get("totp"),
            "passkeys": kept.get("webauthn", []),
            "recovery": kept.get("recovery_codes"),
            "has_password": self.request.user.has_usable_password(),
            "is_officer": is_officer(self.request.actor),
            "is_missing": settings.OKOCE_SECOND_FACTOR and not kept.get("totp") and not kept.get("webauthn"),
        }


class AddApp(AddedFactor, totp.ActivateTOTPView):
    factor = "totp"
    heading = _("Pasang aplikasi kode")
    button = _("Pasang")
    template_name = "accounts/add_app.html"


class RemoveApp(RemovedFactor, totp.DeactivateTOTPView):
    factor = "totp"
    heading = _("Lepas aplikasi kode")
    intro = _("Sesudah dilepas, kode dari aplikasi itu tidak berlaku lagi.")
    button = _("Lepas aplikasi kode")


class AddPasskey(AddedFactor, webauthn.AddWebAuthnView):
    form_class = AddedPasskey
    factor = "webauthn"
    heading = _("Pasang kunci sandi")
    intro = _(
        "HP atau komputer Anda akan meminta sidik jari, wajah, atau PIN. Itu tidak keluar dari perangkat Anda."
    )
    button = _("Pasang kunci sandi")
    template_name = "accounts/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"ceremony": "create"}


class RemovePasskey(RemovedFactor, webauthn.RemoveWebAuthnView):
    factor = "webauthn"
    heading = _("Lepas kunci sandi")
    intro = _("Sesudah dilepas, kunci ini tidak bisa dipakai masuk lagi.")
    button = _("Lepas kunci sandi")
    success_url = reverse_lazy("mfa_index")


class SecondStep(OwnPage, base.AuthenticateView):
    webauthn_form_class = ShownPasskey
    heading = _("Langkah kedua")
    button = _("Lanjut")
    template_name = "accounts/second_step.html"

    def _build_forms(self) -> Any:
        """This view alone makes its two forms here, and asks nobody for one."""
        posted = super()._build_forms()
        for form in (self.auth_form, self.webauthn_form):
            put_in_words(form)
        return posted


class ConfirmByCode(OwnPage, base.ReauthenticateView):
    heading = _("Pastikan ini Anda")
    intro = _("Halaman berikut mengubah keamanan akun. Isi kode dari aplikasi Anda.")
    button = _("Lanjut")


class ConfirmByPasskey(OwnPage, webauthn.ReauthenticateWebAuthnView):
    form_class = ShownPasskeyAgain
    heading = _("Pastikan ini Anda")
    intro = _("Halaman berikut mengubah keamanan akun. Pakai kunci sandi Anda sekali lagi.")
    button = _("Pakai kunci sandi")
    template_name = "accounts/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"ceremony": "get"}


class RecoveryCodes(OwnPage, recovery.ViewRecoveryCodesView):
    heading = _("Kode cadangan")
    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(NotedInHistory, OwnPage, recovery.GenerateRecoveryCodesView):
    heading = _("Kode cadangan baru")
    intro = _("Kode cadangan yang lama tidak berlaku lagi begitu yang baru dibuat.")
    button = _("Buat kode baru")

    def note(self, user: Any) -> None:
        note_factor_added(user, "recovery_codes")


second_factors = SecondFactors.as_view()
add_app = AddApp.as_view()
remove_app = RemoveApp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
second_step = SecondStep.as_view()
confirm_by_code = ConfirmByCode.as_view()
confirm_by_passkey = ConfirmByPasskey.as_view()
recovery_codes = RecoveryCodes.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
