"""Samples for the component gallery: long names, empty places, errors. Everybody in it is made up."""

from datetime import UTC, date, datetime

from django import forms

from okoce.foundation.web.figures import Figure, Measure
from okoce.foundation.web.forms import MoneyInput
from okoce.foundation.web.funnel import FunnelStage, Reason
from okoce.foundation.web.gallery_kit import kit_context
from okoce.foundation.web.passport import Stamp, StampState
from okoce.foundation.web.tables import Cell, Column, MappedColumn
from okoce.foundation.web.timeline import TimelineEntry

DAY = date(2018, 12, 31)
LONG_NAME = "Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo"
LONG_GROUP = "Paguyuban Wirausaha Perempuan Mandiri Cengkareng Barat Sejahtera"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama lengkap", help_text="Sesuai KTP. Satu kata juga boleh.")
    phone = forms.CharField(label="Nomor WhatsApp", help_text="Contoh: 0812-3456-7890", min_length=10)
    turnover = forms.CharField(label="Omzet sebulan", widget=MoneyInput, required=False)
    district = forms.ChoiceField(
        label="Kecamatan",
        choices=[("", "Pilih kecamatan…"), ("31.73.08", "Kembangan"), ("31.71.01", "Gambir")],
    )
    note = forms.CharField(label="Catatan", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    trade = forms.ChoiceField(
        label="Bagaimana keadaan usahanya?",
        widget=forms.RadioSelect,
        choices=[
            ("none", "Belum punya usaha"),
            ("trading", "Sudah jualan"),
            ("licensed", "Sudah punya izin"),
        ],
    )
    consent = forms.BooleanField(label="Setuju datanya dipakai untuk mendampingi", required=True)


def sample_context() -> dict[str, object]:
    return {
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": LONG_NAME, "phone": "0812", "turnover": "125.000"}, prefix="wrong"),
        "figures": _figures(),
        "stages": _stages(),
        "free_stages": _free_stages(),
        "reasons": _reasons(),
        "columns": [Column("Nama"), Column("Kecamatan"), Column("Keadaan"), Column("Hari", is_number=True)],
        "rows": _rows(),
        "picked_rows": _picked_rows(),
        "stamps": _stamps(),
        "history": _history(),
        "mapped": _mapped(),
        "targets": [("nama", "nama"), ("telepon", "telepon"), ("kecamatan", "kecamatan")],
        "tones": ["", "verified", "lit", "waiting", "stuck"],
        "lit_members": {"31.73.08": 640, "31.71.01": 210, "32.73.01": 75, "33.74.01": 12, "94.71.01": 3},
        **kit_context(),
    }


def _figures() -> list[Figure]:
    return [
        Figure(
            name="anggota",
            value=65_414,
            definition="Orang yang pernah mendaftar. Satu orang dihitung satu kali.",
            as_at=DAY,
            source="dihitung dari catatan",
            href="#definisi",
        ),
        Figure(
            name="lapangan kerja",
            value=29_346,
            definition="Disebut anggota saat izin terbit, belum diperiksa.",
            as_at=DAY,
            source="VIVA 2019",
            is_claimed=True,
        ),
        Figure(
            name="sampai izin",
            value=16_734 / 65_414,
            definition="Anggota yang memegang izin usaha.",
            as_at=DAY,
            measure=Measure.PERCENT,
            numerator=16_734,
            denominator=65_414,
        ),
        Figure(name="pinjaman cair", value=None, definition="Tidak diumumkan. Bukan nol.", as_at=None),
    ]


def _stages() -> list[FunnelStage]:
    return [
        FunnelStage("P1", "Pendaftaran", 65_414),
        FunnelStage("P2", "Pelatihan", 55_732, lost=9_682, href="#alasan"),
        FunnelStage("P3", "Pendampingan", 33_214, lost=22_518, href="#alasan"),
        FunnelStage("P4", "Perizinan", 16_734, lost=16_480, href="#alasan", is_chosen=True),
        FunnelStage("P5", "Pemasaran", None, is_small=True),
        FunnelStage("P6", "Pelaporan Keuangan", None),
        FunnelStage("P7", "Permodalan", 0, lost=0),
    ]


def _free_stages() -> list[FunnelStage]:
    return [
        FunnelStage("P1", "Pendaftaran", 120),
        FunnelStage("P2", "Pelatihan", 30, lost=90, href="#alasan"),
        FunnelStage("P3", "Pendampingan", 48, lost=10, href="#alasan"),
    ]


def _reasons() -> list[Reason]:
    return [
        Reason("Menunggu PTSP", 612, "di atas 14 hari: 208", "#orang", "Tagih PTSP"),
        Reason(
            "Belum dihubungi, belum pernah mengajukan",
            5_120,
            "rata-rata 96 hari",
            "#orang",
            "Bagi ke pendamping",
        ),
        Reason("Belum punya NPWP", 2_874, "daftar di bawah", "#orang", "Buka daftar"),
        Reason("Belum diketahui", 0),
    ]


def _rows() -> list[list[Cell | str | int | None]]:
    return [
        [Cell("Suparman", href="#orang"), "Kembangan", Cell("Dicap", tone="verified"), 136],
        [Cell(LONG_NAME, href="#orang"), "Kebon Jeruk", Cell("Macet 34 hari", tone="stuck"), 1_133],
        ["Yohanes", "Kepulauan Seribu Selatan", Cell("Belum diperiksa", tone="waiting"), None],
    ]


def _picked_rows() -> list[list[Cell | str | int | None]]:
    return [
        [Cell("Suparman", href="#orang", pick="1"), "Kembangan", Cell("Dicap", tone="verified"), 136],
        [Cell(LONG_NAME, href="#orang", pick="2"), "Kebon Jeruk", Cell("Macet 34 hari", tone="stuck"), 1_133],
    ]


def _stamps() -> list[Stamp]:
    day = date(2026, 5, 12)
    return [
        Stamp(
            1, "Pendaftaran", StampState.VERIFIED, "Formulir dan KTP dilihat langsung. Diperiksa: Hasan", day
        ),
        Stamp(2, "Pelatihan", StampState.VERIFIED, "Hadir 5 dari 6 kali. Sertifikat no. 2026-0611", day),
        Stamp(
            3, "Pendampingan", StampState.CLAIMED, "Kata anggota: 2 kali ditengok. Menunggu diperiksa", day
        ),
        Stamp(4, "Perizinan", StampState.CURRENT, "Berkas 2 dari 3"),
        Stamp(5, "Pemasaran", StampState.TODO, label="Tidak dibuka di wilayah ini"),
        Stamp(6, "Pelaporan Keuangan", StampState.VERIFIED, "3 bulan ditutup", day),
        Stamp(7, "Permodalan", StampState.TODO, "Terbuka setelah P1 sampai P6"),
    ]


def _history() -> list[TimelineEntry]:
    at = datetime(2018, 12, 31, 7, 5, tzinfo=UTC)
    return [
        TimelineEntry(
            f"{LONG_NAME} pindah ke Kepulauan Seribu Selatan",
            at,
            "Hasan, petugas kecamatan",
            changes={"Alamat": ["Kembangan", "Kepulauan Seribu Selatan"], "HP": [None, "+62 812-3456-7890"]},
        ),
        TimelineEntry("Macet: nama NPWP berbeda", at, "Ratna, pendamping", state="stuck"),
        TimelineEntry("Sedang menunggu sesi NIB", None, "", state="current"),
    ]


def _mapped() -> list[MappedColumn]:
    return [
        MappedColumn(1, "Nama Lengkap", "nama", ["Suparman", LONG_NAME]),
        MappedColumn(2, "No HP/WA", "telepon", ["0812-3456-7890", "62812…"]),
        MappedColumn(
            3, "KETERANGAN TAMBAHAN DARI KELURAHAN", "", ["-", "sudah lapor"], "Tidak ada kolom yang cocok"
        ),
    ]
