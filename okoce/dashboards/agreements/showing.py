"""The numbers of an agreement as figures: each with what it means, until which day, and out of how many."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.partners.queries.delivered import Delivered, Kept
from okoce.community.partners.states import Metric, Ower
from okoce.dashboards.funnel import ratio
from okoce.foundation.web.figures import Figure, Measure
from okoce.foundation.web.numbers import count_text, percent_text, rupiah_text


def figures_of(told: Delivered) -> list[Figure]:
    """What was sent, taken on, served and completed."""
    return [*_sent(told), *_came_of_it(told)]


def _sent(told: Delivered) -> list[Figure]:
    meant = (
        (
            _("rujukan dikirim"),
            told.sent,
            _("Rujukan kepada mitra perjanjian ini, untuk tahapnya, dari wilayahnya, dalam masa berlakunya."),
        ),
        (
            _("orang dirujuk"),
            told.people,
            _("Orang dalam rujukan itu; yang dirujuk dua kali dihitung sekali."),
        ),
    )
    source = _("dihitung dari catatan")
    return [
        Figure(name=name, value=value, definition=definition, as_at=told.until, source=source)
        for name, value, definition in meant
    ]


def _came_of_it(told: Delivered) -> list[Figure]:
    meant = (
        (_("diterima"), told.accepted, told.sent, _("Rujukan yang diterima mitra, dari semua yang dikirim.")),
        (
            _("sudah dilayani"),
            told.served,
            told.accepted,
            _("Rujukan yang ditutup mitra dengan hasil “sudah dilayani”, dari yang diterima."),
        ),
        (
            _("menyelesaikan tahapnya"),
            told.completed,
            told.taken_on,
            _(
                "Orang yang tahapnya selesai sesudah dirujuk dan dalam masa berlaku, dari orang yang diterima."
            ),
        ),
    )
    return [
        Figure(
            name=name,
            value=ratio(part, whole),
            measure=Measure.PERCENT,
            definition=definition,
            as_at=told.until,
            source=_("dihitung dari catatan"),
            numerator=part,
            denominator=whole,
        )
        for name, part, whole, definition in meant
    ]


@dataclass(frozen=True, slots=True)
class ShownPromise:
    """A measurable promise and how far it is kept."""

    text: str
    promised: str
    counted: str
    share: str
    meaning: str


def promises_of(kept: Iterable[Kept]) -> list[ShownPromise]:
    """In words. What no record tells of is said to be so, never drawn as zero."""
    return [_promise(one) for one in kept]


def _promise(one: Kept) -> ShownPromise:
    obligation, amount = one.obligation, one.obligation.amount or 0
    is_money = obligation.metric == Metric.RUPIAH
    promised = rupiah_text(amount) if is_money else f"{count_text(amount)} {Metric(obligation.metric).label}"
    if one.counted is None:
        why = (
            _("Janji gerakan; belum dihitung di sini.")
            if obligation.ower == Ower.MOVEMENT
            else _("Belum ada catatan yang bisa dihitung untuk ukuran ini.")
        )
        return ShownPromise(obligation.text, promised, "–", "–", why)
    meaning = (
        _("Orang yang rujukannya ditutup “sudah dilayani” dalam masa janji itu.")
        if obligation.metric == Metric.PEOPLE
        else _("Orang yang dirujuk, diterima, lalu menyelesaikan tahapnya dalam masa janji itu.")
    )
    share = percent_text(ratio(one.counted, amount))
    return ShownPromise(obligation.text, promised, count_text(one.counted), share, meaning)
