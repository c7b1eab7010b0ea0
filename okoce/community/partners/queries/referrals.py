"""Questions about referrals: those that an office sees, what waits for it, where somebody may be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.members.numbers import record_id_of
from okoce.community.members.queries import member_for
from okoce.community.partners.acting import acts_for_movement, names_of, own_partner_ids, watched_rows
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.serving import serving_in
from okoce.community.partners.referral_models import Referral, ReferralText
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import PartnerState, ReferralState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in, today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet

PER_PAGE = 50
LATE = "lewat"  # of a choice of states: open and overdue
MOVEMENT = "0"  # of a choice of senders: no mitra has it


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One page of a list; how many referrals and how many people all pages hold."""

    referrals: list[Referral]
    has_more: bool
    count: int
    people: int


def referral_for(
    actor: Actor, referral_id: int, permission: Permission = Permission.REFERRALS_READ
) -> Referral:
    """A referral that the actor may see."""
    rows = Referral.objects.visible_to(actor, permission).filter(pk=referral_id)
    found = rows.select_related("member", "from_partner", "to_partner", "consent_text").first()
    if found is None:
        raise NotFound(_("Rujukan itu tidak ada pada kantor Anda."))
    return found


def list_referrals(actor: Actor, state: str, page: int) -> ReferralPage:
    """The referrals that the actor may see, in a state or those that are overdue, what is overdue for longest first. Whoever is
    referred twice is one person."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_READ)
    if state == LATE:
        rows = rows.overdue(today_wib())
    elif state in ReferralState.values:
        rows = rows.filter(state=state)
    told = rows.aggregate(count=Count("pk"), people=Count("member_id", distinct=True))
    first = page * PER_PAGE
    found = list(
        rows.select_related("member", "from_partner", "to_partner").soonest_due_first()[
            first : first + PER_PAGE + 1
        ]
    )
    return ReferralPage(found[:PER_PAGE], len(found) > PER_PAGE, told["count"], told["people"])


def referrals_by_state(actor: Actor) -> dict[str, int]:
    """How many referrals the actor may see, by state; a state that none has is missing."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_READ).order_by()
    return dict(rows.values_list("state").annotate(Count("id")))


def referrals_overdue(actor: Actor) -> int:
    """How many of those that the actor may see are open and overdue."""
    return Referral.objects.visible_to(actor, Permission.REFERRALS_READ).overdue(today_wib()).count()


def referrals_waiting(actor: Actor) -> ScopedQuerySet[Referral]:
    """What waits for the actor: her answer, and an outcome that is overdue; not what she has sent herself."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_HANDLE).open()
    rows = rows.filter(Q(state=ReferralState.SENT) | Q(due_on__lt=today_wib()))
    hers = Q(to_partner_id__in=own_partner_ids(actor)) | watched_rows(actor, Permission.REFERRALS_HANDLE)
    return rows.filter(hers)


def referrals_waiting_for(actor: Actor, partner: Partner, most: int) -> tuple[int, list[Referral]]:
    """How many wait for a mitra's answer or are overdue there, and those that are due first."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_HANDLE).open().filter(to_partner=partner)
    waiting = rows.filter(Q(state=ReferralState.SENT) | Q(due_on__lt=today_wib()))
    return waiting.count(), list(waiting.soonest_due_first()[:most])


def referrals_of(actor: Actor, member: Member) -> list[Referral]:
    """Where somebody was sent, as far as the actor may see it, the latest first; for which she took her consent back, for herself
    alone."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_READ).filter(member=member)
    if not actor.owns(member.pk):
        rows = rows.filter(consent_withdrawn_since__isnull=True)
    related = rows.select_related("from_partner", "to_partner", "consent_text")
    return list(related.order_by("-sent_at", "-id")[:PER_PAGE])


def own_referral(actor: Actor, member: Member, referral_id: int) -> Referral:
    """One of the actor's own, whatever has become of it."""
    rows = Referral.objects.visible_to(actor, Permission.REFERRALS_WITHDRAW_OWN).filter(member=member)
    found = rows.filter(pk=referral_id).select_related("from_partner", "to_partner", "consent_text").first()
    if found is None:
        raise NotFound(_("Rujukan itu tidak ada."))
    return found


def senders_for(actor: Actor, region: str) -> list[tuple[str, str]]:
    """For whom the actor may send somebody who lives there: the movement, and the active partners of her grants, by name."""
    own = Partner.objects.filter(pk__in=own_partner_ids(actor), state=PartnerState.ACTIVE)
    partners = [(str(pk), name) for pk, name in own.order_by("name_key").values_list("pk", "name")]
    movement = [(MOVEMENT, _("Gerakan OK OCE (sekretariat)"))] if acts_for_movement(actor, region) else []
    return [*movement, *partners]


def receivers_for(region: str) -> list[Partner]:
    """The active partners that serve a kecamatan, by name. Public: who serves where is."""
    return [one.partner for one in serving_in(region).values()]


def receivers_to_choose(region: str) -> list[tuple[str, str]]:
    """The same for a form, each with the stages for which it serves there. Public, likewise."""
    told = []
    for pk, one in serving_in(region).items():
        stages = ", ".join(f"P{stage}" for stage in sorted(one.stages_in(region)))
        told.append((str(pk), f"{one.partner.name} ({stages})" if one.says_stages else one.partner.name))
    return told


def stages_served(partner_id: int, region: str) -> frozenset[int]:
    """For which stages a mitra serves a kecamatan now; none where it does not. Public, likewise."""
    found = serving_in(region).get(partner_id)
    return found.stages_in(region) if found is not None else frozenset()


def consent_words(to_name: str) -> tuple[ReferralText, str]:
    """The words that are read to the member today, and which version they are. Public."""
    text = ReferralText.objects.valid_on(today_wib())
    return text, words_of(text, to_name)


def words_of(text: ReferralText, to_name: str) -> str:
    """What was agreed to, word for word. Public."""
    is_english = (get_language() or "id").startswith("en")
    return (text.text_en if is_english else text.text).replace("{to}", to_name)


def person_to_send(actor: Actor, number: str, partner_ids: Iterable[int]) -> Member:
    """Whom the actor may send: somebody whom one of these partners, for which she acts, has in its care by a referral that it
    accepted, else whom she may read; not by an emergency, since a partner would keep reading of her when it is over."""
    cared = Referral.objects.filter(
        state__in=(ReferralState.ACCEPTED, ReferralState.CLOSED),
        to_partner_id__in=own_partner_ids(actor) & set(partner_ids),
        member_id=record_id_of(number) or 0,
    )
    found = cared.select_related("member").first()
    return found.member if found is not None else member_for(actor.outside_emergency(), number)


@dataclass(frozen=True, slots=True)
class Sent:
    """One referral in words, as the page of a person shows it."""

    referral_id: int
    way: str
    stage: str
    sent_on: date
    state: str
    state_words: str


def sent_about(actor: Actor, member: Member) -> list[Sent]:
    """Where somebody was sent, as far as the actor may see it, in words."""
    names = stage_names()
    return [
        Sent(
            referral_id=one.pk,
            way=" → ".join(names_of(one.from_partner, one.to_partner, _("Gerakan OK OCE"))),
            stage=names.get(one.stage, f"P{one.stage}"),
            sent_on=day_in("WIB", one.sent_at),
            state=one.state,
            state_words=str(ReferralState(one.state).label),
        )
        for one in referrals_of(actor, member)
    ]


def may_send(actor: Actor, region: str) -> bool:
    """Whether the actor acts for anybody who may send somebody who lives there."""
    return bool(senders_for(actor, region)) if actor.may(Permission.REFERRALS_HANDLE) else False
