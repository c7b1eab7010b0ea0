"""What allauth asks the house: where one goes, whose address it is, how secrets are kept, and what it says."""

import base64
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from okoce.foundation.accounts.destinations import after_sign_in, is_ours
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.throttle import begin_attempt, take_back
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.jobs import defer
from okoce.foundation.shared.keys import decrypt, encrypt

PURPOSE = "accounts.second_factor"
NOWHERE = "0.0.0.0"  # noqa: S104  (no place to listen on: the server was told no address)
SAID = {
    "account/messages/password_changed.txt": _("Kata sandi sudah diganti."),
    "account/messages/password_set.txt": _("Kata sandi sudah dibuat."),
    "mfa/messages/totp_activated.txt": _("Aplikasi kode sudah dipasang."),
    "mfa/messages/totp_deactivated.txt": _("Aplikasi kode sudah dilepas."),
    "mfa/messages/webauthn_added.txt": _("Kunci sandi sudah dipasang."),
    "mfa/messages/webauthn_removed.txt": _("Kunci sandi sudah dilepas."),
    "mfa/messages/recovery_codes_generated.txt": _("Kode cadangan baru sudah dibuat."),
}
TOO_MANY = _("Terlalu banyak percobaan. Tunggu 5 menit, lalu coba lagi.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("Kata sandi belum cocok. Periksa lagi."),
        "enter_current_password": _("Kata sandi sekarang belum cocok. Periksa lagi."),
        "incorrect_code": _("Kode belum cocok. Lihat lagi di aplikasi, lalu ketik kode yang sedang tampil."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return after_sign_in(request, request.user)  # type: ignore[arg-type]  # signed in by now

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url) and is_ours(self.request, str(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or NOWHERE

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("sign_in")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Its messages in our words; those that say nothing new are left out."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def reauthenticate(self, user: User, password: str) -> bool:
        """The same slow door as at the sign-in."""
        contact, address = user.email or user.phone or "", client_address(self.request)
        attempt = begin_attempt(contact, address)
        if attempt is None:
            return False
        found = authenticate(self.request, contact=contact, password=password)
        is_right = found is not None and found.pk == user.pk
        if is_right:
            take_back(attempt)
        return is_right

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """By a job that makes the key itself: no secret waits in the queue, and the answer takes as long as for nobody."""
        defer("accounts.send_password_reset", user_id=user.pk, site=self.request.build_absolute_uri("/"))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "incorrect_passkey": _("Kunci sandi ini belum cocok. Coba lagi, atau pakai kode dari aplikasi."),
        "cannot_generate_recovery_codes": _("Pasang aplikasi kode atau kunci sandi dahulu."),
        "cannot_delete_authenticator": _("Pengaman ini tidak bisa dilepas. Pasang yang lain dahulu."),
        "add_email_blocked": _("Surel akun dengan pengaman kedua tidak ditambah di sini. Minta sekretariat."),
        "unverified_email": _("Surel akun ini belum dipastikan. Minta sekretariat memeriksanya."),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Theirs calls whatever does not fit a code, also a passkey."""
        is_passkey = code == "incorrect_code" and "credential" in self.request.POST
        error: ValidationError = super().validation_error("incorrect_passkey" if is_passkey else code, *args)
        return error

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encrypt(PURPOSE, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(PURPOSE, base64.b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        """On white whatever the reader's colours are: a code that is dark on dark cannot be scanned."""
        svg: str = segno.make_qr(url, error="m").svg_inline(scale=4, border=4, light="#fff")
        return svg

    def get_totp_label(self, user: User) -> str:
        return user.email or user.phone or user.name

    def _get_user_identifier(self, user: User) -> str:
        return self.get_totp_label(user)

    def _get_site_name(self) -> str:
        return "OK OCE"

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  (its name there)
        return str(_("Kunci sandi"))
