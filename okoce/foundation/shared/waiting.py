"""For how long whoever is refused for now should wait: the same header on pages and in the API."""

from django.http import HttpResponse

from okoce.foundation.shared.errors import DomainError


def say_when(response: HttpResponse, refusal: DomainError) -> HttpResponse:
    """The answer to a refusal, with `Retry-After` where the refusal knows it."""
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
