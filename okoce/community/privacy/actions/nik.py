"""Showing a NIK in full: for a written reason, once, so many a day, told to the trail and to the person herself."""

from datetime import datetime, time

from django.db import connection
from django.utils.translation import gettext as _

from okoce.community.members.actions.entry import NIK_PURPOSE
from okoce.community.members.models import Member
from okoce.community.privacy.events import NikUnmasked
from okoce.community.privacy.models import Look
from okoce.community.privacy.offices import grant_towards
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import LookedAt, TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import ZONES, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.shared.keys import decrypt
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

SHORTEST_REASON, LONGEST_REASON = 10, 500


@action(Permission.MEMBERS_UNMASK_NIK)
def unmask_nik(actor: Actor, member: Member, reason: str) -> str:
    """A person's NIK in full, grouped as on her card. She reads who opened it and why.

    Refuses a reason too short to say anything, a record without NIK, and more a day than the term allows.
    """
    why = _written(reason)
    member = Member.objects.locked(member.pk)  # whoever is being erased just now has none any more
    if member.nik_encrypted is None:
        raise Refused(_("NIK orang ini belum tercatat, jadi tidak ada yang bisa dibuka."))
    grant = grant_towards(actor, Permission.MEMBERS_UNMASK_NIK, member.region, member.group_id)
    if actor.user_id is None or grant is None:
        raise NotFound(_("Data itu tidak ada dalam wilayah tugas Anda."))
    _require_within_limit(actor.user_id)
    Look.objects.create(
        member=member,
        user_id=actor.user_id,
        role=grant.role,
        region=grant.scope.region,
        group_id=grant.scope.group_id,
        partner_id=grant.scope.partner_id,
        page=LookedAt.NIK,
        reason=why,
    )
    record(NikUnmasked(member_id=member.pk), subject=member, changes={"note": [None, why]})
    digits = decrypt(NIK_PURPOSE, member.nik_encrypted).decode()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _written(reason: str) -> str:
    cleaned = clean_text(reason, LONGEST_REASON)
    if isinstance(cleaned, Unreadable):
        raise Invalid([FieldError("reason", f"{cleaned.reason} {cleaned.suggestion}".strip())])
    if len(cleaned) < SHORTEST_REASON:
        sentence = _("Tulis untuk apa NIK-nya dibuka, misalnya “mencocokkan SKU dengan kantor PTSP”.")
        raise Invalid([FieldError("reason", sentence)])
    return cleaned


def _require_within_limit(user_id: int) -> None:
    """Two tabs of one officer queue up here, so that the last NIK of the day is opened once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('privacy.nik'), %s)", [user_id])
    today = today_wib()
    most = term(TermCode.NIK_A_DAY, today)
    if Look.objects.unmaskings_of(user_id, datetime.combine(today, time(), ZONES["WIB"])) >= most:
        raise Refused(
            _(
                "Anda sudah membuka %(most)d NIK hari ini, batas untuk satu hari. Lanjutkan besok, atau minta rekan Anda."
            )
            % {"most": most}
        )
