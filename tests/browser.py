"""The browser of the journeys: Debian's Chromium, or what OKOCE_BROWSER names."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
HOW = (
    "Tidak ada peramban untuk perjalanan: pasang Chromium (Debian: apt-get install chromium) "
    "atau setel OKOCE_BROWSER ke berkas programnya."
)


def found() -> str | None:
    """The path of the program, or None."""
    named = os.environ.get("OKOCE_BROWSER", "").strip()
    if named:
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, NAMES)), None)


def is_required() -> bool:
    """In CI a journey without a browser is a failure, not a gap."""
    return os.environ.get("CI", "").strip().lower() not in {"", "0", "false", "no"}
