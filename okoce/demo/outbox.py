"""Messages of a demo go nowhere: they stand on a page that exists in a demo only, and vanish after an hour."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.demo.models import DemoMessage

KEPT = timedelta(hours=1)
SHOWN = 30


@dataclass(frozen=True, slots=True)
class DemoOutbox:
    """The channel of a demo."""

    @property
    def name(self) -> str:
        return _("halaman demo")

    def send(self, phone: str, text: str) -> None:
        DemoMessage.objects.filter(at__lt=timezone.now() - KEPT).delete()
        DemoMessage.objects.create(phone=phone, text=text, at=timezone.now())


def latest_messages() -> list[DemoMessage]:
    """The newest first."""
    recent = DemoMessage.objects.filter(at__gte=timezone.now() - KEPT)
    return list(recent.order_by("-at", "-pk")[:SHOWN])
