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
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.management.contacts import read_phone
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code


class Command(BaseCommand):
    help = "membuat akun petugas, misalnya yang pertama; mencetak apa yang dibuat dan cara masuknya"

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
        parser.add_argument("--json", action="store_true", help="cetak sebagai JSON, untuk skrip")

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
        facts = _facts(user, options["role"], anchors)
        if not options["json"]:  # people read both; scripts have always read the number alone
            self.stderr.write(_told(user, facts), self.style.NOTICE)
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


def _told(user: User, facts: dict[str, Any]) -> str:
    contacts = [*([show_phone(user.phone)] if user.phone else []), *([user.email] if user.email else [])]
    by_code = _("dengan kode yang dikirim ke %s, atau ") % contacts[0] if user.phone else ""
    return _(
        "Akun nomor %(id)s dibuat: %(name)s (%(contacts)s), %(role)s, %(place)s. Masuk di /masuk: %(by_code)sdengan %(contact)s"
        " dan kata sandi. Di luar demo pengaman kedua dipasang saat masuk pertama kali."
    ) % {
        "id": user.pk,
        "name": user.name,
        "contacts": ", ".join(contacts),
        "role": ROLES[facts["role"]].title,
        "place": _place(facts),
        "by_code": by_code,
        "contact": contacts[-1],
    }


def _place(facts: dict[str, Any]) -> str:
    """Where the role holds."""
    named = [
        territory.path_of(facts["territory"]) if facts["territory"] else "",
        _("komunitas nomor %s") % facts["group"] if facts["group"] is not None else "",
        _("mitra nomor %s") % facts["partner"] if facts["partner"] is not None else "",
    ]
    return ", ".join(filter(None, named)) or _("seluruh Indonesia")


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
