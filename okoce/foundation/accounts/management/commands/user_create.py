import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.management.contacts import read_phone
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code


class Command(BaseCommand):
    help = "membuat akun petugas, misalnya yang pertama; mencetak nomornya"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--phone", metavar="NOMOR", help="nomor HP, ditulis dengan cara apa pun")
        parser.add_argument("--email", metavar="SUREL")
        parser.add_argument("--name", required=True, metavar="NAMA")
        parser.add_argument("--role", required=True, metavar="PERAN", help=", ".join(ROLES))
        parser.add_argument("--territory", default="", metavar="KODE", help="misalnya 31.71.04 atau 31")
        parser.add_argument("--group", type=int, metavar="NOMOR", help="nomor komunitas")
        parser.add_argument("--partner", type=int, metavar="NOMOR", help="nomor mitra")
        parser.add_argument(
            "--password", metavar="SANDI", help="dibuatkan dan ditampilkan sekali bila kosong"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        given = options["password"]
        password = given or secrets.token_urlsafe(12)
        new = NewUser(options["name"].strip(), _phone(options), _email(options), password)
        _check(new)
        anchors = Anchors(_region(options["territory"]), options["group"], options["partner"])
        actor = Actor.system("okoce user create")
        with transaction.atomic():  # no account without its role
            user = create_user(actor, new)
            grant_role(actor, user, options["role"], anchors)
        self.stdout.write(str(user.pk))
        if not given:
            self.stderr.write(
                _("Kata sandi (hanya ditampilkan sekali ini): %s") % password, self.style.NOTICE
            )


def _phone(options: dict[str, Any]) -> str | None:
    return read_phone(options["phone"]) if options["phone"] else None


def _email(options: dict[str, Any]) -> str | None:
    return options["email"].strip().lower() if options["email"] else None


def _check(new: NewUser) -> None:
    if not new.name:
        raise Invalid([FieldError("name", _("Nama kosong. Tulis nama petugas pada --name."))])
    if not new.phone and not new.email:
        raise Invalid([FieldError("phone", _("Akun perlu nomor HP atau surel. Isi --phone atau --email."))])
    try:
        if new.email:
            validate_email(new.email)
        validate_password(new.password or "")
    except ValidationError as error:
        raise Invalid([FieldError("password", " ".join(error.messages))]) from None


def _region(text: str) -> str:
    """A code in dotted form that exists; empty for none."""
    if not text:
        return ""
    code = read_code(text).code
    try:
        if code and territory.find_region(code):
            return code
    except LookupError:
        raise NotFound(_("Wilayah belum dimuat. Jalankan make run sekali dahulu.")) from None
    raise NotFound(_("Wilayah dengan kode %s tidak ada. Pakai kode Kemendagri, misalnya 31.71.04.") % text)
