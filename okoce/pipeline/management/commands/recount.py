"""`okoce recount`: recompute every count from the records and say what differs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from okoce.pipeline.recount import Difference, recount, repair


class Command(BaseCommand):
    help = "menghitung ulang semua angka dari catatan dan mencetak yang berbeda (keluar 1 bila ada)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="samakan yang berbeda dengan catatan")

    def handle(self, *_args: Any, **options: Any) -> None:
        differences = self._recounted()
        if differences and options["repair"]:
            for difference in differences:
                self.stdout.write(difference.sentence)
            repair(differences)
            differences = self._recounted()
        for difference in differences:
            self.stdout.write(difference.sentence)
        if differences:
            raise CommandError(
                _("%s angka berbeda dari catatan. `okoce recount --repair` menyamakannya.") % len(differences)
            )
        self.stdout.write(_("Semua angka sama dengan catatan."))

    def _recounted(self) -> list[Difference]:
        with tqdm(desc=_("Hitung ulang"), unit=_(" orang"), disable=None, leave=False) as bar:

            def tell(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            return recount(tell)
