"""`okoce funnel [--scope CODE] [--as-of YYYY-MM-DD] [--json]`: the numbers of the page and the API, at the console."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from okoce.dashboards.funnel import Funnel, Loss, funnel, has_examples
from okoce.dashboards.schemas import FunnelOut
from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.numbers import count_text, day_text, percent_text


class Command(BaseCommand):
    """Exact numbers for whoever holds the console; below kabupaten/kota the public sees less."""

    help = "corong tujuh tahap sebuah wilayah pada suatu hari"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scope", default="", metavar="KODE", help="kode wilayah; kosong = Indonesia")
        parser.add_argument(
            "--group", type=int, default=None, metavar="ID", help="nomor komunitas, sebagai ganti wilayah"
        )
        parser.add_argument(
            "--as-of", default="", metavar="TTTT-BB-HH", help="hari; hari ini (WIB) bila tidak disebut"
        )
        parser.add_argument("--json", action="store_true", help="untuk program")

    def handle(self, *_args: Any, **options: Any) -> None:
        counted = funnel(options["scope"].strip(), _day(options["as_of"]), group_id=options["group"])
        self.stdout.write(_as_json(counted) if options["json"] else "\n".join(_lines(counted)))


def _day(text: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if isinstance(day, Unreadable):
        raise Refused(_("Tanggal “%s” tidak terbaca. Tulis seperti 2018-12-31.") % text[:20], field="as_of")
    return day


def _as_json(counted: Funnel) -> str:
    return FunnelOut.of(counted).model_dump_json(indent=2)


def _beside(count: int | None, previous: int | None, loss: Loss | None) -> list[str]:
    """People of a stage who have not completed the one before, where count and loss exceed it by them."""
    if count is None or previous is None or loss is None or loss.people is None:
        return []
    beside = count + loss.people - previous
    words = _("di antaranya tanpa %(stage)s") % {"stage": loss.after}
    return [f"     {words:<36} {count_text(beside):>8}"] if beside > 0 else []


def _lines(counted: Funnel) -> list[str]:
    """The funnel as a table of text: count, ratio with its fraction, how many did not go on and why."""
    lines = [f"{counted.scope.name}, {day_text(counted.as_of)}", ""]
    if has_examples(counted.scope):
        lines[1:1] = [_("Contoh: orang rekaan ikut dihitung.")]
    losses = {loss.stage: loss for loss in counted.losses}
    previous = None
    for stage in counted.stages:
        ratio = ""
        if previous is not None:
            ratio = f"{percent_text(stage.of_previous)} = {count_text(stage.count)} / {count_text(previous)}"
        lines.append(f"{stage.code} {stage.name:<20} {count_text(stage.count):>10}  {ratio}")
        loss = losses.get(stage.stage)
        lines += _beside(stage.count, previous, loss)
        if loss is not None and loss.people:
            lines.append(f"   {_('belum lanjut'):<20} {count_text(loss.people):>10}")
            lines += [f"     {reason.label:<36} {count_text(reason.people):>8}" for reason in loss.reasons]
        previous = stage.count
    jobs = counted.jobs
    lines += [
        "",
        f"{_('lapangan kerja menurut anggota')}: {count_text(jobs.claimed.count)}",
        f"{_('lapangan kerja yang diperiksa')}: {count_text(jobs.verified.count)}",
    ]
    return lines
