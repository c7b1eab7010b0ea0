"""Who is who: one member, who is known already, whom a search finds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.asking import MOST_ROWS, Search
from okoce.community.members.cursors import cursor_at, position_of, wrong_cursor
from okoce.community.members.finding import Page, ids_named, search_members, search_misspelt
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
from okoce.community.members.reach import asked_of, goes_by_place, narrowed
from okoce.community.members.signing_in import may_sign_in
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory.states import LENGTH_OF, Level

__all__ = [
    "MOST_ROWS",
    "Aim",
    "Known",
    "Page",
    "Search",
    "absorbed_by",
    "all_purposes",
    "asked_of",
    "children_among",
    "consent_for",
    "consents_told",
    "cursor_at",
    "find_known",
    "goes_by_place",
    "helpers_of",
    "ids_named",
    "is_child",
    "is_within_reach",
    "may_see_finances",
    "member_for",
    "member_named",
    "narrowed",
    "position_of",
    "purposes_on",
    "records_of",
    "search_members",
    "search_misspelt",
    "wrong_cursor",
]


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


def has_real_members() -> bool:
    """True when anybody stands here who is not synthetic. Public: it names nobody."""
    return Member.objects.filter(is_synthetic=False).exists()


def has_synthetic_members(region: str = "", group_id: int | None = None) -> bool:
    """True when examples are among the people of a territory ("" the nation) or a komunitas. Public: it names nobody."""
    examples = Member.objects.filter(is_synthetic=True, merged_into__isnull=True)
    if group_id is not None:
        return examples.filter(group_id=group_id).exists()
    if len(region) == LENGTH_OF[Level.DISTRICT]:
        examples = examples.filter(region=region)
    elif region:
        examples = examples.filter(region__startswith=f"{region}.")
    # in the order of their index: whoever looks for just any one reads the table to where the region begins
    return bool(examples.order_by("region").values_list("pk")[:1])


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


def has_left(member_id: int) -> bool:
    """Whether a member has left the movement: she signs in to her rights, and serves nowhere. Public: asked before somebody serves."""
    return Member.objects.filter(pk=member_id, left_on__isnull=False).exists()


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
