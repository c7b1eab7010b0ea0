"""Static files, hashed and pre-compressed once: a start with unchanged files only compares a fingerprint."""

import hashlib
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from okoce.config.readiness import COLLECTED

log = structlog.get_logger(__name__)


def collect_static_files() -> bool:
    """Collect and compress; False when nothing has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    now = fingerprint()
    note = root / COLLECTED
    if note.exists() and note.read_text(encoding="ascii") == now:
        return False
    note.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    note.write_text(now, encoding="ascii")
    log.info("static files collected", folder=str(root))
    return True


def fingerprint() -> str:
    """Of every source file's path, size and time, and of how they are stored."""
    sums = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            sums.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return sums.hexdigest()
