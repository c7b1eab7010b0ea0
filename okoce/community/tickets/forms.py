"""Forms about tickets: of whoever sends one, and of officers. Rules live in the deeds; a form reads and shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.tickets.models import Ticket
from okoce.community.tickets.moves import LONGEST_ABOUT, LONGEST_REASON, LONGEST_WORDS
from okoce.community.tickets.offices import levels_above, office_name, went_up
from okoce.community.tickets.states import TicketKind
from okoce.foundation.territory.finding import LONGEST_TYPED, district_named
from okoce.foundation.territory.naming import Named
from okoce.foundation.web.forms import Option, PhotosField, RuleAwareForm
from okoce.foundation.web.place_forms import PlaceForm

CHOOSE = {"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")}
OTHER, SECRETARIAT, BACK = "kecamatan", "pusat", "kembali"
NOTES = {
    TicketKind.IMPOSTOR: _("mengaku OK OCE, meminta uang, KTP, atau data"),
    TicketKind.COMPLAINT: _("tentang petugas, komunitas, atau layanan"),
    TicketKind.QUESTION: _("apa saja yang belum jelas"),
}


class KecamatanForm(PlaceForm):
    """A form with a kecamatan, found also by the name of a kelurahan or a kota in it."""

    place = forms.CharField(
        label=_("Kecamatan"),
        help_text=_("Contoh: Senen, atau Coblong, Kota Bandung"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def look_for(self, typed: str) -> Named:
        return district_named(typed)


def photos_field() -> PhotosField:
    """In every form of a sender; what it allows is told by its page."""
    return PhotosField(
        label=_("Foto atau tangkapan layar"),
        help_text=_(
            "Bila ada: percakapan, surat, atau bukti bayar. Tempat dan waktu pengambilan foto dibuang. Tutup data orang lain."
        ),
        required=False,
    )


class SendTicket(KecamatanForm):
    """What somebody tells."""

    kind = forms.ChoiceField(
        label=_("Apa yang ingin Anda sampaikan?"),
        choices=[(one.value, Option(one.label, NOTES[one])) for one in TicketKind],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text = forms.CharField(
        label=_("Apa yang terjadi?"),
        help_text=_("Siapa, kapan, di mana, apa yang diminta. Jangan tulis PIN atau kode masuk."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 6}),
    )
    about = forms.CharField(
        label=_("Kode atau nama yang dilaporkan"),
        help_text=_("Boleh kosong. Kode di kartu atau surat, nama orang, komunitas, atau kantornya."),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Nomor HP Anda"),
        help_text=_(
            "Boleh kosong: jawabannya Anda baca di halaman laporan. Hanya petugas yang melihat nomor ini."
        ),
        required=False,
        max_length=60,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    photos = photos_field()
    key = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    field_order = ("kind", "text", "photos", "about", "place", "region", "phone", "key")

    def __init__(self, *args: Any, is_member: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_member:  # her answer comes to her own page
            del self.fields["phone"]


class Words(RuleAwareForm):
    """What somebody says."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Tulis di sini"), max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 4})
    )


class SenderWords(Words):
    """What the sender has to add."""

    photos = photos_field()


class Answer(Words):
    text = forms.CharField(
        label=_("Jawaban"),
        help_text=_("Pelapor membacanya kata demi kata. Jangan tulis data orang lain."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 5}),
    )


class AskBack(Words):
    text = forms.CharField(
        label=_("Yang perlu Anda ketahui"),
        help_text=_("Waktunya berhenti sampai pelapor menjawab."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )


class CloseTicket(RuleAwareForm):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu kalimat; pelapor membacanya dan boleh membuka laporannya lagi."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )


class HandOver(KecamatanForm):
    """Back to its kecamatan where it went up, to a level above, or to the kecamatan that it is really about."""

    target = forms.ChoiceField(
        label=_("Ke mana?"), choices=[], widget=forms.RadioSelect, error_messages=CHOOSE
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu kalimat; pelapor membacanya."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ("target", "place", "region", "reason")

    def __init__(self, ticket: Ticket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].required = False
        self.fields["place"].label = gettext("Kecamatan tujuan, bila kecamatan lain")
        up = [(office or SECRETARIAT, office_name(office)) for office in levels_above(ticket.office)]
        back = [(BACK, gettext("Kembali ke %s") % office_name(ticket.region))] if went_up(ticket) else []
        self.fields["target"].choices = [*back, *up, (OTHER, gettext("Kecamatan lain"))]  # type: ignore[attr-defined]  # likewise

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("target") != OTHER:
            for name in ("place", "region"):
                self.errors.pop(name, None)
            return {**self.cleaned_data, "region": ""}
        if not self.cleaned_data.get("place") and "place" not in self.errors:
            self.add_error("place", gettext("Tulis kecamatan tujuannya, lalu pilih namanya."))
        return super().clean()

    @property
    def is_back(self) -> bool:
        return bool(self.cleaned_data["target"] == BACK)

    def office(self) -> str:
        """The chosen place; of another kecamatan its code, "" for the secretariat."""
        target = str(self.cleaned_data["target"])
        if target == OTHER:
            return str(self.cleaned_data["region"])
        return "" if target == SECRETARIAT else target
