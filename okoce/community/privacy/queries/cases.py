"""What the data officer has to see to: everything that a law's clock runs on, in the order in which the clocks run out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.privacy.models import DataRequest, ErasureRequest
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names

PER_PAGE = 50
RECENT_DAYS = 30
READ = Permission.PRIVACY_READ
_REQUEST, _ERASURE = 1, 2
# The job that erases runs every hour: until then it is in time.
SPARE = timedelta(hours=1)
MOST_ERASED = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """Behind which case a page begins: its clock, its kind, its number."""

    due: datetime
    sort: int
    id: int

    @property
    def text(self) -> str:
        return f"{self.due.isoformat()}_{self.sort}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """None for what nobody here wrote."""
        try:
            due, sort, number = text.split("_")
            mark = cls(datetime.fromisoformat(due), int(sort), int(number))
        except (ValueError, OverflowError):
            return None
        is_ours = mark.due.tzinfo is not None and 0 <= mark.id < 1 << 63
        return mark if is_ours and mark.sort in {_REQUEST, _ERASURE} else None


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that waits: a question about her data to be answered, or an erasure that the house will carry out."""

    row: Any
    is_erasure: bool
    due: datetime

    @property
    def is_late(self) -> bool:
        """An erasure is carried out within the hour after its day."""
        spare = SPARE if self.is_erasure else timedelta()
        return self.due + spare < timezone.now()


@dataclass(frozen=True, slots=True)
class Cases:
    """A page of cases, and behind which the next one begins."""

    cases: Sequence[Case]
    next: Mark | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desk stands: how many wait, how many of them too long; how many were answered lately, and how many erased, of each
    how many in time."""

    waiting: int
    late: int
    answered: int
    in_time: int
    erased: int
    erased_in_time: int


def cases_waiting(actor: Actor, after: Mark | None = None) -> Cases:
    """What waits within the actor's reach; whose clock has run out, or runs out first, stands first."""
    asked = _after(_asked(actor), "due", _REQUEST, after)
    erasures = _after(_erasures(actor).annotate(due=F("not_before")), "not_before", _ERASURE, after)
    both = asked.union(erasures, all=True).order_by("due", "sort", "pk")
    marks = [Mark(*row) for row in both[: PER_PAGE + 1]]
    page = marks[:PER_PAGE]
    rows = {
        _REQUEST: _by_id(DataRequest.objects.all(), page, _REQUEST),
        _ERASURE: _by_id(ErasureRequest.objects.all(), page, _ERASURE),
    }
    cases = [Case(rows[mark.sort][mark.id], mark.sort == _ERASURE, mark.due) for mark in page]
    return Cases(cases, page[-1] if len(marks) > PER_PAGE else None)


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose request it is, in words; `what` is a member number, or that it is an account."""

    name: str
    what: str


def askers_of(rows: Iterable[DataRequest | ErasureRequest]) -> dict[tuple[int | None, int | None], Asker]:
    """Who asked, by member and account, in one query for all accounts. Public: behind requests that were found before."""
    asked = list(rows)
    accounts = user_names({one.user_id for one in asked if one.user_id is not None})
    return {
        (one.member_id, one.user_id): Asker(one.member.name, one.member.number)
        if one.member is not None
        else Asker(accounts.get(one.user_id or 0, _("Data dihapus")), _("pemilik akun"))
        for one in asked
    }


def answered_lately(actor: Actor, before: int | None = None) -> tuple[list[DataRequest], int | None]:
    """What was answered within the actor's reach, the newest question first, and behind which the next page begins."""
    rows = DataRequest.objects.visible_to(actor, READ).filter(answered_at__isnull=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("member").order_by("-id")[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return page, page[-1].pk if len(found) > PER_PAGE else None


def standing_of_desk(actor: Actor) -> Standing:
    """The figures over the desk, within the actor's reach."""
    now = timezone.now()
    waiting = _asked(actor).aggregate(all=Count("pk"), late=Count("pk", filter=Q(due__lt=now)))
    erasures = _erasures(actor).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(not_before__lt=now - SPARE))
    )
    recent = DataRequest.objects.visible_to(actor, READ)
    recent = recent.filter(answered_at__gte=now - timedelta(days=RECENT_DAYS))
    answered = recent.aggregate(all=Count("pk"), in_time=Count("pk", filter=Q(answered_at__lte=F("due"))))
    return Standing(
        waiting["all"] + erasures["all"],
        waiting["late"] + erasures["late"],
        answered["all"],
        answered["in_time"],
        **_erased_figures(actor, now),
    )


def _erased_figures(actor: Actor, now: datetime) -> dict[str, int]:
    recent = _erased(actor).filter(erased_at__gte=now - timedelta(days=RECENT_DAYS))
    figures: dict[str, int] = recent.aggregate(
        erased=Count("pk"), erased_in_time=Count("pk", filter=Q(erased_at__lte=F("not_before") + SPARE))
    )
    return figures


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure that was carried out: when it was asked for and done, and whether in time. Whose it was nobody can say."""

    asked_at: datetime
    erased_at: datetime
    is_in_time: bool


def erased_lately(actor: Actor) -> list[Erased]:
    """The last that were carried out, the newest first."""
    rows = _erased(actor).order_by("-erased_at", "-id")
    told = rows.values_list("asked_at", "erased_at", "not_before")[:MOST_ERASED]
    return [Erased(asked, done, done <= due + SPARE) for asked, done, due in told if done is not None]


def _erased(actor: Actor) -> QuerySet[ErasureRequest]:
    return ErasureRequest.objects.visible_to(actor, READ).filter(erased_at__isnull=False)


def _asked(actor: Actor) -> QuerySet[DataRequest]:
    return DataRequest.objects.visible_to(actor, READ).waiting()


def _erasures(actor: Actor) -> QuerySet[ErasureRequest]:
    return ErasureRequest.objects.visible_to(actor, READ).waiting()


def _after(rows: QuerySet[Any], clock: str, sort: int, mark: Mark | None) -> Any:
    if mark is not None:
        later = Q(**{f"{clock}__gt": mark.due})
        if sort == mark.sort:
            later |= Q(**{clock: mark.due, "pk__gt": mark.id})
        elif sort > mark.sort:
            later |= Q(**{clock: mark.due})
        rows = rows.filter(later)
    return rows.annotate(sort=Value(sort)).values_list("due", "sort", "pk")


def _by_id(rows: QuerySet[Any], marks: Iterable[Mark], sort: int) -> dict[int, Any]:
    """Of those that the actor's reach gave."""
    wanted = [mark.id for mark in marks if mark.sort == sort]
    return rows.select_related("member").in_bulk(wanted)
