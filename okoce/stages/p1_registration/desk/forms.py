"""The one screen of the desk: what stays the same for the queue, the person, the business, the consent."""

import re
import uuid
from datetime import date, timedelta
from typing import Any, Self

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.groups.queries import active_group_named
from okoce.community.members.actions.consents import Guardian
from okoce.community.members.actions.corrections import Correction
from okoce.community.members.actions.entry import NewBusiness, NewMember, Person
from okoce.community.members.queries import Wording, consent_wordings, is_consent_version
from okoce.community.members.states import GUARDIAN, ConsentPurpose, GuardianRelation, Sex, WorkStatus
from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.days import FIRST_DAY, day_in, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.forms import QuestionForm
from okoce.stages.p1_registration.applications.queries import needs_guardian
from okoce.stages.p1_registration.desk.actions import Rewritten, Submission
from okoce.stages.p1_registration.desk.typed import PLAIN, TypedForm, line, line_needed_at_times, one_of

PROGRAMME = ConsentPurpose.PROGRAMME.value
# Each box, and the purpose whose words stand beside it.
TICKS = {"consent": PROGRAMME, "contact": ConsentPurpose.CONTACT.value, "guardian_agrees": GUARDIAN}
# What waited on a device longer than this has no day of its own any more.
MOST_DAYS_WAITING = 7
MOST_WORKERS = 10**9 - 1
# What stays for the next in the queue.
STICKY = ("district", "group", "source", "paper_on")
OF_SENDING = {"key", "taken_on"}
OF_GUARDIAN = ("guardian_name", "guardian_phone", "guardian_relation", "guardian_agrees")
OF_BUSINESS = ("business_name", "sector", "workers", "nib")
_KEY = re.compile(r"[0-9a-f-]{20,64}")
# Names of the deed's fields where the screen calls them otherwise.
_OWN_NAMES = {
    "region": "district",
    "group_id": "group",
    "purposes": "contact",
    "business.name": "business_name",
    "business.sector": "sector",
    "business.workers": "workers",
    "business.nib": "nib",
}


def _quiet_day(written: Any) -> date | None:
    """A day where it can be read; what is wrong with it is said elsewhere."""
    day = parse_day(str(written).strip()) if written else None
    return day if isinstance(day, date) else None


class SearchAtDesk(QuestionForm):
    """The one box: phone, NIK (typed or scanned), member number, name."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Nomor HP, NIK, nomor anggota atau nama"),
        widget=forms.TextInput({**PLAIN, "accesskey": "c", "enterkeyhint": "search"}),
    )

    def focus(self) -> Self:
        """Ready for the next person, or to be typed again."""
        self.fields["q"].widget.attrs["autofocus"] = True
        return self


class RegisterAtDesk(TypedForm):
    """One person at the counter."""

    key = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))
    district = line(
        _("Kecamatan"),
        _("Kecamatan kosong. Pilih kecamatan tempat tinggalnya."),
        list="desk-districts",
    )
    group = line(_("Komunitas"), list="desk-groups")
    source = line(_("Tahu dari mana"))
    paper_on = line(_("Tanggal formulir kertas"), inputmode="numeric", placeholder="17-08-2018")

    name = line(
        _("Nama seperti di KTP"),
        _("Nama kosong. Tulis nama seperti di KTP; satu kata pun boleh."),
        accesskey="n",
        autocapitalize="words",
    )
    phone = line_needed_at_times(_("Nomor HP"), _("Tidak punya HP? Isi NIK."), inputmode="tel")
    nik = line(_("NIK"), inputmode="numeric")
    birth_on = line(_("Tanggal lahir"), inputmode="numeric", placeholder="17-08-1990")
    sex = one_of(_("Jenis kelamin"), Sex.choices)
    work_status = one_of(_("Pekerjaan sekarang"), WorkStatus.choices)
    village = line(_("Kelurahan atau desa"), list="desk-villages")
    address = line(_("Alamat"))
    business_name = line(_("Nama usaha"))
    sector = line(_("Bidang usaha"))
    workers = line(_("Jumlah pekerja, termasuk pemilik"), inputmode="numeric")
    nib = line(_("NIB"), inputmode="numeric")

    consent = forms.BooleanField(
        label=_("Persetujuan anggota"),
        error_messages={
            "required": _("Persetujuan belum dicentang. Bacakan teksnya; centang bila orang ini setuju.")
        },
    )
    contact = forms.BooleanField(label=_("Dihubungi lewat WhatsApp"), required=False)
    version = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))
    taken_on = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))
    guardian_name = line_needed_at_times(_("Nama orang tua atau wali"), autocapitalize="words")
    guardian_phone = line_needed_at_times(_("Nomor HP orang tua atau wali"), inputmode="tel")
    guardian_relation = one_of(
        _("Hubungan dengan orang ini"), GuardianRelation.choices, is_needed_at_times=True
    )
    guardian_agrees = forms.BooleanField(label=_("Persetujuan orang tua atau wali"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new: NewMember | None = None
        for name in STICKY:
            self.fields[name].widget.attrs["data-sticky"] = True
        self._word_ticks()
        if not self.is_bound:
            self.initial.setdefault("key", str(uuid.uuid4()))
            self.initial["version"] = self.wordings[PROGRAMME].version

    def _word_ticks(self) -> None:
        """The words in force today, or on the day of the paper; the guardian's stand in the later versions only."""
        today = today_wib()
        paper_on = _quiet_day(self["paper_on"].value())
        self.wordings = consent_wordings(paper_on if paper_on and FIRST_DAY <= paper_on < today else today)
        if PROGRAMME not in self.wordings:
            self.wordings = consent_wordings(today)
        for name, purpose in TICKS.items():
            field = self.fields[name]
            no_words = Wording(purpose, self.wordings[PROGRAMME].version, str(field.label), "")
            field.wording = self.wordings.get(purpose, no_words)  # type: ignore[attr-defined]  # read by register_tick.html

    def clean_key(self) -> str:
        """A key that we could not have made is replaced, as if nothing had been sent under it."""
        key = str(self.cleaned_data["key"])
        return key if _KEY.fullmatch(key) else str(uuid.uuid4())

    def clean_group(self) -> int | None:
        written = self.written("group")
        group = active_group_named(written) if written else None
        if written and group is None:
            raise forms.ValidationError(
                gettext("Komunitas itu tidak ada atau tidak aktif. Pilih komunitas yang sudah divalidasi.")
            )
        return group.pk if group else None

    def clean_paper_on(self) -> date | None:
        return self._day("paper_on")

    def clean_workers(self) -> int | None:
        written = self.written("workers").replace(".", "")
        if not written:
            return None
        number = number_typed(written, MOST_WORKERS)
        if number is None:
            raise forms.ValidationError(gettext("Tulis jumlah pekerja dengan angka, misalnya 2."))
        return number

    def clean(self) -> dict[str, Any]:
        """What the deed itself would find wrong is said at once with everything else."""
        self.new = self._new_member()
        try:
            Person.of(self.new, witnessed_by=None)
        except Invalid as error:
            self.take(error)
        born = self.new.birth_on if "birth_on" not in self.errors else None
        if needs_guardian(born, self.new.region, self.new.consent_on):
            self._require_guardian()
        return self.cleaned_data

    def take(self, refusal: Any) -> None:
        """Sentences of the deed beside the fields of this screen; a field that has its sentence gets no second one."""
        if isinstance(refusal, Invalid):
            renamed = {wrong.field: wrong for wrong in map(self._here, refusal.errors)}
            refusal = Invalid([wrong for field, wrong in renamed.items() if field not in self.errors])
        elif refusal.field == "region":
            refusal.field = "district"
        super().take(refusal)

    def submission(self) -> Submission:
        """What the deed takes; for a valid form."""
        if self.new is None:
            raise RuntimeError("only a valid form has a submission")
        told = "\0".join(f"{name}={self.written(name)}" for name in self.fields if name not in OF_SENDING)
        return Submission(
            key=self.cleaned_data["key"],
            told=told,
            new=self.new,
            guardian=self._guardian(),
            is_paper=self.cleaned_data["paper_on"] is not None,
        )

    def told(self, name: str) -> Any:
        """A field as it was understood; for a valid form."""
        return self.cleaned_data[name]

    @property
    def has_business_told(self) -> bool:
        """Whether the part about the business must stand open."""
        return (
            any(self.written(name) or name in self.errors for name in OF_BUSINESS) if self.is_bound else False
        )

    def focus(self, name: str) -> None:
        """Where typing goes on."""
        if name in self.fields:
            self.fields[name].widget.attrs["autofocus"] = True

    def sticky(self) -> dict[str, str]:
        """What stays for the next in the queue, as it was written."""
        return {name: self.written(name) for name in STICKY}

    @property
    def same_told(self) -> str:
        """What is alike for the queue, on one line."""
        return " · ".join(told for name in STICKY if (told := str(self[name].value() or "").strip()))

    def lead_key(self) -> None:
        """Alt + K leads to the kecamatan; while it is folded away, to the line that stands for it."""
        if self.is_same_open:
            self.fields["district"].widget.attrs["accesskey"] = "k"

    @property
    def is_same_open(self) -> bool:
        """Whether that part must stand open: where the kecamatan is missing, something is wrong, or each paper has its day."""
        is_wrong = any(name in self.errors for name in STICKY)
        return is_wrong or not self["district"].value() or bool(self["paper_on"].value())

    @property
    def has_guardian_told(self) -> bool:
        """Whether the part of the guardian must stand open."""
        return self.is_bound and any(self.written(name) or name in self.errors for name in OF_GUARDIAN)

    def _require_guardian(self) -> None:
        sentences = {
            "guardian_name": gettext("Orang ini belum dewasa. Tulis nama orang tua atau walinya."),
            "guardian_phone": gettext("Tulis nomor HP orang tua atau wali."),
            "guardian_relation": gettext("Pilih hubungannya dengan orang ini."),
            "guardian_agrees": gettext(
                "Orang tua atau wali belum menyetujui. Bacakan; centang bila ia setuju."
            ),
        }
        for name, sentence in sentences.items():
            if not self.written(name):
                self.add_error(name, sentence)

    def _guardian(self) -> Guardian | None:
        if not self.told("guardian_agrees"):
            return None
        return Guardian(
            name=self.told("guardian_name"),
            phone=self.told("guardian_phone"),
            relation=self.told("guardian_relation"),
            text_version=self._version(),
        )

    def _version(self) -> str:
        """The words that were shown: on a paper those of its day, on a screen those that came with it."""
        current = self.wordings[PROGRAMME].version
        shown = self.written("version")
        if self.cleaned_data.get("paper_on") or shown == current or not is_consent_version(shown):
            return current
        return shown

    def _consented_on(self, region: str) -> date:
        """Today, where she lives; a few days earlier where the person waited that long on a device without a line."""
        today = day_in(territory.zone_of(region) if region else "WIB")
        taken_on = _quiet_day(self.written("taken_on"))
        has_waited = taken_on is not None and timedelta(0) < today - taken_on <= timedelta(MOST_DAYS_WAITING)
        return taken_on if has_waited and taken_on is not None else today

    def _here(self, wrong: FieldError) -> FieldError:
        is_paper = bool(self.written("paper_on"))
        by_day = {"registered_on": "paper_on", "consent_on": "paper_on" if is_paper else "consent"}
        name = by_day.get(wrong.field) or _OWN_NAMES.get(wrong.field, wrong.field)
        return FieldError(name, wrong.sentence, wrong.code)

    def _new_member(self) -> NewMember:
        told = self.cleaned_data.get  # what could not be read is missing
        region, paper_on = told("district") or "", told("paper_on")
        contact, consented_on = ConsentPurpose.CONTACT.value, self._consented_on(region)
        return NewMember(
            name=told("name") or "",
            phone=told("phone") or "",
            nik=told("nik") or "",
            sex=told("sex") or "",
            work_status=told("work_status") or "",
            address=told("address") or "",
            village=told("village") or "",
            source=told("source") or "",
            birth_on=told("birth_on"),
            region=region,
            group_id=told("group"),
            registered_on=paper_on or consented_on,
            is_day_told=paper_on is not None,
            consent_on=paper_on or consented_on,
            text_version=self._version(),
            purposes=(PROGRAMME, contact) if told("contact") else (PROGRAMME,),
            business=NewBusiness(
                name=told("business_name") or "",
                sector=told("sector") or "",
                workers=told("workers"),
                nib=told("nib") or "",
            ),
        )


class CorrectAtDesk(TypedForm):
    """What was mistyped about a person. The NIK that stands is not shown; left empty it stays."""

    name = line(
        _("Nama seperti di KTP"),
        _("Nama kosong. Tulis nama seperti di KTP; satu kata pun boleh."),
        autofocus="true",
    )
    phone = line(_("Nomor HP"), inputmode="tel")
    nik = line(_("NIK, bila harus diganti"), inputmode="numeric")
    birth_on = line(_("Tanggal lahir"), inputmode="numeric", placeholder="17-08-1990")
    sex = one_of(_("Jenis kelamin"), Sex.choices)
    work_status = one_of(_("Pekerjaan saat mendaftar"), WorkStatus.choices)
    district = line(
        _("Kecamatan"), _("Kecamatan kosong. Pilih kecamatan tempat tinggalnya."), list="desk-districts"
    )
    village = line(_("Kelurahan atau desa"), list="desk-villages")
    address = line(_("Alamat"))
    registered_on = line(_("Tanggal daftar"), inputmode="numeric", placeholder="17-08-2018")

    def clean_registered_on(self) -> date | None:
        """Whoever empties it has not said another day; a page that was drawn without it leaves it as it is."""
        day = self._day("registered_on")
        if day is None and self.add_prefix("registered_on") in self.data:
            raise forms.ValidationError(gettext("Tanggal daftar kosong. Tulis tanggal di formulirnya."))
        return day

    def rewritten(self) -> Rewritten:
        """What the deed takes; for a valid form."""
        told = self.cleaned_data
        correction = Correction(
            name=told["name"],
            phone=told["phone"],
            nik=told["nik"] or None,
            birth_on=told["birth_on"],
            sex=told["sex"],
            work_status=told["work_status"],
            address=told["address"],
        )
        return Rewritten(
            correction,
            region=told["district"],
            village=told["village"],
            registered_on=told["registered_on"],
        )
