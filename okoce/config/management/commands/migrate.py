"""Django's migrate, one at a time per database, and never waiting behind people for long."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections

from okoce.config.migrations import alone_on, impatient
from okoce.foundation.shared.errors import Refused


class Command(Migrate):
    help = "membuat atau memperbarui tabel"

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with alone_on(connection), impatient(connection):
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                raise _readable(error) from error
            if not (options["plan"] or options["check_unapplied"]):
                call_command("createcachetable", database=options["database"], verbosity=0)


def _readable(error: OperationalError) -> Exception:
    from psycopg import errors

    if isinstance(error.__cause__, errors.LockNotAvailable):
        return Refused(
            "Tabel yang harus diubah sedang dipakai, jadi pembaruan dihentikan supaya orang tidak menunggu; "
            "tidak ada yang setengah jadi. Coba lagi saat sepi."
        )
    if isinstance(error.__cause__, errors.QueryCanceled):
        return Refused(
            "Satu langkah pembaruan melewati batas waktu dan dibatalkan; tidak ada yang setengah jadi. "
            "Jalankan lagi saat sepi, atau naikkan OKOCE_MIGRATE_SECONDS."
        )
    return error
