"""The one way in which a form asks for a place: typed as people write it, chosen where it is not one clear place, never guessed."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.naming import LONGEST_WRITTEN, Named, place_named
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.web.forms import Option, RuleAwareForm


class PlaceForm(RuleAwareForm):
    """A form with a place: a province, a kabupaten or kota, or a kecamatan. Nothing typed is lost, without script."""

    use_required_attribute = False
    allows_nation = False
    place = forms.CharField(
        label=_("Wilayah"),
        help_text=_("Contoh: Senen, atau Bandung, atau Coblong, Kota Bandung"),
        max_length=LONGEST_WRITTEN,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        label=_("Yang mana?"),
        required=False,
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih salah satu.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get(self.add_prefix("place"), "")) if self.is_bound else ""
        self.found = self.look_for(typed) if typed.strip() else Named()
        if self.must_choose:
            choices = [(code, _drawn(code)) for code in self.found.candidates]
            self.fields["region"].choices = choices  # type: ignore[attr-defined]  # a field of choices
            self.fields["region"].required = True
            self.fields["region"].error_messages["required"] = self._why_to_choose()
        else:
            del self.fields["region"]

    def look_for(self, typed: str) -> Named:
        """What may be meant by it."""
        return place_named(typed, allows_nation=self.allows_nation)

    @property
    def must_choose(self) -> bool:
        """It is not one clear place, and there is something to choose from."""
        return self.found.code is None and bool(self.found.candidates)

    def clean_place(self) -> str:
        typed = str(self.cleaned_data["place"])
        if typed.strip() and self.found.code is None and not self.found.candidates:
            raise forms.ValidationError(self.found.sentence)
        return typed

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not str(told.get("place", "")).strip():
            return told
        if self.found.code is not None:  # also where another place was typed after one was chosen
            return {**told, "region": self.found.code}
        return told

    def _why_to_choose(self) -> str:
        if len(self.found.candidates) > 1:
            return gettext("Ada beberapa tempat yang cocok. Pilih satu.")
        return gettext("Mungkin maksudnya tempat ini. Pilih, atau periksa ejaannya.")


def _drawn(code: str) -> Option:
    """A kecamatan is said to be one; every place with where it lies."""
    name, within = territory.name_of(code), territory.path_of(code).partition(", ")[2]
    is_district = len(code) == LENGTH_OF[Level.DISTRICT]
    return Option(gettext("Kec. %s") % name if is_district else name, within)
