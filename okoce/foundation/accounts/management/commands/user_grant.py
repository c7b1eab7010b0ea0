from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.management.anchors import add_role_arguments, read_anchors
from okoce.foundation.accounts.management.grants import held_account, read_day, roles_like, roles_told
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid


class Command(BaseCommand):
    help = "memberi petugas yang sudah punya akun satu peran lagi, misalnya di kecamatan kedua; mencetak semua perannya"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, metavar="HP_ATAU_SUREL")
        add_role_arguments(parser)
        parser.add_argument("--from", metavar="TANGGAL", help="hari pertama; hari ini bila kosong")
        parser.add_argument(
            "--until", metavar="TANGGAL", help="hari pertama yang tidak berlaku lagi; tanpa akhir bila kosong"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        role, anchors = options["role"], read_anchors(options)
        first, until = read_day("from", options["from"]), read_day("until", options["until"])
        _refuse_what_is_over(until)
        if role in ROLES and ROLES[role].breadth is Breadth.SELF:
            raise Invalid(
                [FieldError("role", _("Peran %s melekat pada anggota sendiri dan tidak diberikan.") % role)]
            )
        with transaction.atomic():
            user = held_account(options["user"])
            _refuse_twice(user, role, anchors, first or today_wib(), until)
            grant_role(Actor.system("okoce user grant"), user, role, anchors, first, until)
        self.stdout.write(roles_told(user))


def _refuse_what_is_over(until: date | None) -> None:
    if until is not None and until <= today_wib():
        raise Invalid(
            [FieldError("until", _("--until sudah lewat. Tulis hari sesudah hari ini, atau kosongkan."))]
        )


def _refuse_twice(user: User, role: str, anchors: Anchors, first: date, until: date | None) -> None:
    """The same role at the same place in days that overlap would be one right written down twice."""
    for held in roles_like(user, role, anchors):
        if (until is None or held.from_on < until) and (held.until_on is None or held.until_on > first):
            raise Conflict(
                _(
                    "Akun itu sudah memegang peran ini di sana sejak %s. Cabut dahulu dengan okoce user revoke bila waktunya lain."
                )
                % held.from_on.isoformat()
            )
