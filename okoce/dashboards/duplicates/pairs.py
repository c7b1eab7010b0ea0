"""Two records side by side, which of them to keep and why, and what a merge would do, in words. Reads only what it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okoce.community.groups.queries import group_names
from okoce.community.members.models import Business, Member
from okoce.community.members.states import Sex, WorkStatus
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.forms import Option
from okoce.foundation.web.lists import ComparedLine, Side
from okoce.foundation.web.numbers import count_text, day_text, rupiah_text
from okoce.foundation.web.passport import StampState
from okoce.foundation.web.steps import TrailStop
from okoce.pipeline.queries.journeys import StageStep
from okoce.pipeline.queries.merges import Foretold, stage_codes

_CHOICES = {"jenis_kelamin": dict(Sex.choices), "status_kerja": dict(WorkStatus.choices)}
STATES = {
    "completed": StampState.VERIFIED,
    "claimed": StampState.CLAIMED,
    "in_progress": StampState.CURRENT,
}


def sides_of(first: Member, second: Member) -> tuple[Side, Side]:
    return _side(first), _side(second)


def _side(member: Member) -> Side:
    since = _("terdaftar %s") % day_text(member.registered_on, "medium")
    return Side(member.number, reverse("member_detail", args=[member.number]), since)


def compared(first: Member, second: Member, *, with_finances: bool) -> list[ComparedLine]:
    """Field by field, as people read them; finances where the reader may see both's."""
    groups = group_names([member.group_id for member in (first, second) if member.group_id])
    left, right = (_told(member, groups) for member in (first, second))
    if not with_finances:
        left, right = ({**told, _("Omzet sebulan"): ""} for told in (left, right))
    return [ComparedLine(label, left[label], right[label]) for label in left]


def _told(member: Member, groups: dict[int, str]) -> dict[str, str]:
    business = _business_of(member) or Business()
    return {
        _("Nama"): member.name,
        _("HP"): show_phone(member.phone) if member.phone else "",
        _("NIK"): member.nik_masked,
        _("Lahir"): day_text(member.birth_on) if member.birth_on else "",
        _("Jenis kelamin"): member.get_sex_display(),
        _("Kecamatan"): territory.path_of(member.region),
        _("Alamat"): member.address,
        _("Surel"): member.email,
        _("Pekerjaan saat mendaftar"): member.get_work_status_display(),
        _("Komunitas"): groups.get(member.group_id or 0, ""),
        _("Usaha"): business.name,
        _("Bidang usaha"): business.sector,
        _("Keadaan usaha"): business.get_entry_state_display(),
        _("Pekerja"): count_text(business.workers) if business.workers is not None else "",
        _("Omzet sebulan"): rupiah_text(business.monthly_turnover) if business.monthly_turnover else "",
        _("NIB"): business.nib,
        _("Terdaftar"): day_text(member.registered_on),
        _("Persetujuan"): day_text(member.consent_on) if member.consent_on else "",
    }


def _business_of(member: Member) -> Business | None:
    return getattr(member, "business", None)


def trail_of(steps: Iterable[StageStep]) -> list[TrailStop]:
    """Seven stops: how far a record has come."""
    return [
        TrailStop(step.stage.value, str(step.stage.label), STATES.get(step.state, StampState.TODO))
        for step in steps
    ]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The record that had better stay, and why, in one sentence."""

    member: Member
    why: str


def suggested(first: Member, second: Member, done: dict[int, int]) -> Suggestion:
    """Whoever has completed more stages; else whose record says more; else the older one. `done`: stages by member."""
    fuller = {member.pk: _said(member) for member in (first, second)}
    if done[first.pk] != done[second.pk]:
        keep = max(first, second, key=lambda member: done[member.pk])
        return Suggestion(keep, _("lebih banyak tahap selesai (%s)") % done[keep.pk])
    if fuller[first.pk] != fuller[second.pk]:
        keep = max(first, second, key=lambda member: fuller[member.pk])
        return Suggestion(keep, _("isiannya lebih lengkap (%s)") % fuller[keep.pk])
    keep = min(first, second, key=lambda member: (member.registered_on, member.pk))
    return Suggestion(keep, _("terdaftar lebih dulu (%s)") % day_text(keep.registered_on, "medium"))


def _said(member: Member) -> int:
    """How much a record says."""
    columns = (
        "phone",
        "nik_masked",
        "email",
        "birth_on",
        "sex",
        "work_status",
        "village",
        "address",
        "consent_on",
    )
    of_business = ("name", "sector", "since_on", "workers", "monthly_turnover", "nib", "npwp")
    business = _business_of(member)
    said = [getattr(member, name) for name in columns]
    said += [getattr(business, name) for name in of_business] if business else []
    return sum(value not in (None, "") for value in said)


def keep_choices(ways: Iterable[Foretold], better: Suggestion) -> list[tuple[int, Option]]:
    """Which record may stay: each with its number, and why it had better."""
    choices = []
    for way in ways:
        label = _("%(number)s (%(name)s)") % {"number": way.keep.number, "name": way.keep.name}
        note = _("disarankan: %s") % better.why if way.keep.pk == better.member.pk else ""
        choices.append((way.keep.pk, Option(label, note)))
    return choices


@dataclass(frozen=True, slots=True)
class Way:
    """One way to merge, told: what stays, what would happen, or why not."""

    number: str
    sentences: list[str]
    refusal: str
    is_suggested: bool


def told_ways(ways: Iterable[Foretold], better: Suggestion) -> list[Way]:
    return [
        Way(way.keep.number, _sentences(way), way.refusal, way.keep.pk == better.member.pk) for way in ways
    ]


def _sentences(way: Foretold) -> list[str]:
    said = [_("Catatan %s digabung ke sini dan tidak dihitung lagi sendiri.") % way.absorb.number]
    if way.completed:
        said.append(_("Tahap yang ikut atau menjadi selesai: %s.") % stage_codes(way.completed))
    moved = [_counted(name, count) for name, count in way.moved.items()]
    if moved:
        said.append(_("Ikut pindah: %s.") % ", ".join(moved))
    if way.filled:
        said.append(
            _("Isian kosong yang terisi: %s.") % ", ".join(dict.fromkeys(map(_field_name, way.filled)))
        )
    dropped = [_counted(name, count) for name, count in way.dropped.items()]
    if dropped:
        said.append(_("Tidak dipakai karena catatan ini punya sendiri: %s.") % ", ".join(dropped))
    return said


def _counted(name: str, count: int) -> str:
    words = {
        "evidence": ngettext("%s bukti", "%s bukti", count),
        "jobs": ngettext("%s pernyataan jumlah pekerja", "%s pernyataan jumlah pekerja", count),
        "standstills": ngettext("%s alasan berhenti", "%s alasan berhenti", count),
        "memberships": ngettext("%s keanggotaan komunitas", "%s keanggotaan komunitas", count),
        "consents": ngettext("%s persetujuan", "%s persetujuan", count),
        "helpers": ngettext("%s pendamping", "%s pendamping", count),
    }
    return words[name] % count_text(count)


def _field_name(column: str) -> str:
    names = {
        "phone": _("nomor HP"),
        "email": _("surel"),
        "birth_on": _("tanggal lahir"),
        "sex": _("jenis kelamin"),
        "work_status": _("pekerjaan saat mendaftar"),
        "address": _("alamat"),
        "source": _("sumber"),
        "village": _("kelurahan"),
        "nik_masked": _("NIK"),
        "registered_on": _("tanggal daftar yang lebih dulu"),
        "consent_on": _("tanggal persetujuan yang lebih dulu"),
        "is_restricted": _("pembatasan pemakaian data"),
    }
    return names.get(column, _("data usaha"))


def stages_done(steps: Iterable[StageStep]) -> int:
    return sum(step.is_completed for step in steps)


def value_told(field: str, value: Any) -> str:
    """A value of a contradiction as people read it."""
    if not value:
        return ""
    text = str(value)
    if field == "kecamatan":
        return territory.path_of(text)
    if field == "tanggal_lahir":
        return _day(text)
    if field in _CHOICES:
        return str(_CHOICES[field].get(text, text))
    return show_phone(text) if field == "telepon" else text


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text
