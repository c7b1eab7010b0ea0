"""What an officer does for many people at once: who they are, what will happen to how many, and what became of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okoce.community.members.actions.helping import Helped, Helping, NotHelped, assign_helper
from okoce.community.members.models import Member
from okoce.community.members.numbers import record_id_of
from okoce.community.members.queries import helpers_now, members_among
from okoce.community.members.states import FITTING, HelperPurpose
from okoce.dashboards.people.narrowing import address, read_narrowing
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.queries import RoleHeld, holders_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.numbers import count_text
from okoce.pipeline.actions.standstill_notes import StandstillNote, WhyNot, note_standstills
from okoce.pipeline.queries.people import Order, ids_that_match, stands_of
from okoce.pipeline.states import Stage

# A batch is for a list that somebody answers for; more people are a matter of files.
MOST_CHOSEN = 1_000
MOST_HOLDERS = 2_000
MOST_OFFERED = 300
# What may be done with a choice, and by which right.
DEEDS = {
    "pendamping": Permission.MEMBERS_ASSIGN_HELPER,
    "alasan": Permission.PIPELINE_SET_STANDSTILL,
    "bukti": Permission.PIPELINE_GIVE_EVIDENCE,
}

NOT_HELPED: dict[NotHelped, str | Promise] = {
    NotHelped.NOT_FOUND: gettext_lazy("tidak ada dalam wilayah tugas Anda"),
    NotHelped.NO_CONSENT: gettext_lazy("belum memberi persetujuan mengikuti program"),
    NotHelped.NO_CONSENT_FOR_CHILD: gettext_lazy("belum dewasa, dan walinya belum mengizinkan"),
    NotHelped.LEFT: gettext_lazy("sudah keluar dari gerakan"),
    NotHelped.RESTRICTED: gettext_lazy("membatasi pemakaian datanya"),
    NotHelped.OUT_OF_REACH: gettext_lazy("di luar wilayah tugas pendamping itu"),
    NotHelped.HELPED_ALREADY: gettext_lazy("sudah dibantu orang itu untuk hal yang sama"),
}
NOT_NOTED: dict[WhyNot, str | Promise] = {
    WhyNot.NOT_FOUND: gettext_lazy("tidak ada dalam wilayah tugas Anda"),
    WhyNot.NOTED_ALREADY: gettext_lazy("sudah punya alasan itu"),
    WhyNot.ANOTHER_REASON: gettext_lazy("sudah punya alasan lain; ubah di halamannya"),
    WhyNot.DAYS_TOLD: gettext_lazy("alasannya untuk hari ini sudah tercatat"),
    WhyNot.UNKNOWN_STEP: gettext_lazy("sudah menyelesaikan P7"),
    WhyNot.STEP_COMPLETED: gettext_lazy("sudah menyelesaikan langkah itu"),
    WhyNot.STEP_BEFORE_OPEN: gettext_lazy("langkah sebelumnya belum selesai"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The people of a batch: those who are there for the actor, and how many of those asked for are not."""

    ids: tuple[int, ...]
    members: tuple[Member, ...]
    missing: int
    is_cut: bool = False  # more fit than a batch takes

    @property
    def text(self) -> str:
        """As one hidden field: what is confirmed is what is done."""
        return " ".join(map(str, self.ids))


def chosen_in(actor: Actor, posted: QueryDict) -> Chosen:
    """Who was ticked, or everybody who matches the list behind it, up to a thousand."""
    if posted.get("semua"):
        query = QueryDict(posted.get("saringan", ""))
        asked = read_narrowing(actor, query).wanted
        found = (
            ids_that_match(actor, replace(asked, cursor="", order=Order.LONGEST_WAITING), MOST_CHOSEN + 1)
            if asked
            else []
        )
        return _chosen(actor, found[:MOST_CHOSEN], is_cut=len(found) > MOST_CHOSEN)
    ids = _ticked(posted)
    return _chosen(actor, [record_id for record_id in ids if record_id is not None], missing=ids.count(None))


def ticked_in(posted: QueryDict) -> list[int] | None:
    """Who was ticked; None where nobody was, or where everybody of the list is meant. Public: it says what was posted."""
    if posted.get("semua") or not posted.getlist("orang"):
        return None
    return [record_id for record_id in _ticked(posted) if record_id is not None]


def _ticked(posted: QueryDict) -> list[int | None]:
    return [record_id_of(number) for number in posted.getlist("orang")[:MOST_CHOSEN]]


def chosen_again(actor: Actor, posted: QueryDict) -> Chosen:
    """The people of a confirmed batch."""
    written = posted.get("orang", "").split()[:MOST_CHOSEN]
    numbers = map(number_typed, written)
    return _chosen(actor, [number for number in numbers if number is not None])


def back_to_list(posted: QueryDict) -> str:
    """The list as it was narrowed, from the page's own words: an address of another site has no way in. Public."""
    return address(QueryDict(posted.get("saringan", "")))


def _chosen(actor: Actor, ids: Iterable[int], *, missing: int = 0, is_cut: bool = False) -> Chosen:
    wanted = tuple(dict.fromkeys(ids))
    members = tuple(members_among(actor, wanted, Permission.MEMBERS_READ))
    return Chosen(wanted, members, missing + len(wanted) - len(members), is_cut)


def helpers_offered(
    members: Sequence[Member], actor: Actor | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who may help somebody of these and with what, for a form: by purpose, name with the role. With an actor, who chooses
    now, it leaves out whoever helps the only person with that already; to send it twice is no mistake. Public: no contact."""
    places = {(one.region, one.group_id) for one in members}  # a thousand people live in few
    helping: set[tuple[int | None, str]] = set()
    if actor is not None and len(members) == 1:
        helping = {(one.user_id, one.purpose) for one in helpers_now(actor, members[0])}
    offered: dict[str, dict[str, str]] = {purpose: {} for purpose in FITTING}
    for role in holders_of(frozenset().union(*FITTING.values()), today_wib(), MOST_HOLDERS):
        if any(role.reaches(*at) for at in places):
            for purpose in _purposes_of(role, helping):
                offered[purpose][f"{purpose}:{role.user_id}"] = _named(role)
    return [
        (str(HelperPurpose(purpose).label), list(people.items())[:MOST_OFFERED])
        for purpose, people in offered.items()
        if people
    ]


def _purposes_of(role: RoleHeld, helping: set[tuple[int | None, str]]) -> list[str]:
    return [
        purpose
        for purpose, fitting in FITTING.items()
        if role.role in fitting and (role.user_id, purpose) not in helping
    ]


def _named(role: RoleHeld) -> str:
    return _("%(name)s (%(role)s)") % {"name": role.name, "role": ROLES[role.role].title}


def give_helper(actor: Actor, chosen: Chosen, helping: Helping) -> tuple[str, str]:
    """What was done, and what was not and why, in two sentences."""
    done: Helped = assign_helper(actor, chosen.ids, helping)
    why = Counter(why for _id, why in done.not_taken)
    return _("%s orang diberi pendamping.") % count_text(done.taken), _refused(
        {NOT_HELPED[one]: n for one, n in why.items()}
    )


def note_reason(actor: Actor, chosen: Chosen, reason: str) -> tuple[str, str]:
    """The same reason for each at the step that she stands before; one that is told already stays."""
    stands, today = stands_of(list(chosen.members)), today_wib()
    notes = [
        StandstillNote(
            record_id,
            stands[record_id].stage + 1 if record_id in stands else Stage.P2_TRAINING,
            reason,
            today,
        )
        for record_id in chosen.ids
    ]
    done = note_standstills(actor, notes)
    why = Counter(one.why for one in done.not_taken)
    told = {NOT_NOTED.get(one, gettext_lazy("tidak bisa dicatat")): number for one, number in why.items()}
    if not done.taken:
        return _("Tidak ada alasan yang dicatat."), _refused(told)
    return _("Alasan dicatat untuk %s orang.") % count_text(done.taken), _refused(told)


def _refused(why: dict[str | Promise, int]) -> str:
    if not why:
        return ""
    parts = "; ".join(f"{count_text(number)} {reason}" for reason, number in why.items())
    return _("Tidak diubah: %s.") % parts
