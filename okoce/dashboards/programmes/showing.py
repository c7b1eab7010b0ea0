"""A programme in words: where it holds, since and until when, what its versions say."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.dashboards.rules.showing import offered_in_words, order_in_words
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.tables import Cell, CellValue, Column
from okoce.pipeline.queries.programmes import Programme
from okoce.pipeline.rule_plans import period_in_words
from okoce.pipeline.rules import Rule


def columns_of_versions() -> list[Column]:
    return [
        Column(_("Wilayah")),
        Column(_("Masa berlaku")),
        Column(_("Tahap yang ditawarkan")),
        Column(_("Urutan")),
        Column(_("Nama")),
    ]


def lines_of_versions(versions: Iterable[Rule], *, with_links: bool) -> list[list[CellValue]]:
    """Every version, the latest first; whoever may read the rules goes on to what each asks for."""
    told = list(reversed(list(versions)))
    names = territory.names_for(rule.region for rule in told)
    return [
        [
            names[rule.region],
            period_in_words(rule),
            offered_in_words(rule),
            order_in_words(rule),
            Cell(rule.name, href=reverse("rule_detail", kwargs={"rule": rule.code}))
            if with_links
            else rule.name,
        ]
        for rule in told
    ]


def places_in_words(places: Mapping[str, int]) -> str:
    """ "Indonesia, kecuali DKI Jakarta, tetapi termasuk Kota Jakarta Pusat"; "" where it holds nowhere."""
    names = territory.names_for(places)
    taken = [place for place in sorted(places) if places[place] < 0]
    added = [place for place in sorted(places) if places[place] > 0]
    back = [place for place in added if any(not other or region_within(place, other) for other in taken)]
    told = ", ".join(names[place] for place in added if place not in back)
    if taken:
        others = ", ".join(names[place] for place in taken)
        told = _("%(places)s, kecuali %(others)s") % {"places": told, "others": others}
    if back:
        within = ", ".join(names[place] for place in back)
        told = _("%(places)s, tetapi termasuk %(others)s") % {"places": told, "others": within}
    return told


def standing_in_words(programme: Programme, day: date) -> str:
    """That it holds nowhere on the day, or until when it holds."""
    first = programme.versions[0].from_on
    if first is not None and day < first:
        return _("Program ini mulai berlaku pada %s.") % day_in_words(first)
    if programme.last_on is not None and programme.last_on < day:
        return _("Program ini terakhir berlaku pada %s.") % day_in_words(programme.last_on)
    if not programme.places:
        return _("Program ini tidak berlaku di mana pun pada %s.") % day_in_words(day)
    if programme.last_on is not None:
        return _("Program ini berlaku sampai dengan %s.") % day_in_words(programme.last_on)
    return ""
