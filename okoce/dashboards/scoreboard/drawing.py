"""The board and the list of quiet komunitas as tables draw them: words and numbers in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.groups.models import Officer
from okoce.dashboards.funnel import meanings
from okoce.dashboards.pictures import funnel_address
from okoce.dashboards.scoreboard.scores import Score
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.notifications.composing import wa_me
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import count_text, day_text, percent_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column
from okoce.pipeline.models import Target
from okoce.pipeline.states import Stage

# Below which stages the share of the members stands.
RATED: dict[Stage, Callable[[Score], float | None]] = {
    Stage.P4_PERMITS: lambda score: score.licensed_share,
    Stage.P7_FINANCING: lambda score: score.completed_share,
}


def board_columns() -> list[Column]:
    """Named as the funnel names the stages; what each means stands below the board. A rate stands below the count that it is of,
    the age below how long nothing was noted, the last year below this one: so the board fits a desk without being pushed aside."""
    stages = (f"{stage.code}, %" if stage in RATED else stage.code for stage in Stage)
    labels = (_("Terakhir, umur"), _("Target"), *stages, _("Lapangan kerja"), _("Tahun ini, lalu"))
    return [Column(_("Komunitas")), *(Column(label, is_number=True) for label in labels)]


def board_row(score: Score, target: Target | None) -> list[CellValue]:
    group, board = score.group, score.board
    return [
        Cell(group.name, funnel_address("", group_id=group.pk), detail=group.code),
        Cell(_last(score), tone="stuck" if score.is_quiet else None, detail=_age(score.months)),
        _reached(score, target),
        *(_stage(score, stage) for stage in Stage),
        score.jobs,
        Cell(_gained(board.gained), detail=_("lalu %s") % _gained(board.gained_before)),
    ]


def _stage(score: Score, stage: Stage) -> CellValue:
    """How many came so far; where a rate is told, which part of the members that is."""
    people = score.people(stage)
    return Cell(count_text(people), detail=percent_text(RATED[stage](score))) if stage in RATED else people


def _reached(score: Score, target: Target | None) -> CellValue:
    """The share of the target, over how many it is out of what."""
    if target is None:
        return NOTHING
    told = {"done": count_text(score.licensed), "value": count_text(target.value)}
    return Cell(f"{score.licensed / target.value:.0%}", detail=_("%(done)s dari %(value)s") % told)


def _last(score: Score) -> str:
    """How long ago anything was noted of its people; nothing ever is not today."""
    return _days(score.quiet_days) if score.board.active_on else _("belum ada")


def _gained(people: int) -> str:
    return f"{people:+d}" if people else "0"


def _age(months: int | None) -> str:
    """Years and months, short: a column of many rows. What is none is not told."""
    if months is None:
        return NOTHING
    if months == 0:
        return _("baru bulan ini")
    years, rest = divmod(months, 12)
    told = [_("%s th") % years] if years else []
    return _unbroken(" ".join([*told, _("%s bl") % rest] if rest else told))


def _unbroken(text: str) -> str:
    """A number and its unit stay on one line, however narrow a column is."""
    return text.replace(" ", "\u00a0")


def _days(days: int) -> str:
    return _unbroken(_("%s hari") % count_text(days))


def target_sentence(target: Target | None, day: date) -> str:
    """What each komunitas is measured against on a day; or what it was or will be, and that it is not now."""
    if target is None:
        return _("Belum ada target untuk setiap komunitas yang dicatat.")
    told = {"value": count_text(target.value), "source": target.source}
    if target.until_on < day:
        sentence = _(
            "Target terakhir, %(value)s wirausaha berizin per komunitas, berakhir pada %(day)s; belum ada yang baru."
            " Sumber: %(source)s."
        )
        return sentence % {**told, "day": day_in_words(target.until_on)}
    if day < target.from_on:
        sentence = _(
            "Target %(value)s wirausaha berizin per komunitas baru mulai %(day)s. Sumber: %(source)s."
        )
        return sentence % {**told, "day": day_in_words(target.from_on)}
    sentence = _("Target: %(value)s wirausaha berizin per komunitas, sampai %(day)s. Sumber: %(source)s.")
    return sentence % {**told, "day": day_in_words(target.until_on)}


def board_meanings() -> list[tuple[str, str]]:
    """Every figure of the board, with its definition."""
    known = meanings()
    stages = [(f"{stage.code} {stage.label}", known[stage.code.lower()].text) for stage in Stage]
    return [
        *stages,
        (_("% di bawah P4: berizin"), _("P4 dibagi P1.")),
        (_("% di bawah P7: selesai"), _("P7 dibagi P1.")),
        (_("Lapangan kerja"), known["jobs_claimed"].text),
        (_("Tahun ini, tahun lalu"), known["group_gained"].text),
        (_("Target"), known["entrepreneurs"].text),
        (_("Umur"), known["group_age"].text),
        (_("Terakhir, dalam hari"), known["group_quiet"].text),
    ]


def quiet_columns() -> list[Column]:
    return [
        Column(_("Komunitas")),
        Column(_("Wilayah")),
        Column(_("Kegiatan terakhir")),
        Column(_("Sunyi")),
        Column(_("Anggota"), is_number=True),
        Column(_("Penanggung jawab")),
        Column(_("Kontak")),
    ]


def quiet_rows(
    scores: Sequence[Score],
    serving: Mapping[int, Sequence[Officer]],
    phones: Mapping[int, str],
    *,
    may_write: bool,
) -> list[list[CellValue]]:
    """Since when each is quiet, who serves it, and under which number its chair is reached, for whom `phones` has one; who may
    write to her is given the first words."""
    names = user_names(officer.user_id for officers in serving.values() for officer in officers)
    homes = territory.names_for(score.group.region for score in scores)
    return [
        [
            Cell(score.group.name, reverse("group_detail", args=[score.group.pk]), detail=score.group.code),
            homes[score.group.region],
            day_text(score.quiet_since, "medium"),
            Cell(_days(score.quiet_days), tone="stuck"),
            score.members,
            _responsible(serving.get(score.group.pk, ()), names),
            _contact(score, serving.get(score.group.pk, ()), names, phones, may_write=may_write),
        ]
        for score in scores
    ]


def _responsible(officers: Sequence[Officer], names: Mapping[int, str]) -> str:
    told = [
        f"{names[officer.user_id]} ({officer.get_role_display()})"
        for officer in officers
        if officer.user_id in names
    ]
    return "; ".join(told) or NOTHING


def _contact(
    score: Score,
    officers: Sequence[Officer],
    names: Mapping[int, str],
    phones: Mapping[int, str],
    *,
    may_write: bool,
) -> CellValue:
    """The number of the chair, or of whoever serves it without one; to WhatsApp for whoever may write."""
    reached = next((one.user_id for one in officers if phones.get(one.user_id)), None)
    if reached is None:
        return NOTHING
    phone = phones[reached]
    return _chat(score, names.get(reached, ""), phone) if may_write else show_phone(phone)


def _chat(score: Score, name: str, phone: str) -> Cell:
    """WhatsApp with the first words typed already."""
    told = {"name": name, "group": score.group.name, "since": day_text(score.quiet_since)}
    words = _(
        "Halo %(name)s, dari sekretariat OK OCE. Sejak %(since)s tidak ada catatan dari %(group)s. Apa kabar komunitasnya,"
        " dan apa yang bisa kami bantu?"
    )
    return Cell("WhatsApp", wa_me(phone, words % told), detail=show_phone(phone))
