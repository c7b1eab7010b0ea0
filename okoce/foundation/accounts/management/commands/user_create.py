import json
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
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.management.anchors import add_role_arguments, read_anchors, role_told
from okoce.foundation.accounts.management.contacts import read_phone
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.phones import show_phone


class Command(BaseCommand):
    help = "membuat akun petugas, misalnya yang pertama; mencetak apa yang dibuat dan cara masuknya"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--phone", metavar="NOMOR", help="nomor HP, ditulis dengan cara apa pun")
        parser.add_argument("--email", metavar="SUREL")
        parser.add_argument("--name", required=True, metavar="NAMA")
        add_role_arguments(parser)
        parser.add_argument(
            "--password", metavar="SANDI", help="dibuatkan dan ditampilkan sekali bila kosong"
        )
        parser.add_argument("--json", action="store_true", help="cetak sebagai JSON, untuk skrip")

    def handle(self, *_args: Any, **options: Any) -> None:
        given = options["password"]
        password = given or secrets.token_urlsafe(12)
        new = NewUser(options["name"].strip(), _phone(options), _email(options), password)
        _check(new)
        anchors = read_anchors(options)
        actor = Actor.system("okoce user create")
        with transaction.atomic():  # no account without its role
            user = create_user(actor, new)
            grant_role(actor, user, options["role"], anchors)
        facts = _facts(user, options["role"], anchors)
        if not options["json"]:  # people read both; scripts have always read the number alone
            self.stderr.write(_told(user, options["role"], anchors), self.style.NOTICE)
        self.stdout.write(json.dumps(facts) if options["json"] else str(user.pk))
        if not given:
            self.stderr.write(
                _("Kata sandi (hanya ditampilkan sekali ini): %s") % password, self.style.NOTICE
            )


def _facts(user: User, role: str, anchors: Anchors) -> dict[str, Any]:
    return {
        "id": user.pk, "name": user.name, "phone": user.phone, "email": user.email, "role": role,
        "territory": anchors.region or None, "group": anchors.group_id, "partner": anchors.partner_id,
    }  # fmt: skip


def _told(user: User, role: str, anchors: Anchors) -> str:
    contacts = [*([show_phone(user.phone)] if user.phone else []), *([user.email] if user.email else [])]
    by_code = _("dengan kode yang dikirim ke %s, atau ") % contacts[0] if user.phone else ""
    return _(
        "Akun nomor %(id)s dibuat: %(name)s (%(contacts)s), %(role)s. Masuk di /masuk: %(by_code)sdengan %(contact)s"
        " dan kata sandi. Di luar demo pengaman kedua dipasang saat masuk pertama kali."
    ) % {
        "id": user.pk,
        "name": user.name,
        "contacts": ", ".join(contacts),
        "role": role_told(role, anchors),
        "by_code": by_code,
        "contact": contacts[-1],
    }


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
