"""What a start does inside Django before pages are served; on existing data each step finds nothing to do."""

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from okoce.config.progress import bar
from okoce.config.static_files import collect_static_files

log = structlog.get_logger(__name__)


def prepare_site() -> None:
    """Tables, territory, demo, static files. Leaves no open connection behind."""
    try:
        _make_tables()
        _load_territory()
        _load_demo()
        collect_static_files()
    finally:
        connections.close_all()


def _make_tables() -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        log.info("changing tables", migrations=len(waiting))
        call_command("migrate", verbosity=0, interactive=False)


def _load_territory() -> None:
    from okoce.foundation.territory.loading import is_loaded, load_territory

    if not is_loaded():
        with bar("Wilayah") as progress:
            load_territory(progress)


def _load_demo() -> None:
    """Replay the history that DEMO names, where no real person stands in the way and it is not there yet."""
    from okoce.demo.replay import is_wanted, load

    if settings.DEMO == "none" or not is_wanted(settings.DEMO):
        return
    with bar(f"Contoh {settings.DEMO}") as progress:
        load(int(settings.DEMO), progress)
