"""What changed about a person, as people read it: fields and values in words, days as people write them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_names
from okoce.community.members.states import EntryState, Sex, WorkStatus
from okoce.foundation.events.queries import HistoryLine
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import day_text
from okoce.pipeline.states import Stage

_CHOICES = {
    "sex": dict(Sex.choices),
    "work_status": dict(WorkStatus.choices),
    "business_entry_state": dict(EntryState.choices),
}
ONE_DEED = timedelta(seconds=1)
# As the members file calls them, as the record does, and as a correction of the business does.
FINANCES = frozenset(
    {"turnover", "monthly_turnover", "omzet_bulanan", "npwp", "business_monthly_turnover", "business_npwp"}
)
_DAYS = frozenset({"birth_on", "registered_on", "consent_on", "business_since_on"})
_GROUPS = ("group_id", "komunitas")
# The same fields as an import calls them: by the names of its rows, and by the columns of the file where it contradicts.
_AS_IMPORTED = {
    "sector": "business_sector",
    "business_since": "business_since_on",
    "workers": "business_workers",
    "turnover": "business_monthly_turnover",
    "nib": "business_nib",
    "npwp": "business_npwp",
    "tanggal_lahir": "birth_on",
    "jenis_kelamin": "sex",
    "status_kerja": "work_status",
    "alamat": "address",
    "nama_usaha": "business_name",
    "bidang_usaha": "business_sector",
    "mulai_usaha": "business_since_on",
    "jumlah_pekerja": "business_workers",
    "omzet_bulanan": "business_monthly_turnover",
}


def change_labels() -> dict[str, str]:
    """Names of changed fields as people read them."""
    labels = {
        "name": _("nama"),
        "phone": _("nomor HP"),
        "email": _("surel"),
        "birth_on": _("tanggal lahir"),
        "sex": _("jenis kelamin"),
        "nik": _("NIK"),
        "nik_masked": _("NIK"),
        "work_status": _("pekerjaan saat mendaftar"),
        "region": _("kecamatan"),
        "village": _("kelurahan"),
        "address": _("alamat"),
        "group_id": _("komunitas"),
        "komunitas": _("komunitas"),
        "reason": _("alasan"),
        "business": _("usaha"),
        "business_name": _("nama usaha"),
        "business_sector": _("bidang usaha"),
        "business_entry_state": _("keadaan usaha saat mendaftar"),
        "business_since_on": _("mulai usaha"),
        "business_workers": _("pekerja saat mendaftar"),
        "business_monthly_turnover": _("omzet sebulan"),
        "business_nib": _("NIB"),
        "business_npwp": _("NPWP"),
        "source": _("sumber"),
        "note": _("catatan"),
        "registered_on": _("tanggal daftar"),
        "consent_on": _("tanggal persetujuan"),
        "pekerja_saat_izin": _("pekerja saat izin"),
        "p4_nomor": _("nomor izin"),
        **{f"p{stage.value}_tanggal": _("tanggal %s") % stage.code for stage in Stage},
    }
    return labels | {imported: labels[name] for imported, name in _AS_IMPORTED.items()}


def told_changes(
    changes: Mapping[str, Sequence[Any]], groups: Mapping[int, str], *, with_finances: bool = True
) -> dict[str, list[str]]:
    """The values before and after, as text; of finances that the reader may not see, that there was something.

    `groups` are the names of the komunitas that the changes tell of: see `groups_in`.
    """
    return {
        name: [
            _told(_AS_IMPORTED.get(name, name), value, groups)
            if with_finances or name not in FINANCES
            else hidden(value)
            for value in pair
        ]
        for name, pair in changes.items()
    }


def groups_in(lines: Iterable[HistoryLine]) -> dict[int, str]:
    """The names of the komunitas that these lines tell of by number, in one question."""
    pairs = [line.changes.get(name, ()) for line in lines for name in _GROUPS]
    told = {value for pair in pairs for value in pair if isinstance(value, int)}
    return group_names(told) if told else {}


def hidden(value: Any) -> str:
    """What stands in the place of a value that the reader may not see."""
    return "" if value in (None, "") else _("disembunyikan")


def told_once(lines: Sequence[HistoryLine]) -> list[HistoryLine]:
    """A fact about two records stands in the history of each; where both are read as one person's it is one line."""
    once: list[HistoryLine] = []
    for line in lines:
        if not once or not _is_same(once[-1], line):
            once.append(line)
    return once


def _is_same(one: HistoryLine, other: HistoryLine) -> bool:
    return (one.kind, one.author, one.payload) == (other.kind, other.author, other.payload) and abs(
        one.at - other.at
    ) < ONE_DEED


def _told(name: str, value: Any, groups: Mapping[int, str]) -> str:
    if value in (None, ""):
        return ""
    if name in _GROUPS:
        return groups.get(value, str(value))
    text = str(value)
    if name in _CHOICES:
        return str(_CHOICES[name].get(text, text))
    if name in _DAYS or name.endswith("_tanggal"):
        return _day(text)
    if name in ("region", "village"):
        return territory.path_of(text)
    return show_phone(text) if name == "phone" and text.startswith("+") else text


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text
