"""Forms about komunitas: of whoever founds one, and of the secretariat. Rules live in the deeds; a form reads and shows."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.groups.rules import LONGEST_NAME, LONGEST_OTHERS, LONGEST_PURPOSE
from okoce.community.groups.states import GroupKind, OfficerRole
from okoce.community.groups.terms import Term
from okoce.community.members.names import clean_name
from okoce.community.organisations.entrusted import Entrusted, Fates
from okoce.community.organisations.forms import EMPTY, LONGEST_TYPED, answer_field
from okoce.community.organisations.rules import LONGEST_ANSWER, readable_text, required_name, required_text
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.forms import put_in_words
from okoce.foundation.shared.typed_numbers import BIGGEST_ID
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.forms import DayField, Option, QuestionForm, RuleAwareForm

Judge = Callable[[str, str, int], str]
NOTES = {
    GroupKind.CAMPUS: _("mahasiswa, alumni, atau sekolah"),
    GroupKind.RELIGIOUS: _("masjid, gereja, majelis, dan sejenisnya"),
    GroupKind.PROFESSIONAL: _("satu profesi atau satu bidang usaha"),
    GroupKind.REGIONAL: _("warga satu kecamatan atau kelurahan"),
}


JUDGED: tuple[tuple[str, int, Judge], ...] = (
    ("name", LONGEST_NAME, required_name),
    ("purpose", LONGEST_PURPOSE, required_text),
    ("others", LONGEST_OTHERS, readable_text),
    ("answer", LONGEST_ANSWER, readable_text),
)


class GroupDetails(RuleAwareForm):
    """What the komunitas is called, of which kind it is, what for, and who founds it."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Nama komunitas"),
        help_text=_("Seperti yang Anda pakai sehari-hari. Contoh: Ibu Wirausaha Senen"),
        error_messages=EMPTY,
        widget=forms.TextInput({"maxlength": LONGEST_TYPED, "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Komunitas apa?"),
        choices=[(one.value, Option(one.label, NOTES.get(one, ""))) for one in GroupKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")},
    )
    purpose = forms.CharField(
        label=_("Untuk apa komunitas ini?"),
        help_text=_("Satu atau dua kalimat. Contoh: melatih ibu rumah tangga berjualan kue"),
        error_messages=EMPTY,
        widget=forms.Textarea({"rows": 3}),
    )
    founder_name = forms.CharField(
        label=_("Nama Anda"),
        help_text=_("Pendiri yang bertanggung jawab. Hanya sekretariat yang melihat nama dan nomor Anda."),
        error_messages=EMPTY,
        widget=forms.TextInput({"autocomplete": "name", "maxlength": LONGEST_TYPED}),
    )

    others = forms.CharField(
        label=_("Siapa lagi yang ikut mengurus?"),
        required=False,
        help_text=_(
            "Nama dan tugasnya, sesudah Anda tanyakan kepada orangnya. Contoh: Rina, bendahara. Hanya sekretariat yang melihatnya."
        ),
        widget=forms.Textarea({"rows": 2}),
    )
    answer = answer_field()

    def __init__(self, *args: Any, is_asked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_asked:
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        for field, longest, judge in JUDGED:
            if field in told:
                told[field] = self._judged(field, longest, judge)
        if "founder_name" in told:
            name = clean_name(told["founder_name"])
            if isinstance(name, Unreadable):
                self.take(Invalid([FieldError("founder_name", f"{name.reason} {name.suggestion}".strip())]))
            told["founder_name"] = name
        return told

    def _judged(self, field: str, longest: int, judge: Judge) -> str:
        try:
            return judge(field, self.cleaned_data[field], longest)
        except Invalid as wrong:
            self.take(wrong)
            return ""


class Reason(RuleAwareForm):
    """Why something is decided."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu atau dua kalimat. Komunitas membacanya."),
        error_messages={"required": _("Tulis alasannya dalam satu kalimat; komunitas membacanya.")},
        widget=forms.Textarea({"rows": 2}),
    )


class Question(Reason):
    """What is missing from an application; it is kept and read as the reason of asking."""

    reason = forms.CharField(
        label=_("Pertanyaan"),
        help_text=_("Apa yang masih kurang, dalam satu atau dua kalimat. Pendirinya membacanya."),
        error_messages={"required": _("Tulis apa yang masih kurang; pendirinya membacanya.")},
        widget=forms.Textarea({"rows": 2}),
    )


class FatesForm(RuleAwareForm):
    """What becomes of each thing that is entrusted to a komunitas."""

    use_required_attribute = False

    def __init__(self, *args: Any, entrusted: Iterable[Entrusted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = []
        for one in entrusted:
            self._keys.append(one.key)
            choices = [("", gettext("Pilih apa yang terjadi…")), *one.fates]
            self.fields[one.key] = forms.ChoiceField(label=one.label, choices=choices)
        if self._keys:
            self.fields["shut_reason"] = forms.CharField(
                label=_("Alasan untuk pengunjung"),
                required=False,
                help_text=_("Bila ada pusat yang ditutup. Satu kalimat; semua orang membacanya."),
                widget=forms.Textarea({"rows": 2}),
            )
        put_in_words(self)

    def fates(self) -> Fates:
        """What the deed takes; for a valid form."""
        told = self.cleaned_data
        return Fates({key: told[key] for key in self._keys}, told.get("shut_reason", ""))

    @property
    def asks(self) -> bool:
        """Whether there is anything to decide about."""
        return bool(self._keys)


class ReasonAndFates(FatesForm, Reason):
    """Why a komunitas rests or ends, and what becomes of each thing that is entrusted to it."""


# Whom a chair may propose: who follows her she hands her own office to.
NOMINABLE = {
    OfficerRole.SECRETARY: _("mengurus anggota dan catatannya"),
    OfficerRole.TREASURER: _("mengurus anggota dan keuangan komunitas"),
    OfficerRole.MOBILISER: _("mengajak dan mendaftarkan; boleh lebih dari satu"),
}
WHO = _("HP, nomor anggota, atau surel")
NOBODY_NAMED = {"required": _("Tulis siapa orangnya: nomor HP, nomor anggota (OK-…), atau surel.")}


class AppointOfficer(RuleAwareForm):
    """Who is to serve, as what, for how long."""

    use_required_attribute = False
    who = forms.CharField(
        label=WHO,
        help_text=_("Anggota langsung dapat akun. Yang belum anggota mendaftar dulu."),
        max_length=LONGEST_TYPED,
        error_messages=NOBODY_NAMED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Jabatan"), choices=OfficerRole.choices)
    from_on = DayField(
        label=_("Mulai"), error_messages={"required": _("Tanggal mulai kosong. Tulis hari pertamanya.")}
    )
    until_on = DayField(
        label=_("Sampai"),
        required=False,
        help_text=_("Hari sesudah hari terakhirnya. Kosong: sampai diakhiri."),
    )

    def term(self) -> Term:
        told = self.cleaned_data
        return Term(told["role"], told["from_on"], told["until_on"] or None)


class NominateOfficer(RuleAwareForm):
    """Whom a chair proposes, as what."""

    use_required_attribute = False
    who = forms.CharField(
        label=_("Nomor HP atau nomor anggotanya"),
        help_text=_("Ia sudah anggota komunitas ini. Tanyakan dulu apakah ia bersedia."),
        max_length=LONGEST_TYPED,
        error_messages={"required": _("Tulis nomor HP atau nomor anggota (OK-…) orangnya.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Jabatan"),
        choices=[(one.value, Option(one.label, NOMINABLE[one])) for one in NOMINABLE],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu jabatan."),
            "invalid_choice": _("Pilih salah satu jabatan."),
        },
    )


class WhichNomination(RuleAwareForm):
    """Which of what was proposed is meant."""

    usulan = forms.IntegerField(
        min_value=1,
        max_value=BIGGEST_ID,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Usulan yang dimaksud tidak disebut. Muat ulang halamannya."),
            "invalid": _("Usulan yang dimaksud tidak dikenal. Muat ulang halamannya."),
            "max_value": _("Usulan yang dimaksud tidak dikenal. Muat ulang halamannya."),
            "min_value": _("Usulan yang dimaksud tidak dikenal. Muat ulang halamannya."),
        },
    )


class AnswerNomination(WhichNomination):
    """What the secretariat says to it; the reason where it says no."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Bila tidak disetujui: alasannya"),
        required=False,
        help_text=_("Satu atau dua kalimat. Ketua membacanya."),
        widget=forms.Textarea({"rows": 2}),
    )


class EndOffice(RuleAwareForm):
    """From which day on somebody serves no more."""

    use_required_attribute = False
    until_on = DayField(
        label=_("Tidak bertugas lagi sejak"), error_messages={"required": _("Tulis sejak hari apa.")}
    )


class HandOver(RuleAwareForm):
    """Who begins on the day on which the other leaves."""

    use_required_attribute = False
    who = forms.CharField(
        label=_("Pengganti: HP, nomor anggota, atau surel"),
        max_length=LONGEST_TYPED,
        error_messages=NOBODY_NAMED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    on = DayField(label=_("Mulai bertugas"), error_messages={"required": _("Tulis sejak hari apa.")})


class NarrowGroups(QuestionForm):
    """What the list of komunitas is searched by."""

    q = forms.CharField(
        label=_("Nama atau kode komunitas"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )


def name_taken(name: str) -> str:
    """What is said where another komunitas has the name."""
    sentence = gettext(
        "Sudah ada komunitas bernama “%s”. Pakai nama lain, atau bergabunglah dengan komunitas itu."
    )
    return sentence % name
