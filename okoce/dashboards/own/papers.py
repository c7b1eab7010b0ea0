"""The passport and the card as documents: what their layouts are filled with."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.models import Card, Member
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.codes import show_code
from okoce.foundation.web.documents import breakable, pdf_of
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.passport import Stamp
from okoce.foundation.web.square_codes import qr_svg

LAYOUTS = Path(__file__).parent / "layouts"
SHEET = "sheet"


def passport_pdf(member: Member, stamps: Sequence[Stamp], address: str) -> bytes:
    """The seven stamps on one sheet; `address` is where its genuineness is checked, "" while there is no card."""
    return pdf_of(
        LAYOUTS / "passport.typ",
        {
            "language": get_language() or "id",
            "title": _("Paspor usaha"),
            "holder": breakable(member.name),
            "detail": detail_of(member),
            "number": member.number,
            "qr": qr_svg(address) if address else "",
            "stamps": [_stamp(stamp) for stamp in stamps],
            "footer": _(
                "Dicetak %(day)s. Lingkaran penuh = sudah diperiksa, garis putus = belum diperiksa, titik-titik = belum."
            )
            % {"day": day_text(today_wib())},
        },
    )


def _stamp(stamp: Stamp) -> dict[str, str]:
    return {
        "code": stamp.code,
        "name": stamp.name,
        "state": stamp.state.value,
        "badge": stamp.badge,
        "evidence": breakable(stamp.evidence),
        "on": day_text(stamp.on, "medium") if stamp.on else "",
    }


def card_pdf(member: Member, card: Card, address: str, size: str) -> bytes:
    """The card alone, or on a sheet to cut it from."""
    return pdf_of(
        LAYOUTS / "card.typ",
        {
            "language": get_language() or "id",
            "size": SHEET if size == SHEET else "card",
            "title": _("Kartu anggota"),
            "holder": breakable(member.name),
            "number": member.number,
            "place": path_of(member.region),
            "since": _("Anggota sejak %s") % day_text(member.registered_on),
            "code_label": _("Kode"),
            "code": show_code(card.code),
            "hint": _("Pindai untuk memeriksa"),
            "qr": qr_svg(address),
            "advice": _("Gunting mengikuti garis putus. Kartu ini berlaku sampai dibatalkan atau diganti."),
        },
    )


def detail_of(member: Member) -> str:
    """The business and where it is."""
    business = getattr(member, "business", None)
    return " · ".join(part for part in (business.name if business else "", path_of(member.region)) if part)
