"""More samples for the gallery: wizard, next step in its three looks, lists with deeds, cards, two records side by side."""

from datetime import UTC, date, datetime

from django import forms

from okoce.foundation.web.cards import MemberCard, SquareCode
from okoce.foundation.web.forms import Option, StepperInput
from okoce.foundation.web.lists import CheckItem, ComparedLine, FilterChip, ListRow, Side, Task, TaskDeed
from okoce.foundation.web.navigation import NavItem
from okoce.foundation.web.passport import StampState
from okoce.foundation.web.steps import Deadline, NextStep, StepHelper, StepLink, StepLook, TrailStop

SAVED_AT = datetime(2018, 12, 31, 7, 5, tzinfo=UTC)
LONG_NAME = "Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo"
LONG_GROUP = "Paguyuban Wirausaha Perempuan Mandiri Cengkareng Barat Sejahtera"
STAGES = (
    "Pendaftaran",
    "Pelatihan",
    "Pendampingan",
    "Perizinan",
    "Pemasaran",
    "Pelaporan Keuangan",
    "Permodalan",
)


class ChoiceForm(forms.Form):
    """Each way to choose."""

    business = forms.ChoiceField(
        label="Bagaimana keadaan usaha Anda sekarang?",
        widget=forms.RadioSelect,
        choices=[
            ("none", Option("Belum punya usaha")),
            ("trading", Option("Sudah jualan", "belum punya surat izin")),
            ("licensed", Option("Sudah jualan dan punya izin", "misalnya NIB, PIRT, atau halal")),
        ],
        initial="trading",
    )
    still_open = forms.ChoiceField(
        label="Usahanya masih jalan?",
        widget=forms.RadioSelect,
        choices=[("open", "Jalan"), ("pause", "Libur"), ("closed", "Tutup")],
        initial="open",
    )
    trouble = forms.ChoiceField(
        label="Kendala",
        widget=forms.RadioSelect,
        choices=[("licence", "Izin"), ("capital", "Modal"), ("sales", "Penjualan"), ("tools", "Alat")],
        initial="licence",
    )
    workers = forms.IntegerField(label="Jumlah pekerja", widget=StepperInput, min_value=0, initial=3)
    code = forms.CharField(
        label="Kode",
        help_text="Berlaku sampai 14.15",
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class WrongCodeForm(ChoiceForm):
    """The same code, refused."""

    def clean_code(self) -> str:
        raise forms.ValidationError("Kode belum cocok. Masih bisa 4 kali lagi.")


def kit_context() -> dict[str, object]:
    return {
        "choice_form": ChoiceForm(),
        "code_form": WrongCodeForm({"code": "418207"}, prefix="sent"),
        "saved_at": SAVED_AT,
        "next_step_normal": _next_step(),
        "next_step_late": _late(),
        "next_step_waiting": _waiting(),
        "list_rows": _list_rows(),
        "chips": _chips(),
        "tasks": _tasks(),
        "check_items": _check_items(),
        "batch": [("assign", "Beri pendamping"), ("export", "Unduh daftarnya")],
        "card": _card(is_valid=True),
        "void_card": _card(is_valid=False),
        "square": _square(),
        "tabs": [
            NavItem("home", "#", "Beranda", "home"),
            NavItem("passport", "#paspor", "Paspor", "badge"),
            NavItem("data", "#orang", "Data saya", "person"),
        ],
        "left": Side("OK-1805-0004821", "#", "sejak 12 Mei 2018"),
        "right": Side("OK-1811-0017204", "#", "sejak 3 November 2018"),
        "compared": _compared(),
        "colours": _COLOURS,
    }


_COLOURS = ["page", "surface", "sunken", "ink", "ink-2", "line", "line-strong", "action", "link", "lit"]
_COLOURS += ["verified", "stuck", "waiting", "bar", "lost", "night"]


def _trail(current: int, claimed: int = 0) -> list[TrailStop]:
    stops: list[TrailStop] = []
    for number, name in enumerate(STAGES, start=1):
        state = StampState.VERIFIED if number < current else StampState.TODO
        if number in (current, claimed):
            state = StampState.CURRENT if number == current else StampState.CLAIMED
        stops.append(TrailStop(number, name, state))
    return stops


def _next_step() -> NextStep:
    return NextStep(
        "Bawa 3 berkas ke sesi NIB",
        "Petugas PTSP datang ke kantor kecamatan. NIB bisa jadi hari itu juga.",
        _trail(4),
        "Anda di tahap 4 dari 7: Perizinan",
        deadline=Deadline(
            date(2018, 12, 28), "Jumat, 28 Desember, 09.00", "7 hari lagi · Kantor Kecamatan Kembangan"
        ),
        helper=StepHelper(LONG_NAME, "pendamping, biasanya membalas hari ini"),
        action=StepLink("Siapkan 3 berkas", "#", "arrow"),
        ask=StepLink("Tanya Bu Ratna", "#", "chat"),
        question="NIB itu apa artinya?",
        answer="Nomor usaha dari pemerintah. 13 angka, gratis.",
    )


def _late() -> NextStep:
    return NextStep(
        "Balas Bu Ratna: kapan bisa ditengok?",
        "",
        _trail(3),
        "Anda di tahap 3 dari 7: Pendampingan",
        StepLook.LATE,
        "Terlambat 4 hari",
        deadline=Deadline(date(2018, 12, 17), "Senin, 17 Desember", label="Seharusnya"),
        action=StepLink("Pilih waktu", "#"),
    )


def _waiting() -> NextStep:
    return NextStep(
        "Menunggu jawaban bank sampai 25 Desember",
        "Kalau lewat, kami yang menagih. Anda tidak perlu apa-apa.",
        _trail(7, claimed=5),
        "Anda di tahap 7 dari 7: Permodalan",
        StepLook.WAITING,
        "Giliran bank, bukan giliran Anda",
    )


def _list_rows() -> list[ListRow]:
    return [
        ListRow(LONG_NAME, "#", LONG_GROUP, has_avatar=True),
        ListRow("Suparman", "#", "Kec. Kembangan · tahap 3", "Macet 34 hari", "stuck", has_avatar=True),
        ListRow("Yohanes", "#", "sedang dibuka", has_avatar=True, is_current=True),
        ListRow("Baris tanpa tautan", note="hanya keterangan"),
    ]


def _chips() -> list[FilterChip]:
    return [
        FilterChip("Semua", "#", 28_740, is_current=True),
        FilterChip("Belum punya pendamping", "#", 1_284),
        FilterChip("Macet", "#", 212),
        FilterChip("Tanpa komunitas", "#"),
    ]


def _tasks() -> list[Task]:
    return [
        Task(
            LONG_NAME,
            "Belum ditengok 96 hari. Pernah bilang NPWP-nya bermasalah.",
            (TaskDeed("Telepon", "#", "phone"), TaskDeed("Catat kunjungan", "#")),
            "#",
            "Terlambat 6 hari",
            "stuck",
            is_late=True,
        ),
        Task("Budi", "Bukti P4 menunggu diperiksa.", (TaskDeed("Periksa bukti", "#", "check"),)),
    ]


def _check_items() -> list[CheckItem]:
    return [
        CheckItem("ktp", "KTP", "asli dan 1 salinan", is_done=True),
        CheckItem("npwp", "NPWP", "boleh menyusul", "Macet: nama berbeda", "stuck"),
        CheckItem("photo", "Foto tempat usaha"),
    ]


def _compared() -> list[ComparedLine]:
    return [
        ComparedLine("Nama", "Suparman", "Suparman bin Raden Prawirodihardjo", "pilih-nama"),
        ComparedLine("Nomor HP", "0812-3456-7890", "0812-3456-7890"),
        ComparedLine("Tanggal lahir", "17 Agustus 1990", "", "pilih-lahir", is_right_chosen=True),
        ComparedLine("Kecamatan", "Kembangan", "Kebon Jeruk", "pilih-kecamatan"),
        ComparedLine("NIK", "", ""),
    ]


def _card(*, is_valid: bool) -> MemberCard:
    return MemberCard(
        LONG_NAME,
        "OK-1805-0004821",
        "Kec. Kembangan, Jakarta Barat",
        date(2018, 5, 12),
        _square() if is_valid else None,
        LONG_GROUP,
        is_valid,
    )


def _square() -> SquareCode:
    """Not a code that can be read: only its three corners."""
    corner = "h7m-7 1h1m5 0h1m-7 1h1m1 0h3m1 0h1m-7 1h1m1 0h3m1 0h1m-7 1h1m1 0h3m1 0h1m-7 1h1m5 0h1m-7 1h7"
    return SquareCode(
        f"M1 1.5{corner}M18 1.5{corner}M1 18.5{corner}", 26, "Contoh kode kotak, tidak bisa dipindai"
    )
