"""The numbers of an agreement as figures: each with what it means, until which day, and out of how many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okoce.community.partners.queries.delivered import Delivered, DeliveredWords, Kept
from okoce.community.partners.states import Metric, Ower
from okoce.dashboards.agreements.counting import delivered_under_each
from okoce.dashboards.funnel import Meaning, meanings, ratio
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.figures import Figure, Measure
from okoce.foundation.web.numbers import count_text, percent_text, rupiah_text


def figures_of(told: Delivered) -> list[Figure]:
    """What was sent, taken on, served and completed; each with the definition that is in force on the day that is counted."""
    meaning = meanings(told.until)
    return [*_sent(told, meaning), *_came_of_it(told, meaning)]


def _sent(told: Delivered, meaning: Mapping[str, Meaning]) -> list[Figure]:
    counted = (
        (_("rujukan dikirim"), told.sent, "agreement_sent"),
        (_("orang dirujuk"), told.people, "agreement_people"),
    )
    source = _("dihitung dari catatan")
    return [
        Figure(name=name, value=value, definition=meaning[code].text, as_at=told.until, source=source)
        for name, value, code in counted
    ]


def _came_of_it(told: Delivered, meaning: Mapping[str, Meaning]) -> list[Figure]:
    counted = (
        (_("diterima"), told.accepted, told.sent, "agreement_accepted"),
        (_("sudah dilayani"), told.served, told.accepted, "agreement_served"),
        (_("menyelesaikan tahapnya"), told.completed, told.taken_on, "agreement_completed"),
    )
    return [
        Figure(
            name=name,
            value=ratio(part, whole),
            measure=Measure.PERCENT,
            definition=meaning[code].text,
            as_at=told.until,
            source=_("dihitung dari catatan"),
            numerator=part,
            denominator=whole,
        )
        for name, part, whole, code in counted
    ]


@dataclass(frozen=True, slots=True)
class ShownPromise:
    """A measurable promise and how far it is kept."""

    text: str
    promised: str
    counted: str
    share: str
    meaning: str


def promises_of(kept: Iterable[Kept], meaning: Mapping[str, Meaning]) -> list[ShownPromise]:
    """In words. What no record tells of is said to be so, never drawn as zero."""
    return [_promise(one, meaning) for one in kept]


def _promise(one: Kept, meaning: Mapping[str, Meaning]) -> ShownPromise:
    obligation, amount = one.obligation, one.obligation.amount or 0
    is_money = obligation.metric == Metric.RUPIAH
    promised = rupiah_text(amount) if is_money else f"{count_text(amount)} {Metric(obligation.metric).label}"
    means = meaning[_code_of(one)].text
    if one.counted is None:
        not_counted = _("belum dihitung")
        return ShownPromise(obligation.text, promised, not_counted, not_counted, means)
    share = percent_text(ratio(one.counted, amount))
    return ShownPromise(obligation.text, promised, count_text(one.counted), share, means)


# Why no record tells of these yet, and which one will.
_WHY_NOT = {
    Metric.MENTORS: "agreement_promise_mentors",
    Metric.PLACES: "agreement_promise_places",
    Metric.RUPIAH: "agreement_promise_rupiah",
}


def _code_of(one: Kept) -> str:
    """By which definition a promise is counted, or why it is not."""
    if one.counted is None:
        is_ours = one.obligation.ower == Ower.MOVEMENT
        return "agreement_promise_of_movement" if is_ours else _WHY_NOT[Metric(one.obligation.metric)]
    is_people = one.obligation.metric == Metric.PEOPLE
    return "agreement_promise_people" if is_people else "agreement_promise_stage"


SHOWN = (
    (gettext_lazy("Dirujuk"), "agreement_sent"),
    (gettext_lazy("Orang"), "agreement_people"),
    (gettext_lazy("Diterima"), "agreement_accepted"),
    (gettext_lazy("Dilayani"), "agreement_served"),
    (gettext_lazy("Selesai"), "agreement_completed"),
)


def words_of(agreements: Sequence[Any]) -> DeliveredWords:
    """Several agreements as a table shows them; each number has its definition."""
    today = today_wib()
    delivered, meaning = delivered_under_each(agreements, today), meanings(today)
    return DeliveredWords(
        until=today,
        names=[str(name) for name, _code in SHOWN],
        numbers={pk: _numbers(told) for pk, told in delivered.items()},
        meanings=[(str(name), meaning[code].text) for name, code in SHOWN],
        promises=[line for one in agreements for line in _lines(one, delivered[one.pk], meaning)],
    )


def _numbers(told: Delivered) -> list[int | str]:
    if told.until < told.since:  # nothing is counted before it begins
        return [_("belum mulai")] * len(SHOWN)
    return [told.sent, told.people, told.accepted, told.served, told.completed]


def _lines(
    agreement: Any, told: Delivered, meaning: Mapping[str, Meaning]
) -> list[tuple[Any, str, str, str, str, str]]:
    measured = [
        (agreement, one.text, one.promised, one.counted, one.share, one.meaning)
        for one in promises_of(told.promises, meaning)
    ]
    not_counted = _("tidak dihitung")
    unmeasured = [
        (agreement, one.text, _("tanpa ukuran"), not_counted, not_counted, _why_unmeasured(one))
        for one in told.unmeasured
    ]
    return [*measured, *unmeasured]


def _why_unmeasured(one: Any) -> str:
    told = {"who": Ower(one.ower).label}
    return _("Janji %(who)s tanpa angka: dinilai orang, tidak bisa dihitung dari catatan.") % told
