"""How a page brings its stylesheet: who comes for the first time finds it in the page, later the browser has the file (ADR 0022)."""

import hashlib
from base64 import b64encode

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from okoce.foundation.web import styles

TEXT = styles.committed()
_DIGEST = hashlib.sha256(TEXT.encode()).digest()
VERSION = _DIGEST.hex()[:12]
# What the content security policy lets stand in a page: this text, letter for letter.
ALLOWED = f"'sha256-{b64encode(_DIGEST).decode()}'"
# Says which version the browser has fetched, and nothing else; the same for everybody.
COOKIE = "okoce_gaya"
# A small telephone throws files out that were not used for long; to ask for one costs more than to get it once too often.
NOTED_SECONDS = 7 * 24 * 3600

_STYLE = mark_safe(f"<style>{TEXT}</style>")  # noqa: S308 - our own file
_CARRIES = "_carries_stylesheet"


def in_head(request: HttpRequest | None) -> SafeString:
    """The text for a browser that does not have the file, so that it paints without asking again; else the file's address."""
    if request is None or request.COOKIES.get(COOKIE) == VERSION:
        return format_html('<link rel="stylesheet" href="{}">', static("web/okoce.css"))
    setattr(request, _CARRIES, True)
    return _STYLE


def at_end(request: HttpRequest | None) -> SafeString:
    """For a page that carries the text: has the file fetched too, which is for no medium and so keeps nobody waiting."""
    if not is_carried(request):
        return SafeString("")
    return format_html('<link rel="stylesheet" href="{}" media="not all">\n', static("web/okoce.css"))


def is_carried(request: HttpRequest | None) -> bool:
    """Whether the page that was made for this request carries the text."""
    return getattr(request, _CARRIES, False)
