"""`okoce merge members OK-… OK-… --user …`: two records of one person that nothing brought into the review queue."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from okoce.community.members.queries import member_for
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.management.contacts import read_contact
from okoce.foundation.accounts.queries import actor_for_user, one_with_contact
from okoce.foundation.shared.errors import NotAllowed, NotFound
from okoce.pipeline.actions.merging import merge_members

RIGHT = Permission.MEMBERS_MERGE


class Command(BaseCommand):
    help = "menggabungkan dua catatan dari satu orang yang tidak ada di daftar catatan ganda"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keep", metavar="DIPERTAHANKAN", help="nomor anggota yang tetap dipakai")
        parser.add_argument("absorb", metavar="DIGABUNG", help="nomor anggota yang masuk ke dalamnya")
        parser.add_argument(
            "--user",
            required=True,
            metavar="HP_ATAU_SUREL",
            help="petugas yang memutuskan; tercatat di riwayat",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        user = one_with_contact(read_contact(options["user"]))
        if user is None:
            raise NotFound(_("Tidak ada akun dengan HP atau surel %s.") % options["user"])
        actor = actor_for_user(user)
        if not actor.may(RIGHT):
            raise NotAllowed(_("Peran %s tidak boleh menggabungkan catatan.") % options["user"])
        keep, absorb = (member_for(actor, options[name], RIGHT) for name in ("keep", "absorb"))
        merge_members(actor, keep, absorb)
        sentence = _("%(absorbed)s digabung ke %(kept)s. Bila keliru, batalkan di /ganda/digabung.")
        self.stdout.write(sentence % {"absorbed": absorb.number, "kept": keep.number})
