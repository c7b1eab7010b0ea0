"""The rows of the list of people: who, where, how far, since when, why, and who helps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.members.queries import helpers_now, helpers_of
from okoce.dashboards.people_behind import noted_label
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import count_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column
from okoce.pipeline.queries.people import MOST_COUNTED, People, Stand, stands_of
from okoce.pipeline.states import Stage

# One address is worked out for all rows of a page.
PLACE_OF_NUMBER = "NUMBER"
# What a row shows of a member, and what says who may see her helpers.
COLUMNS = ("number", "name", "phone", "region", "group_id")
STAGE_CODES = {stage.value: stage.code for stage in Stage}
NOWHERE: tuple[CellValue, ...] = (NOTHING, None, NOTHING)  # before the first stage


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of people as the page draws it."""

    columns: list[Column]
    rows: list[list[CellValue]]
    count: str
    everybody: str  # said of all who fit, once they are chosen
    is_similar: bool = False  # nobody has the name that was asked for


def listing(actor: Actor, people: People, query: str = "") -> Listing:
    """The people of one page, in three questions however many they are; each page leads back to the list of that query."""
    back = f"?{urlencode({'dari': query})}" if query else ""
    stands, helping = stands_of(people.members), helpers_of(actor, people.members)
    names = user_names({user_id for ids in helping.values() for user_id in ids})
    places = territory.names_for(member.region for member in people.members)
    standings = _standings(stands)
    pattern, rows = reverse("member_detail", args=[PLACE_OF_NUMBER]), []
    for member in people.members:
        href = pattern.replace(PLACE_OF_NUMBER, member.number) + back
        helped_by = ", ".join(names[user_id] for user_id in helping.get(member.pk, ()) if user_id in names)
        rows.append(
            [
                *_who(member, places[member.region], href),
                *standings.get(member.pk, NOWHERE),
                helped_by or NOTHING,
            ]
        )
    count = count_words(people.count, len(people.members))
    if people.is_similar:
        count = _("%s orang dengan nama yang mirip") % count_text(len(people.members))
    return Listing(_columns(), rows, count, everybody(people.count), people.is_similar)


@dataclass(frozen=True, slots=True)
class HelperLine:
    """One who helps a member: who, with what, since when."""

    pk: int
    name: str
    purpose: str
    from_on: date


def helper_lines(actor: Actor, member: Member) -> list[HelperLine]:
    """Who helps one member today, by name."""
    helping = helpers_now(actor, member)
    names = user_names({helper.user_id for helper in helping if helper.user_id is not None})
    return [
        HelperLine(helper.pk, names[helper.user_id], str(helper.get_purpose_display()), helper.from_on)
        for helper in helping
        if helper.user_id in names
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Nama")),
        Column(_("HP"), is_code=True, is_evident=True),
        Column(_("Kecamatan"), is_evident=True),
        Column(_("Tahap"), is_evident=True),
        Column(_("Hari di sana"), is_number=True, is_evident=True, unit=_("hari")),
        Column(_("Alasan")),
        Column(_("Pendamping")),
    ]


def _who(member: Member, place: str, href: str) -> list[CellValue]:
    return [
        Cell(member.name, href, pick=member.number, detail=member.number),
        show_phone(member.phone) if member.phone else NOTHING,
        place,
    ]


def _standings(stands: Mapping[int, Stand]) -> dict[int, tuple[CellValue, ...]]:
    """Stage, days there and reason of each person; today and the words of each reason are looked up once a page."""
    today = today_wib()
    labels = {reason: noted_label(reason) for reason in {one.reason for one in stands.values()}}
    return {
        member_id: (STAGE_CODES[stand.stage], None, NOTHING)
        if stand.stage == Stage.P7_FINANCING
        else (STAGE_CODES[stand.stage], (today - stand.since).days, labels[stand.reason])
        for member_id, stand in stands.items()
    }


def everybody(count: int | None) -> str:
    """What is said once all who fit are chosen: how many, where that was counted."""
    if count is None or count > MOST_COUNTED:
        return _("Semua yang cocok dipilih")
    return _("Semua %s orang dipilih") % count_text(count)


def count_words(count: int | None, shown: int) -> str:
    """How many fit, up to a thousand; how many are shown where that was not counted."""
    if count is None:
        return _("%s orang di halaman ini") % count_text(shown)
    if count > MOST_COUNTED:
        return _("%s+ orang") % count_text(MOST_COUNTED)
    return _("%s orang") % count_text(count)
