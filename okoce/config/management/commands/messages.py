from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from okoce.config.messages import drift, update


class Command(BaseCommand):
    help = "mengumpulkan teks layar untuk terjemahan; --check hanya memeriksa"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["check"]:
            count, missing = update()
            self.stdout.write(f"{count} teks, {missing} belum diterjemahkan")
        elif problems := drift():
            raise CommandError("\n".join(["Katalog tertinggal; jalankan make messages.", *problems[:20]]))
