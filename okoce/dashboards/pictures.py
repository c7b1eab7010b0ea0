"""From counted numbers to what the components draw. Pure: no query happens here."""

from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okoce.dashboards.funnel import Funnel, Loss
from okoce.foundation.web.figures import Figure
from okoce.foundation.web.funnel import FunnelStage, Reason
from okoce.foundation.web.numbers import count_text


def funnel_address(
    scope: str, day: str = "", *, group_id: int | None = None, stage: int | None = None
) -> str:
    """The address of a funnel page: everything that makes the figure stands in the URL. The nation is named too, since an
    officer begins at her own place."""
    named = {"wilayah": scope, "per": day, "komunitas": group_id or "", "tahap": stage or ""}
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{reverse('funnel')}?{query or 'wilayah='}"


def drawn_stages(funnel: Funnel, chosen: int | None, group_id: int | None = None) -> list[FunnelStage]:
    """The stages as the funnel component takes them, each loss linked to its reasons."""
    losses = {loss.stage: loss for loss in funnel.losses}
    day = funnel.as_of.isoformat()
    return [
        FunnelStage(
            code=stage.code,
            name=stage.name,
            count=stage.count,
            is_small=stage.count is None,
            lost=losses[stage.stage].people if stage.stage in losses else None,
            href=funnel_address(
                funnel.scope.code if group_id is None else "", day, group_id=group_id, stage=stage.stage
            )
            + "#mengapa"
            if stage.stage in losses and losses[stage.stage].people
            else "",
            is_chosen=stage.stage == chosen,
            definition=stage.definition.text,
        )
        for stage in funnel.stages
    ]


def largest_loss(funnel: Funnel) -> int | None:
    """The stage before which most people stopped, or None where nobody did."""
    known = [loss for loss in funnel.losses if loss.people]
    return max(known, key=lambda loss: loss.people or 0).stage if known else None


def drawn_reasons(loss: Loss, list_address: str = "") -> list[Reason]:
    """The reasons of one loss; for officers each leads to the list of people behind it."""
    return [
        Reason(
            name=reason.label,
            count=reason.people,
            note=_asked_words(reason.asked) if list_address else "",
            href=f"{list_address}&alasan={reason.reason}" if list_address else "",
            action=_("Lihat orangnya") if list_address else "",
        )
        for reason in loss.reasons
    ]


def _asked_words(asked: int) -> str:
    """Of whom it is noted that nobody knows; the public is told the sum alone, since few of them could be told apart."""
    words = ngettext("%(asked)s sudah ditanya", "%(asked)s sudah ditanya", asked)
    return words % {"asked": count_text(asked)} if asked else ""


def job_figures(funnel: Funnel) -> list[Figure]:
    """Jobs claimed, verified and added, each with its definition."""
    licensed = funnel.stages[3].count
    rows = (
        (_("lapangan kerja menurut anggota"), funnel.jobs.claimed, True),
        (_("lapangan kerja yang diperiksa"), funnel.jobs.verified, False),
        (_("bertambah sejak mendaftar"), funnel.jobs.added, True),
    )
    return [
        Figure(
            name=name,
            value=figure.count,
            definition=figure.definition.text,
            as_at=funnel.as_of,
            source=_("dihitung dari catatan, %(count)s orang di P4") % {"count": count_text(licensed)},
            is_claimed=is_claimed,
        )
        for name, figure, is_claimed in rows
    ]


def head_figures(funnel: Funnel, lit: int, districts: int, lit_meaning: str) -> list[Figure]:
    """The totals at the top of the public page."""
    registered, licensed = funnel.stages[0], funnel.stages[3]
    counted = partial(Figure, as_at=funnel.as_of, source=_("dihitung dari catatan"))
    return [
        counted(
            name=_("anggota"),
            value=registered.count,
            definition=registered.definition.text,
            href=funnel_address(""),
        ),
        counted(
            name=_("berizin usaha"),
            value=licensed.count,
            definition=licensed.definition.text,
            numerator=licensed.count,
            denominator=registered.count,
            href=funnel_address(""),
        ),
        counted(
            name=_("lapangan kerja menurut anggota"),
            value=funnel.jobs.claimed.count,
            definition=funnel.jobs.claimed.definition.text,
            is_claimed=True,
        ),
        counted(
            name=_("kecamatan menyala"),
            value=lit,
            definition=lit_meaning,
            numerator=lit,
            denominator=districts,
        ),
    ]
