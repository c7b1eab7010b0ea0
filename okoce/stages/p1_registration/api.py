"""The list of members and the registration of one, as JSON."""

import re

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Query, Router

from okoce.community.groups.queries import group_names
from okoce.community.members.nik import nik_warnings, parse_nik
from okoce.community.members.queries import may_see_finances
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request
from okoce.foundation.api.answers import reply
from okoce.foundation.api.auth import TokenAuth
from okoce.foundation.api.idempotency import REPEATABLE, idempotent
from okoce.foundation.api.shell import READING, WRITING, answers
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.queries import find_region
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.pipeline.queries.people import Wanted, note_furthest_stage, people_unplaced, search_members
from okoce.pipeline.schemas import MemberLine, MemberOut, MembersAsked, MembersPage
from okoce.pipeline.states import Stage
from okoce.stages.p1_registration.actions import Registration, register_member
from okoce.stages.p1_registration.applications.queries import needs_guardian
from okoce.stages.p1_registration.contradictions import awaits_review_told
from okoce.stages.p1_registration.schemas import SPELLINGS_IN_WORDS, KnownOut, MemberIn, RegisteredOut
from okoce.stages.p1_registration.telling import Read, read_member, under_sent_names

router = Router(tags=["members"])

KOMUNITAS = re.compile(r"K:[1-9][0-9]{0,17}")


@router.get(
    "",
    auth=TokenAuth(Permission.MEMBERS_READ),
    response=answers({200: MembersPage}, *READING),
    summary="List of members",
    description=(
        "Members within the caller's scope by name, or the longest waiting first; narrowed with `q`, `scope`, `stage`, `stuck`,"
        " `entry` and `least_days`. Follow `next` until it is null to read all of them; where `similar` is true, nobody has the"
        " name that was asked for, and there is no next page."
    ),
)
def list_members(request: Request, asked: Query[MembersAsked]) -> HttpResponse:
    wanted = Wanted(**{**asked.model_dump(), "scope": _scope(asked.scope)})
    page = search_members(request.actor, wanted)
    names = group_names(member.group_id for member in page.members if member.group_id is not None)
    items = [
        MemberLine.of(member, names.get(member.group_id or 0, ""), member.furthest_stage)  # type: ignore[attr-defined]  # noted by the query
        for member in page.members
    ]
    told = MembersPage(items=items, next=page.next, is_behind=people_unplaced(), similar=page.is_similar)
    return reply(told)


def _scope(written: str) -> str:
    """A region down to kecamatan (its code dotted or not), or a komunitas; refuses what is neither."""
    if not written or KOMUNITAS.fullmatch(written):
        return written
    code = read_code(written).code
    if not code or len(code) > LENGTH_OF[Level.DISTRICT] or find_region(code) is None:
        sentence = _(
            "Wilayah ini tidak dikenal. Pakai kode provinsi, kabupaten/kota atau kecamatan, misalnya 31.71."
        )
        raise Invalid([FieldError("scope", sentence)])
    return code


@router.post(
    "",
    auth=TokenAuth(Permission.MEMBERS_REGISTER),
    response=answers({200: KnownOut, 201: RegisteredOut}, *WRITING),
    summary="Register a member",
    description=(
        "One call registers one person in full, with the consent that the officer witnessed. 201: registered. 200: the person"
        " is known already (same NIK, or same phone and name); the record is not changed (what contradicts it goes to the"
        " review queue), and is shown only to a caller who may see it. 422: one entry per wrong field.\n\n"
        "Residence: `region` (code of a kecamatan), or `province`, `regency`, `district` by name; a name that could mean several"
        ' places is refused with the list of them. `consent: true` is short for `{"witnessed": true}`.\n\n'
        f"Other field names that are accepted: {SPELLINGS_IN_WORDS}. `persetujuan_tanggal` and `consent_on` mean that the"
        " officer witnessed the consent on that day.\n\n"
        "Somebody under age is registered, but her consent alone does not count: `consent_on` stays null, and `notes` says that"
        " her guardian's consent is missing.\n\n"
        "A NIK is sixteen digits. Whatever else is odd about it is no reason to refuse it, and stands in `notes`: digits 7 to 12"
        " that are no day, a birth date or a sex other than those told, first digits that are no kecamatan."
    ),
    openapi_extra=REPEATABLE,
)
@idempotent("members.register")
def register(request: Request, told: MemberIn = Body()) -> tuple[int, RegisteredOut | KnownOut]:
    read = read_member(told)
    new = read.new
    is_minor = needs_guardian(new.birth_on, new.region, new.consent_on)
    try:
        registration = register_member(request.actor, new, awaits_guardian=is_minor)
    except Invalid as error:
        raise under_sent_names(told, error) from error
    if not registration.is_new:
        return 200, _known(request.actor, registration)
    read.notes += [one.sentence for one in nik_warnings(parse_nik(new.nik), new.birth_on, new.sex)]
    if is_minor:
        read.notes.append(_guardian_missing())
    return 201, _registered(registration, read)


def _guardian_missing() -> str:
    return _(
        "Orang ini belum dewasa. Ia terdaftar, tetapi persetujuannya belum dihitung: tidak dikirimi pesan dan tidak dibagikan."
        " Minta ia membuka /daftar dengan nomor HP yang sama, bersama orang tua atau walinya."
    )


def _registered(registration: Registration, read: Read) -> RegisteredOut:
    member = registration.member
    if member is None:
        raise RuntimeError("a new member is always told")
    group_name = read.group.name if read.group else ""
    line = MemberOut.of(member, group_name, Stage.P1_REGISTRATION, with_finances=True)
    return RegisteredOut(**dict(line), notes=read.notes)


def _known(actor: Actor, registration: Registration) -> KnownOut:
    """Only what the caller may see anyway."""
    member = registration.member
    if member is None:
        detail = _("Orang ini sudah dikenal. Tidak ada yang diubah.")
        return KnownOut(number=None, detail=detail, member=None)
    note_furthest_stage([member])
    group_name = (
        group_names([member.group_id]).get(member.group_id, "") if member.group_id is not None else ""
    )
    shown = MemberOut.of(
        member,
        group_name,
        member.furthest_stage,  # type: ignore[attr-defined]  # noted just now
        with_finances=may_see_finances(actor, member),
    )
    detail = _("Orang ini sudah terdaftar dengan nomor %s. Tidak ada yang diubah.") % member.number
    if registration.awaits_review:
        detail = f"{detail} {awaits_review_told()}"
    return KnownOut(number=member.number, detail=detail, member=shown)
