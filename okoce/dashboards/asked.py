"""What a reader asked of a figure page: read from the address, refused with a sentence, never guessed."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.naming import code_asked_for
from okoce.pipeline.states import REASON_FILTERS, Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """Scope, day, komunitas, chosen stage and reason of a figure page."""

    scope: str = ""
    day: date | None = None
    group_id: int | None = None
    stage: int | None = None
    reason: str = ""
    cursor: str = ""


def read_asked(query: QueryDict) -> Asked:
    """Read `wilayah`, `per`, `komunitas`, `tahap`, `alasan` and `sesudah`; raises Refused for what cannot be meant."""
    return Asked(
        scope=code_asked_for(query.get("wilayah", "")),
        day=_day(query.get("per", "").strip()),
        group_id=_number(query.get("komunitas", ""), _("Nomor komunitas")),
        stage=_stage(query.get("tahap", "")),
        reason=_reason(query.get("alasan", "")),
        cursor=query.get("sesudah", "")[:200],
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if isinstance(day, Unreadable):
        raise Refused(
            _("Tanggal “%s” tidak terbaca. Tulis seperti 2018-12-31 atau 31-12-2018.") % text[:20],
            field="per",
        )
    return day


def _number(text: str, name: str) -> int | None:
    if not text:
        return None
    number = number_typed(text)
    if number is None:
        raise Refused(_("%(name)s “%(text)s” bukan bilangan.") % {"name": name, "text": text[:20]})
    return number


def _stage(text: str) -> int | None:
    number = _number(text.upper().removeprefix("P"), _("Tahap"))
    if number is not None and not Stage.P2_TRAINING <= number <= Stage.P7_FINANCING:
        raise Refused(
            _("Tahap P%s tidak punya tahap sebelumnya. Pilih P2 sampai P7.") % number, field="tahap"
        )
    return number


def _reason(text: str) -> str:
    if text and text not in dict(REASON_FILTERS):
        raise Refused(_("Alasan “%s” tidak dikenal. Pilih dari daftar alasan.") % text[:30], field="alasan")
    return text
