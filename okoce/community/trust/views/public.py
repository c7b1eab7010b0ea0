"""For everybody: is a komunitas, an officer or a pendamping of that name genuine?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okoce.community.trust.queries.searching import search_by_name
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.waiting import say_when


@require_safe
@never_cache
def search_names(request: HttpRequest) -> HttpResponse:
    """One field; what is found below it. Nothing typed is lost."""
    typed = request.GET.get("nama", "")
    if not typed.strip():
        return render(request, "trust/search.html", {"typed": ""})
    try:
        hits = search_by_name(typed, client_address(request))
    except DomainError as refusal:
        page = {"typed": typed[:300], "refusal": refusal.sentence}
        return say_when(render(request, "trust/search.html", page, status=refusal.status), refusal)
    return render(request, "trust/search.html", {"typed": typed, "hits": hits})
