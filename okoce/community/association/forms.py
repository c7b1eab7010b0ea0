"""Forms of the association. Rules live in the deeds; a form reads and shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.association.actions.numbers import NewNumber
from okoce.community.association.models import Branch, Position
from okoce.community.association.offices import LONGEST_NAME, NewPosition
from okoce.community.association.queries.tenures import positions_for
from okoce.community.association.rules import LONGEST_AGREED, LONGEST_DECREE, LONGEST_REASON, NewTenure
from okoce.community.association.states import Organ, SupportKind, TermCode
from okoce.community.association.supporting import NewSupport
from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.forms import put_in_words
from okoce.foundation.shared.versions import LONGEST_SOURCE
from okoce.foundation.web.forms import DayField, QuestionForm, RuleAwareForm, StepperInput

LONGEST_TYPED = 300
YES, NO = "1", "0"
PICK = {"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")}
NO_DAY = {"required": _("Tanggalnya kosong. Tulis harinya.")}
NOBODY_NAMED = {"required": _("Tulis siapa orangnya: nomor HP, nomor anggota (OK-…), atau surel.")}


def _decree() -> forms.CharField:
    return forms.CharField(
        label=_("Nomor surat keputusan"),
        help_text=_("Contoh: SK-014/PGO/2026"),
        max_length=LONGEST_DECREE,
        error_messages={"required": _("Tulis nomor surat keputusannya.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Tulis alasannya dalam satu kalimat.")},
        widget=forms.Textarea({"rows": 2}),
    )


class FoundBranch(RuleAwareForm):
    """Since when, by which decree; the place was chosen before."""

    use_required_attribute = False
    founded_on = DayField(label=_("Didirikan pada"), error_messages=NO_DAY)
    decree = _decree()


class FindPlace(QuestionForm):
    """Where a branch is to be."""

    cari = forms.CharField(
        label=_("Cari wilayah"),
        required=False,
        max_length=120,
        help_text=_("Provinsi, kabupaten/kota, kecamatan, atau kelurahan."),
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )


class Since(RuleAwareForm):
    """From which day on a branch stands so."""

    use_required_attribute = False
    on = DayField(label=_("Sejak"), error_messages=NO_DAY)


class SinceWhy(Since):
    reason = _reason()


class AppointHolder(RuleAwareForm):
    """Who is to hold which office, how long, by which decree."""

    use_required_attribute = False
    who = forms.CharField(
        label=_("HP, nomor anggota, atau surel"),
        help_text=_("Anggota tanpa akun ditulis dengan nomor anggotanya. Jabatan tidak memberi hak akses."),
        max_length=LONGEST_TYPED,
        error_messages=NOBODY_NAMED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    position = forms.ChoiceField(label=_("Jabatan"), error_messages=PICK)
    from_on = DayField(label=_("Mulai"), error_messages=NO_DAY)
    until_on = DayField(
        label=_("Sampai"),
        required=False,
        help_text=_("Hari sesudah hari terakhirnya. Kosong: sampai diakhiri."),
    )
    decree = _decree()
    is_named = forms.BooleanField(
        label=_("Ia setuju namanya dibaca umum di halaman perkumpulan"), required=False
    )

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = positions_for(branch, today_wib())  # type: ignore[attr-defined]  # a choice
        put_in_words(self)

    def new_tenure(self) -> NewTenure:
        told = self.cleaned_data
        return NewTenure(
            told["position"], told["from_on"], told["until_on"] or None, told["decree"], told["is_named"]
        )


class EndTenure(RuleAwareForm):
    """From which day on somebody holds the office no more, and why before its time."""

    use_required_attribute = False
    until_on = DayField(label=_("Tidak menjabat lagi sejak"), error_messages=NO_DAY)
    reason = _reason()


class HandOverTenure(RuleAwareForm):
    """Who begins on the day on which the other leaves."""

    use_required_attribute = False
    who = forms.CharField(
        label=_("Pengganti: HP, nomor anggota, atau surel"),
        max_length=LONGEST_TYPED,
        error_messages=NOBODY_NAMED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    on = DayField(label=_("Mulai menjabat"), error_messages=NO_DAY)
    decree = _decree()


class Naming(RuleAwareForm):
    """Whether everybody may read the name of whoever holds an office: said by one of two buttons."""

    use_required_attribute = False
    setuju = forms.ChoiceField(
        label=_("Nama dibaca umum"),
        choices=((YES, _("Ya")), (NO, _("Tidak"))),
        error_messages=PICK,
    )


class NoteSupport(RuleAwareForm):
    """What was done for a komunitas: made for a phone, in under a minute."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Apa yang dilakukan?"),
        choices=SupportKind.choices,
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    day_on = DayField(label=_("Hari"), error_messages=NO_DAY)
    minutes = forms.IntegerField(
        label=_("Berapa menit?"),
        error_messages={
            "required": _("Tulis lamanya dalam menit."),
            "invalid": _("Tulis lamanya dalam menit, angka saja."),
        },
        widget=StepperInput({"min": 1, "step": 15}),
    )
    agreed = forms.CharField(
        label=_("Apa yang disepakati?"),
        help_text=_("Satu atau dua kalimat, tanpa nama anggota."),
        max_length=LONGEST_AGREED,
        error_messages={"required": _("Tulis apa yang disepakati dalam satu kalimat.")},
        widget=forms.Textarea({"rows": 2}),
    )
    next_step = forms.CharField(
        label=_("Langkah berikutnya"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    next_on = DayField(label=_("Dikerjakan pada"), required=False)

    def new_support(self) -> NewSupport:
        told = self.cleaned_data
        return NewSupport(**{**told, "next_on": told["next_on"] or None})


class Strike(RuleAwareForm):
    """Why a note was a mistake."""

    use_required_attribute = False
    reason = _reason()


AT_CENTRE, AT_BRANCH = "pusat", "cabang"


class WritePosition(RuleAwareForm):
    """An office from a day on. Where it is, at the centre or in branches, stays as it was."""

    use_required_attribute = False
    name = forms.CharField(label=_("Nama jabatan"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("Namanya dalam bahasa Inggris"), max_length=LONGEST_NAME)
    where = forms.ChoiceField(
        label=_("Di mana"),
        choices=((AT_CENTRE, _("Pusat")), (AT_BRANCH, _("Cabang"))),
        error_messages=PICK,
    )
    organ = forms.ChoiceField(label=_("Organ"), choices=Organ.choices, error_messages=PICK)
    is_single = forms.BooleanField(label=_("Hanya satu orang pada satu waktu"), required=False)
    role = forms.ChoiceField(
        label=_("Hak yang biasanya perlu"),
        required=False,
        help_text=_("Hanya ditunjukkan kepada pengelola akun; jabatan tidak memberi hak."),
        error_messages=PICK,
    )
    from_on = DayField(label=_("Mulai berlaku"), error_messages=NO_DAY)

    def __init__(self, *args: Any, base: Position | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._base = base
        roles = [("", _("Tidak ada")), *((name, role.title) for name, role in ROLES.items())]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice
        if base is not None:
            del self.fields["where"]
        put_in_words(self)

    def new_position(self) -> NewPosition:
        told = self.cleaned_data
        return NewPosition(
            code=self._base.code if self._base else "",
            name=told["name"],
            name_en=told["name_en"],
            organ=told["organ"],
            is_single=told["is_single"],
            is_central=self._base.is_central if self._base else told["where"] == AT_CENTRE,
            role=told["role"],
            from_on=told["from_on"],
        )


def as_it_is(position: Position) -> dict[str, Any]:
    """An office as a form begins with it: from today on, unless it begins later."""
    kept = ("name", "name_en", "organ", "is_single", "role")
    return {**{name: getattr(position, name) for name in kept}, "from_on": today_wib().isoformat()}


class EndPosition(RuleAwareForm):
    """From which day on there is an office no more."""

    use_required_attribute = False
    until_on = DayField(label=_("Tidak ada lagi sejak"), error_messages=NO_DAY)


class TakeBackPosition(RuleAwareForm):
    """Why a version of an office is not to begin."""

    use_required_attribute = False
    reason = _reason()


class DecideNumber(RuleAwareForm):
    """A number of days from a day on."""

    use_required_attribute = False
    code = forms.ChoiceField(label=_("Angka"), choices=TermCode.choices, error_messages=PICK)
    value = forms.IntegerField(
        label=_("Berapa hari"),
        error_messages={
            "required": _("Tulis jumlah harinya."),
            "invalid": _("Tulis jumlah harinya, angka saja."),
        },
    )
    from_on = DayField(label=_("Mulai berlaku"), error_messages=NO_DAY)
    source = forms.CharField(
        label=_("Dasar"), help_text=_("Keputusan yang menetapkannya."), max_length=LONGEST_SOURCE
    )

    def new_number(self) -> NewNumber:
        return NewNumber(**self.cleaned_data)
