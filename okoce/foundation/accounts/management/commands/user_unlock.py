from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import forget_second_factor
from okoce.foundation.accounts.management.contacts import read_contact
from okoce.foundation.accounts.queries import one_with_contact
from okoce.foundation.shared.errors import NotFound


class Command(BaseCommand):
    help = "melepas pengaman kedua petugas yang kehilangan HP dan kode cadangannya, dan mengeluarkannya dari semua tempat"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, metavar="HP_ATAU_SUREL")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = one_with_contact(read_contact(options["user"]))
        if user is None:
            raise NotFound(_("Tidak ada akun dengan HP atau surel %s.") % options["user"])
        removed = forget_second_factor(Actor.system("okoce user unlock"), user)
        self.stdout.write(_("%s pengaman dilepas. Petugas memasang yang baru saat masuk lagi.") % removed)
