from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import create_token
from okoce.foundation.accounts.management.contacts import read_contact
from okoce.foundation.accounts.queries import one_with_contact
from okoce.foundation.shared.errors import NotFound


class Command(BaseCommand):
    help = "membuat kunci API untuk sebuah akun; dicetak sekali ini saja"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, metavar="HP_ATAU_SUREL")
        parser.add_argument("--name", default="", metavar="TEKS", help="untuk apa kunci ini")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = one_with_contact(read_contact(options["user"]))
        if user is None:
            raise NotFound(
                _("Tidak ada akun dengan HP atau surel %s. Buat dahulu dengan okoce user create.")
                % options["user"]
            )
        self.stdout.write(create_token(Actor.system("okoce token create"), user, options["name"]))
