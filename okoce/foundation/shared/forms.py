"""The base of every form: where a field says nothing of its own, the house's sentence stands instead of Django's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What is wrong and what to do; where, the page says, which shows it beside the field and under its name. The first kind of
# field that fits and knows the code speaks.
SENTENCES: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.BooleanField, {"required": _("Kotak ini belum dicentang. Centang dahulu, lalu kirim lagi.")}),
    (
        forms.ChoiceField,
        {
            "required": _("Belum ada yang dipilih. Pilih satu dari daftarnya."),
            "invalid_choice": _("Pilihan ini tidak ada dalam daftar. Pilih satu dari daftarnya."),
        },
    ),
    (
        forms.JSONField,
        {"invalid": _("Jawaban perangkat Anda tidak terbaca. Muat ulang halaman, lalu coba lagi.")},
    ),
    (forms.EmailField, {"invalid": _("Surel ini belum lengkap. Tulis seperti siti@contoh.id.")}),
    (
        forms.IntegerField,
        {
            "invalid": _("Ini bukan bilangan bulat. Tulis angkanya saja, misalnya 12."),
            "min_value": _("Angka ini terlalu kecil. Tulis paling sedikit %(limit_value)s."),
            "max_value": _("Angka ini terlalu besar. Tulis paling banyak %(limit_value)s."),
        },
    ),
    (
        forms.CharField,
        {
            "max_length": _(
                "Isian ini terlalu panjang: %(show_value)d huruf dan angka. Ringkas sampai paling banyak %(limit_value)d."
            ),
            "min_length": _(
                "Isian ini terlalu pendek: %(show_value)d huruf dan angka. Tulis paling sedikit %(limit_value)d."
            ),
            "null_characters_not_allowed": _(
                "Ada tanda yang tidak terbaca di isian ini. Hapus isinya, lalu ketik lagi."
            ),
        },
    ),
    (forms.Field, {"required": _("Bagian ini kosong. Isi dahulu, lalu kirim lagi.")}),
)


class WordedForm(forms.Form):
    """A form that never shows a sentence of Django's, and loses nothing that somebody has written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_in_words(self)


def put_in_words(form: forms.BaseForm) -> None:
    """Give each field our sentences, but where it has one of its own. Of a text that is pasted a browser cuts off what passes the
    longest length, and says nothing: sentences go out whole, and whoever judges them says that they are too long."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.pop("maxlength", None)
        theirs = _theirs(type(field))
        for kind, sentences in SENTENCES:
            for code, sentence in sentences.items() if isinstance(field, kind) else ():
                if field.error_messages.get(code) is theirs.get(code):
                    field.error_messages[code] = sentence


def _theirs(kind: type[forms.Field]) -> dict[str, Any]:
    """The sentences that Django gives to a kind of field."""
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        found |= getattr(one, "default_error_messages", {})
    return found
