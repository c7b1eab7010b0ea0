"""What the data officer's registers show: how long what is kept, and what is processed why; both read from the code itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from okoce.community.members.queries import Aim, purposes_on
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.personal.registry import FORGOTTEN, TOLD
from okoce.foundation.personal.retention import Rule, all_rules
from okoce.foundation.shared.days import today_wib

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule of keeping in words, and how many rows its job would touch now."""

    what: str
    kept_for: str
    decided_by: str
    over: int


def retention_dry_run() -> list[Kept]:
    """Every rule, with what it would touch if its job ran now; nothing is touched."""
    return [
        Kept(
            str(rule.what),
            span_words(rule.kept_for()),
            _("baris bertanggal") if rule.is_dated else _("aturan sistem"),
            rule.over().count(),
        )
        for rule in all_rules()
    ]


def span_words(span: timedelta) -> str:
    """About how long, in the largest unit that fits."""
    seconds = round(span.total_seconds())
    if seconds >= 2 * DAY.total_seconds():
        count = round(seconds / DAY.total_seconds())
        return ngettext("%d hari", "%d hari", count) % count
    if seconds >= HOUR.total_seconds():
        count = round(seconds / HOUR.total_seconds())
        return ngettext("%d jam", "%d jam", count) % count
    count = round(seconds / MINUTE.total_seconds())
    return ngettext("%d menit", "%d menit", count) % count


@dataclass(frozen=True, slots=True)
class Processing:
    """Whose data the tables of a feature hold, for which purposes, and by which rights they are read."""

    whose: str | Promise
    purposes: tuple[str, ...]
    right: Permission | None  # None: nobody but the person herself, or the machinery
    other_right: Permission | None = None


_MEMBERS, _OFFICERS = _lazy("anggota"), _lazy("petugas")
# By feature, in the order of the house; a house of features that grows says here why it keeps something.
PROCESSING: dict[str, Processing] = {
    "members": Processing(
        _MEMBERS,
        (
            "programme",
            "contact",
            "shop",
            "share_bank",
            "share_office",
            "finances_mentor",
            "finances_bank",
            "child",
        ),
        Permission.MEMBERS_READ,
    ),
    "registration": Processing(
        _lazy("pendaftar dan anggota"), ("programme",), Permission.MEMBERS_READ_UNFINISHED
    ),
    "pipeline": Processing(_MEMBERS, ("programme", "statistics"), Permission.MEMBERS_READ),
    "privacy": Processing(_lazy("anggota dan pemilik akun"), ("programme",), Permission.PRIVACY_READ),
    "groups": Processing(_lazy("anggota dan pengurus komunitas"), ("programme",), Permission.GROUPS_READ),
    "organisations": Processing(_lazy("yang mengajukan komunitas atau mitra"), ("programme",), None),
    "centres": Processing(_lazy("narahubung pusat wirausaha"), ("programme",), Permission.CENTRES_READ),
    "partners": Processing(
        _lazy("anggota dan narahubung mitra"),
        ("programme", "share_bank", "share_office"),
        Permission.REFERRALS_READ,
    ),
    # no person but the accounts that permitted a name
    "trust": Processing(_lazy("pemilik akun"), ("programme",), Permission.NAMES_MANAGE),
    "tickets": Processing(_lazy("pelapor dan yang dilaporkan"), ("programme",), Permission.TICKETS_READ),
    "association": Processing(
        _lazy("pemegang jabatan perkumpulan"), ("programme",), Permission.ASSOCIATION_READ
    ),
    "dashboards": Processing(_MEMBERS, ("programme",), Permission.MEMBERS_READ_EXPORTS),
    "events": Processing(_lazy("anggota dan petugas"), ("programme",), Permission.EVENTS_READ),
    "notifications": Processing(
        _lazy("anggota dan petugas"),
        ("programme", "contact"),
        Permission.MESSAGES_READ,
        Permission.MESSAGES_READ_BY_HAND,
    ),
    "accounts": Processing(_lazy("pemilik akun"), ("programme",), Permission.ACCOUNTS_READ),
}
# Tables of the machinery: who signs in, what a program was answered, what a demonstration shows.
_MACHINERY = Processing(_lazy("pemilik akun"), ("programme",), None)


@dataclass(frozen=True, slots=True)
class Processed:
    """One table of the record of processing, in words."""

    table: str
    whose: str
    purposes: str
    grounds: str
    kept_for: str
    seen_by: str
    is_told: bool
    is_forgotten: bool


HEADS = (
    _lazy("Tabel"), _lazy("Data siapa"), _lazy("Tujuan"), _lazy("Dasar"), _lazy("Disimpan"), _lazy("Dilihat oleh"),
    _lazy("Ikut dalam unduhan orangnya"), _lazy("Dihapus bersama orangnya"),
)  # fmt: skip


def record_of_processing() -> list[Processed]:
    """Every table that holds something of a person, as the registers of the code know it."""
    autodiscover_modules("personal")
    aims, rules = purposes_on(today_wib()), all_rules()
    return [
        _processed(table, aims, [rule for rule in rules if rule.table == table])
        for table in sorted(set(TOLD) | set(FORGOTTEN))
    ]


def _kept_for(rules: list[Rule]) -> str:
    """How long a table's rows are kept; where a rule is about some of them, which."""
    whole = [rule for rule in rules if not rule.is_part]
    parts = [f"{rule.what}: {span_words(rule.kept_for())}" for rule in rules if rule.is_part]
    rest = span_words(whole[-1].kept_for()) if whole else _("selama menjadi anggota, atau sampai dihapus")
    return "; ".join([*parts, _("selebihnya %s") % rest if parts else rest])


def _processed(table: str, aims: dict[str, Aim], rules: list[Rule]) -> Processed:
    about = PROCESSING.get(table.partition(".")[0], _MACHINERY)
    purposes = [aims[code] for code in about.purposes if code in aims]
    grounds = {
        aim.basis: _("persetujuan") if aim.needs_consent else _("kepentingan yang sah") for aim in purposes
    }
    return Processed(
        table,
        str(about.whose),
        "; ".join(aim.name for aim in purposes),
        "; ".join(grounds.values()),
        _kept_for(rules),
        "; ".join(_readers(about)) or _("orangnya sendiri dan sistem"),
        TOLD.get(table) == "",
        FORGOTTEN.get(table) == "",
    )


def _readers(about: Processing) -> Iterator[str]:
    for role in ROLES.values():
        if about.right in role.permissions or about.other_right in role.permissions:
            yield str(role.title)


def as_rows(processed: list[Processed]) -> list[list[str]]:
    """For a file: the heads first."""
    yes, no = _("ya"), _("tidak")
    return [
        [str(head) for head in HEADS],
        *(
            [
                one.table,
                one.whose,
                one.purposes,
                one.grounds,
                one.kept_for,
                one.seen_by,
                yes if one.is_told else no,
                yes if one.is_forgotten else no,
            ]
            for one in processed
        ),
    ]
