"""A contradiction on its page: what stands, what came, and what can be done about it."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.members.actions.reviews import CORRECTABLE
from okoce.community.members.queries import may_see_finances
from okoce.dashboards.changes import FINANCES, hidden
from okoce.dashboards.duplicates.forms import CAME, STORED, SettleContradiction
from okoce.dashboards.duplicates.pairs import value_told
from okoce.foundation.accounts.requests import Request
from okoce.foundation.web.forms import Option
from okoce.foundation.web.lists import ComparedLine, Side
from okoce.pipeline.queries.duplicates import Contradiction, contradiction_of


def contradiction_context(request: Request, candidate: Any, form: Any) -> dict[str, Any]:
    told, member = contradiction_of(request.actor, candidate), candidate.first
    if candidate.field in FINANCES and not may_see_finances(request.actor, member):
        told = replace(told, stored=hidden(told.stored), came=hidden(told.came))
    line = ComparedLine(
        field_label(candidate.field),
        value_told(candidate.field, _stored_now(member, candidate.field, told.stored)),
        value_told(candidate.field, told.came),
    )
    return {
        "member": member,
        "left": Side(_("Yang tersimpan"), reverse("member_detail", args=[member.number]), member.number),
        "right": Side(_("Yang datang"), "", ""),
        "lines": [line],
        "can_correct": candidate.field in CORRECTABLE,
        "settle_form": form or settle_form(candidate, told),
        "told": told,
    }


def _stored_now(member: Any, field: str, then: str) -> Any:
    """What stands today, which may be another value than when the contradiction came in."""
    name = CORRECTABLE.get(field)
    return getattr(member, "nik_masked" if name == "nik" else name) if name else then


def settle_form(candidate: Any, told: Contradiction, data: Any = None) -> SettleContradiction:
    """What may be chosen: where no deed corrects the field, only that the stored value stands."""
    choices = [(STORED, Option(_("Yang tersimpan benar"), _("Tidak ada yang diubah.")))]
    if candidate.field in CORRECTABLE:
        choices.append(
            (CAME, Option(_("Perbaiki menjadi nilai di bawah"), _("Perubahannya tercatat di riwayat.")))
        )
    return SettleContradiction(data, field=candidate.field, choices=choices, came=told.came)


def field_label(field: str) -> str:
    """The column of the members' file, as people read it."""
    names = {
        "nama": _("Nama"),
        "telepon": _("Nomor HP"),
        "nik": _("NIK"),
        "email": _("Surel"),
        "tanggal_lahir": _("Tanggal lahir"),
        "jenis_kelamin": _("Jenis kelamin"),
        "status_kerja": _("Pekerjaan saat mendaftar"),
        "alamat": _("Alamat"),
        "kecamatan": _("Kecamatan"),
        "kelurahan": _("Kelurahan"),
        "tanggal_daftar": _("Tanggal daftar"),
        "komunitas": _("Komunitas"),
        "nama_usaha": _("Nama usaha"),
    }
    return names.get(field, field.replace("_", " ").capitalize())
