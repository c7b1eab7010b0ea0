"""Pages that exist in a demo only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okoce.demo.outbox import latest_messages
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.web.views import demo_only


@demo_only
@never_cache
@require_safe
def demo_codes(request: HttpRequest) -> HttpResponse:
    """The messages that a demo would have sent. A phone shows its last digits only: somebody may have typed a real one."""
    messages = [
        {"phone": f"•••• {show_phone(message.phone)[-4:]}", "text": message.text, "at": message.at}
        for message in latest_messages()
    ]
    return render(request, "demo/demo_codes.html", {"sent": messages})
