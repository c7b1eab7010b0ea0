from okoce.foundation.events.facts import fact


@fact("accounts.user_created", "Akun petugas dibuat.")
class UserCreated:
    user_id: int


@fact("accounts.role_granted", "Peran {role} diberikan untuk wilayah “{region}”.")
class RoleGranted:
    user_id: int
    role: str
    region: str


@fact("accounts.token_created", "Kunci API dibuat.")
class TokenCreated:
    token_id: int


@fact("accounts.token_revoked", "Kunci API dicabut.")
class TokenRevoked:
    token_id: int
