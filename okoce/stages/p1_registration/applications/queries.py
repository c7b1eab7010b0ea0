"""Drafts as their owners and those who may call them see them; the terms of registering."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from okoce.community.groups.models import Group
from okoce.community.groups.naming import bare_name
from okoce.community.groups.queries import group_of_invitation
from okoce.community.groups.states import TAKES_NOBODY
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.codes import BETWEEN
from okoce.foundation.shared.days import day_in, today_wib
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.territory import queries as territory
from okoce.stages.p1_registration.applications.answers import Answers, opened, phone_hash
from okoce.stages.p1_registration.models import RegistrationDraft, RegistrationTerm
from okoce.stages.p1_registration.states import DraftStep

PER_PAGE = 50
MOST_BEGINNINGS = 5
ADULT_AGE, DRAFT_DAYS = "adult_age", "draft_days"
SURELY_ADULT = 25  # whoever is older is of age under any term, so that it need not be asked for


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, read: where it stands, and what was told."""

    id: int
    step: DraftStep
    answers: Answers
    group_id: int | None
    is_verified: bool
    verified_since: datetime | None
    may_be_called: bool
    saved_at: datetime
    member_id: int | None
    has_made_member: bool

    @property
    def is_done(self) -> bool:
        return self.member_id is not None


def term(code: str, day: date) -> int:
    """The value of a term on a day; before the first one, as on an old paper, the first. Public."""
    values = RegistrationTerm.objects.filter(code=code).values_list("value", flat=True)
    value = values.filter(from_on__lte=day).order_by("-from_on").first()
    if value is None:
        value = values.order_by("from_on").first()
    if value is None:
        raise LookupError(f"no term {code}")
    return value


def needs_guardian(birth_on: date | None, region: str, on: date | None = None) -> bool:
    """Whether somebody is under age where she lives, today or on the day of a paper: then a guardian must consent too. Public."""
    if birth_on is None:
        return False
    day = on or day_in(territory.zone_of(region))
    years = _years(birth_on, day)
    return years < SURELY_ADULT and years < term(ADULT_AGE, day)


@dataclass(frozen=True, slots=True)
class AdultAges:
    """At what age one answers for oneself, newest term first: for files of many people, whose days differ."""

    terms: tuple[tuple[date, int], ...] = ()

    def is_minor(self, birth_on: date | None, day: date) -> bool:
        """Whether somebody born then is under age on a day; before the first term that one holds."""
        if birth_on is None or not self.terms:
            return False
        held = (age for since, age in self.terms if since <= day)
        return _years(birth_on, day) < next(held, self.terms[-1][1])


def adult_ages() -> AdultAges:
    """Every term of being of age. Public."""
    terms = RegistrationTerm.objects.filter(code=ADULT_AGE).order_by("-from_on")
    return AdultAges(tuple(terms.values_list("from_on", "value")))


def guardian_proven_at(draft: Draft, phone: str) -> datetime | None:
    """Since when a guardian's phone (in any spelling) is proven by a code: her own, or the one that the draft began with.
    Public: asks nothing of the records."""
    read = parse_phone(phone)
    if read == draft.answers.phone:
        return draft.verified_since
    is_proven = read == draft.answers.guardian_phone and draft.answers.guardian_proven_at
    return datetime.fromisoformat(draft.answers.guardian_proven_at) if is_proven else None


def _years(birth_on: date, day: date) -> int:
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def oldest_kept() -> datetime:
    """Drafts last saved before this are gone. Public."""
    return timezone.now() - timedelta(days=term(DRAFT_DAYS, today_wib()))


def draft_for(actor: Actor, draft_id: int) -> Draft | None:
    """The draft to which somebody holds the cookie; None where there is none any more."""
    found = RegistrationDraft.objects.visible_to(actor, Permission.MEMBERS_REGISTER).filter(
        pk=draft_id, updated_at__gte=oldest_kept()
    )
    row = found.first()
    return read_draft(row) if row is not None else None


def has_begun_often(phone: str) -> bool:
    """Whether drafts of this telephone pile up on the one code that it just got. Public: says nothing of anybody."""
    lately = timezone.now() - BETWEEN
    waiting = RegistrationDraft.objects.filter(
        phone_hash=phone_hash(phone), step=DraftStep.CODE, created_at__gte=lately
    )
    return waiting.count() >= MOST_BEGINNINGS


def earlier_draft(actor: Actor, phone: str, besides: int) -> Draft | None:
    """The latest unfinished draft of a telephone, in which a name stands: on another device, or by somebody of the family."""
    rows = (
        RegistrationDraft.objects.unfinished()
        .visible_to(actor, Permission.MEMBERS_REGISTER)
        .filter(phone_hash=phone_hash(phone), updated_at__gte=oldest_kept())
        .exclude(pk=besides)
        .exclude(step=DraftStep.PERSON)
    )
    row = rows.order_by("-updated_at", "-id").first()
    return read_draft(row) if row is not None else None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One page of those who may be called, and where the next page begins."""

    drafts: list[Draft]
    next: int | None


def unfinished_in(actor: Actor, before: int | None = None) -> Unfinished:
    """Who began to register, agreed to be called, and has not finished: of the actor's komunitas or kecamatan, newest first."""
    rows = (
        RegistrationDraft.objects.unfinished()
        .callable()
        .visible_to(actor, Permission.MEMBERS_READ_UNFINISHED)
        .filter(updated_at__gte=oldest_kept())
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: PER_PAGE + 1])
    drafts = [read_draft(row) for row in found[:PER_PAGE]]
    return Unfinished(drafts, drafts[-1].id if len(found) > PER_PAGE else None)


def read_draft(row: RegistrationDraft) -> Draft:
    """A row, read. Public."""
    answers = opened(row.answers) if row.member_id is None else Answers(phone="")
    return Draft(
        id=row.pk,
        step=DraftStep(row.step),
        answers=answers,
        group_id=row.group_id,
        is_verified=row.verified_since is not None,
        verified_since=row.verified_since,
        may_be_called=row.callable_since is not None,
        saved_at=row.updated_at,
        member_id=row.member_id,
        has_made_member=row.has_made_member,
    )


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link with a komunitas leads to: the one that takes members, or why it takes none now. A link that names none that is
    known is a link all the same."""

    group: Group | None = None
    sentence: str = ""


def group_of_link(text: str) -> Invited:
    """The komunitas of a link: its id, code or name. Public."""
    named = group_of_invitation(text)
    why_not = TAKES_NOBODY.get(named.state) if named is not None else None
    if named is None or why_not is None:
        return Invited(named)
    return Invited(None, why_not % {"name": bare_name(named.name)})
