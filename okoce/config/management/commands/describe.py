from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from okoce.config.reference import PLACE, reference


class Command(BaseCommand):
    help = "menulis docs/reference.md dari kode; --check hanya memeriksa"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        text = reference()
        if not options["check"]:
            PLACE.write_text(text, encoding="utf-8")
        elif not PLACE.exists() or PLACE.read_text(encoding="utf-8") != text:
            raise CommandError(f"{PLACE.name} tertinggal dari kode; jalankan make docs.")
