from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import LIMIT_FIELDS, set_code_limits
from okoce.foundation.accounts.caps import limits_today
from okoce.foundation.accounts.models import CodeLimit
from okoce.foundation.shared.days import today_wib


class Command(BaseCommand):
    help = "batas pengiriman kode: menampilkan yang berlaku, atau menetapkan yang baru"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="from_on", type=date.fromisoformat, metavar="YYYY-MM-DD")
        for name in LIMIT_FIELDS:
            parser.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N")

    def handle(self, *_args: Any, **options: Any) -> None:
        limits = limits_today()
        changed = {name: options[name] for name in LIMIT_FIELDS if options[name] is not None}
        if changed:
            kept = {name: getattr(limits, name) for name in LIMIT_FIELDS}
            wanted = CodeLimit(from_on=options["from_on"] or today_wib(), **kept | changed)
            limits = set_code_limits(Actor.system("okoce code limits"), wanted)
        self.stdout.write(_("Berlaku mulai %s:") % limits.from_on.isoformat())
        for name in LIMIT_FIELDS:
            self.stdout.write(f"{name}: {getattr(limits, name)}")
