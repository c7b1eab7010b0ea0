from okoce.foundation.events.facts import fact


@fact("accounts.user_created", "Akun petugas dibuat.")
class UserCreated:
    user_id: int


@fact("accounts.role_granted", "Peran {role} diberikan untuk wilayah “{region}”.")
class RoleGranted:
    user_id: int
    role: str
    region: str


@fact("accounts.role_ended", "Peran {role} berakhir pada {until_on}.")
class RoleEnded:
    user_id: int
    role: str
    until_on: str


@fact("accounts.token_created", "Kunci API dibuat.")
class TokenCreated:
    token_id: int


@fact("accounts.token_revoked", "Kunci API dicabut.")
class TokenRevoked:
    token_id: int


@fact("accounts.member_account_opened", "Anggota masuk untuk pertama kali; akunnya dibuat.")
class MemberAccountOpened:
    user_id: int
    member_id: int


@fact("accounts.name_followed", "Nama akun mengikuti nama anggotanya.")
class AccountNameFollowed:
    user_id: int


@fact("accounts.phone_followed", "Nomor HP akun mengikuti nomor baru anggotanya.")
class AccountPhoneFollowed:
    user_id: int


@fact("accounts.sign_in_locked", "Masuk dikunci sampai {until}: kode salah diisi berkali-kali.")
class SignInLocked:
    user_id: int
    until: str


@fact("accounts.code_limits_changed", "Batas pengiriman kode berubah mulai {from_on}: {day} kode sehari.")
class CodeLimitsChanged:
    from_on: str
    day: int


@fact("accounts.password_changed", "Kata sandi diganti.")
class PasswordChanged:
    user_id: int


@fact("accounts.second_factor_added", "Pengaman kedua dipasang: {factor}.")
class SecondFactorAdded:
    user_id: int
    factor: str


@fact("accounts.second_factor_removed", "Pengaman kedua dilepas: {factor}.")
class SecondFactorRemoved:
    user_id: int
    factor: str


@fact("accounts.sessions_ended", "{count} tempat masuk dikeluarkan dari jauh.")
class SessionsEnded:
    user_id: int
    count: int


@fact("accounts.emergency_opened", "Akses darurat dibuka untuk wilayah {region}, sampai {until}.")
class EmergencyOpened:
    emergency_id: int
    user_id: int
    region: str
    role: str
    until: str


@fact("accounts.emergency_ended", "Akses darurat diakhiri sebelum waktunya.")
class EmergencyEnded:
    emergency_id: int
    user_id: int
