"""The numbers of an agreement as figures: each with what it means, until which day, and out of how many."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.partners.states import Metric, Ower
from okoce.dashboards.agreements.counting import Delivered, Kept
from okoce.dashboards.funnel import ratio
from okoce.foundation.web.figures import Figure, Measure
from okoce.foundation.web.numbers import count_text, percent_text, rupiah_text


def figures_of(told: Delivered) -> list[Figure]:
    """What was sent, taken on, served and completed."""
    source = _("dihitung dari catatan")

    def share(name: str, part: int, whole: int, definition: str) -> Figure:
        return Figure(
            name=name,
            value=ratio(part, whole),
            measure=Measure.PERCENT,
            definition=definition,
            as_at=told.until,
            source=source,
            numerator=part,
            denominator=whole,
        )

    sent = _("Rujukan kepada mitra perjanjian ini, untuk tahapnya, dari wilayahnya, dalam masa berlakunya.")
    return [
        Figure(name=_("rujukan dikirim"), value=told.sent, definition=sent, as_at=told.until, source=source),
        Figure(
            name=_("orang dirujuk"),
            value=told.people,
            definition=_("Orang dalam rujukan itu; yang dirujuk dua kali dihitung sekali."),
            as_at=told.until,
            source=source,
        ),
        share(
            _("diterima"),
            told.accepted,
            told.sent,
            _("Rujukan yang diterima mitra, dari semua yang dikirim."),
        ),
        share(
            _("sudah dilayani"),
            told.served,
            told.accepted,
            _("Rujukan yang ditutup mitra dengan hasil “sudah dilayani”, dari yang diterima."),
        ),
        share(
            _("menyelesaikan tahapnya"),
            told.completed,
            told.taken_on,
            _(
                "Orang yang tahapnya selesai sesudah dirujuk dan dalam masa berlaku, dari orang yang diterima."
            ),
        ),
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
