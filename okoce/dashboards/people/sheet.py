"""The columns of a file of people, and its rows: a few questions for some thousand of them."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from okoce.community.groups.queries import group_names
from okoce.community.members.models import Member
from okoce.community.members.queries import helpers_of, members_by_id
from okoce.dashboards.people.files import Row
from okoce.dashboards.people_behind import noted_label
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.pipeline.queries.people import Stand, stands_of
from okoce.pipeline.states import Stage

HEADS = (
    _("Nomor anggota"), _("Nama"), _("HP"), _("NIK"), _("Provinsi"), _("Kabupaten/kota"), _("Kecamatan"), _("Kode wilayah"),
    _("Komunitas"), _("Terdaftar"), _("Tahap terjauh"), _("Sejak"), _("Hari di sana"), _("Alasan belum lanjut"),
    _("Usaha saat mendaftar"), _("Nama usaha"), _("Bidang usaha"), _("Pendamping"),
)  # fmt: skip


# The very last column, behind what the file says of itself: by its heads and places a program reads the others as before.
EXAMPLE_HEAD = _("Contoh")


def rows_for(actor: Actor, ids: Sequence[int]) -> Iterator[tuple[Row, str]]:
    """One row each, in the order of the ids, for those whom the actor may take along now: nobody who restricts that. Beside it what
    marks an example."""
    found = members_by_id(actor, ids, Permission.MEMBERS_EXPORT)
    members = [
        found[member_id] for member_id in ids if member_id in found and not found[member_id].is_restricted
    ]
    stands, helping = stands_of(members), helpers_of(actor, members)
    groups = group_names(member.group_id for member in members if member.group_id is not None)
    names = user_names({user_id for helpers in helping.values() for user_id in helpers})
    for member in members:
        helpers = ", ".join(names[user_id] for user_id in helping.get(member.pk, ()) if user_id in names)
        stand = stands.get(member.pk)
        example = _("orang rekaan") if member.is_synthetic else ""
        yield [*_who(member, groups), *_standing(stand), *_business(member), helpers], str(example)


def _who(member: Member, groups: dict[int, str]) -> list[str | int | None]:
    province, regency = member.region[:2], member.region[:5]
    places = territory.names_for([province, regency, member.region])
    return [
        member.number,
        member.name,
        show_phone(member.phone) if member.phone else "",
        member.nik_masked,
        places[province],
        places[regency],
        places[member.region],
        member.region,
        groups.get(member.group_id or 0, ""),
        member.registered_on.isoformat(),
    ]


def _standing(stand: Stand | None) -> list[str | int | None]:
    if stand is None:
        return ["", "", None, ""]
    if stand.stage == Stage.P7_FINANCING:
        return [Stage(stand.stage).code, stand.since.isoformat(), None, ""]
    days = (today_wib() - stand.since).days
    return [
        Stage(stand.stage).code,
        stand.since.isoformat(),
        days,
        noted_label(stand.reason),
    ]


def _business(member: Member) -> list[str | int | None]:
    business = getattr(member, "business", None)
    return (
        [str(business.get_entry_state_display()), business.name, business.sector]
        if business
        else ["", "", ""]
    )
