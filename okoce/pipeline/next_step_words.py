"""The words of the next step: short sentences, a verb and a number in each order, nothing promised that others decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from okoce.community.groups.naming import bare_name
from okoce.community.members.states import HelperPurpose
from okoce.foundation.access.permissions import VERIFY_STAGE
from okoce.foundation.access.roles import NATIONAL_ROLES, ROLES
from okoce.foundation.web.numbers import count_text, day_text
from okoce.pipeline.queries.journeys import StageStep
from okoce.pipeline.requirements import VISITS_NEEDED
from okoce.pipeline.rules import Rule
from okoce.pipeline.states import VISIT, EvidenceState, Stage, StandstillReason


class Hand(Protocol):
    """Somebody who helps, as the choice of one reads it."""

    @property
    def name(self) -> str: ...
    @property
    def purpose(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be done for a stage, why, and a word of it explained."""

    order: str
    why: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Help:
    """Who helps, as what, and where to go."""

    name: str
    part: str
    where: str
    is_person: bool = False


def of_stage(step: StageStep, rule: Rule) -> Told:
    """The order of a stage; the number in it is what is still missing."""
    tellers = {
        Stage.P1_REGISTRATION: _registration,
        Stage.P2_TRAINING: _training,
        Stage.P3_MENTORING: _mentoring,
        Stage.P4_PERMITS: _permits,
        Stage.P5_MARKETING: _marketing,
        Stage.P6_BOOKKEEPING: _bookkeeping,
        Stage.P7_FINANCING: _financing,
    }
    return tellers[step.stage](step, rule)


def _registration(step: StageStep, rule: Rule) -> Told:
    return Told(
        _("Tandatangani 1 persetujuan di komunitas atau kecamatan"),
        _("Dengan persetujuan itu pendaftaran Anda lengkap dan tahap lain terbuka."),
        _("Persetujuan itu apa artinya?"),
        _("Anda setuju ikut program dan data Anda dipakai untuk itu. Anda boleh menariknya kapan saja."),
    )


def _training(step: StageStep, rule: Rule) -> Told:
    return Told(
        _("Ikuti 1 pelatihan sampai dapat sertifikat"),
        _("Pelatihannya gratis. Sertifikatnya menjadi cap P2 di paspor Anda."),
        _("Sertifikat itu apa artinya?"),
        _(
            "Surat bahwa Anda ikut sampai selesai. Tidak semua pelatihan dihitung; tanyakan yang diakui untuk P2."
        ),
    )


def _mentoring(step: StageStep, rule: Rule) -> Told:
    left = max(VISITS_NEEDED - len(_visit_days(step)), 1)
    return Told(
        _("Terima %s kunjungan pendamping lagi") % left
        if left < VISITS_NEEDED
        else _("Terima %s kunjungan pendamping") % left,
        _("Pendamping datang ke tempat usaha Anda, tiap kali pada hari yang berbeda."),
        _("Pendamping itu siapa?"),
        _(
            "Orang yang sudah berpengalaman usaha. Ia menengok, mendengar, dan membantu mencari jalan. Gratis."
        ),
    )


def _visit_days(step: StageStep) -> set[date]:
    """Days of visits that stand, checked or not."""
    standing = (EvidenceState.VERIFIED, EvidenceState.CLAIMED)
    return {p.happened_on for p in step.evidence if p.kind == VISIT and p.state in standing}


def _permits(step: StageStep, rule: Rule) -> Told:
    kinds = _one_of(sorted(rule.licences))
    return Told(
        _("Urus 1 izin usaha: %s") % kinds if kinds else _("Urus 1 izin usaha"),
        _("Dengan izin, usaha Anda tercatat resmi. Petugas membantu mengisi formulirnya."),
        _("NIB itu apa artinya?"),
        _(
            "Nomor usaha dari pemerintah. 13 angka, gratis. IUMK dan SKU adalah surat izin usaha kecil sebelumnya."
        ),
    )


def _marketing(step: StageStep, rule: Rule) -> Told:
    return Told(
        _("Buka 1 toko dan catat 1 penjualan"),
        _("Produk Anda dinilai dulu, lalu dijual lewat toko atau bazar."),
        _("Dinilai itu bagaimana?"),
        _(
            "Petugas melihat mutu, kemasan, dan harga. Yang belum lolos diberi tahu apa yang perlu diperbaiki."
        ),
    )


def _bookkeeping(step: StageStep, rule: Rule) -> Told:
    return Told(
        _("Tutup 3 bulan catatan uang"),
        _("Catat uang masuk dan uang keluar. Tiga bulan yang lengkap menjadi cap P6."),
        _("Menutup bulan itu apa artinya?"),
        _("Semua catatan bulan itu sudah lengkap dan dilaporkan, jadi tidak diubah lagi."),
    )


def _financing(step: StageStep, rule: Rule) -> Told:
    return Told(
        _("Ajukan 1 pinjaman modal"),
        _("Kami bantu mengajukan. Bank yang memutuskan."),
        _("Kapan cap P7 didapat?"),
        _("Saat pinjaman pertama cair. Bila ditolak, alasannya diberitahukan dan boleh diajukan lagi."),
    )


def waiting_order(step: StageStep) -> str:
    return _("Tunggu %s diperiksa") % step.stage.code


def waiting_why(step: StageStep) -> str:
    waiting = sum(proof.state == EvidenceState.CLAIMED for proof in step.evidence)
    return _(
        "%(count)s bukti Anda untuk %(stage)s sudah masuk. Sekarang giliran petugas, Anda tidak perlu apa-apa."
    ) % {
        "count": waiting,
        "stage": step.stage.label,
    }


def done_order() -> str:
    return _("Lengkap. Kabari kami 1 kali tiap triwulan")


def done_why() -> str:
    return _("Semua tahap yang dibuka di wilayah Anda sudah dicap. Selamat!")


def help_with(
    stage: Stage | None, helpers: Sequence[Hand], group: str, place: str, group_officer: str = ""
) -> Help:
    """The helper for just this, else any helper, else whoever serves the komunitas, else the kecamatan's officer."""
    group = bare_name(group)
    wanted = {
        Stage.P2_TRAINING: HelperPurpose.TRAINING,
        Stage.P7_FINANCING: HelperPurpose.FINANCING,
    }.get(stage or Stage.P1_REGISTRATION, HelperPurpose.MENTORING)
    chosen = next((one for one in helpers if one.purpose == wanted), None) or next(iter(helpers), None)
    if chosen:
        return Help(chosen.name, _part(chosen.purpose), _meeting_place(group, place), is_person=True)
    if group and group_officer:
        part = _("pengurus komunitas %s") % group
        return Help(group_officer, part, _meeting_place(group, place), is_person=True)
    if group:
        return Help(_("Pengurus komunitas %s") % group, _("komunitas Anda"), _meeting_place(group, place))
    return Help(_("Petugas Kecamatan %s") % place, _("petugas wilayah Anda"), _office(place))


def _part(purpose: str) -> str:
    parts = {
        HelperPurpose.MENTORING.value: _("pendamping Anda"),
        HelperPurpose.TRAINING.value: _("pelatih Anda"),
        HelperPurpose.FINANCING.value: _("petugas permodalan Anda"),
    }
    return parts.get(purpose, _("yang membantu Anda"))


def _meeting_place(group: str, place: str) -> str:
    if group:
        return _("Temui di pertemuan komunitas %(group)s, atau tanyakan di kantor Kecamatan %(place)s.") % {
            "group": group,
            "place": place,
        }
    return _office(place)


def _office(place: str) -> str:
    return _("Datang ke kantor Kecamatan %s pada jam kerja. Sebut nomor anggota Anda.") % place


def verifiers(stage: Stage, place: str) -> Help:
    """Who may check evidence of the stage, by their roles; the nation's roles only where nobody nearer may."""
    permission = VERIFY_STAGE.get(stage.value)
    able = [role for role in ROLES.values() if permission in role.permissions]
    near = [role for role in able if role.name not in NATIONAL_ROLES]
    titles = [str(role.title) for role in near or able if role.name != "administrator"]
    return Help(_one_of(titles) or _("Sekretariat PGO"), _("yang memeriksa bukti Anda"), _office(place))


def when_check_is_late(days_left: int) -> str:
    if days_left < 0:
        return _(
            "Pemeriksaan ini terlambat %s hari, bukan karena Anda. Bukti Anda ada di urutan atas daftar petugas;"
            " boleh Anda tanyakan."
        ) % count_text(-days_left)
    return _(
        "Bila lewat tanggal ini belum diperiksa, tanyakan. Petugas memeriksa yang paling lama menunggu lebih dulu."
    )


def late_comfort(check_in: date) -> str:
    return _(
        "Tidak apa-apa, kesempatan Anda tidak hilang. Mulai lagi dan kabari komunitas sebelum %s."
    ) % day_text(check_in)


def advice_on(reason: str) -> str:
    """What is done about a reason for standing still; the member reads it, so nobody is blamed."""
    advice = {
        StandstillReason.NO_NPWP: _(
            "NPWP bisa dibuat gratis di kantor pajak atau secara daring. Petugas membantu."
        ),
        StandstillReason.ZONE: _(
            "Tanyakan ke petugas izin apakah ada tempat atau jenis izin lain yang cocok."
        ),
        StandstillReason.DOCUMENTS_MISSING: _(
            "Tanyakan ke petugas berkas mana yang kurang, lalu bawa sekaligus."
        ),
        StandstillReason.FORM_UNCLEAR: _("Bawa formulirnya. Petugas mengisinya bersama Anda."),
        StandstillReason.NEVER_APPLIED: _("Mulai dengan bertanya. Petugas menunjukkan langkah pertamanya."),
        StandstillReason.WAITING_FOR_CLASS: _("Anda menunggu kelas. Tanyakan jadwal yang paling dekat."),
        StandstillReason.WAITING_FOR_MENTOR: _(
            "Anda menunggu pendamping. Tanyakan kapan kunjungan pertamanya."
        ),
        StandstillReason.WAITING_FOR_OFFICE: _("Kantor izin sedang memproses. Simpan tanda terimanya."),
        StandstillReason.NO_TIME: _("Tidak apa-apa. Bilang kapan Anda sempat, kami sesuaikan."),
        StandstillReason.NOT_INTERESTED: _("Tidak apa-apa. Bila berubah pikiran, tahap ini tetap terbuka."),
        StandstillReason.STOPPED_BUSINESS: _("Bila mulai usaha lagi, kabari kami. Cap Anda tetap tersimpan."),
        StandstillReason.MOVED: _(
            "Catat kepindahan Anda di Data saya, supaya petugas di tempat baru membantu."
        ),
        StandstillReason.UNREACHABLE: _(
            "Kami belum berhasil menghubungi Anda. Periksa nomor HP di Data saya."
        ),
        StandstillReason.REFUSED_SLIK: _(
            "Tanyakan ke petugas cara memperbaiki catatan pinjaman, lalu ajukan lagi."
        ),
        StandstillReason.UNKNOWN: _(
            "Ceritakan kepada yang membantu Anda apa yang menghambat; petugas mencatatnya."
        ),
        StandstillReason.REFUSED_CAPACITY: _("Rapikan catatan uang beberapa bulan, lalu ajukan lagi."),
    }
    known = {str(code): sentence for code, sentence in advice.items()}
    return known.get(reason, _("Bicarakan dengan yang membantu Anda."))


def term_reason(stage: Stage, since: date, days: int, every_months: int) -> str:
    return _(
        "%(stage)s biasanya selesai %(days)s hari setelah langkah sebelumnya (%(since)s). Selain itu, tiap %(months)s bulan"
        " komunitas menanyakan kabar. Yang lebih dekat ditulis di sini. Tanggal ini pengingat: lewat pun Anda boleh lanjut."
    ) % {"stage": stage.code, "days": count_text(days), "since": day_text(since), "months": every_months}


def check_in_reason(every_months: int) -> str:
    return _("Tiap %s bulan komunitas menanyakan kabar usaha Anda. Ini hari terakhirnya.") % every_months


def check_reason(since: date, days: int) -> str:
    return _("Bukti masuk %(since)s. Pemeriksaan biasanya selesai dalam %(days)s hari.") % {
        "since": day_text(since),
        "days": days,
    }


def _one_of(names: Sequence[str]) -> str:
    """ "IUMK, NIB atau SKU"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s atau %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
