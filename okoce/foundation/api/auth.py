"""Bearer tokens. Without a valid one an operation answers 401; what the caller may see is decided by scope."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import actor_for_token


class TokenAuth(HttpBearer):
    """`Authorization: Bearer TOKEN`; the token is made by `okoce token create`."""

    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        if not token.isascii() or len(token) > 200:
            return None
        actor = actor_for_token(token)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]  # see accounts.requests
        return actor
