"""Says on every page that its people do not exist: told by the data, not by how the server was started."""

import time

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from okoce.demo.officers import MEMBER_PHONE, PASSWORD, contact_of
from okoce.demo.replay import synthetic_kinds
from okoce.foundation.access.roles import ROLES, Breadth, Role
from okoce.foundation.shared.phones import show_phone

ASK_AGAIN_SECONDS = 60


class _Remembered:
    """Which synthetic data there is, asked of the database once a minute and process."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.asked_at = -1e9

    def now(self) -> list[str]:
        if time.monotonic() - self.asked_at > ASK_AGAIN_SECONDS:
            self.kinds, self.asked_at = synthetic_kinds(), time.monotonic()
        return self.kinds


_remembered = _Remembered()


def demo(_request: HttpRequest) -> dict[str, object]:
    """`demo_notice` for every page, `demo_officers` and `demo_codes_address` for sign-in; the first two asked for only where a
    template wants them."""
    return {
        "demo_notice": SimpleLazyObject(_notice),
        "demo_officers": SimpleLazyObject(_officers),
        "demo_codes_address": "" if settings.DEMO == "none" else reverse("demo_codes"),
    }


def _notice() -> str:
    kinds = _remembered.now()
    years = [kind for kind in kinds if kind.isdigit()]
    if years:
        return _(
            "Orang dan usaha di sini rekaan, kecuali yang ditambahkan sendiri. Jumlahnya mengikuti angka terbitan"
            " pers %(year)s; alasan belum lanjut juga rekaan."
        ) % {"year": max(years)}
    return _("Orang dan usaha di sini rekaan, kecuali yang ditambahkan sendiri.") if kinds else ""


def _officers() -> list[dict[str, str]]:
    """The sign-ins of a demo, one per role; none where the server was not started as a demo."""
    if settings.DEMO == "none" or not _remembered.now():
        return []
    return [_sign_in(name, role) for name, role in ROLES.items()]


def _sign_in(name: str, role: Role) -> dict[str, str]:
    """An officer by e-mail and password, a member by phone and the code that the demo shows."""
    told = {"title": str(role.title), "sentence": str(role.sentence)}
    if role.breadth is Breadth.SELF:
        return told | {"contact": show_phone(MEMBER_PHONE), "password": "", "codes": reverse("demo_codes")}
    return told | {"contact": contact_of(name), "password": PASSWORD, "codes": ""}
