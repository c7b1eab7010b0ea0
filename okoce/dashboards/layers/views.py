"""The three layers: with all places below for officers, in short for everybody; the same numbers on both."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import read_asked
from okoce.dashboards.funnel import PUBLIC_CODE_LENGTH, day_of, place_of
from okoce.dashboards.layers.counting import Counted, count_layers
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import Refused
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.figures import Figure


@require_safe
@needs(Permission.ASSOCIATION_READ)
def layers(request: Request) -> HttpResponse:
    """Of a place and of those below it, on a day; and what layer 1 has done for layer 2."""
    return _page(request, "dashboards/layers.html")


@require_safe
def layers_in_public(request: Request) -> HttpResponse:
    """The short version."""
    return _page(request, "dashboards/layers_in_public.html")


def _page(request: Request, template: str) -> HttpResponse:
    asked = read_asked(request.GET)
    place = place_of(asked.scope)
    if len(place.code) > PUBLIC_CODE_LENGTH:
        raise Refused(
            _("Lapisan dihitung sampai kabupaten/kota. Pilih wilayah yang lebih luas."), field="scope"
        )
    counted = count_layers(place, day_of(asked.day))
    context = {
        "counted": counted,
        "day": counted.found.day,
        "figures": _figures(counted),
        "deeds": _deeds(counted),
        "trail": territory.ancestors(place.code) if place.code else [],
    }
    return render(request, template, context)


def _figures(counted: Counted) -> list[Figure]:
    of = counted.found.whole.of
    return [
        _figure(
            counted,
            _("Lapisan 1: gerakan sosial"),
            _(
                "Orang, masing-masing sekali: yang menjabat di perkumpulan, pelatih, direktorat diklat, sekretariat, dan pengurus"
                " cabang pada akhir hari itu. Di bawahnya: yang menjabat dari semuanya."
            ),
            of("layer_one"),
            (of("in_office"), of("layer_one")),
        ),
        _figure(
            counted,
            _("Lapisan 2: wirausaha sosial (komunitas)"),
            _(
                "Komunitas yang aktif pada akhir hari itu, di wilayah asalnya kini. Di bawahnya: dari semua yang pernah divalidasi."
            ),
            of("active"),
            (of("active"), of("validated")),
        ),
        *_of_komunitas(counted),
        _figure(
            counted,
            _("Lapisan 3: wirausaha"),
            _("Anggota yang menyelesaikan P1 sampai hari itu. Di bawahnya: dari semua di Indonesia."),
            counted.entrepreneurs,
            (counted.entrepreneurs, counted.entrepreneurs_of_nation),
        ),
    ]


def _of_komunitas(counted: Counted) -> list[Figure]:
    of = counted.found.whole.of
    visited = _(
        "Komunitas aktif dengan catatan pembinaan dalam %(days)s hari terakhir. Di bawahnya: dari semua yang aktif."
    )
    return [
        _figure(
            counted,
            _("Pengurus dan penggerak komunitas"),
            _(
                "Akun yang bertugas di komunitas aktif pada hari itu, masing-masing sekali. Di bawahnya: komunitas aktif yang punya."
            ),
            of("officers"),
            (of("served"), of("active")),
        ),
        _figure(
            counted,
            _("Komunitas yang ditengok"),
            visited % {"days": counted.found.visit_days},
            of("visited"),
            (of("visited"), of("active")),
        ),
    ]


def _figure(
    counted: Counted, name: str, definition: str, value: int, out_of: tuple[int, int] | None = None
) -> Figure:
    numerator, denominator = out_of or (None, None)
    return Figure(
        name=name,
        value=value,
        definition=definition,
        as_at=counted.found.day,
        source=_("dihitung dari catatan"),
        numerator=numerator,
        denominator=denominator,
    )


def _deeds(counted: Counted) -> list[Figure]:
    since = {"day": day_in_words(counted.found.year_from)}
    told = (
        (_("Kunjungan"), "visit", _("Kunjungan ke komunitas yang dicatat sejak %(day)s.")),
        (_("Pelatihan untuk pelatih"), "trainers", _("Pelatihan untuk pelatih yang dicatat sejak %(day)s.")),
        (_("Pendampingan komunitas"), "accompanying", _("Pendampingan yang dicatat sejak %(day)s.")),
        (
            _("Komunitas berdiri"),
            "founded",
            _("Komunitas yang divalidasi sejak %(day)s, dari catatan komunitas."),
        ),
    )
    return [
        _figure(counted, name, definition % since, counted.found.whole.of(what))
        for name, what, definition in told
    ]
