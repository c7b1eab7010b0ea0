from django.urls import path

from okoce.foundation.accounts.views import password, second_factor, sessions, sign_in

urlpatterns = [
    path("masuk", sign_in.sign_in, name="sign_in"),
    path("masuk", sign_in.sign_in, name="account_login"),  # the name under which allauth looks for it
    path("masuk/kode", sign_in.sign_in_code, name="sign_in_code"),
    path("masuk/siapa", sign_in.choose_person, name="choose_person"),
    path("masuk/langkah-kedua", second_factor.second_step, name="mfa_authenticate"),
    path("keluar", sign_in.sign_out, name="sign_out"),
    path("akun/keamanan", second_factor.second_factors, name="mfa_index"),
    path("akun/keamanan/aplikasi", second_factor.add_app, name="mfa_activate_totp"),
    path("akun/keamanan/aplikasi/lepas", second_factor.remove_app, name="mfa_deactivate_totp"),
    path("akun/keamanan/kunci", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("akun/keamanan/kunci/<int:pk>/lepas", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path("akun/kode-cadangan", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/kode-cadangan/baru", second_factor.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/pastikan", password.confirm_by_password, name="account_reauthenticate"),
    path("akun/pastikan/kode", second_factor.confirm_by_code, name="mfa_reauthenticate"),
    path("akun/pastikan/kunci", second_factor.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("akun/sesi", sessions.session_list, name="usersessions_list"),
    path("akun/kata-sandi", password.change_password, name="account_change_password"),
    path("akun/kata-sandi/buat", password.set_password, name="account_set_password"),
    path("akun/kata-sandi/lupa", password.forgot_password, name="account_reset_password"),
    path("akun/kata-sandi/lupa/terkirim", password.reset_is_sent, name="account_reset_password_done"),
    path(
        "akun/kata-sandi/baru/<str:uidb36>/<str:key>",
        password.new_password,
        name="account_reset_password_from_key",
    ),
    path("akun/kata-sandi/selesai", password.password_is_new, name="account_reset_password_from_key_done"),
]
