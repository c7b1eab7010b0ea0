"""What a demo has of the association: a board, a secretariat, a few branches, and visits to komunitas. All of it is made up, and every
name says so."""

from dataclasses import dataclass
from datetime import date, timedelta

from okoce.community.association.actions.branches import activate_branch, found_branch
from okoce.community.association.actions.supports import NewSupport, note_support
from okoce.community.association.actions.tenures import NewTenure, appoint_holder
from okoce.community.association.models import Branch
from okoce.community.association.queries.branches import centre
from okoce.community.groups.queries import active_group_named
from okoce.demo.officers import contact_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.foundation.accounts.queries import actor_for_user, has_account, one_with_contact
from okoce.foundation.shared.days import today_wib

FOUNDED = date(2018, 1, 15)
YEARS = timedelta(days=3 * 365)
BRANCHES = ("31", "31.71", "31.71.04", "31.74", "32", "32.73")


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody in an office; `ends`: in how many days her term does (None: it lasts)."""

    position: str
    name: str
    is_named: bool = False  # whether she agreed to it
    ends: int | None = 400


CENTRAL = (
    Sample("pembina", "Contoh Pembina", is_named=True, ends=None),
    Sample("ketua_umum", "Contoh Ketua Umum", is_named=True),
    Sample("anggota_dewan", "Contoh Anggota Dewan"),
    Sample("sekretaris_jenderal", "Contoh Sekretaris Jenderal", is_named=True),
    Sample("bendahara_umum", "Contoh Bendahara Umum"),
    Sample("direktur_diklat", "Contoh Direktur Diklat", is_named=True, ends=30),
)
VISITED = 8


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done for the komunitas of a number, so many days ago."""

    kind: str
    days_ago: int
    minutes: int
    agreed: str


VISITS = (
    Visit("visit", 12, 60, "Contoh: pertemuan bulanan, buku kas dibawa."),
    Visit("trainers", 40, 180, "Contoh: lima penggerak melatih pembukuan."),
    Visit("accompanying", 75, 45, "Contoh: daftar anggota dilengkapi."),
    Visit("visit", 130, 30, "Contoh: jadwal bazar dibahas."),
)


def make_association(actor: Actor) -> None:
    """Make it once; whatever somebody has changed of it since stays."""
    if centre() is not None:
        return
    top = _branch(actor, "", 1)
    for number, sample in enumerate(CENTRAL, start=1):
        _appoint(actor, top, sample, number)
    for number, region in enumerate(BRANCHES, start=1):
        chair = Sample("ketua_cabang", f"Contoh Ketua Cabang {number}", ends=500)
        _appoint(actor, _branch(actor, region, number + 1), chair, 20 + number)
    trainer = one_with_contact(contact_of("direktorat_diklat"))
    if trainer is not None:
        _visit(actor_for_user(trainer))


def _visit(trainer: Actor) -> None:
    """What the sample officer of the directorate did for the first komunitas."""
    for number in range(VISITED):
        group = active_group_named(f"CONTOH-{number + 1:03d}")
        if group is not None:
            visit = VISITS[number % len(VISITS)]
            on = today_wib() - timedelta(days=visit.days_ago)
            note_support(trainer, group, NewSupport(visit.kind, on, visit.minutes, visit.agreed))


def _branch(actor: Actor, region: str, number: int) -> Branch:
    founded_on = FOUNDED + timedelta(weeks=4 * number)
    branch = found_branch(actor, region, founded_on, f"CONTOH/{number:02d}/SK")
    return activate_branch(actor, branch, founded_on)


def _appoint(actor: Actor, branch: Branch, sample: Sample, number: int) -> None:
    """An account that nobody signs in with, since it has no password and its address is nobody's."""
    email = f"perkumpulan-{number:02d}@okoce.contoh"
    if not has_account(email):
        create_user(actor, NewUser(name=sample.name, email=email, is_synthetic=True))
    today = today_wib()
    until_on = today + timedelta(days=sample.ends) if sample.ends is not None else None
    from_on = max(branch.founded_on, (until_on or today + timedelta(days=400)) - YEARS)
    told = NewTenure(sample.position, from_on, until_on, f"CONTOH/{number:02d}/SK-J", sample.is_named)
    appoint_holder(actor, branch, email, told)
