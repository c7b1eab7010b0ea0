"""`okoce demo generate --members N`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from okoce.demo.generator import generate
from okoce.demo.replay import GENERATED, note_synthetic
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.typed_numbers import number_typed

MOST_MEMBERS = 10**12 - 1


class Command(BaseCommand):
    help = "membuat gerakan contoh sebesar N anggota"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--members", required=True, metavar="N")

    def handle(self, *_args: Any, **options: Any) -> None:
        count = _whole(options["members"])
        with tqdm(total=count, desc="Anggota contoh", unit_scale=True, disable=None) as bar:

            def landed(many: int) -> None:
                note_synthetic(GENERATED)  # with the first block: pages say so from then on
                bar.update(many)

            groups = generate(count, landed)
        self.stdout.write(
            _("%(count)s anggota contoh ditambahkan, dalam %(groups)s komunitas contoh.")
            % {"count": count, "groups": groups}
        )


def _whole(text: str) -> int:
    number = number_typed(text, MOST_MEMBERS)
    if number is None:
        raise Refused(
            _("“%s” bukan jumlah anggota; tulis bilangan bulat, misalnya --members 10000.") % text[:40]
        )
    return number
