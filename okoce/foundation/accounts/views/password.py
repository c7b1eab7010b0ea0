"""One's own password: changing it, making one, getting a new one by e-mail. Only officers have one."""

from typing import Any

from allauth.account import views as theirs
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.foundation.accounts.requests import Request, is_officer
from okoce.foundation.accounts.security import note_new_password
from okoce.foundation.accounts.views.own import NotedInHistory, OwnPage, OwnPassword
from okoce.foundation.shared.errors import NotAllowed


class ChangePassword(OwnPassword, theirs.PasswordChangeView):
    heading = _("Ganti kata sandi")
    intro = _("Sesudah diganti, perangkat lain harus masuk lagi.")


class SetPassword(OwnPassword, theirs.PasswordSetView):
    heading = _("Buat kata sandi")
    intro = _("Dengan surel dan kata sandi Anda bisa masuk juga tanpa HP.")

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not is_officer(request.actor):
            raise NotAllowed(gettext("Anggota masuk dengan nomor HP dan kode; kata sandi tidak perlu."))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class ForgotPassword(OwnPage, theirs.PasswordResetView):
    heading = _("Lupa kata sandi")
    intro = _("Untuk petugas. Kami kirim tautan ke surel Anda. Anggota cukup masuk dengan nomor HP.")
    button = _("Kirim tautan")


class ResetIsSent(OwnPage, theirs.PasswordResetDoneView):
    heading = _("Periksa surel Anda")
    intro = _(
        "Bila ada akun dengan surel itu, tautannya sudah dikirim. Belum ada? Lihat juga folder spam, atau minta bantuan sekretariat."
    )


class NewPassword(NotedInHistory, OwnPage, theirs.PasswordResetFromKeyView):
    heading = _("Kata sandi baru")
    button = _("Simpan kata sandi")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context.get("token_fail"):
            told = {
                "heading": gettext("Tautan ini tidak berlaku"),
                "intro": gettext("Tautannya sudah dipakai atau terlalu lama. Minta yang baru."),
                "form": None,
            }
            context |= told
        return context

    def note(self, user: Any) -> None:
        note_new_password(self.reset_user)  # nobody is signed in here


class PasswordIsNew(OwnPage, theirs.PasswordResetFromKeyDoneView):
    heading = _("Kata sandi sudah diganti")
    intro = _("Silakan masuk dengan kata sandi yang baru.")


class ConfirmByPassword(OwnPage, theirs.ReauthenticateView):
    heading = _("Pastikan ini Anda")
    intro = _("Halaman berikut mengubah keamanan akun. Isi kata sandi Anda sekali lagi.")
    button = _("Lanjut")


change_password = ChangePassword.as_view()
set_password = SetPassword.as_view()
forgot_password = ForgotPassword.as_view()
reset_is_sent = ResetIsSent.as_view()
new_password = NewPassword.as_view()
password_is_new = PasswordIsNew.as_view()
confirm_by_password = ConfirmByPassword.as_view()
