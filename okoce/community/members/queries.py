"""Who is who: one member, a search, who is known already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.contrib.postgres.search import TrigramSimilarity
from django.core import signing
from django.db import connection, transaction
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.db.models.lookups import Exact, GreaterThan, In
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.helping import helpers_of
from okoce.community.members.intake import (
    Known,
    absorbed_by,
    find_known,
    records_of,
    survivors_of,
)
from okoce.community.members.models import Card, Consent, ConsentText, Helper, Member, helping_on
from okoce.community.members.numbers import member_number, record_id_of
from okoce.community.members.policies import reaches
from okoce.community.members.purposes import (
    Aim,
    all_purposes,
    children_among,
    consent_for,
    consents_told,
    is_child,
    may_see_finances,
    purposes_on,
)
from okoce.community.members.reach import (
    REGENCY,
    Way,
    asked_of,
    goes_by_place,
    narrowed,
    reached_by,
    reached_one_by_one,
    regencies_of,
    ways_to,
)
from okoce.community.members.searching import LOOSE, Question, one_slip, read_question
from okoce.community.members.signing_in import may_sign_in
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound

__all__ = [
    "Aim",
    "Known",
    "absorbed_by",
    "all_purposes",
    "asked_of",
    "children_among",
    "consent_for",
    "consents_told",
    "find_known",
    "goes_by_place",
    "helpers_of",
    "is_child",
    "is_within_reach",
    "may_see_finances",
    "member_for",
    "member_named",
    "narrowed",
    "purposes_on",
    "records_of",
    "search_members",
]

MOST_ROWS = 100
FEW_ROWS = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the cursor of the next one."""

    members: list[Member]
    next: str | None


def member_for(actor: Actor, number: str | int, permission: Permission = Permission.MEMBERS_READ) -> Member:
    """The member of a number (in any spelling) or id; NotFound outside the grants that carry the permission, and for a
    mistyped number. A page that does something names what it does: a right held elsewhere does not count here."""
    found = _visible(actor, number if isinstance(number, int) else record_id_of(number), permission)
    if found is None:
        raise _nobody()
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """The member whom a number names today. `merged_from` is the number asked for, where its record went into another."""

    member: Member
    merged_from: str = ""


def member_named(actor: Actor, number: str) -> Named:
    """Like `member_for`, but a record that was merged leads to the surviving one. Only that one's place decides who may see
    it: the other is no more than an older number of the same person."""
    record_id = record_id_of(number)
    found = _visible(actor, record_id)
    if found is not None and found.merged_into_id is None:
        return Named(found)
    survivor_id = survivors_of([record_id]).get(record_id)
    survivor = _visible(actor, survivor_id) if survivor_id != record_id else None
    if survivor is None or record_id is None:
        raise _nobody()
    return Named(survivor, merged_from=member_number(record_id))


def _visible(
    actor: Actor, record_id: int | None, permission: Permission = Permission.MEMBERS_READ
) -> Member | None:
    if record_id is None:
        return None
    rows = Member.objects.visible_to(actor, permission)
    return rows.select_related("business").filter(pk=record_id).first()


def _nobody() -> NotFound:
    return NotFound(_("Anggota dengan nomor itu tidak ada dalam wilayah tugas Anda. Periksa nomornya."))


def is_within_reach(actor: Actor, permission: Permission, region: str, group_id: int | None) -> bool:
    """Whether a person who lives there, in that komunitas, would lie within a grant with the permission."""
    return any(reaches(scope, region, group_id) for scope in actor.scopes_with(permission))


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for. `q`: phone, number, NIK or name; `scope`: a region's code, or `K:<id>` for a komunitas;
    `group_id`: of this komunitas alone; `among` narrows further by conditions of other layers (the pipeline's)."""

    q: str = ""
    scope: str = ""
    group_id: int | None = None
    among: tuple[Q | RawSQL, ...] = ()
    columns: tuple[str, ...] = ()  # a page that shows few reads no others; () all
    cursor: str = ""
    limit: int = FEW_ROWS


def search_members(actor: Actor, search: Search) -> Page:
    """Members in the actor's scope in order of name. A misspelt name is looked for only when nothing begins like it."""
    limit = max(1, min(search.limit, MOST_ROWS))
    question = read_question(search.q)
    if question is not None and question.is_hopeless:
        return Page([], None)
    if question is not None and not question.name:
        rows = _among(reached_by(_ways(actor, search)), search)
        return Page(list(_exactly(rows, question).order_by("name_key", "id")[:limit]), None)
    found = _page(actor, search, question.name if question else "", limit)
    if found.members or search.cursor or question is None:
        return found
    return search_misspelt(actor, search)


def search_misspelt(actor: Actor, search: Search) -> Page:
    """Members whose name is like the one asked for, the likest first: for when nobody's begins with it."""
    question = read_question(search.q)
    if question is None or not question.name:
        return Page([], None)
    limit = max(1, min(search.limit, MOST_ROWS))
    ways = _ways(actor, search)
    rows = _among(reached_by(ways), search)
    return Page(_misspelt(rows, regencies_of(ways), question.name, limit), None)


def _ways(actor: Actor, search: Search) -> list[Way]:
    return ways_to(actor, asked_of(search.scope, search.group_id))


def _among(rows: QuerySet[Member], search: Search) -> QuerySet[Member]:
    for condition in search.among:
        rows = rows.filter(condition)
    return rows.only("name_key", *search.columns) if search.columns else rows


def _exactly(rows: QuerySet[Member], question: Question) -> QuerySet[Member]:
    if question.phone is not None:
        return rows.filter(phone=question.phone)
    if question.record_id is not None:
        # the number of a record that was merged finds the one that speaks for its person today
        return rows.filter(pk__in=survivors_of([question.record_id]).values())
    return rows.filter(nik_hash=question.nik_hash)


def _beginning_with(key: str, way: Way) -> Q:
    """Name keys from the letters on: a range, which the index of each place serves (its collation is C). Somebody's own
    people are so few that they are looked at one by one: said so that no index of names is taken instead, which costs as
    much as there are such names in the nation."""
    if not key:
        return Q()
    if way.place is None:
        return Q(Exact(Left("name_key", len(key)), Value(key)))
    return Q(name_key__gte=key, name_key__lt=key + "\U0010ffff")


def _page(actor: Actor, search: Search, key: str, limit: int) -> Page:
    """The next people in order of name. Each way is walked in its own index, and only as far as the page goes."""
    following = (_after(search.cursor),) if search.cursor else ()
    walks = [
        _in_order(_among(rows.filter(_beginning_with(key, way), *following), search), limit + 1)
        for way, rows in reached_one_by_one(_ways(actor, search))
    ]
    members = list(_in_order(walks[0].union(*walks[1:], all=True), limit + 1) if walks[1:] else chain(*walks))
    has_more = len(members) > limit
    return Page(members[:limit], cursor_at(members[limit - 1].pk) if has_more else None)


def _in_order(rows: QuerySet[Member], limit: int) -> QuerySet[Member]:
    return rows.order_by("name_key", "id")[:limit]


def _after(cursor: str) -> GreaterThan:
    """Behind the last row of the page before; the cursor names the row by its id, so that no name stands in an address."""
    return GreaterThan(_Row("name_key", "id"), _Row(*map(Value, _position(cursor))))


def position_of(actor: Actor, cursor: str) -> tuple[str, int]:
    """Behind which name and record a list goes on; refuses anything that we did not write."""
    del actor  # whoever holds a cursor has seen the person whom it names
    return _position(cursor)


def _position(cursor: str) -> tuple[str, int]:
    last_id = _read_cursor(cursor)
    key = Member.objects.filter(pk=last_id).values_list("name_key", flat=True).first()
    if key is None:
        raise wrong_cursor()
    return key, last_id


class _Row(Func):
    """Two columns compared as one, which an index in that order serves."""

    template = "ROW(%(expressions)s)"
    output_field = TextField()


def cursor_at(member_id: int) -> str:
    """Where a list goes on, signed: nobody can ask how a stranger's name sorts. Public: it says no more than the id."""
    return _signer().sign(str(member_id))


def _read_cursor(cursor: str) -> int:
    """The id in a cursor; refuses anything that we did not write."""
    try:
        return int(_signer().unsign(cursor))
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise wrong_cursor() from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="members.cursor", sep=".")


def wrong_cursor() -> Invalid:
    """Public."""
    sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
    return Invalid([FieldError("cursor", sentence)])


def _misspelt(rows: QuerySet[Member], regencies: list[str], key: str, limit: int) -> list[Member]:
    """Names like this one, the likest first. Within a kabupaten, where one slip explains nothing, less like ones too: in a
    wider area that would cost more than it finds."""
    if not regencies:
        return _alike(rows, key, one_slip(key), limit)
    # the index of misspelt names begins with the kabupaten
    near = rows.filter(In(Left("region", REGENCY), regencies))
    return _alike(near, key, one_slip(key), limit) or _alike(near, key, LOOSE, limit)


def _alike(rows: QuerySet[Member], key: str, threshold: float, limit: int) -> list[Member]:
    likeness = TrigramSimilarity("name_key", key)
    found = rows.filter(name_key__trigram_similar=key).annotate(likeness=likeness)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [f"{threshold:.2f}"])
        return list(found.order_by("-likeness", "name_key", "id")[:limit])


def has_real_members() -> bool:
    """True when anybody stands here who is not synthetic. Public: it names nobody."""
    return Member.objects.filter(is_synthetic=False).exists()


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody is asked to agree to, in the language of the reader."""

    purpose: str
    version: str
    text: str
    detail: str


def consent_wordings(day: date) -> dict[str, Wording]:
    """The words of every purpose in the version in force on a day. Public."""
    texts = list(ConsentText.objects.filter(from_on__lte=day).order_by("-from_on", "-version", "id"))
    is_english = get_language() == "en"
    return {
        one.purpose: Wording(
            one.purpose,
            one.version,
            one.text_en if is_english else one.text,
            one.detail_en if is_english else one.detail,
        )
        for one in texts
        if one.version == texts[0].version
    }


def members_among(actor: Actor, ids: Sequence[int], permission: Permission) -> list[Member]:
    """Those of these records that stand for somebody and lie within a grant with the permission, in order of name."""
    rows = Member.objects.counted().visible_to(actor, permission).filter(pk__in=list(ids))
    return list(rows.order_by("name_key", "id"))


def helpers_now(actor: Actor, member: Member) -> list[Helper]:
    """Who helps a member today, the longest first."""
    rows = Helper.objects.visible_to(actor, Permission.MEMBERS_READ).filter(helping_on(today_wib()))
    return list(rows.filter(member=member).order_by("from_on", "pk"))


def helper_for(actor: Actor, member: Member, helper_id: int) -> Helper:
    """One of those who help a member."""
    rows = Helper.objects.visible_to(actor, Permission.MEMBERS_ASSIGN_HELPER)
    found = rows.filter(pk=helper_id, member=member).first()
    if found is None:
        raise NotFound(_("Orang itu tidak membantu anggota ini. Muat ulang halaman."))
    return found


def members_by_id(actor: Actor, ids: Sequence[int], permission: Permission) -> dict[int, Member]:
    """Those of these records within a grant with the permission, each with her business, by id."""
    rows = Member.objects.counted().visible_to(actor, permission).select_related("business")
    return rows.in_bulk(list(ids))


def valid_cards(member_id: int) -> list[Card]:
    """Cards by which a person is verified today, also those of records that were merged into hers. Public: asked about somebody
    whom the caller has reached already."""
    people = [member_id, *absorbed_by(member_id)]
    return list(Card.objects.filter(member_id__in=people, revoked_at__isnull=True).order_by("pk"))


def is_consent_version(version: str) -> bool:
    """Whether there is, or was, such a version of the words. Public."""
    return ConsentText.objects.filter(version=version, purpose=ConsentPurpose.PROGRAMME).exists()


def members_of_phone(phone: str) -> list[Member]:
    """Whoever may sign in with this phone (E.164). Public: asked when a code has proven the phone, to show first names and
    initials only."""
    return list(may_sign_in().filter(phone=phone).order_by("name_key", "id")[:MOST_ROWS])


@dataclass(frozen=True, slots=True)
class MemberContact:
    """How a member is reached, where she lives, and whether she allows it."""

    name: str
    phone: str | None
    email: str
    region: str
    allows_contact: bool


def contacts_of(member_ids: Collection[int], *, with_synthetic: bool) -> dict[int, MemberContact]:
    """How these members are reached, two queries for however many; one who was merged by the record that speaks for her, one
    who has gone or was erased not at all. Public: asked by the house, which writes to them."""
    speaks = {one: speaker for one, speaker in survivors_of(list(member_ids)).items() if one is not None}
    rows = Member.objects.filter(pk__in=set(speaks.values()), left_on__isnull=True, erased_at__isnull=True)
    if not with_synthetic:
        rows = rows.filter(is_synthetic=False)
    allowed = Consent.objects.filter(
        member_id=OuterRef("pk"), purpose=ConsentPurpose.CONTACT, withdrawn_on__isnull=True
    )
    columns = ("pk", "name", "phone", "email", "region", "is_restricted")
    told = {
        # whoever restricted what her data is used for is written to nowhere but on her own page
        pk: MemberContact(name, phone, email, region, allows and not is_restricted)
        for pk, name, phone, email, region, is_restricted, allows in rows.values_list(
            *columns, Exists(allowed)
        )
    }
    return {asked: told[speaker] for asked, speaker in speaks.items() if speaker in told}
