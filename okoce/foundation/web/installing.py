"""What makes the site installable: its manifest, and the service worker with what it needs to know."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from okoce.foundation.verification.signing import public_keys

# Like the addresses of the header, these are part of the public surface.
START, REGISTER, SIGN_OUT = "/saya", "/daftar", "/keluar"
NEVER_KEPT = ("/api/", "/demo/", "/bahasa/")
ICONS = (
    ("web/icon-192.png", "192x192", "any"),
    ("web/icon-512.png", "512x512", "any"),
    ("web/icon-maskable-512.png", "512x512", "maskable"),
)
SHELL_FILES = ("web/okoce.css", "web/mark.svg", "web/install.js", "web/offline.js", "web/check.js")
# Where genuineness is asked: without a network the worker brings the page that checks signatures (ADR 0025).
CHECKED, CHECKER = "/verifikasi", "/verifikasi/luring"


def manifest() -> dict[str, Any]:
    """How the installed site looks and where it begins."""
    with translation.override(settings.LANGUAGE_CODE):
        shortcuts = [(_("Halaman saya"), START), (_("Daftar jadi anggota"), REGISTER)]
        return {
            "id": "/",
            "lang": settings.LANGUAGE_CODE,
            "name": _("OK OCE: gerakan wirausaha"),
            "short_name": "OK OCE",
            "description": _("Belajar, didampingi, urus izin, jualan, sampai bisa mengajukan modal."),
            "start_url": START,
            "scope": "/",
            "display": "standalone",
            "background_color": "#f3f5ee",
            "theme_color": "#0c1230",
            "icons": [
                {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
                for name, size, purpose in ICONS
            ],
            "shortcuts": [{"name": name, "url": address} for name, address in shortcuts],
        }


def worker_text() -> str:
    """The service worker. Its version is a fingerprint of all that it says and names, so a change of any file it keeps is a
    new worker."""
    known = _settings_of_worker()
    text = render_to_string("web/worker.js", {"settings": json.dumps(known)})
    known["version"] = _fingerprint(text)
    return render_to_string("web/worker.js", {"settings": json.dumps(known)})


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _settings_of_worker() -> dict[str, Any]:
    offline = reverse("offline")
    return {
        "version": "",
        "luring": offline,
        "checked": CHECKED,
        "checker": CHECKER,
        "keys": _fingerprint(
            json.dumps(dict(public_keys()))
        ),  # other keys are another worker, with another page
        "shell": [offline, CHECKER, *(static(name) for name in SHELL_FILES)],
        "static": settings.STATIC_URL,
        "signOut": SIGN_OUT,
        "never": list(NEVER_KEPT),
        "banners": {code: _banners(code) for code, _name in settings.LANGUAGES},
    }


def _banners(language: str) -> dict[str, str]:
    """What the worker puts on a kept page, without a network and where it does not answer in time."""
    with translation.override(language):
        sentences = {
            "offline": _(
                "Anda sedang luring. Halaman ini terakhir dimuat {when}. Yang Anda kirim sekarang belum sampai."
            ),
            "slow": _(
                "Jaringan sedang lambat. Halaman ini terakhir dimuat {when}. Muat ulang untuk yang terbaru."
            ),
        }
        return {
            why: render_to_string("web/components/offline.html", {"sentence": sentence})
            for why, sentence in sentences.items()
        }
