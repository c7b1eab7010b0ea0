"""Who is who: one member, a search, who is known already."""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.core import signing
from django.db import connection, transaction
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left
from django.db.models.lookups import GreaterThan, In
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.intake import Known, find_known, survivors_of
from okoce.community.members.models import ConsentText, Member
from okoce.community.members.numbers import member_number, record_id_of
from okoce.community.members.policies import member_rows, reaches
from okoce.community.members.searching import LOOSE, Question, one_slip, read_question
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope, region_within
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound

__all__ = ["Known", "find_known", "is_within_reach", "member_for", "member_named", "search_members"]

LONGEST_ID = 19  # digits
MOST_ROWS = 100
FEW_ROWS = 50
REGENCY = 5  # letters of its code


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
    """What is looked for. `q`: phone, number, NIK or name; `scope`: a region's code, or `K:<id>` for a komunitas; `among`
    narrows further by a queryset of member ids (the pipeline's stage and standstill)."""

    q: str = ""
    scope: str = ""
    among: tuple[Q, ...] = ()
    cursor: str = ""
    limit: int = FEW_ROWS


def search_members(actor: Actor, search: Search) -> Page:
    """Members in the actor's scope in order of name. A misspelt name is looked for only when nothing begins like it."""
    limit = max(1, min(search.limit, MOST_ROWS))
    scopes = _scopes(actor, search.scope)
    rows = _reach(actor, search.scope, scopes)
    for condition in search.among:
        rows = rows.filter(condition)
    question = read_question(search.q)
    if question is None:
        return _page(rows, search.cursor, limit)
    if question.is_hopeless:
        return Page([], None)
    if not question.name:
        return Page(list(_exactly(rows, question).order_by("name_key", "id")[:limit]), None)
    found = _page(rows.filter(_beginning_with(question.name)), search.cursor, limit)
    if found.members or search.cursor:
        return found
    return Page(_misspelt(rows, scopes, question.name, limit), None)


def _scopes(actor: Actor, scope: str) -> list[Scope] | None:
    """What the actor's grants reach of what was asked; None where a grant goes by other things than region and komunitas."""
    held = list(actor.scopes_with(Permission.MEMBERS_READ))
    asked = _asked(scope)
    narrowed = [_narrowed(grant, asked) if asked else grant for grant in held]
    if any(both is None or not _goes_by_place(both) for both in narrowed):
        return None
    return [both for both in narrowed if both is not None and not both.is_empty]


def _reach(actor: Actor, scope: str, scopes: list[Scope] | None) -> QuerySet[Member]:
    """Persons the actor may read, within what was asked."""
    counted = Member.objects.counted()
    asked = _asked(scope)
    if asked is None:
        return counted.visible_to(actor, Permission.MEMBERS_READ)
    if scopes is None:
        return counted.visible_to(actor, Permission.MEMBERS_READ).filter(member_rows(asked))
    if any(both.everywhere for both in scopes):
        return counted
    return counted.filter(reduce(or_, map(member_rows, scopes))) if scopes else counted.none()


def _regencies(scopes: list[Scope] | None) -> list[str]:
    """The kabupaten and kota in which all scopes lie; none where a scope is wider than that."""
    regions = {scope.region for scope in scopes or ()}
    return (
        []
        if any(len(region) < REGENCY for region in regions)
        else sorted({region[:REGENCY] for region in regions})
    )


def _goes_by_place(scope: Scope) -> bool:
    return scope.partner_id is None and scope.helper_user_id is None and scope.member_id is None


def _asked(scope: str) -> Scope | None:
    """A region's code or `K:<id>` as a scope; empty where it is neither, None where nothing was asked."""
    if not scope:
        return None
    if not scope.startswith("K:"):
        return Scope(region=scope) if "\x00" not in scope else Scope()
    digits = scope[2:]
    is_id = digits.isascii() and digits.isdigit() and len(digits) < LONGEST_ID
    return Scope(group_id=int(digits)) if is_id else Scope()


def _narrowed(held: Scope, asked: Scope) -> Scope | None:
    """The narrower of two, so that one region stands in the question; empty where they do not meet."""
    if held.everywhere or asked.is_empty:
        return asked
    if not _goes_by_place(held):
        return None
    if asked.group_id is not None:
        return replace(held, group_id=asked.group_id) if held.group_id in (None, asked.group_id) else Scope()
    if not held.region or region_within(asked.region, held.region):
        return replace(held, region=asked.region)
    return held if region_within(held.region, asked.region) else Scope()


def _exactly(rows: QuerySet[Member], question: Question) -> QuerySet[Member]:
    if question.phone is not None:
        return rows.filter(phone=question.phone)
    if question.record_id is not None:
        # the number of a record that was merged finds the one that speaks for its person today
        return rows.filter(pk__in=survivors_of([question.record_id]).values())
    return rows.filter(nik_hash=question.nik_hash)


def _beginning_with(key: str) -> Q:
    """Name keys from the letters on: a range, which the ordinary index serves (its collation is C)."""
    return Q(name_key__gte=key, name_key__lt=key + "\U0010ffff")


def _page(rows: QuerySet[Member], cursor: str, limit: int) -> Page:
    ordered = rows.order_by("name_key", "id")
    if cursor:
        ordered = ordered.filter(_after(cursor))
    members = list(ordered[: limit + 1])
    has_more = len(members) > limit
    return Page(members[:limit], _cursor_at(members[limit - 1].pk) if has_more else None)


def _after(cursor: str) -> GreaterThan:
    """Behind the last row of the page before; the cursor names the row by its id, so that no name stands in an address."""
    last_id = _read_cursor(cursor)
    key = Member.objects.filter(pk=last_id).values_list("name_key", flat=True).first()
    if key is None:
        raise _wrong_cursor()
    return GreaterThan(_Row("name_key", "id"), _Row(Value(key), Value(last_id)))


class _Row(Func):
    """Two columns compared as one, which an index in that order serves."""

    template = "ROW(%(expressions)s)"
    output_field = TextField()


def _cursor_at(member_id: int) -> str:
    """Where a list goes on, signed: nobody can ask how a stranger's name sorts."""
    return _signer().sign(str(member_id))


def _read_cursor(cursor: str) -> int:
    """The id in a cursor; refuses anything that we did not write."""
    try:
        return int(_signer().unsign(cursor))
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise _wrong_cursor() from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="members.cursor", sep=".")


def _wrong_cursor() -> Invalid:
    sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
    return Invalid([FieldError("cursor", sentence)])


def _misspelt(rows: QuerySet[Member], scopes: list[Scope] | None, key: str, limit: int) -> list[Member]:
    """Names like this one, the likest first. Within a kabupaten, where one slip explains nothing, less like ones too: in a
    wider area that would cost more than it finds."""
    regencies = _regencies(scopes)
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


MOST_OF_ONE_PHONE = 100


def members_of_phone(phone: str) -> list[Member]:
    """Whoever may sign in with this phone (E.164): not merged away, not gone, not erased. Public: sign-in asks it when a code
    has proven the phone, and shows first names and initials only."""
    return list(_may_sign_in().filter(phone=phone).order_by("name_key", "id")[:MOST_OF_ONE_PHONE])


def member_who_may_sign_in(member_id: int) -> Member | None:
    """The same for one member. Public for the same reason."""
    return _may_sign_in().filter(pk=member_id).first()


def _may_sign_in() -> QuerySet[Member]:
    return (
        Member.objects.counted()
        .filter(left_on__isnull=True, erased_at__isnull=True)
        .only("id", "number", "name", "phone", "region")
    )


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


def is_consent_version(version: str) -> bool:
    """Whether there is, or was, such a version of the words. Public."""
    return ConsentText.objects.filter(version=version, purpose=ConsentPurpose.PROGRAMME).exists()
