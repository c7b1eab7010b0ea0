"""The web server: granian with our WSGI application, as a child of `okoce run` or of the system's manager."""

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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okoce.config.settings")
    end_with_parent()
    serve_web()
