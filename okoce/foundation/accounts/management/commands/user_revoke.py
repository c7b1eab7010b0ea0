from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import end_role
from okoce.foundation.accounts.management.anchors import add_role_arguments, read_anchors
from okoce.foundation.accounts.management.grants import held_account, read_day, roles_like, roles_told
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound


class Command(BaseCommand):
    help = "mencabut satu peran seorang petugas di satu tempat, mulai hari ini atau hari yang disebut; mencetak peran yang tersisa"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, metavar="HP_ATAU_SUREL")
        add_role_arguments(parser)
        parser.add_argument(
            "--until", metavar="TANGGAL", help="hari pertama yang tidak berlaku lagi; hari ini bila kosong"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        anchors, until = read_anchors(options), read_day("until", options["until"]) or today_wib()
        if until < today_wib():  # what was done by that right was rightly done
            raise Invalid([FieldError("until", _("Peran tidak bisa dicabut untuk hari yang sudah lewat."))])
        with transaction.atomic():
            user = held_account(options["user"])
            held = list(roles_like(user, options["role"], anchors))
            if not held:
                raise NotFound(_("Akun itu tidak memegang peran ini di sana.") + "\n" + roles_told(user))
            for assignment in held:
                end_role(Actor.system("okoce user revoke"), assignment, until)
        self.stdout.write(roles_told(user))
