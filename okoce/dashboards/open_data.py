"""What everybody may take along: the definitions of all figures, and the funnel of a place and of those directly below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.dashboards.funnel import Place, day_of, has_examples, place_of
from okoce.dashboards.parts import DEEPEST_TAKEN_APART
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries as territory
from okoce.pipeline import tallies
from okoce.pipeline.models import Definition
from okoce.pipeline.states import Stage

# No figure is counted by these any more; their rows stay, as every version does.
OF_NO_FIGURE = frozenset({"agreement_promise_uncounted"})


@dataclass(frozen=True, slots=True)
class Defined:
    """One version of a definition, under the name of its figure."""

    name: str
    version: int
    from_on: date
    text: str


def definitions() -> list[Defined]:
    """Every version of every definition that a figure has, the stages first; the newest of a figure stands before those that it
    replaced."""
    words = "text_en" if get_language() == "en" else "text"
    used = Definition.objects.exclude(code__in=OF_NO_FIGURE).order_by("code", "-version")
    rows = used.values_list("code", "version", "from_on", words)
    names = _names()
    places = {code: place for place, code in enumerate(names)}
    told = sorted(rows, key=lambda row: places.get(row[0], len(places)))
    return [Defined(names.get(code, code), *rest) for code, *rest in told]


def _names() -> dict[str, str]:
    """Figures by the code of their definition, as pages call them."""
    stages = {stage.code.lower(): f"{stage.code} {stage.label}" for stage in Stage}
    return (
        stages
        | {
            "loss": _("Belum lanjut"),
            "waiting": _("Lama belum lanjut"),
            "jobs_claimed": _("Lapangan kerja menurut anggota"),
            "jobs_verified": _("Lapangan kerja yang diperiksa"),
            "jobs_added": _("Lapangan kerja tambahan"),
            "lit": _("Kecamatan menyala"),
            "centre_coverage": _("Cakupan pusat wirausaha"),
            "women": _("Perempuan"),
            "new_business": _("Usaha baru"),
            "existing_business": _("Usaha lama"),
            "communities": _("Target komunitas"),
            "entrepreneurs": _("Target wirausaha"),
            "entrepreneurs_per_community": _("Target wirausaha tiap komunitas"),
            "target_pace": _("Laju menuju target"),
            "target_forecast": _("Ramalan target"),
            "target_programme": _("Target program"),
            "group_gained": _("Anggota baru komunitas"),
            "group_age": _("Umur komunitas"),
            "group_quiet": _("Komunitas sunyi"),
        }
        | _names_of_agreements()
    )


def _names_of_agreements() -> dict[str, str]:
    return {
        "agreement_sent": _("Perjanjian: rujukan"),
        "agreement_people": _("Perjanjian: orang yang dirujuk"),
        "agreement_accepted": _("Perjanjian: rujukan yang diterima"),
        "agreement_served": _("Perjanjian: rujukan yang dilayani"),
        "agreement_completed": _("Perjanjian: orang yang tahapnya selesai"),
        "agreement_promise_people": _("Janji: orang yang dilayani"),
        "agreement_promise_stage": _("Janji: orang yang menyelesaikan tahap"),
        "agreement_promise_of_movement": _("Janji gerakan"),
        "agreement_promise_mentors": _("Janji: pendamping"),
        "agreement_promise_places": _("Janji: tempat jualan"),
        "agreement_promise_rupiah": _("Janji: rupiah"),
    }


def funnel_lines(scope: str, day: date | None) -> Iterator[list[str | int]]:
    """The funnel of a place and of the regions directly below, one line each, under a head; the last column marks those whose
    figures count synthetic people. Down to kabupaten/kota, where every
    number is public on every day; NotFound below."""
    place, asked = place_of(scope), day_of(day)
    if len(place.code) > DEEPEST_TAKEN_APART:
        raise NotFound(
            _(
                "Berkas ini ada untuk Indonesia dan tiap provinsi. Kosongkan wilayahnya, atau tulis kode provinsi."
            ),
            field="scope",
        )
    below = territory.children(place.code)
    counted = tallies.counts_of([place.node, *(region.code for region in below)], asked)
    yield ["per", "kode", "wilayah", *(stage.code for stage in Stage), "rekaan"]
    is_example = has_examples(place)  # where it is not, nothing below is
    for part in [place, *(Place(region.code, region.label, region.code) for region in below)]:
        people = [counted[part.node].stages[stage].people for stage in Stage]
        mark = "ya" if is_example and has_examples(part) else ""
        yield [asked.isoformat(), part.node, part.name, *people, mark]
