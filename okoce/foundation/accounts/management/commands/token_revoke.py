from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import revoke_token
from okoce.foundation.accounts.management.contacts import read_contact
from okoce.foundation.accounts.models import ApiToken
from okoce.foundation.accounts.queries import one_with_contact
from okoce.foundation.shared.errors import NotFound


class Command(BaseCommand):
    help = "mencabut kunci API sebuah akun: semua, atau yang bernama itu saja"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, metavar="HP_ATAU_SUREL")
        parser.add_argument("--name", metavar="TEKS", help="hanya kunci dengan nama ini")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = one_with_contact(read_contact(options["user"]))
        if user is None:
            raise NotFound(_("Tidak ada akun dengan HP atau surel %s.") % options["user"])
        tokens = ApiToken.objects.filter(user=user, revoked_at__isnull=True).order_by("pk")
        if options["name"] is not None:
            tokens = tokens.filter(name=options["name"])
        if not tokens:
            raise NotFound(_("Tidak ada kunci yang masih berlaku dengan nama itu; periksa --name."))
        for token in tokens:
            revoke_token(Actor.system("okoce token revoke"), token)
        self.stdout.write(_("%s kunci dicabut.") % len(tokens))
