"""The web server: granian with our WSGI application, as a child of `okoce run` or of the system's manager."""

import gc
import multiprocessing
import os

from granian import Granian
from granian.constants import Interfaces

from okoce.config.environment import Environment
from okoce.config.logs import LINES
from okoce.config.parent import end_with_parent

WORKERS = 2
# Threads cost nothing where they wait, and keep answering while bodies arrive slowly; calls of the API, which programs send
# by the hundred, are answered by two of their own (`few_threads.py`).
THREADS = 8
# A thread keeps its database connection; with the default of 30 s it would reconnect after every pause.
IDLE_SECONDS = 600
KILL_SECONDS = 5


def serve_web() -> None:
    """Serve until a signal. The programme is read once, here; the processes that answer are forked from it and share its memory."""
    multiprocessing.set_start_method("fork")
    _read_programme()
    env = Environment()
    Granian(
        "okoce.config.wsgi:application",
        address=env.text("OKOCE_ADDRESS", "127.0.0.1"),
        port=env.number("PORT", 8000),
        interface=Interfaces.WSGI,
        workers=env.number("OKOCE_WEB_WORKERS", WORKERS),
        blocking_threads=env.number("OKOCE_WEB_THREADS", THREADS),
        blocking_threads_idle_timeout=IDLE_SECONDS,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
        websockets=False,
        log_dictconfig=LINES,
    ).serve()


def _read_programme() -> None:
    """All that an answer needs, before the first fork: no connection is opened, no thread started."""
    import django

    django.setup()
    from django.urls import get_resolver

    from okoce.foundation.shared.jobs import find_jobs

    find_jobs()
    get_resolver().reverse_dict  # noqa: B018 - reads every module of pages
    # What the programme itself consists of never becomes garbage; looking through it took 0.15 s, about once in 300 pages.
    gc.freeze()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okoce.config.settings")
    end_with_parent()
    serve_web()
