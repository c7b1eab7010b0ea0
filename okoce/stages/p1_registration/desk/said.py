"""What an officer reads after sending one person."""

from dataclasses import dataclass, field
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.members.models import DuplicateCandidate, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.pipeline.queries.duplicates import doubles_waiting
from okoce.stages.p1_registration.contradictions import awaits_review_told
from okoce.stages.p1_registration.desk.actions import Outcome

MOST_DOUBLES = 3


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody who may be the person that was just registered, and where the two are compared."""

    sentence: str
    href: str
    link: str

    @classmethod
    def of(cls, actor: Actor, candidate: DuplicateCandidate, other: Member) -> Self:
        reason = candidate.get_reason_display()
        sentence = _("Mirip dengan %(name)s, %(number)s: %(reason)s. Tanyakan kepada orangnya.") % {
            "name": other.name,
            "number": other.number,
            "reason": reason[:1].lower() + reason[1:],
        }
        may_compare = Permission.MEMBERS_READ_DUPLICATES
        if actor.may(may_compare) and is_reached(candidate, actor, may_compare):
            return cls(sentence, reverse("duplicate_detail", args=[candidate.pk]), _("Bandingkan keduanya"))
        return cls(sentence, reverse("member_detail", args=[other.number]), _("Buka orang itu"))


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence about the person; with a look at the card where it is odd, and at whom she is like."""

    sentence: str
    tone: str = ""
    href: str = ""
    link: str = ""
    warnings: list[str] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)

    @classmethod
    def of(cls, actor: Actor, outcome: Outcome, warnings: list[str]) -> Self:
        member = outcome.member
        if member is None:
            sentence = _(
                "Orang ini sudah terdaftar; datanya tidak terbuka bagi Anda. Tidak ada yang diubah dan tidak ada yang ganda."
            )
            return cls(sentence, "waiting")
        who = {"name": member.name, "number": member.number}
        link = reverse("member_detail", args=[member.number]), _("Buka orangnya")
        if outcome.is_other:
            sentence = _(
                "Isian ini sudah terkirim sebagai %(name)s, %(number)s. Yang Anda ubah sesudahnya belum disimpan: betulkan di"
                " sana."
            )
            return cls(sentence % who, "waiting", *link)
        if not outcome.is_new:
            sentence = _("%(name)s sudah terdaftar dengan nomor %(number)s. Tidak ada yang diubah.")
            sentence %= who
            if outcome.awaits_review:
                sentence = f"{sentence} {awaits_review_told()}"
            return cls(sentence, "waiting", *link)
        found = doubles_waiting(actor, member, MOST_DOUBLES) if outcome.may_be_double else []
        doubles = [Double.of(actor, candidate, other) for candidate, other in found]
        sentence = _("Terdaftar: %(name)s, nomor %(number)s.") % who
        return cls(sentence, "verified", *link, warnings=warnings, doubles=doubles)
