"""Partners are offices and companies; who speaks for one, and acts for it, is a person."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.names import name_key
from okoce.community.organisations.addressees import forget_addressees, names_applicants
from okoce.community.organisations.limits import contacts_kept_for, ended_contacts_kept_for, unfinished_for
from okoce.community.partners.forgetting import contacts_over, ended_contacts_over, unfinished
from okoce.community.partners.models import Contact, Proposal
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.states import OPEN, ReferralState
from okoce.community.partners.telling import NOBODY
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_forgotten, not_told, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps

may_name("partners.Partner", "state_reason", "offer")
may_name("partners.Agreement", "subject", "ended_reason")
may_name("partners.Obligation", "text")
may_name("partners.Proposal", "contact_duty", "answer")
may_name("partners.Contact", "duty")
may_name("partners.Referral", "need", "reason", "note")

NO_WORDS = "-"
HOUSE_ID = 0  # nobody of the office: the house itself

not_told("partners.Partner", "the name of an office or a company")
not_forgotten("partners.Partner", "the name of an office or a company")


@names_applicants
def _(phones: Collection[str]) -> Iterable[str]:
    applied = Proposal.objects.filter(contact_phone__in=phones, phone_proven_since__isnull=False)
    return applied.values_list("contact_phone", flat=True)


@tells("acted_for", "partners.Contact")
def _(person: Person) -> object:
    return told_rows(Contact.objects.filter(user_id__in=person.user_ids))


@forgets("partners.Contact")
def _(person: Person) -> None:
    """What she was there goes; that somebody acted for it, and when, stays."""
    hers = Contact.objects.filter(user_id__in=person.user_ids).exclude(duty="")
    hers.update(duty="", updated_at=timezone.now())


@tells("spoke_for", "partners.Proposal")
def _(person: Person) -> object:
    return told_rows(Proposal.objects.filter(pk__in=_spoken_by(person)))


@forgets("partners.Proposal")
def _(person: Person) -> None:
    """That somebody spoke for it, and when, stays."""
    Proposal.objects.filter(pk__in=_spoken_by(person)).update(**NOBODY, updated_at=timezone.now())
    forget_addressees(person.phones)


def _spoken_by(person: Person) -> list[int]:
    """By her account, or under her number and name: a telephone alone may be another's of the office."""
    hers = Q(contact_user_id__in=person.user_ids) | Q(contact_phone__in=person.phones)
    names = {name_key(name) for name in person.names}
    found = Proposal.objects.filter(hers).values_list("pk", "contact_user_id", "contact_name")
    return [pk for pk, user, name in found if user in person.user_ids or name_key(name) in names]


@tells("referrals", "partners.Referral")
def _(person: Person) -> object:
    rows = Referral.objects.filter(member_id__in=person.member_ids)
    return told_rows(rows, without=("sent_by", "answered_by", "closed_by"))


@forgets("partners.Referral")
def _(person: Person) -> None:
    """What she needed and why it came to nothing goes; nobody waits for her any more. That there was one stays."""
    hers, now = Referral.objects.filter(member_id__in=person.member_ids), timezone.now()
    hers.filter(state__in=OPEN).update(
        state=ReferralState.WITHDRAWN,
        closed_at=now,
        closed_by=HOUSE_ID,
        due_on=None,
        escalated_since=None,
        reason=NO_WORDS,
        updated_at=now,
    )
    hers.update(need=NO_WORDS, updated_at=now)
    hers.exclude(reason="").update(reason=NO_WORDS)
    hers.exclude(note="").update(note=NO_WORDS)


for _rule in (
    Rule(
        code="partners.contacts",
        table="partners.Proposal",
        what=_lazy("Kontak mitra yang pengajuannya ditolak, ditarik, atau berakhir"),
        kept_for=contacts_kept_for,
        is_dated=True,
        job="partners.forget_applicants",
        over=contacts_over,
        is_part=True,
    ),
    Rule(
        code="partners.ended_contacts",
        table="partners.Proposal",
        what=_lazy("Kontak mitra yang kemitraannya sudah berakhir"),
        kept_for=ended_contacts_kept_for,
        is_dated=True,
        job="partners.forget_applicants",
        over=ended_contacts_over,
        is_part=True,
    ),
    Rule(
        code="partners.unfinished",
        table="partners.Proposal",
        what=_lazy("Pengajuan mitra yang menunggu dilengkapi, sebelum berakhir"),
        kept_for=unfinished_for,
        is_dated=True,
        job="partners.forget_applicants",
        over=unfinished,
        is_part=True,
    ),
):
    keeps(_rule)
