"""Bearer tokens. Without a valid one an operation answers 401, without the right 403; which rows one reaches is decided by
scope."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import actor_for_token
from okoce.foundation.shared.errors import NotAllowed

LONGEST_TOKEN = 200


class TokenAuth(HttpBearer):
    """`Authorization: Bearer TOKEN`, made by `okoce token create`, for somebody who holds the permission somewhere."""

    openapi_scheme = "bearer"
    openapi_description = "API token, made with `okoce token create`."

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        if not token.isascii() or len(token) > LONGEST_TOKEN:
            return None
        actor = actor_for_token(token)
        if actor is None:
            return None
        if not actor.may(self.permission):
            raise NotAllowed(
                _("Peran Anda tidak boleh melakukan ini. Minta bantuan sekretariat bila ini tugas Anda.")
            )
        request.actor = actor  # type: ignore[attr-defined]  # see accounts.requests
        return actor
