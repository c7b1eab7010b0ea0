import asyncio
import os
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from okoce.config.parent import end_with_parent
from okoce.config.worker import work

# Whoever waits for a page comes before whoever waits for a letter: the processor is given to the web processes first.
COURTESY = 5


class Command(BaseCommand):
    # Pages are no matter of the worker, and reading them takes half its start.
    requires_system_checks: list[str] = []
    help = "menjalankan pekerja latar belakang (bagian dari `okoce run`)"

    def handle(self, *_args: Any, **_options: Any) -> None:
        end_with_parent()
        os.nice(COURTESY)
        was_asked = asyncio.run(work(app))
        raise SystemExit(0 if was_asked else 1)
